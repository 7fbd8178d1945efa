"""The only writes on the points of communes."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from egide.foundation.audit.actions import record

from .models import CommunePoint
from .points import Points


@transaction.atomic
def load_points(*, points: Points, source: str, now: datetime, fill_only: bool = False) -> int:
    """Write the points, replacing those known; `fill_only` keeps what another file said. Return how many were written."""
    today = timezone.localdate(now)
    rows = [
        CommunePoint(code=code, latitude=latitude, longitude=longitude, source=source[:60], loaded_on=today)
        for code, (latitude, longitude) in points.found.items()
    ]
    if fill_only:
        known = set(CommunePoint.objects.values_list("code", flat=True))
        rows = [row for row in rows if row.code not in known]
        CommunePoint.objects.bulk_create(rows, batch_size=5000)
    else:
        changed = ["latitude", "longitude", "source", "loaded_on"]
        CommunePoint.objects.bulk_create(
            rows, batch_size=5000, update_conflicts=True, unique_fields=["code"], update_fields=changed
        )
    record("COMMUNE_POINTS_LOADED", subject=("territories", source[:60]), detail={"points": len(rows)}, at=now)
    return len(rows)
