"""The only writes on persons and on how they may be reached."""

from datetime import datetime, time

from django.db import transaction

from egide.foundation.audit.actions import record

from .answers import Answer
from .keys import name_key, sound_key
from .models import Channel, Person, SafeContact


@transaction.atomic
def add_person(
    *, given_name: str = "", family_name: str = "", sex: str = "U", age_band: str = "U", language: str = "fr",
    needs_interpreter: str = Answer.NOT_ASKED, minor: str = Answer.NOT_ASKED,
    unable_to_protect_herself: str = Answer.NOT_ASKED, now: datetime,
) -> Person:  # fmt: skip
    """Write a person down. A name is not required: a file can be opened for someone who does not give hers."""
    person = Person(
        given_name=given_name, family_name=family_name, name_key=name_key(given_name, family_name),
        sound_key=sound_key(family_name), sex=sex, age_band=age_band, language=language, needs_interpreter=needs_interpreter,
        minor=minor, unable_to_protect_herself=unable_to_protect_herself,
    )  # fmt: skip
    person.full_clean(validate_unique=False, validate_constraints=False)
    person.save(force_insert=True)
    record("PERSON_ADDED", subject=("person", person.id), at=now)
    return person


@transaction.atomic
def state_safe_contact(
    *, person: Person, channel: Channel, address: str, from_time: time, to_time: time, wording: str = "", now: datetime
) -> SafeContact:
    """Note the safe contact she states; the one before, if any, ends at the same moment."""
    withdraw_safe_contact(person=person, now=now)
    contact = SafeContact(
        person=person,
        channel=channel,
        address=address,
        from_time=from_time,
        to_time=to_time,
        wording=wording,
        stated_at=now,
    )
    contact.full_clean()
    contact.save(force_insert=True)
    record("SAFE_CONTACT_STATED", subject=("person", person.id), at=now)
    return contact


@transaction.atomic
def withdraw_safe_contact(*, person: Person, now: datetime) -> None:
    """From now on, no outbound contact at all."""
    if SafeContact.objects.filter(person=person, withdrawn_at__isnull=True).update(withdrawn_at=now):
        record("SAFE_CONTACT_WITHDRAWN", subject=("person", person.id), at=now)
