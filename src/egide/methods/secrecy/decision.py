"""The answer to one question, with its texts, what is left to do, and what stays possible whatever the answer.

What lives here: `decide`. What does not: the rules (data), the record of a share or of a ground (field), the words of
the codes (catalogue).

Two properties hold by construction and are tested: her refusal never changes the answer, only whether one may go on; and
the help actions of the table are in every decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from egide.methods.secrecy.case import Case, Consent
from egide.methods.secrecy.table import (
    Answer,
    Article,
    Condition,
    Protocol,
    Row,
    SecrecyError,
    Suspension,
    Table,
    Words,
)

CONSENT = "consent"


@dataclass(frozen=True)
class Citation:
    """An article in the version in force that day; `carries`: it authorises, imposes or forbids, else it is to be read."""

    article: Article
    carries: bool


@dataclass(frozen=True)
class Need:
    """A condition of the answer, and whether it is met."""

    condition: Condition
    met: bool


@dataclass(frozen=True)
class Decision:
    """What may be done, and why.

    `row`: the rule that decided. `because`: its sentence. `sections` may go, `withheld` may not (both empty when the
    question named no section). `remains`: codes of what is possible in any case. `protocol`: the local route concerned;
    `via`: through whom it passes while open; `closed`: why it is closed; `instead`: the question then proposed, to be
    asked in turn.
    """

    answer: Answer
    row: str
    on: date
    because: Words
    citations: tuple[Citation, ...]
    needs: tuple[Need, ...]
    consent: Consent
    sections: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    remains: tuple[str, ...] = ()
    protocol: Protocol | None = None
    via: str | None = None
    closed: Suspension | None = None
    instead: Case | None = None

    @property
    def offered(self) -> bool:
        """Whether a page may propose this share now: never when forbidden, nor without the agreement that it needs."""
        if self.answer is Answer.FORBIDDEN or self.instead is not None:
            return False
        return self.answer is not Answer.WITH_CONSENT or self.consent is Consent.GIVEN

    @property
    def open_needs(self) -> tuple[Need, ...]:
        """The conditions still to be met, in their order."""
        return tuple(need for need in self.needs if not need.met)

    @property
    def may_proceed(self) -> bool:
        """Whether the share may be made now: offered, nothing left to do, and at least one section when some are asked."""
        nothing_to_share = bool(self.withheld) and not self.sections
        return self.offered and not self.open_needs and not nothing_to_share

    def cites(self, article: str) -> bool:
        """Whether the decision names an article, by the name it keeps whatever its number."""
        return any(citation.article.article == article for citation in self.citations)


def decide(table: Table, case: Case, protocols: Iterable[Protocol] = ()) -> Decision:
    """Answer one question on the law in force on its day.

    Raises SecrecyError: an unknown code, a day before the table, or (a fault of the data, found by `find_flaws`) no rule
    or two rules that decide.
    """
    row = _deciding_row(table, case)
    sections, withheld = _sections(row, case)
    decision = Decision(
        answer=row.answer,
        row=row.code,
        on=case.on,
        because=row.because,
        citations=_citations(table, row, case.on),
        needs=tuple(_need(table.conditions[code], case) for code in _condition_codes(table, row, case)),
        consent=case.consent,
        sections=sections,
        withheld=withheld,
        remains=_remains(table, row),
    )
    return _routed(decision, case, protocols)


def _deciding_row(table: Table, case: Case) -> Row:
    facts = case.situation.facts()
    candidates = table.candidates(case.status, case.recipient, case.purpose, case.on)
    fitting = [row for row in candidates if row.fits(facts)]
    first = [row for row in fitting if row.priority == fitting[0].priority]
    if len(first) != 1:
        which = "no rule" if not first else "two rules: " + " and ".join(row.code for row in first)
        raise SecrecyError(
            f"The table {table.code} has {which} for {case.status} -> {case.recipient} ({case.purpose}) on {case.on}; "
            "nothing may be shared until it is mended. Calling the emergency services is always possible."
        )
    return first[0]


def _citations(table: Table, row: Row, on: date) -> tuple[Citation, ...]:
    named = [(name, True) for name in row.under] + [(name, False) for name in row.see]
    found = ((table.article(name, on), carries) for name, carries in named)
    return tuple(Citation(article, carries) for article, carries in found if article is not None)


def _condition_codes(table: Table, row: Row, case: Case) -> Sequence[str]:
    asked = [CONSENT] if row.answer is Answer.WITH_CONSENT else []
    person = case.situation.person.value
    added = [
        code
        for addition in table.additions
        if row.answer in addition.answers and person in addition.persons
        for code in addition.conditions
    ]
    return tuple(dict.fromkeys([*asked, *added, *row.conditions]))


def _need(condition: Condition, case: Case) -> Need:
    declared = condition.ticked and condition.code in case.done
    return Need(condition, declared or case.consent.value in condition.met_when)


def _sections(row: Row, case: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    agreed = case.consented if case.consent is Consent.GIVEN else frozenset()
    if row.answer is Answer.FORBIDDEN:
        opened: frozenset[str] = frozenset()
    elif row.answer is Answer.WITH_CONSENT:
        opened = agreed & row.covers if row.covers else agreed
    else:
        opened = row.covers or frozenset(case.sections)
    return (
        tuple(code for code in case.sections if code in opened),
        tuple(code for code in case.sections if code not in opened),
    )


def _remains(table: Table, row: Row) -> tuple[str, ...]:
    listed = [*table.always, *table.remains.get(row.answer, ()), *row.remains]
    kept = [code for code in listed if code in table.always or code not in row.not_remaining]
    return tuple(dict.fromkeys(kept))


def _routed(decision: Decision, case: Case, protocols: Iterable[Protocol]) -> Decision:
    """A protocol opens or closes a road only where her agreement is what allows the share: a duty passes it by."""
    concerned = [each for each in protocols if each.concerns(case)]
    if not concerned or decision.answer is not Answer.WITH_CONSENT:
        return decision
    latest = max(concerned, key=lambda each: (each.is_open(case.on), each.valid_from))
    if latest.is_open(case.on):
        return replace(decision, protocol=latest, via=latest.via)
    recipient, purpose = latest.fallback
    instead = replace(case, recipient=recipient, purpose=purpose)
    return replace(decision, protocol=latest, closed=latest.closed_by(case.on), instead=instead)
