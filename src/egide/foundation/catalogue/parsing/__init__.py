"""From plain mappings (one YAML file each) to the dataclasses of `entries`.

Lives here: the shape of each kind of file, read trustingly. Not here: judging it: run `checking` first; a file that
breaks its schema ends here as a CatalogueError that says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from egide.foundation.catalogue import entries as e
from egide.foundation.catalogue.errors import CatalogueError
from egide.foundation.catalogue.files import load_yaml, read_csv

Plain = Mapping[str, Any]


def text(plain: Plain) -> e.Text:
    """{fr, en} -> Text."""
    return e.Text(fr=plain["fr"].strip(), en=plain["en"].strip())


def maybe_text(plain: Plain | None) -> e.Text | None:
    """{fr, en} or nothing -> Text or None."""
    return text(plain) if plain else None


def day(value: str | None) -> date | None:
    """An ISO date, or None when the file does not state one."""
    return date.fromisoformat(value) if value else None


def sure_day(value: str) -> date:
    """An ISO date that must be there."""
    return date.fromisoformat(value)


def _texts(plain: list[Plain] | None) -> tuple[e.Text, ...]:
    return tuple(text(item) for item in plain or ())


def _strings(plain: list[Any] | None) -> tuple[str, ...]:
    return tuple(str(item) for item in plain or ())


def _mapping(plain: Plain | None) -> dict[str, str]:
    return {str(key): str(value) for key, value in (plain or {}).items()}


def nomenclature(plain: Plain) -> e.Nomenclature:
    """The content of nomenclatures/<code>.yaml."""
    codes = [nomenclature_code(item) for item in plain["codes"]]
    return e.Nomenclature(
        code=plain["code"],
        version=plain["version"],
        label=text(plain["label"]),
        source=text(plain["source"]),
        valid_from=sure_day(plain["valid_from"]),
        valid_to=day(plain.get("valid_to")),
        codes={item.code: item for item in codes},
    )


def nomenclature_code(plain: Plain) -> e.NomenclatureCode:
    """One item of a nomenclature's `codes`."""
    return e.NomenclatureCode(
        code=plain["code"],
        label=text(plain["label"]),
        parent=plain.get("parent"),
        unit=plain.get("unit"),
        note=maybe_text(plain.get("note")),
        valid_from=day(plain.get("valid_from")),
        valid_to=day(plain.get("valid_to")),
        used=plain.get("used", True),
        verified=plain.get("verified"),
        additive_over=frozenset(plain.get("additive_over", ())),
        aliases=tuple(e.Alias(item["text"], _strings(item.get("vintages"))) for item in plain.get("aliases", ())),
        successor=plain.get("successor"),
    )


def source(plain: Plain, nomenclatures: Callable[[str], e.Nomenclature]) -> e.Source:
    """The content of sources/<code>.yaml; its producer and the aliases of its dimensions come from nomenclatures."""
    return e.Source(
        code=plain["code"],
        version=plain["version"],
        valid_from=sure_day(plain["valid_from"]),
        valid_to=day(plain.get("valid_to")),
        status=plain.get("status", "official"),
        label=text(plain["label"]),
        producer=_producer(plain["producer"], nomenclatures),
        legal_basis=text(plain["legal_basis"]),
        holds=plain["holds"],
        disclosure=plain["disclosure"],
        scope=e.Scope(
            territory=plain["scope"]["territory"],
            population=text(plain["scope"]["population"]),
            note=maybe_text(plain["scope"].get("note")),
        ),
        frequency=plain["frequency"],
        lag=text(plain["lag"]),
        quality=text(plain["quality"]),
        columns=tuple(_column(item, nomenclatures) for item in plain["columns"]),
        key=_strings(plain["key"]),
        dialects=tuple(_dialect(item) for item in plain["dialects"]),
        licence=maybe_text(plain.get("licence")),
        totals=tuple(
            e.Total(item["dimension"], item["code"], _strings(item["of"])) for item in plain.get("totals", ())
        ),
        outside=tuple(e.OutsideCode(item["code"], text(item["label"])) for item in plain.get("outside", ())),
        not_measurable=tuple(
            e.NotMeasurable(item["concept"], text(item["reason"])) for item in plain.get("not_measurable", ())
        ),
        breaks=breaks(plain.get("breaks")),
        redefinitions=tuple(
            e.Redefinition(_mapping(item["series"]), item["vintage"], text(item["cause"]), item.get("effect"))
            for item in plain.get("redefinitions", ())
        ),
        quarantine=maybe_text(plain.get("quarantine")),
    )


def _producer(plain: str | Plain, nomenclatures: Callable[[str], e.Nomenclature]) -> e.Producer:
    if isinstance(plain, str):
        entry = nomenclatures("producers").codes[plain]
        return e.Producer(entry.code, entry.label, entry.valid_from, entry.valid_to, entry.successor)
    return e.Producer(
        code=plain["code"],
        label=text(plain["label"]),
        valid_from=day(plain.get("valid_from")),
        valid_to=day(plain.get("valid_to")),
        successor=plain.get("successor"),
    )


