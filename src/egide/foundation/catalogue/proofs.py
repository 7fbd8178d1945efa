"""The table of proofs: in which situation which positions see what, from catalogue/access/proofs.csv, as a lawyer reads it.

Lives here: reading the table, and writing it out. Not here: the proof itself (tests/proofs takes each cell through the page, the
action and raw SQL).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from egide.foundation.catalogue.access import access_levels, access_matrix, access_rows, roles_with
from egide.foundation.catalogue.entries import Text
from egide.foundation.catalogue.files import read_csv, root
from egide.foundation.catalogue.queries import get_nomenclature

ACTIONS = ("open", "find", "write", "agree", "trail")
NOBODY, EVERYONE = "-", "*"


@dataclass(frozen=True)
class Proof:
    """One line: who stands how to the file, and what each action answers. `sections` None: all of them; `roles` empty: no account."""

    situation: str
    relation: str
    consent: str
    exclusion: str
    asked: str
    roles: tuple[str, ...]
    allowed: frozenset[str]
    sections: tuple[str, ...] | None


def list_proofs() -> tuple[Proof, ...]:
    """Every line of the table, in its order, with the roles it is about."""
    return tuple(
        Proof(
            situation=line["situation"],
            relation=line["relation"],
            consent=line["consent"],
            exclusion=line["exclusion"],
            asked=line["roles"],
            roles=roles_of(line["roles"]),
            allowed=frozenset(action for action in ACTIONS if line[action] == "yes"),
            sections=None if line["sections"] == EVERYONE else tuple(line["sections"].split()),
        )
        for _number, line in read_csv(root() / "access/proofs.csv")
    )


def roles_of(asked: str) -> tuple[str, ...]:
    """The roles of "R02=N,S", of "R02≠N,S" (all the others), of "*" (all), of "-" (none), in the order of the matrix."""
    everyone = tuple(dict.fromkeys(role for role, _row in access_matrix()))
    if asked in (NOBODY, EVERYONE):
        return everyone if asked == EVERYONE else ()
    sign = "≠" if "≠" in asked else "="
    row, _sign, levels = asked.partition(sign)
    held = roles_with(row, *levels.split(","))
    return tuple(role for role in everyone if (role in held) == (sign == "="))


def proofs_as_csv() -> str:
    """One line for each role and situation, in codes, for whoever filters or counts."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["role", "situation", "relation", "consent", "exclusion", *ACTIONS, "sections"])
    for proof in list_proofs():
        answers = ["yes" if action in proof.allowed else "no" for action in ACTIONS]
        sections = EVERYONE if proof.sections is None else " ".join(proof.sections)
        for role in proof.roles or (NOBODY,):
            writer.writerow([role, proof.situation, proof.relation, proof.consent, proof.exclusion, *answers, sections])
    return out.getvalue()


def proofs_as_markdown(language: str = "fr") -> str:
    """The whole page for a lawyer: the situations, the letters, the matrix, the rows, in one language ("fr" or "en")."""
    said = {key: text.get(language) for key, text in _words(root()).items()}
    levels = [[f"`{level}`", text.get(language)] for level, text in access_levels().items()]
    rows = [[row, text.get(language)] for row, text in access_rows().items()]
    actions = [said["action", action] for action in (*ACTIONS, "sections")]
    about = [said["heading", name] for name in ("relation", "consent", "exclusion", "roles")]
    return "\n".join(
        [
            f"# {said['title', 'table']}\n",
            f"{said['title', 'made']}\n",
            f"{said['title', 'lead']}\n",
            f"## {said['title', 'situations']}\n",
            *_table([*about, *actions], [_told(proof, said, language) for proof in list_proofs()]),
            f"## {said['title', 'letters']}\n",
            *_table([said["heading", "letter"], said["heading", "meaning"]], levels),
            f"## {said['title', 'matrix']}\n",
            *_table([said["heading", "role"], *access_rows()], _matrix_lines(language)),
            f"## {said['title', 'rows']}\n",
            *_table([said["heading", "row"], said["heading", "meaning"]], rows),
        ]
    )


def _told(proof: Proof, said: Mapping[tuple[str, str], str], language: str) -> list[str]:
    roles = get_nomenclature("roles").codes
    names = ", ".join(roles[role].label.get(language) for role in proof.roles)
    who = {NOBODY: said["answer", "nobody"], EVERYONE: said["answer", "every"]}.get(
        proof.asked, f"{proof.asked} : {names}"
    )
    labels = get_nomenclature("sections").codes
    seen = said["answer", "all"] if proof.sections is None else said["answer", "nothing"]
    if proof.sections:
        seen = ", ".join(labels[section].label.get(language) for section in proof.sections)
    answers = [said["answer", "yes" if action in proof.allowed else "no"] for action in ACTIONS]
    about = [said["relation", proof.relation], said["consent", proof.consent], said["exclusion", proof.exclusion]]
    return [*about, who, *answers, seen]


def _matrix_lines(language: str) -> list[list[str]]:
    matrix, roles = access_matrix(), get_nomenclature("roles").codes
    known = dict.fromkeys(role for role, _row in matrix)
    return [[roles[role].label.get(language), *(matrix[role, row] for row in access_rows())] for role in known]


def _table(header: Sequence[str], lines: Iterable[Sequence[str]]) -> list[str]:
    drawn = [f"| {' | '.join(line)} |" for line in (header, ["---"] * len(header), *lines)]
    return [*drawn, ""]


@lru_cache(maxsize=4)
def _words(base: Path) -> Mapping[tuple[str, str], Text]:
    return {
        (line["kind"], line["code"]): Text(line["fr"], line["en"])
        for _number, line in read_csv(base / "access" / "words.csv")
    }
