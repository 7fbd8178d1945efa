"""The only reads: the vintage matrix of a series, and the account of a whole year between two vintages."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from django.utils.translation import gettext as _

from egide.core.missing import Missing
from egide.foundation.catalogue import Source, Text, get_source, list_sources
from egide.methods.revisions import Evidence, Pair, Proposal, Reason, Value, propose, propose_parts
from egide.statistics.collection.models import Delivery
from egide.statistics.collection.queries import list_accepted
from egide.statistics.tabulation.selection import parts_of

from .asked import Asked, ask, counted_column, list_series
from .knowledge import Knowledge, know_all
from .models import SignedReason

OPEN = "none"  # the disclosure profile of a source whose smallest number is public


@dataclass(frozen=True)
class Vintage:
    """One delivery of the matrix. `superseded`: a later file bears the same day; both are kept."""

    delivery: UUID
    vintage: date
    received_at: datetime
    filename: str
    sha256: str
    superseded: bool


@dataclass(frozen=True)
class Known:
    """What a vintage knew of a period: a value, or why there is none and the sentence that says so."""

    value: Value | None
    absence: Missing | None = None
    words: str = ""


@dataclass(frozen=True)
class Signature:
    """The reason that a person signed."""

    reason: str
    words: str
    signed_at: datetime
    signed_by: str


@dataclass(frozen=True)
class Revision:
    """A change of one period from one vintage to the next: what is proposed, with its evidence, and what was signed."""

    period: str
    before: Vintage
    after: Vintage
    value_before: Value | None
    value_after: Value | None
    proposal: Proposal
    signed: tuple[Signature, ...] = ()


@dataclass(frozen=True)
class Matrix:
    """A series in a territory, as known on each date: `known` has, for each period, one entry for each vintage.

    `withheld`: the source is under disclosure control, so neither values nor evidence are given, only reasons.
    """

    asked: Asked
    territory: str
    unit: str
    vintages: tuple[Vintage, ...]
    known: Mapping[str, tuple[Known, ...]]
    revisions: tuple[Revision, ...]
    withheld: bool = False


@dataclass(frozen=True)
class Revised:
    """A series that several deliveries know."""

    source: str
    source_label: Text
    series: str
    label: Text
    deliveries: int


@dataclass(frozen=True)
class Transition:
    """What became of the cells of a year between two vintages: how many both have, how many moved, for which reasons."""

    before: Vintage
    after: Vintage
    cells: int
    moved: int
    reasons: Mapping[str, int]


def get_matrix(*, source: str, series: str, territory: str = "", year: str = "") -> Matrix:
    """The vintage matrix of a series, of every year or of one.

    Raises UnknownEntry, UnknownSeries; NotAdditive or UnlikeUnits where the rows of the series cannot be added.
    """
    asked = ask(source, series)
    territory = territory or asked.source.scope.territory
    deliveries = list_accepted(source)
    vintages = _vintages(deliveries)
    read, part = _read(asked, deliveries, territory)
    own = read.pop(asked.code)
    withheld = asked.source.disclosure != OPEN
    periods = sorted(
        {p for each in own for p, cells in each.series.cells.items() if part in (None, *cells)}, reverse=True
    )
    periods = [period for period in periods if year in ("", period)]
    signatures = _signatures(asked, territory)
    return Matrix(
        asked, territory, next((each.unit for each in reversed(own) if each.unit), ""), vintages,
        {period: tuple(_known(each, period, part, withheld=withheld) for each in own) for period in periods},
        tuple(_revisions(asked, vintages, own, read, periods, part, signatures, withheld=withheld)), withheld,
    )  # fmt: skip


def list_revised() -> list[Revised]:
    """Every series of the sources that have two deliveries or more: what a statistician may look through."""
    found = []
    for source in list_sources():
        deliveries = len(list_accepted(source.code))
        if deliveries > 1:
            found += [
                Revised(source.code, source.label, each.code, each.label, deliveries)
                for each in list_series(source).values()
            ]
    return found


def list_transitions(*, source: str, year: str) -> list[Transition]:
    """The account of a year: every class and part of the source, between each two vintages that follow each other.

    Empty where the source is under disclosure control or counts no classes of a nomenclature.
    """
    definition = get_source(source)
    if definition.disclosure != OPEN or counted_column(definition) is None:
        return []
    deliveries = list_accepted(source)
    read = know_all(deliveries, _all_classes(definition), definition.scope.territory)
    return [
        _transition(
            before, after, {code: Pair(each[i].series, each[i + 1].series) for code, each in read.items()}, year
        )
        for i, (before, after) in enumerate(pairwise(_vintages(deliveries)))
    ]


def _transition(before: Vintage, after: Vintage, pairs: Mapping[str, Pair], year: str) -> Transition:
    cells, moved, reasons = 0, 0, Counter[str]()
    for code, pair in pairs.items():
        moves = pair.moves(year)
        found = propose_parts(pair, year, _others(pairs, code)) if any(moves.values()) else {}
        cells += len(moves)
        moved += sum(1 for move in moves.values() if move)
        reasons.update(str(proposal.reason) for part, proposal in found.items() if moves.get(part))
    return Transition(before, after, cells, moved, dict(reasons))


def _read(asked: Asked, deliveries: list[Delivery], territory: str) -> tuple[dict[str, list[Knowledge]], str | None]:
    """The series, and those beside it, in a territory: as a part of the whole where the files give all the parts.

    A part is judged with the others, for one alone cannot tell what left it for another place.
    """
    whole, classes = asked.source.scope.territory, _classes(asked)
    if territory != whole and territory in parts_of(whole):
        read = know_all(deliveries, classes, whole)
        if any(territory in cells for each in read[asked.code] for cells in each.series.cells.values()):
            return read, territory
    return know_all(deliveries, classes, territory), None


def _classes(asked: Asked) -> dict[str, Asked]:
    """The series asked and, where it is one class of a source, the classes beside it that count the same unit."""
    column = counted_column(asked.source)
    if column is None or asked.source.disclosure != OPEN or set(asked.where) != {column.name}:
        return {asked.code: asked}
    beside = _all_classes(asked.source)
    same = {
        c: each for c, each in beside.items() if each.indicator.unit == asked.indicator.unit and each.indicator.unit
    }
    same = {c: each for c, each in same.items() if c not in asked.where[column.name]}
    return {**same, asked.code: asked}


def _all_classes(source: Source) -> dict[str, Asked]:
    column = counted_column(source)
    return {
        code: each
        for code, each in list_series(source).items()
        if column and dict(each.where) == {column.name: (code,)}
    }


def _others(pairs: Mapping[str, Pair], code: str) -> dict[str, Pair]:
    return {other: pair for other, pair in pairs.items() if other != code}


def _vintages(deliveries: list[Delivery]) -> tuple[Vintage, ...]:
    last = {delivery.vintage: delivery.id for delivery in deliveries}
    return tuple(
        Vintage(d.id, d.vintage, d.received_at, d.filename, d.sha256, last[d.vintage] != d.id) for d in deliveries
    )


def _known(each: Knowledge, period: str, part: str | None, *, withheld: bool) -> Known:
    parts = each.series.cells.get(period)
    if parts is None or part not in (None, *parts):
        return Known(None, Missing.NOT_APPLICABLE, _("This vintage does not have this period."))
    if withheld:
        return Known(None, Missing.SUPPRESSED, _("This source is under disclosure control: no value is shown here."))
    value = each.series.value(period, part)
    if value is not None:
        return Known(value)
    if period in each.short and part is None:
        return Known(
            None,
            Missing.UNKNOWN,
            _("This vintage lacks a part of it, or its value: a smaller sum would pass for the whole."),
        )
    if not each.series.additive:
        return Known(
            None, Missing.NOT_APPLICABLE, _("Its parts count a unit that is not summed: ask for one territory.")
        )
    return Known(None, Missing.UNKNOWN, _("This vintage holds no value."))


def _revisions(
    asked: Asked, vintages: tuple[Vintage, ...], own: list[Knowledge], others: Mapping[str, list[Knowledge]],
    periods: list[str], part: str | None, signatures: Mapping[tuple[str, UUID, UUID], tuple[Signature, ...]], *, withheld: bool,
) -> Iterator[Revision]:  # fmt: skip
    for i in reversed(range(len(own) - 1)):
        pair = Pair(own[i].series, own[i + 1].series)
        beside = {code: Pair(each[i].series, each[i + 1].series) for code, each in others.items()}
        for period in periods:
            proposal = propose(pair, period, part, beside) if pair.before.cells else None
            if proposal is None:
                continue
            before, after = vintages[i], vintages[i + 1]
            if before.vintage == after.vintage:
                proposal = _of_the_same_day(proposal)
            signed = signatures.get((period, before.delivery, after.delivery), ())
            if withheld:
                yield Revision(period, before, after, None, None, Proposal(proposal.reason, ()), signed)
                continue
            evidence = (*proposal.evidence, *_declared(asked, proposal, after))
            values = pair.before.value(period, part), pair.after.value(period, part)
            yield Revision(period, before, after, *values, Proposal(proposal.reason, evidence), signed)


def _of_the_same_day(proposal: Proposal) -> Proposal:
    """A file that bears the day of the one before puts it right: nothing came in between."""
    if proposal.reason is not Reason.LATE_DATA:
        return proposal
    kept = tuple(each for each in proposal.evidence if each.code != "LAST_PERIOD")
    return Proposal(Reason.CORRECTION, (*kept, Evidence("SAME_DAY")))


def _declared(asked: Asked, proposal: Proposal, after: Vintage) -> list[Evidence]:
    """What an expert wrote of it in the catalogue: evidence beside the rest, which never made the proposal."""
    found: list[Text] = [
        entry.cause
        for entry in asked.source.redefinitions
        if entry.vintage == after.vintage.isoformat()
        and all(asked.where.get(name) == (code,) for name, code in entry.series.items())
    ]
    return [Evidence("DECLARED", {"fr": cause.fr, "en": cause.en}) for cause in found]


def _signatures(asked: Asked, territory: str) -> dict[tuple[str, UUID, UUID], tuple[Signature, ...]]:
    """Every signature on the changes of a series, latest first."""
    found: dict[tuple[str, UUID, UUID], tuple[Signature, ...]] = {}
    rows = SignedReason.objects.filter(source=asked.source.code, series=asked.code, territory=territory)
    for row in rows.order_by("-signed_at", "id"):
        key = (row.period, row.before, row.after)
        found[key] = (*found.get(key, ()), Signature(row.reason, row.words, row.signed_at, row.signed_by))
    return found
