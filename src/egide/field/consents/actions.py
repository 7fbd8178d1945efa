"""The only writes on consents and grounds."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.field.persons.models import Person
from egide.foundation.audit.actions import record
from egide.foundation.catalogue import get_article, get_nomenclature, get_sections
from egide.foundation.organisations.models import Organisation
from egide.foundation.outbox.actions import drop_messages
from egide.foundation.outbox.models import Reason

from .handlers import run_on_withdrawal
from .models import Consent, Ground, Proof


@transaction.atomic
def record_consent(
    *, person: Person, recipient: Organisation, purpose: str, sections: Sequence[str], given_on: date, expires_on: date,
    by: UUID, proof: Proof, language: str = "fr", interpreter: bool = False, now: datetime,
) -> Consent:  # fmt: skip
    """Write down what she agreed to. Raises ValidationError for an unknown section or purpose, no section, or dates that do not follow."""
    _check_sections(sections)
    _check_purpose(purpose)
    consent = Consent(
        person=person, recipient=recipient, purpose=purpose, sections=list(sections), given_on=given_on, expires_on=expires_on,
        explained_by=by, proof=proof, language=language, interpreter=interpreter,
    )  # fmt: skip
    consent.full_clean()
    consent.save(force_insert=True)
    detail = {"recipient": recipient.code, "sections": list(sections)}
    record("CONSENT_RECORDED", subject=("person", person.id), detail=detail, at=now)
    return consent


@transaction.atomic
def withdraw_consent(*, consent: Consent, now: datetime) -> Consent:
    """End a consent at once: what it opened closes in the same transaction; what was sent stays in the trail."""
    if consent.withdrawn_at is None:
        consent.withdrawn_at = now
        consent.save(update_fields=["withdrawn_at"])
        run_on_withdrawal(consent, now)
        drop_messages(about=f"consent:{consent.id}", because=Reason.CONSENT_WITHDRAWN, now=now)
        record("CONSENT_WITHDRAWN", subject=("person", consent.person_id), detail={"consent": str(consent.id)}, at=now)
    return consent


@transaction.atomic
def record_ground(
    *, person: Person, recipient: Organisation, article: str, sections: Sequence[str], facts: str, agreement_sought: str,
    informed: str, by: UUID, expires_on: date, now: datetime,
) -> Ground:  # fmt: skip
    """Write down a share without consent, with its article in force, the attempt to obtain agreement and the information given.

    Raises ValidationError when one of them is missing, UnknownEntry for an unknown article.
    """
    _check_sections(sections)
    in_force = get_article(article, timezone.localdate(now))
    if not (facts.strip() and agreement_sought.strip() and informed.strip()):
        raise ValidationError(_("Say the facts, how her agreement was sought and how she was informed."))
    ground = Ground(
        person=person, recipient=recipient, article=in_force.code, sections=list(sections), facts=facts,
        agreement_sought=agreement_sought, informed=informed, decided_by=by, decided_at=now, expires_on=expires_on,
    )  # fmt: skip
    ground.full_clean()
    ground.save(force_insert=True)
    record("GROUND_RECORDED", subject=("person", person.id), detail={"article": article}, at=now)
    return ground


def _check_sections(sections: Sequence[str]) -> None:
    unknown = sorted(set(sections) - set(get_sections().sections))
    if unknown or not sections:
        raise ValidationError(_("Unknown sections: %(sections)s.") % {"sections": ", ".join(unknown) or "–"})


def _check_purpose(purpose: str) -> None:
    if purpose not in get_nomenclature("share-purposes").codes:
        raise ValidationError(
            _("“%(code)s” is not in the list “%(list)s”.") % {"code": purpose, "list": "share-purposes"}
        )
