"""What a consent or a ground covers, on a day. Refusing a share never refuses help (AT-20)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from egide.field.persons.models import Person
from egide.foundation.catalogue import get_nomenclature
from egide.foundation.organisations.models import Organisation

from .models import Consent, Ground


class ConsentMissing(PermissionError):
    """A section would be shared that neither a consent in force nor a recorded ground covers."""


def covered_sections(
    *, person: Person, recipient: Organisation, on: date, purpose: str | None = None
) -> frozenset[str]:
    """The sections that a recipient may read of a person on a day."""
    consents = Consent.objects.filter(
        person=person, recipient=recipient, withdrawn_at__isnull=True, given_on__lte=on, expires_on__gt=on
    )
    if purpose:
        consents = consents.filter(purpose=purpose)
    grounds = Ground.objects.filter(Q(decided_at__date__lte=on), person=person, recipient=recipient, expires_on__gt=on)
    lists = [*consents.values_list("sections", flat=True), *grounds.values_list("sections", flat=True)]
    return frozenset(section for sections in lists for section in sections)


def check_covers(
    *, person: Person, recipient: Organisation, sections: Iterable[str], on: date, purpose: str | None = None
) -> None:
    """Raise ConsentMissing naming each section that is not covered."""
    missing = sorted(set(sections) - covered_sections(person=person, recipient=recipient, on=on, purpose=purpose))
    if missing:
        labels = get_nomenclature("sections").codes
        names = ", ".join(labels[code].label.fr if code in labels else code for code in missing)
        raise ConsentMissing(
            _("She has not agreed that %(recipient)s knows: %(sections)s. Ask her, or record the text that allows it.")
            % {"recipient": recipient.name, "sections": names}
        )
