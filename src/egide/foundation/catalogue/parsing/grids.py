"""From plain mappings to grids: words, tasks and clocks here, what is applied by the method's own reader.

Lives here: the shapes of grids/. Not here: the rest of the catalogue (`parsing`), judging a grid (`checking.grids`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from egide.foundation.catalogue.entries import Text
from egide.foundation.catalogue.entries import grids as e
from egide.foundation.catalogue.parsing import day, maybe_text, sure_day, text
from egide.methods import danger

Plain = Mapping[str, Any]


def grid_file(plain: Plain) -> e.Grid | e.OfficialProfile | e.ShortForm:
    """The content of grids/<code>.yaml, of one of three kinds. Raises ValueError for another kind."""
    match plain["kind"]:
        case "factors":
            return grid(plain)
        case "profile":
            return official_profile(plain)
        case "short-form":
            return short_form(plain)
        case kind:
            raise ValueError(f"a grid is of kind factors, profile or short-form, not {kind!r}")


def grid(plain: Plain) -> e.Grid:
    """A file of kind `factors`."""
    method = danger.read_grid(plain)
    conditions = {rule.id: rule.when for rule in method.rules}
    return e.Grid(
        **_head(plain),
        guidance={item["code"]: text(item) for item in plain["guidance"]},
        moments=_labels(plain["moments"]),
        informants=_labels(plain["informants"]),
        parts=_labels(plain["parts"]),
        self_completed=frozenset(item["code"] for item in plain["parts"] if item.get("self_completed")),
        families=_labels(plain["families"]),
        owners={
            item["code"]: e.GridOwner(item["code"], text(item["label"]), item.get("role")) for item in plain["owners"]
        },
        sets=_labels(plain["sets"]),
        factors={item["code"]: _factor(item) for item in plain["factors"]},
        rules={item["id"]: _rule(item, conditions[item["id"]]) for item in plain["rules"]},
        levels={danger.Level[item["code"]]: _level(item) for item in plain["levels"]},
        events={
            item["code"]: e.ReviewEvent(item["code"], text(item["label"]), tuple(item["reopens"]))
            for item in plain["events"]
        },
        full_within=_delay(plain["full_within"]),
        method=method,
    )


def _head(plain: Plain) -> dict[str, Any]:
    return {
        "code": plain["code"],
        "version": plain["version"],
        "valid_from": sure_day(plain["valid_from"]),
        "valid_to": day(plain.get("valid_to")),
        "last_checked": sure_day(plain["last_checked"]),
        "label": text(plain["label"]),
        "source": text(plain["source"]),
        "caution": text(plain["caution"]),
        "to_verify": plain["to_verify"],
    }


def _labels(plain: Iterable[Plain]) -> dict[str, Text]:
    return {item["code"]: text(item["label"]) for item in plain}


def _factor(plain: Plain) -> e.GridFactor:
    return e.GridFactor(
        code=plain["code"],
        part=plain["part"],
        red=plain.get("red", False),
        families=tuple(plain["families"]),
        cites=tuple(plain.get("cites", ())),
        label=text(plain["label"]),
        ask=text(plain["ask"]),
        ask_him=maybe_text(plain.get("ask_him")),
        note=maybe_text(plain.get("note")),
        informants=tuple(plain["informants"]),
        apart=plain["apart"],
        grades=_labels(plain.get("grades", ())),
    )


def _rule(plain: Plain, when: danger.Condition) -> e.GridRule:
    return e.GridRule(plain["id"], danger.Level[plain["level"]], text(plain["words"]), text(plain["basis"]), when)


def _level(plain: Plain) -> e.GridLevel:
    return e.GridLevel(
        code=danger.Level[plain["code"]],
        label=text(plain["label"]),
        meaning=text(plain["meaning"]),
        closes=plain["closes"],
        review=_delay(plain["review"]),
        tasks=tuple(_task(item) for item in plain["tasks"]),
    )


def _task(plain: Plain) -> e.GridTask:
    return e.GridTask(
        id=plain["id"],
        label=text(plain["label"]),
        owner=plain["owner"],
        or_owner=plain.get("or_owner"),
        within=_delay(plain["within"]),
        stated=plain.get("stated", True),
    )


def _delay(plain: Plain) -> e.Delay:
    return e.Delay(hours=plain.get("hours"), days=plain.get("days"))


def official_profile(plain: Plain) -> e.OfficialProfile:
    """A file of kind `profile`: numbers, never the text of a question."""
    return e.OfficialProfile(
        **_head(plain),
        rules={item["id"]: text(item["words"]) for item in plain["rules"]},
        outcomes={danger.Outcome[item["code"]]: text(item["label"]) for item in plain["outcomes"]},
        method=danger.read_profile(plain),
    )


def short_form(plain: Plain) -> e.ShortForm:
    """A file of kind `short-form`."""
    return e.ShortForm(
        **_head(plain),
        grid=plain["grid"],
        ways=_labels(plain["ways"]),
        urgent=text(plain["urgent"]),
        not_urgent=text(plain["not_urgent"]),
        ticks={
            item["code"]: e.ShortTick(item["code"], text(item["label"]), _labels(item.get("grades", ())))
            for item in plain["ticks"]
        },
        method=danger.read_short_form(plain),
    )
