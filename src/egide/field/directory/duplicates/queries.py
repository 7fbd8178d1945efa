"""The only reads of duplicates: what is proposed, what was merged."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.field.directory.models import Merge, Service
from egide.field.directory.queries import NotFound

from .policies import alike


@dataclass(frozen=True)
class Entry:
    """One of the two, as it is told apart on a page: never an address that is confidential, since none is held."""

    id: UUID
    name: str
    organisation: str
    telephone: str
    address: str
    source: str


@dataclass(frozen=True)
class Pair:
    """Two entries that look alike, and the signs that agree: name, telephone, address."""

    one: Entry
    other: Entry
    signs: tuple[str, ...]


@dataclass(frozen=True)
class Merged:
    """A merge that can be given back."""

    id: UUID
    kept: Entry
    absorbed: Entry
    decided_at: datetime


def list_duplicates(*, now: datetime) -> list[Pair]:
    """The pairs that two signs of three bring together and nobody told apart, those with most signs first."""
    in_use = Service.objects.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=timezone.localdate(now)))
    services = {each.id: each for each in in_use.select_related("organisation")}
    told = Merge.objects.filter(apart=True, undone_at__isnull=True).values_list("kept_id", "absorbed_id")
    apart = {frozenset(pair) for pair in told}
    found = [
        Pair(_entry(services[one]), _entry(services[other]), signs)
        for (one, other), signs in alike(services.values()).items()
        if frozenset((one, other)) not in apart
    ]
    return sorted(found, key=lambda pair: (-len(pair.signs), pair.one.name, str(pair.one.id)))


def list_merged() -> list[Merged]:
    """The merges in force, the latest first."""
    merges = Merge.objects.filter(apart=False, undone_at__isnull=True).order_by("-decided_at")
    linked = merges.select_related("kept__organisation", "absorbed__organisation")
    return [Merged(each.id, _entry(each.kept), _entry(each.absorbed), each.decided_at) for each in linked]


def load_merge(id: UUID) -> Merge:
    """The row itself, for an action. Raises NotFound."""
    found = Merge.objects.filter(id=id).select_related("kept__organisation", "absorbed").first()
    if found is None:
        raise NotFound(_("There is no such merge."))
    return found


def _entry(service: Service) -> Entry:
    place = f"{service.address} {service.commune_name}".strip()
    return Entry(service.id, service.name, service.organisation.name, service.telephone, place, service.source)
