"""The only write of spotting: one more offer this month. No trace names who was offered what, nor by whom (AT-85)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from egide.field.casefiles.permissions import check_may
from egide.foundation.organisations.queries import list_workplaces

from .models import OfferCount


@transaction.atomic
def count_offer(*, by: UUID, now: datetime) -> int:
    """Count one offer for the organisation of the account, this month. Return the month's number. Raises NotAllowed.

    No event is recorded, on purpose: its hour would tell a day's conversation in a small town.
    """
    check_may(by, "R37", "N", now)
    service = list_workplaces(account=by, now=now)[0]
    month = timezone.localdate(now).replace(day=1)
    OfferCount.objects.bulk_create([OfferCount(organisation=service, month=month)], ignore_conflicts=True)
    found = OfferCount.objects.filter(organisation=service, month=month)
    found.update(number=F("number") + 1)
    return found.get().number