def _column(plain: Plain, nomenclatures: Callable[[str], e.Nomenclature]) -> e.Column:
    aliases = nomenclatures(plain["nomenclature"]).aliases() if plain.get("nomenclature") else {}
    return e.Column(
        name=plain["name"],
        role=plain["role"],
        nomenclature=plain.get("nomenclature"),
        format=plain.get("format"),
        level=plain.get("level"),
        pad=plain.get("pad"),
        codes={**aliases, **_mapping(plain.get("codes"))},
        ratios=_strings(plain.get("ratios")),
        optional=plain.get("optional", False),
        constant=plain.get("constant"),
    )


def _dialect(plain: Plain) -> e.Dialect:
    return e.Dialect(
        id=plain["id"],
        separator=plain["separator"],
        decimal=plain["decimal"],
        encoding=plain["encoding"],
        header=_mapping(plain["header"]),
        ignored=_strings(plain.get("ignored")),
        line_end=plain.get("line_end", "lf"),
        formats=_mapping(plain.get("formats")),
        vintages=_strings(plain.get("vintages")),
        notes=maybe_text(plain.get("notes")),
    )


def breaks(plain: list[Plain] | None) -> tuple[e.Break, ...]:
    """A list of breaks, as sources and indicators write them."""
    return tuple(
        e.Break(
            series=_mapping(item["series"]),
            at=str(item["at"]),
            kind=item["kind"],
            cause=text(item["cause"]),
            effect=item.get("effect"),
            backcast=item.get("backcast"),
        )
        for item in plain or ()
    )


def crosswalk(plain: Plain, table: Path) -> e.Crosswalk:
    """The content of crosswalks/<from>--<to>.yaml and of the CSV beside it."""
    return e.Crosswalk(
        code=plain["code"],
        version=plain["version"],
        label=text(plain["label"]),
        source_nomenclature=plain["from"],
        target_nomenclature=plain["to"],
        valid_from=sure_day(plain["valid_from"]),
        valid_to=day(plain.get("valid_to")),
        rows=tuple(_crosswalk_row(row) for _line, row in read_csv(table)),
        proven_sums=tuple(_proven_sum(item) for item in plain.get("proven_sums", ())),
    )


def _crosswalk_row(row: Mapping[str, str]) -> e.CrosswalkRow:
    return e.CrosswalkRow(
        from_code=row["from"],
        to_code=row["to"],
        weight=Fraction(row["weight"]),
        valid_from=sure_day(row["valid_from"]),
        valid_to=day(row["valid_to"]),
        scope=row["scope"] or None,
        evidence=row["evidence"],
    )


def _proven_sum(plain: Plain) -> e.ProvenSum:
    return e.ProvenSum(
        id=plain["id"],
        to_code=plain["to"],
        of=_strings(plain["of"]),
        scope=plain["scope"],
        valid_from=sure_day(plain["valid_from"]),
        valid_to=day(plain.get("valid_to")),
        target_unit=plain["target_unit"],
        tolerance=plain["tolerance"],
        evidence=text(plain["evidence"]),
    )


def disclosure_profile(plain: Plain) -> e.DisclosureProfile:
    """The content of disclosure/<profile>.yaml."""
    return e.DisclosureProfile(
        code=plain["code"],
        version=plain["version"],
        label=text(plain["label"]),
        valid_from=sure_day(plain["valid_from"]),
        valid_to=day(plain.get("valid_to")),
        units=_strings(plain["units"]),
        minimum_count=plain["minimum_count"],
        suppress_zero=plain["suppress_zero"],
        protection=e.Protection(**plain["protection"]),
        weight_basis=plain["weights"]["basis"],
        weight_minimum=plain["weights"]["minimum"],
        source=text(plain["source"]),
        to_verify=plain["to_verify"],
        rules=tuple(plain.get("rules", ())),
    )


def law_articles(plain: Plain) -> list[e.LawArticle]:
    """The content of law/<act>.yaml: one LawArticle per version of an article."""
    return [
        e.LawArticle(
            code=item["code"],
            act=text(plain["act"]),
            ref=item["ref"],
            summary=text(item["summary"]),
            valid_from=sure_day(item["valid_from"]),
            valid_to=day(item.get("valid_to")),
            last_checked=sure_day(item["last_checked"]),
            checked_against=text(item["checked_against"]),
            to_verify=item["to_verify"],
            article=item.get("article"),
        )
        for item in plain["articles"]
    ]


def retention_rule(plain: Plain) -> e.RetentionRule:
    """The content of retention/<code>.yaml."""
    return e.RetentionRule(
        code=plain["code"],
        version=plain["version"],
        label=text(plain["label"]),
        applies_to=plain["applies_to"],
        starts_at=text(plain["starts_at"]),
        ends=plain["ends"],
        visa_kinds=tuple(plain.get("visa_kinds", ())),
        minimum_months=plain.get("minimum_months"),
        maximum_months=plain.get("maximum_months"),
        keeps=maybe_text(plain.get("keeps")),
        valid_from=sure_day(plain["valid_from"]),
        valid_to=day(plain.get("valid_to")),
        source=text(plain["source"]),
        to_verify=plain["to_verify"],
    )


def read(path: Path, build: Callable[[Any], Any]) -> Any:
    """`build` applied to the content of `path`; any mistake of shape becomes a CatalogueError naming the file."""
    content = load_yaml(path)
    try:
        return build(content)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CatalogueError(
            f"{path} does not have the shape of its kind ({error}); run `egide check_catalogue` for the line."
        ) from error


def moment(value: str) -> datetime:
    """An ISO date and time with its offset."""
    return datetime.fromisoformat(value)
