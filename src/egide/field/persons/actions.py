"""The only writes on persons and on how they may be reached."""

from collections.abc import Sequence
from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from egide.foundation.audit.actions import record
from egide.foundation.organisations.queries import list_workplaces
from egide.foundation.outbox import actions as outbox
from egide.foundation.outbox.models import Channel as Carried
from egide.foundation.outbox.models import Reason
from egide.foundation.outbox.policies import IndiscreetWords, check_discreet

from .answers import Answer
from .keys import stored_keys
from .models import Channel, Person, SafeContact
from .policies import ContactRefused, check_can_write


@transaction.atomic
def add_person(
    *, given_name: str = "", family_name: str = "", sex: str = "U", age_band: str = "U", language: str = "fr",
    needs_interpreter: str = Answer.NOT_ASKED, minor: str = Answer.NOT_ASKED,
    unable_to_protect_herself: str = Answer.NOT_ASKED, now: datetime,
) -> Person:  # fmt: skip
    """Write a person down. A name is not required: a file can be opened for someone who does not give hers."""
    person = Person(
        given_name=given_name, family_name=family_name, **stored_keys(given_name, family_name), sex=sex, age_band=age_band,
        language=language, needs_interpreter=needs_interpreter, minor=minor,
        unable_to_protect_herself=unable_to_protect_herself,
    )  # fmt: skip
    person.full_clean(validate_unique=False, validate_constraints=False)
    person.save(force_insert=True)
    record("PERSON_ADDED", subject=("person", person.id), at=now)
    return person


@transaction.atomic
def state_safe_contact(
    *, person: Person, channel: Channel, address: str, from_time: time, to_time: time, wording: str = "", now: datetime
) -> SafeContact:
    """Note the safe contact she states; the one before, if any, ends at the same moment, with the messages it carried."""
    _end_safe_contact(person, Reason.CONTACT_CHANGED, now)
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
    """From now on, no outbound contact at all: what was held for her is dropped in the same transaction."""
    _end_safe_contact(person, Reason.CONTACT_WITHDRAWN, now)


@transaction.atomic
def queue_message(*, person: Person, key: str, by: UUID, now: datetime, about: Sequence[str] = ()) -> bool:
    """Send her, by her safe channel and in her safe hours, the words she stated safe; they name no service (X07, Z05).

    `key` names the occasion: the same one again sends nothing more, and the answer is False. `about`: what else the message
    depends on ("consent:…"). Raises ContactRefused when she stated no channel, no words, or words that tell too much.
    """
    stated = check_can_write(person)
    try:
        check_discreet(stated.wording, [place.name for place in list_workplaces(account=by, now=now)])
    except IndiscreetWords as refused:
        raise ContactRefused(str(refused)) from refused
    return outbox.queue_message(
        key=f"person:{person.id}:{key}", channel=Carried(stated.channel), address=stated.address, body=stated.wording,
        about=[f"person:{person.id}", *about], from_time=stated.from_time, to_time=stated.to_time, now=now,
    )  # fmt: skip


def _end_safe_contact(person: Person, because: Reason, now: datetime) -> None:
    if SafeContact.objects.filter(person=person, withdrawn_at__isnull=True).update(withdrawn_at=now):
        outbox.drop_messages(about=f"person:{person.id}", because=because, now=now)
        record("SAFE_CONTACT_WITHDRAWN", subject=("person", person.id), at=now)
