"""Building the country: block after block, into a folder that appears whole or not at all.

Lives here: the order of the work, the files, truth.json. Not here: any draw. Memory holds one block of people and the survey's
respondents, whatever the size of the country.
"""

import csv
import hashlib
import io
import json
import os
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from . import casefiles, country, design, justice, people, producers, recording, survey, truth, violence
from .design import BLOCK, Size
from .margins import Margins, read_margins

FORMAT = 1
FORCES = ("police", "gendarmerie")


class NotBuilt(ValueError):
    """The country cannot be built there or like this; the sentence says why and what to do."""


@dataclass
class _Counts:
    """What adds up over the blocks."""

    totals: truth.Totals = field(default_factory=Counter)
    victims: dict[tuple[str, str], producers.Cells] = field(default_factory=dict)
    suspects: producers.Cells = field(default_factory=Counter)
    received: producers.Cells = field(default_factory=Counter)
    waves: list[survey.Wave] = field(default_factory=list)
    rows: Counter[str] = field(default_factory=Counter)


def build_sample(
    *, people: int, seed: int, out: Path, size: Size | None = None, tell: Callable[[str], None] = lambda _words: None
) -> dict[str, Any]:
    """Build a country of `people` people in the folder `out` and return its truth.

    The same numbers give the same bytes. A folder that already holds this very country is left as it is; another raises NotBuilt.
    """
    size = size or Size()
    if people < 1 or seed < 0:
        raise NotBuilt(
            f"A country of {people} people with the seed {seed}: give at least one person and a seed of 0 or more."
        )
    asked = {"format": FORMAT, "people": people, "seed": seed, "design": json.loads(json.dumps(design.as_plain(size)))}
    if out.exists() and any(out.iterdir()):
        return _already_built(out, asked)
    partial = out.with_name(f"{out.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    (partial / "deliveries").mkdir(parents=True)
    counts = _draw(people, seed, size, read_margins(), partial, tell)
    _write_deliveries(partial, seed, counts)
    (partial / "territories.csv").write_bytes(_territories())
    found = _describe(partial, seed, asked, counts)
    (partial / "truth.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if out.exists():
        out.rmdir()
    os.replace(partial, out)
    return found


def read_truth(folder: Path) -> dict[str, Any]:
    """The truth of a built country. Raises NotBuilt when the folder holds none."""
    path = folder / "truth.json"
    if not path.is_file():
        raise NotBuilt(f"{folder} holds no built country: run `egide build_sample --out {folder}` first.")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _already_built(out: Path, asked: dict[str, Any]) -> dict[str, Any]:
    if not (out / "truth.json").is_file():
        raise NotBuilt(f"{out} holds something else: give an empty folder, or one that does not exist.")
    found = read_truth(out)
    if {key: found.get(key) for key in asked} != asked:
        raise NotBuilt(
            f"{out} holds another country ({found.get('people')} people, seed {found.get('seed')}): remove it or choose another folder."
        )
    return found


def _draw(number: int, seed: int, size: Size, margins: Margins, folder: Path, tell: Callable[[str], None]) -> _Counts:
    counts, writers = _Counts(), _Writers(folder)
    try:
        for block, first in enumerate(range(0, number, BLOCK)):
            many = min(BLOCK, number - first)
            _draw_block(seed, block, first, many, size, margins, writers, counts)
            tell(f"{first + many:,} / {number:,}")
    finally:
        writers.close()
    return counts


def _draw_block(
    seed: int, block: int, first: int, many: int, size: Size, margins: Margins, writers: "_Writers", counts: _Counts
) -> None:
    who = people.draw_people(seed, block, first, many, margins)
    facts = violence.draw_violence(seed, block, counts.rows["victimisations"], who, margins)
    told = recording.draw_told(seed, block, who, facts, margins)
    reports = recording.draw_reports(seed, block, who, facts, told)
    reported = recording.as_table(reports, counts.rows["recording"], who, facts)
    judged = justice.draw_justice(seed, block, who, facts, reports, margins)
    before, after = (round(size.cases_per_thousand * count / 1000) for count in (first, first + many))
    cases = casefiles.draw_cases(seed, block, after - before, who, facts, reports, margins)
    wave = survey.draw_wave(seed, block, size, who, facts, reports)
    counts.waves.append(wave)
    tables = {"people": people.as_table(who), "victimisations": violence.as_table(facts, who), "recording": reported}
    for name, table in {**tables, "justice": judged, "casefiles": cases}.items():
        writers.write(name, table)
        counts.rows[name] += table.num_rows
    for totals in (
        truth.count_people(who),
        truth.count_violence(who, facts, reports),
        truth.count_reports(reported),
        truth.count_justice(judged),
        truth.count_cases(cases),
    ):
        counts.totals.update(totals)
    for force in FORCES:
        for cut in producers.CUTS:
            cells = producers.count_victims(reported, force, cut)
            counts.victims.setdefault((force, cut.isoformat()), Counter()).update(cells)
    counts.suspects.update(producers.count_suspects(judged))
    counts.received.update(producers.count_received(reported))


class _Writers:
    """One Parquet file for each table, one row group for each block."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._open = folder, dict[str, Any]()

    def write(self, name: str, table: pa.Table) -> None:
        """Add a block's rows."""
        if name not in self._open:
            path = self._folder / f"{name}.parquet"
            self._open[name] = pq.ParquetWriter(path, table.schema, compression="zstd", compression_level=1)
        if table.num_rows:
            self._open[name].write_table(table, row_group_size=max(1, table.num_rows))

    def close(self) -> None:
        """Finish every file."""
        for writer in self._open.values():
            writer.close()


def _write_deliveries(folder: Path, seed: int, counts: _Counts) -> None:
    written = {
        f"{force}_{cut}.csv": producers.write_victims(force, cells) for (force, cut), cells in counts.victims.items()
    }
    written[f"justice_{design.SECOND_CUT}.csv"] = producers.write_suspects(counts.suspects)
    written[f"associations_{design.FIRST_CUT}.csv"] = producers.write_received(seed, counts.received)
    written[f"survey_{design.SURVEYED + 1}.csv"] = producers.write_survey(survey.weigh(counts.waves))
    for name, content in sorted(written.items()):
        (folder / "deliveries" / name).write_bytes(content)


def _territories() -> bytes:
    rows, text = country.describe_territories(), io.StringIO()
    names = ["code", "name", "level", "parent", "valid_from", "valid_to", "kind", "fictional"]
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _describe(folder: Path, seed: int, asked: dict[str, Any], counts: _Counts) -> dict[str, Any]:
    """truth.json: what was asked, on which margins, what is true, and how each delivery departs from it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    margins = {code: margin.get("value", margin.get("values")) for code, margin in read_margins().by_code.items()}
    return {
        **asked,
        "fictional": True,
        "made_with": {"numpy": np.__version__, "pyarrow": pa.__version__},
        "margins": margins,
        "rows": dict(sorted(counts.rows.items())),
        "totals": dict(sorted((key, int(count)) for key, count in counts.totals.items())),
        "deliveries": _describe_deliveries(seed, counts),
        "files": {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
    }


def _describe_deliveries(seed: int, counts: _Counts) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for (force, cut), cells in counts.victims.items():
        true = counts.totals[f"delivered-true/{force}"]
        found[f"{force}_{cut}.csv"] = {**_layout(force), "delivered": cells.total(), "true": true}
    country_wide = sum(count for key, count in counts.suspects.items() if key[0] == "country")
    local = counts.suspects.total() - country_wide
    found[f"justice_{design.SECOND_CUT}.csv"] = {
        **_layout("justice"),
        "delivered": country_wide,
        "sum_of_departements": local,
    }
    sent = producers.list_returns(seed)
    found[f"associations_{design.FIRST_CUT}.csv"] = {
        **_layout("associations"),
        "returns": sent,
        "delivered": sum(counts.received[code, "persons"] for code in sent),
        "summed": sum(count for key, count in counts.received.items() if key[1] == "persons"),
        "true": counts.totals[f"received/{design.RECORDED}"],
    }
    found[f"survey_{design.SURVEYED + 1}.csv"] = {
        "unit": "person",
        "coverage": f"persons of 18 and over at the end of {design.SURVEYED}; facts of {design.SURVEYED}, asked the year after",
        "distortions": ["response depends on sex and age", "some decline to say whether they lodged a complaint"],
        "respondents": sum(wave.answers.num_rows for wave in counts.waves),
    }
    return found


def _layout(name: str) -> dict[str, Any]:
    layout = producers.LAYOUTS[name]
    return {
        "columns": list(layout.columns),
        "separator": layout.separator,
        "unit": layout.unit,
        "coverage": layout.coverage,
        "distortions": list(layout.distortions),
    }
