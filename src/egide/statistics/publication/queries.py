"""The only reads: editions, releases, the letter, its files, its figures. What the public sees is decided by the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from egide.foundation.catalogue import Text, UnknownEntry, get_letter, list_letters

from .composition.letters import sentence_of
from .models import Artefact, Figure, Release


class NotFound(LookupError):
    """No such edition, release, file or figure, or none that this reader may see: the two are not told apart."""


@dataclass(frozen=True)
class ReleaseSummary:
    """A release in a list."""

    id: UUID
    edition: int
    revision: int
    state: str
    built_at: datetime
    built_by: str
    signed_at: datetime | None
    signed_by: str
    published_at: datetime | None
    embargo_until: datetime
    figures: int
    suppressed: int
    erratum: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Edition:
    """An edition of the catalogue and its latest release that the reader may see."""

    edition: int
    number: int
    title: Text
    dated: date
    fictional: bool
    latest: ReleaseSummary | None


@dataclass(frozen=True)
class ArtefactSummary:
    """A file of a release in a list."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True)
class ArtefactFile:
    """A file of a release."""

    name: str
    media_type: str
    content: bytes
    sha256: str


@dataclass(frozen=True)
class ReleaseView:
    """A release as its page shows it; `letter` maps a language to the frozen letter."""

    summary: ReleaseSummary
    letter: Mapping[str, Any]
    artefacts: tuple[ArtefactSummary, ...]
    lineage: tuple[Mapping[str, Any], ...]
    erratum: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class FigureView:
    """A figure as its page shows it."""

    code: str
    label: Mapping[str, str]
    printed: Mapping[str, str]
    passport: Mapping[str, Any]
    vintages: tuple[Mapping[str, Any], ...]
    sentence: Mapping[str, str]
    definition: Mapping[str, str]
    release: ReleaseSummary


def list_editions() -> list[Edition]:
    """Every edition of the catalogue, latest first."""
    latest = {summary.edition: summary for summary in reversed(list_releases())}
    return [
        Edition(entry.edition, entry.number, entry.title, entry.dated, entry.fictional, latest.get(entry.edition))
        for entry in reversed(list_letters())
    ]


def list_releases(edition: int | None = None) -> list[ReleaseSummary]:
    """The releases that the reader may see, latest revision first."""
    releases = _counted().order_by("edition", "-revision")
    return [_summary(release) for release in (releases.filter(edition=edition) if edition is not None else releases)]


def get_release(edition: int, revision: int | None = None) -> ReleaseView:
    """A release, by default the latest that the reader may see. Raises NotFound."""
    release = _release(edition, revision)
    files = (
        Artefact.objects.filter(release=release).order_by("name").values_list("name", "media_type", "sha256", "size")
    )
    artefacts = tuple(ArtefactSummary(name, media, size, sha256) for name, media, sha256, size in files)
    return ReleaseView(_summary(release), release.letter, artefacts, tuple(release.lineage), tuple(release.erratum))


def get_artefact(edition: int, revision: int | None, name: str) -> ArtefactFile:
    """A file of a release. Raises NotFound."""
    found = Artefact.objects.filter(release=_release(edition, revision), name=name).first()
    if found is None:
        raise NotFound(_("This release has no file of that name."))
    return ArtefactFile(found.name, found.media_type, bytes(found.content), found.sha256)


def get_figure(edition: int, code: str, revision: int | None = None) -> FigureView:
    """A figure of a release, with its passport and what each vintage said. Raises NotFound."""
    release = _release(edition, revision)
    found = Figure.objects.filter(release=release, code=code).first()
    if found is None:
        raise NotFound(_("This release has no figure of that name."))
    sentence = {language: sentence_of(letter, code) for language, letter in release.letter.items()}
    return FigureView(
        code,
        found.label,
        found.printed,
        found.passport,
        tuple(found.vintages),
        sentence,
        found.definition,
        _summary(release),
    )


def _counted() -> Any:
    return Release.objects.annotate(
        figure_count=Count("figures"), hidden_count=Count("figures", filter=Q(figures__passport__absence="SUPPRESSED"))
    )


def _release(edition: int, revision: int | None) -> Any:
    releases = _counted().filter(edition=edition).order_by("-revision")
    release = (releases.filter(revision=revision) if revision is not None else releases).first()
    if release is None:
        try:
            get_letter(edition)
        except UnknownEntry as error:
            raise NotFound(_("There is no letter of that edition.")) from error
        raise NotFound(_("The letter of that edition is not published yet."))
    return release


def _summary(release: Any) -> ReleaseSummary:
    return ReleaseSummary(
        release.id, release.edition, release.revision, release.state, release.built_at, release.built_by, release.signed_at,
        release.signed_by, release.published_at, release.embargo_until, release.figure_count, release.hidden_count,
        tuple(release.erratum),
    )  # fmt: skip
