"""From plain mappings to the secrecy wizard's table, its protocols and the liaison forms.

Lives here: the shapes of secrecy/, protocols/ and liaison-forms/, read trustingly. Not here: judging them
(`checking.secrecy`), deciding (`egide.methods.secrecy`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from egide.foundation.catalogue import entries as e
from egide.foundation.catalogue.entries.secrecy import LiaisonForm, Sections
from egide.foundation.catalogue.parsing import day, sure_day, text
from egide.methods import secrecy as s
from egide.methods.secrecy.table import Addition

Plain = Mapping[str, Any]


def table(plain: Plain, law: Iterable[e.LawArticle], recipients: Iterable[str], purposes: Iterable[str]) -> s.Table:
    """The content of secrecy/<code>.yaml with the articles it may read and the codes a question may use."""
    groups = {name: frozenset(codes) for name, codes in plain.get("groups", {}).items()}
    return s.Table(
        code=plain["code"],
        version=plain["version"],
        label=words(plain["label"]),
        valid_from=sure_day(plain["valid_from"]),
        traits={status: frozenset(traits) for status, traits in plain["traits"].items()},
        recipients=frozenset(recipients),
        purposes=frozenset(purposes),
        rows=tuple(_row(item, groups) for item in plain["rows"]),
        conditions={item["code"]: _condition(item) for item in plain["conditions"]},
        articles=tuple(article(item) for item in law),
        additions=tuple(_addition(item) for item in plain.get("additions", ())),
        always=tuple(plain["always"]),
        remains={s.Answer(answer): tuple(codes) for answer, codes in plain["remains"].items()},
    )


def words(plain: Plain) -> s.Words:
    """{fr, en} -> Words."""
    return s.Words(plain["fr"].strip(), plain["en"].strip())


def article(item: e.LawArticle) -> s.Article:
    """A row of law/, as the method reads it."""
    return s.Article(
        article=item.article or item.code,
        code=item.code,
        act=s.Words(item.act.fr, item.act.en),
        ref=item.ref,
        summary=s.Words(item.summary.fr, item.summary.en),
        valid_from=item.valid_from,
        valid_to=item.valid_to,
        to_verify=item.to_verify,
    )


def spread(names: Iterable[str], groups: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Codes and names of groups -> codes."""
    return frozenset(code for name in names for code in groups.get(name, frozenset({name})))


def _row(plain: Plain, groups: Mapping[str, frozenset[str]]) -> s.Row:
    who = plain.get("who", {})
    return s.Row(
        code=plain["code"],
        priority=plain["priority"],
        answer=s.Answer(plain["answer"]),
        under=tuple(plain["under"]),
        because=words(plain["because"]),
        who=s.Who(**{key: frozenset(names) for key, names in who.items()}),
        to=spread(plain.get("to", ()), groups),
        why=frozenset(plain.get("why", ())),
        when={fact: frozenset(values) for fact, values in plain.get("when", {}).items()},
        see=tuple(plain.get("see", ())),
        conditions=tuple(plain.get("conditions", ())),
        covers=frozenset(plain.get("covers", ())),
        remains=tuple(plain.get("remains", ())),
        not_remaining=frozenset(plain.get("not_remaining", ())),
    )


def _condition(plain: Plain) -> s.Condition:
    return s.Condition(
        code=plain["code"],
        words=words(plain),
        met_when=frozenset(plain.get("met_when", ())),
        ticked=plain.get("ticked", True),
    )


def _addition(plain: Plain) -> Addition:
    return Addition(
        answers=frozenset(s.Answer(answer) for answer in plain["answers"]),
        persons=frozenset(plain["persons"]),
        conditions=tuple(plain["conditions"]),
    )


def protocol(plain: Plain) -> s.Protocol:
    """The content of protocols/<code>.yaml."""
    return s.Protocol(
        code=plain["code"],
        label=words(plain["label"]),
        territory=plain["territory"],
        statuses=frozenset(plain["statuses"]),
        recipient=plain["recipient"],
        purposes=frozenset(plain["purposes"]),
        via=plain["via"],
        fallback=(plain["fallback"]["recipient"], plain["fallback"]["purpose"]),
        valid_from=sure_day(plain["valid_from"]),
        valid_to=day(plain.get("valid_to")),
        suspensions=tuple(_suspension(item) for item in plain.get("suspensions", ())),
    )


def _suspension(plain: Plain) -> s.Suspension:
    return s.Suspension(
        valid_from=sure_day(plain["valid_from"]),
        valid_to=day(plain.get("valid_to")),
        decided_by=words(plain["decided_by"]),
        reason=words(plain["reason"]),
    )


def liaison_form(plain: Plain) -> LiaisonForm:
    """The content of liaison-forms/<code>.yaml."""
    return LiaisonForm(
        code=plain["code"],
        version=plain["version"],
        label=text(plain["label"]),
        valid_from=sure_day(plain["valid_from"]),
        valid_to=day(plain.get("valid_to")),
        senders=frozenset(plain.get("senders", ())),
        about=plain.get("about", "adult"),
        asks_reply=plain["asks_reply"],
        sheet=s.SheetForm(plain["code"], tuple(plain["items"]), plain["purpose"], frozenset(plain["recipients"])),
        source=text(plain["source"]),
        to_verify=plain["to_verify"],
    )


def sections(nomenclature: e.Nomenclature) -> Sections:
    """The nomenclature "sections": a code without a parent is a section, with one an item."""
    codes = nomenclature.codes
    return Sections(
        sections={code: item for code, item in codes.items() if item.parent is None},
        items={code: item for code, item in codes.items() if item.parent is not None},
    )
