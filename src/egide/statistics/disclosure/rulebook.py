"""Rules of disclosure control as an expert writes them: a file, or a profile of the catalogue, made into a Profile.

Here live the words of the file and what is taken when they are silent. What the rules mean is in `methods.disclosure`.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from egide.foundation.catalogue import DisclosureProfile, get_profile
from egide.methods.disclosure import (
    DominanceRule,
    GroupDisclosureRule,
    PPercentRule,
    Profile,
    RuleMisused,
    Share,
    ThresholdRule,
    WholeRange,
)
from egide.methods.disclosure.rules import Levels, Rule

Plain = Mapping[str, Any]
WORDS = (
    "code", "version", "valid_from", "valid_to", "label", "units", "minimum_count", "suppress_zero", "hide_zeros",
    "protection", "weights", "source", "to_verify", "rules", "threshold", "dominance", "p_percent", "columns", "totals",
)  # fmt: skip


@dataclass(frozen=True)
class Rulebook:
    """What to protect and how: `columns` and `totals` name those of the table where they cannot be guessed.

    by_value: a hidden cell costs its value; else each costs one.
    """

    profile: Profile
    by_value: bool = True
    columns: Mapping[str, str] = field(default_factory=dict)
    totals: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""


def read_rulebook(words: str, *, counts: bool) -> Rulebook:
    """The rules of a YAML or JSON file, or of the catalogue's profile of that code.

    counts: whether the table has no frequency column, so that thresholds look at the values themselves.
    Raises RuleMisused with what to write instead, UnknownEntry when it is neither a file nor a profile.
    """
    path = Path(words)
    if not path.is_file():
        return _made(_plain(get_profile(words)), counts, words.encode())
    content = path.read_bytes()
    try:
        plain = yaml.safe_load(content)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RuleMisused(
            f"{words} is neither YAML nor JSON ({error}). Write one, for instance: threshold: 3."
        ) from error
    if not isinstance(plain, dict) or not plain:
        raise RuleMisused(f"{words} holds no rules. Write at least one, for instance: threshold: 3.")
    return _made(plain, counts, content)


def profile_of(entry: DisclosureProfile, *, counts: bool = True) -> Profile:
    """The rules of a profile of the catalogue."""
    return _made(_plain(entry), counts, b"").profile


def _plain(entry: DisclosureProfile) -> Plain:
    levels = {key: value for key, value in vars(entry.protection).items() if value is not None}
    return {
        "code": entry.code, "minimum_count": entry.minimum_count, "suppress_zero": entry.suppress_zero,
        "protection": levels, "weights": {"basis": entry.weight_basis}, "rules": entry.rules,
    }  # fmt: skip


def _made(plain: Plain, counts: bool, content: bytes) -> Rulebook:
    if strange := sorted(set(plain) - set(WORDS)):
        raise RuleMisused(
            f"The rules say {', '.join(strange)}, which means nothing here: they may say {_listed(WORDS)}."
        )
    rules = [_rule(each, plain, counts) for each in _all_rules(plain)]
    if not rules:
        raise RuleMisused("The rules hide nothing. Write at least one, for instance: threshold: 3.")
    zeros = bool(plain.get("hide_zeros", plain.get("suppress_zero"))) or any(
        isinstance(rule, GroupDisclosureRule) for rule in rules
    )
    floor = float(_levels_of(plain).get("floor", 0))
    return Rulebook(
        Profile(str(plain.get("code", "rules")), tuple(rules), zeros, floor),
        (plain.get("weights") or {}).get("basis", "value") == "value",
        plain.get("columns") or {},
        {dimension: str(code) for dimension, code in (plain.get("totals") or {}).items()},
        hashlib.sha256(content).hexdigest(),
    )


def _all_rules(plain: Plain) -> list[Plain]:
    """The rules listed, and those said in one word."""
    found: list[Plain] = list(plain.get("rules") or ())
    if plain.get("minimum_count", 1) > 1:
        found.append({"kind": "threshold", "below": plain["minimum_count"], "on": "value"})
    if "threshold" in plain:
        found.append({"kind": "threshold", "below": plain["threshold"]})
    if "dominance" in plain:
        said = plain["dominance"]
        found.append({"kind": "dominance", **(said if isinstance(said, dict) else {"n": 1, "k": said})})
    if "p_percent" in plain:
        found.append({"kind": "p-percent", "p": plain["p_percent"]})
    return found


def _rule(said: Plain, plain: Plain, counts: bool) -> Rule | GroupDisclosureRule:
    makers: Mapping[str, Callable[[], Rule | GroupDisclosureRule]] = {
        "threshold": lambda: _threshold(said, plain, counts),
        "dominance": lambda: DominanceRule(
            f"dominance ({said.get('n', 1)}, {said['k']})",
            float(said["k"]) / 100,
            _levels(plain, 0),
            int(said.get("n", 1)),
        ),
        "p-percent": lambda: PPercentRule(
            f"p {said['p']} %", float(said["p"]) / 100, _levels(plain, 0) if "protection" in plain else None
        ),
        "group-disclosure": lambda: GroupDisclosureRule("group disclosure", str(said["dimension"])),
    }
    if said.get("kind") not in makers:
        raise RuleMisused(f"No rule is of kind {said.get('kind')}: they are {_listed(makers)}.")
    try:
        return makers[said["kind"]]()
    except KeyError as missing:
        raise RuleMisused(f"The rule {said['kind']} does not say {missing}. Give it.") from missing
    except (TypeError, ValueError) as error:
        if isinstance(error, RuleMisused):
            raise
        raise RuleMisused(f"The rule {dict(said)} cannot be read ({error}). Give numbers.") from error


def _threshold(said: Plain, plain: Plain, counts: bool) -> ThresholdRule:
    on = said.get("on", "value" if counts else "frequency")
    if on not in ("value", "frequency"):
        raise RuleMisused(f"A threshold looks at value or frequency, not {on}.")
    below = int(said["below"])
    zero = bool(said.get("zero", plain.get("suppress_zero", False)))
    return ThresholdRule(
        f"fewer than {below}",
        below,
        zero,
        _levels(plain, below if on == "value" else 0),
        on_contributors=on == "frequency",
    )


def _levels(plain: Plain, below: int) -> Levels:
    """The doubt due: as the file says, else the whole range below a threshold of counts, and 10 % of a magnitude."""
    said = _levels_of(plain)
    kind = said.get("rule", "whole-range" if below and not {"lower", "upper"} & set(said) else "share")
    if kind == "whole-range":
        if not below and "top" not in said:
            raise RuleMisused("A whole range needs its top for a magnitude. Give top, or the rule share.")
        return WholeRange(int(said.get("top", below)))
    if kind != "share":
        raise RuleMisused(f"No protection is called {kind}: it is whole-range or share.")
    return Share(float(said.get("lower", 10)) / 100, float(said.get("upper", 10)) / 100, float(said.get("least", 1)))


def _levels_of(plain: Plain) -> Plain:
    said = plain.get("protection") or {}
    return {"rule": "share", "lower": said, "upper": said} if isinstance(said, int | float) else said


def _listed(names: Any) -> str:
    return ", ".join(sorted(names))
