"""The only writes on visas and certificates."""

from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from egide.foundation.audit.actions import record
from egide.foundation.catalogue import RetentionRule, get_retention_rule
from egide.foundation.organisations.models import Organisation

from .models import Certificate, Visa


@transaction.atomic
def record_visa(*, organisation: Organisation, rule: str, due_until: date, reference: str, now: datetime) -> Visa:
    """Write down that the archives agree. Raises ValidationError without its reference, UnknownEntry for an unknown rule."""
    known = get_retention_rule(rule)
    if not reference.strip():
        raise ValidationError(_("Give the reference of the archives’ visa: the certificate quotes it."))
    visa = Visa(
        organisation=organisation, rule=known.code, due_until=due_until, reference=reference.strip(), recorded_at=now
    )
    visa.full_clean()
    visa.save(force_insert=True)
    detail = {"until": due_until.isoformat(), "reference": visa.reference}
    record("ARCHIVES_VISA_RECORDED", subject=("organisation", organisation.id), detail=detail, at=now)
    return visa


@transaction.atomic
def certify(
    *, rule: RetentionRule, counts: Mapping[str, int], waiting: Mapping[str, int], now: datetime
) -> Certificate:
    """Leave the certificate of a purge: numbers only."""
    certificate = Certificate(
        made_at=now, rule=rule.code, rule_version=rule.version, counts=dict(counts), waiting=dict(waiting)
    )
    certificate.save(force_insert=True)
    record("PURGE_CERTIFIED", subject=("certificate", certificate.id), detail={"counts": dict(counts)}, at=now)
    return certificate
