"""The only writes: compose a release, sign it off, publish it. Nothing published is ever changed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from egide.foundation.audit.actions import record
from egide.foundation.catalogue import Letter, get_letter
from egide.statistics.disclosure.protected import ProtectedTable, load

from . import permissions, policies
from .artefacts import build_artefacts
from .composition.assembly import assemble
from .composition.derivation import derive
from .composition.erratum import differences, sentences
from .composition.figures import PrintedFigure, figures_of
from .composition.letters import Composer
from .composition.printing import LANGUAGES
from .composition.vintages import vintages_of
from .models import Artefact, Figure, Release, State
from .policies import ReleaseRefused


@transaction.atomic
def compose_release(*, edition: int, by: str, now: datetime) -> Release:
    """Compose the next revision of an edition from the latest deliveries, with its files and, after a publication, its erratum.

    Raises NotAllowed, and ReleaseRefused: a figure without a delivery, a cell that cannot be protected, or nothing changed
    since the last composition.
    """
    permissions.check_holds(by, permissions.COMPOSE, now)
    letter = get_letter(edition)
    earlier = Release.objects.filter(edition=edition).order_by("-revision")
    latest, published = earlier.first(), earlier.filter(state=State.PUBLISHED).first()
    protected = assemble(letter, earlier=load(published.protected) if published else None)
    if latest and latest.protected == protected.hash:
        raise ReleaseRefused(
            _("Nothing has changed since revision %(revision)s: no delivery gives the letter another figure.")
            % {"revision": latest.revision}
        )
    protected.save()
    figures = {figure.code: figure for figure in figures_of(letter, protected)}
    figures.update({figure.code: figure for figure in derive(letter, figures)})
    changes = differences(_plain_figures(published), [f.as_plain() for f in figures.values()]) if published else []
    release = Release(
        edition=edition, revision=(latest.revision if latest else 0) + 1, protected=protected.hash, erratum=changes,
        lineage=_lineage(figures), embargo_until=letter.embargo_until, built_at=now, built_by=by,
        letter=_letters(letter, figures, protected, changes),
    )  # fmt: skip
    release.save(force_insert=True)
    _save_figures(release, letter, figures)
    Artefact.objects.bulk_create(
        build_artefacts(release, release.letter, [f.as_plain() for f in figures.values()], now)
    )
    record("RELEASE_COMPOSED", subject=("release", release.id), detail={"protected": protected.hash, "by": by}, at=now)
    return release


@transaction.atomic
def sign_release(*, release_id: UUID, by: str, now: datetime) -> Release:
    """Sign a release off; never by the one who composed it. Raises NotAllowed, ReleaseRefused."""
    permissions.check_holds(by, permissions.SIGN, now)
    release = _locked(release_id)
    policies.check_can_move(release, State.SIGNED)
    policies.check_signed_by_another(release, by)
    policies.check_latest(release, _latest(release.edition))
    release.state, release.signed_at, release.signed_by = State.SIGNED, now, by
    release.save(update_fields=["state", "signed_at", "signed_by"])
    record("RELEASE_SIGNED", subject=("release", release.id), detail={"by": by}, at=now)
    return release


@transaction.atomic
def publish_release(*, release_id: UUID, by: str, now: datetime) -> Release:
    """Let a signed release out, once its embargo is over and its protected table is as it was audited.

    Raises NotAllowed, ReleaseRefused, NotProtected.
    """
    permissions.check_holds(by, permissions.PUBLISH, now)
    release = _locked(release_id)
    policies.check_can_move(release, State.PUBLISHED)
    policies.check_latest(release, _latest(release.edition))
    policies.check_embargo_over(release, now)
    load(release.protected)
    release.state, release.published_at = State.PUBLISHED, now
    release.save(update_fields=["state", "published_at"])
    record("RELEASE_PUBLISHED", subject=("release", release.id), detail={"by": by}, at=now)
    return release


def _locked(release_id: UUID) -> Release:
    release = Release.objects.select_for_update(of=("self",)).filter(id=release_id).first()
    if release is None:
        raise ReleaseRefused(_("This release does not exist."))
    return release


def _latest(edition: int) -> Release | None:
    return Release.objects.filter(edition=edition).order_by("-revision").first()


def _letters(
    letter: Letter, figures: dict[str, PrintedFigure], protected: ProtectedTable, changes: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        language: Composer(letter, figures, protected, language).compose(sentences(changes, language))
        for language in LANGUAGES
    }


def _save_figures(release: Release, letter: Letter, figures: dict[str, PrintedFigure]) -> None:
    Figure.objects.bulk_create(
        Figure(
            release=release, code=figure.code, position=position, label=dict(figure.label), printed=dict(figure.printed),
            definition=dict(figure.definition), passport=figure.passport, vintages=vintages_of(letter, figure),
        )
        for position, figure in enumerate(figures.values())
    )  # fmt: skip


def _lineage(figures: dict[str, PrintedFigure]) -> list[dict[str, Any]]:
    """Every delivery that the release stands on, once."""
    steps = {step["delivery"]: step for figure in figures.values() for step in figure.passport["lineage"]}
    return [
        {key: step[key] for key in ("delivery", "source", "sha256", "vintage", "filename", "received_at")}
        for step in steps.values()
    ]


def _plain_figures(release: Release) -> dict[str, dict[str, Any]]:
    return {
        figure.code: {
            "code": figure.code,
            "label": figure.label,
            "printed": figure.printed,
            "passport": figure.passport,
        }
        for figure in Figure.objects.filter(release=release)
    }
