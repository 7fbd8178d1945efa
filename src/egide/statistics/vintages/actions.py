"""The only write: sign the reason of a change between two deliveries."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from egide.foundation.audit.actions import record
from egide.methods.revisions import Reason

from .models import SignedReason
from .permissions import check_may_sign
from .queries import Matrix, Revision, get_matrix
from .words import plain


class SignatureRefused(ValueError):
    """Nothing was signed; the sentence says why."""


@transaction.atomic
def sign_reason(
    *, source: str, series: str, territory: str, periods: Sequence[str], before: UUID, after: UUID, reason: str,
    words: str, by: str, now: datetime,
) -> list[SignedReason]:  # fmt: skip
    """Sign why the periods of a series changed from one delivery to the next, all for the same reason.

    A reason that is not the one proposed takes words. Raises NotAllowed, SignatureRefused, UnknownEntry, UnknownSeries.
    """
    check_may_sign(by, now)
    if reason not in set(Reason):
        raise SignatureRefused(_("Choose one of the reasons of the list."))
    matrix = get_matrix(source=source, series=series, territory=territory)
    signed = [
        _sign(matrix, _revision(matrix, period, before, after), reason=reason, words=words.strip(), by=by, now=now)
        for period in periods
    ]
    if not signed:
        raise SignatureRefused(_("Choose at least one period to sign."))
    return signed


def _revision(matrix: Matrix, period: str, before: UUID, after: UUID) -> Revision:
    for each in matrix.revisions:
        if (each.period, each.before.delivery, each.after.delivery) == (period, before, after):
            return each
    raise SignatureRefused(
        _("%(period)s did not change between these two deliveries: there is nothing to sign.") % {"period": period}
    )


def _sign(matrix: Matrix, revision: Revision, *, reason: str, words: str, by: str, now: datetime) -> SignedReason:
    if reason != revision.proposal.reason and not words:
        raise SignatureRefused(
            _("You sign another reason than the one proposed for %(period)s: say in your words what it rests on.")
            % {"period": revision.period}
        )
    evidence = [
        {"code": each.code, **{name: plain(value) for name, value in each.facts.items()}}
        for each in revision.proposal.evidence
    ]
    signed = SignedReason(
        source=matrix.asked.source.code, series=matrix.asked.code, territory=matrix.territory, period=revision.period,
        before=revision.before.delivery, after=revision.after.delivery, proposed=str(revision.proposal.reason),
        evidence=evidence, reason=reason, words=words[:500], signed_at=now, signed_by=by,
    )  # fmt: skip
    signed.save(force_insert=True)
    record("REASON_SIGNED", subject=("vintage-reason", signed.id), detail={"reason": reason, "by": by}, at=now)
    return signed
