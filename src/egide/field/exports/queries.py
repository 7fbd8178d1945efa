"""The only reads of exports: the requests of one's own organisations, latest first."""

from django.db.models import QuerySet

from .models import Export


def list_exports() -> QuerySet[Export]:
    """Every request that the subject's organisations made or decided."""
    return Export.objects.select_related("organisation").order_by("-requested_at", "id")
