"""`egide cube FILE --dimensions a,b,c`: count a file of any size in one pass, exactly, on the engine chosen."""

import argparse
import json
import time
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from egide.core.count import NotAdditive, UnlikeUnits
from egide.foundation.catalogue import UnknownEntry
from egide.methods.tabulate import CannotTabulate
from egide.statistics.tabulation.cubes import Asked, Counted, count_file

SHOWN_CELLS = 10_000
TOLD_EVERY = 5_000_000


class Command(BaseCommand):
    """Exit 0 with the cells; 1 when the file or the counting unit does not allow them; 2 for a word misused."""

    help = "Tabulate a Parquet or CSV file of any size. The cells are not protected: keep them inside."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("file", type=_file)
        parser.add_argument(
            "--dimensions", required=True, type=_names, help="columns of the cube: offence,territory,sex"
        )
        parser.add_argument("--engine", type=_engine, default=None, help="numba, duckdb, spark or spark://host:port")
        parser.add_argument(
            "--measure", help="column summed; without it `value` if there is one, else the rows are counted"
        )
        parser.add_argument(
            "--unit", help="what is counted, a code of counting-units; without it the column `unit` says"
        )
        parser.add_argument("--where", action="append", default=[], type=_condition, help="keep these codes: sex=F,M")
        parser.add_argument("--attributes", type=_names, default=(), help="columns that only describe a row")
        parser.add_argument(
            "--margin", action="append", default=[], type=_names, help="also the table of these dimensions"
        )
        parser.add_argument("--out", type=Path, help="write all the cells to this Parquet file")
        parser.add_argument("--json", action="store_true", help="answer for a script")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count, then tell."""
        asked = Asked(
            options["dimensions"], dict(options["where"]), options["measure"], options["unit"], options["attributes"]
        )
        engine = settings.EGIDE_ENGINE if options["engine"] is None else options["engine"]
        if engine == "spark" and settings.EGIDE_ENGINE.startswith("spark://"):
            engine = settings.EGIDE_ENGINE
        start = time.perf_counter()
        try:
            counted = count_file(options["file"], asked, engine=engine, progress=self._progress())
            seconds = time.perf_counter() - start
            margins = {",".join(by): counted.margin(by).to_pylist() for by in options["margin"]}
        except (CannotTabulate, NotAdditive, UnlikeUnits, UnknownEntry) as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["out"]:
            pq.write_table(counted.cells, options["out"])
        told = _told(counted, options["file"], asked, seconds) | {"margins": margins}
        self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else _said(told))

    def _progress(self) -> Any:
        told = [0]

        def tell(done: int, total: int) -> None:
            if done - told[0] >= TOLD_EVERY or (done == total and total > TOLD_EVERY):
                told[0] = done
                self.stderr.write(f"{done:,} of {total:,} rows")

        return tell


def _told(counted: Counted, file: Path, asked: Asked, seconds: float) -> dict[str, Any]:
    cells = counted.cells
    return {
        "file": file.name, "engine": counted.engine, "rows": counted.rows, "dimensions": list(asked.dimensions),
        "codes": {name: len(cells[name].unique()) for name in asked.dimensions},
        "measure": counted.measure, "unit": counted.unit.code if counted.stated else None,
        "additive_over": sorted(counted.unit.additive_over & set(asked.dimensions)),
        "cells": cells.num_rows, "sha256": counted.sha256(), "seconds": round(seconds, 3),
        "table": cells.to_pylist() if cells.num_rows <= SHOWN_CELLS else None,
    }  # fmt: skip


def _said(told: dict[str, Any]) -> str:
    axes = " × ".join(f"{name} ({codes})" for name, codes in told["codes"].items())
    what = told["unit"] or "nobody said what (give --unit): rows of the file"
    lines = [
        f"{told['rows']:,} rows, {told['cells']:,} cells of {axes}, in {told['seconds']} s by {told['engine']}.",
        f"They count: {what}. Not protected: keep them inside.",
        f"sha256 {told['sha256']}",
    ]
    for by, rows in told["margins"].items():
        lines += [f"\n{by}", *("\t".join(str(value) for value in row.values()) for row in rows)]
    return "\n".join(lines)


def _names(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    if not names:
        raise argparse.ArgumentTypeError("give names of columns, separated by commas")
    return names


def _condition(text: str) -> tuple[str, tuple[str, ...]]:
    name, equals, codes = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"“{text}” is no condition: write sex=F,M")
    return name, _names(codes)


def _engine(text: str) -> str:
    if text in ("numba", "duckdb", "spark") or text.startswith("spark://"):
        return text
    raise argparse.ArgumentTypeError(f"“{text}” is none of numba, duckdb, spark, spark://host:port")


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no file {text}")
    return path
