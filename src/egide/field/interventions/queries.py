"""The only reads of notes: the officer's facts, the unit's list, the versions that stand, each with what it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from egide.foundation.audit.actions import record
from egide.foundation.catalogue import roles_with
from egide.foundation.organisations.models import Organisation
from egide.methods.danger import ShortReading

from .models import Content, Note, Version
from .permissions import RECEIVES
from .policies import read_marks, standing, wiped_at


class NotFound(LookupError):
    """No such note for this account."""


@dataclass(frozen=True)
class Line:
    """One of the twelve lines as it was marked."""

    code: str
    grade: str


@dataclass(frozen=True)
class Page:
    """A version and what it says: observed and told are never in one list (AT-23)."""

    version: Version
    content: Content
    reading: ShortReading
    observed: tuple[Line, ...]
    told: tuple[Line, ...]
    unknown: tuple[Line, ...]


@dataclass(frozen=True)
class Facts:
    """What the officer keeps knowing of a note: that it arrived, was received, was seen. `conflict`: several versions stand."""

    note: Note
    versions: tuple[Version, ...]
    standing: tuple[UUID, ...]
    conflict: bool
    wiped_at: datetime | None


def list_units() -> QuerySet[Organisation]:
    """The police and gendarmerie units that receive notes: public facts, no person among them."""
    receives = sorted(roles_with("R09", RECEIVES))
    return Organisation.objects.filter(positions__roles__overlap=receives).distinct().order_by("name")


def get_unit(code: str) -> Organisation:
    """A unit that receives notes. Raises NotFound."""
    found = list_units().filter(code=code).first()
    if found is None:
        raise NotFound(_("Choose the unit that takes over: this one is not in the list."))
    return found


def list_own(*, by: UUID) -> list[Facts]:
    """The facts of the notes that the account wrote, latest first; never their content."""
    notes = Note.objects.filter(written_by=by).select_related("recipient").order_by("-arrived_at")
    versions: dict[UUID, list[Version]] = {}
    for version in Version.objects.filter(note__in=notes).order_by("number"):
        versions.setdefault(version.note_id, []).append(version)
    return [_facts(note, versions.get(note.id, [])) for note in notes]


def get_own(id: UUID, *, by: UUID) -> Facts:
    """The facts of one note that the account wrote. Raises NotFound."""
    note = Note.objects.filter(id=id, written_by=by).select_related("recipient").first()
    if note is None:
        raise NotFound(_("There is no such note among yours."))
    return _facts(note, list(note.versions.order_by("number")))


def list_handed(*, by: UUID) -> QuerySet[Note]:
    """The notes handed to the units where the account receives them, those without a receipt first."""
    notes = Note.objects.exclude(written_by=by).select_related("organisation", "recipient")
    return notes.order_by("received_at", "-arrived_at")


def get_handed(id: UUID, *, by: UUID, now: datetime) -> Note:
    """One note handed to the account's unit; its reading is in the trail. Raises NotFound."""
    note = list_handed(by=by).filter(id=id).first()
    if note is None:
        raise NotFound(_("There is no such note in your unit."))
    record("NOTE_READ", subject=("note", note.id), at=now)
    return note


def list_pages(note: Note) -> list[Page]:
    """The versions that stand, with what they say; none once the officer's note was received."""
    versions = standing(note.versions.all())
    contents = {content.version_id: content for content in Content.objects.filter(version__in=versions)}
    return [_page(version, contents[version.key]) for version in versions if version.key in contents]


def _facts(note: Note, versions: Sequence[Version]) -> Facts:
    keys = tuple(version.key for version in standing(versions))
    return Facts(note, tuple(versions), keys, len(keys) > 1, wiped_at(note.received_at))


def _page(version: Version, content: Content) -> Page:
    ways: dict[str, list[Line]] = {"OBSERVED": [], "TOLD": [], "UNKNOWN": []}
    for code, mark in sorted(content.marks.items()):
        ways[mark["way"]].append(Line(code, mark.get("grade", "")))
    kept = (tuple(ways[way]) for way in ("OBSERVED", "TOLD", "UNKNOWN"))
    return Page(version, content, read_marks(content.marks), *kept)
