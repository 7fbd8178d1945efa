"""The build time of the letter 2022 from the sample deliveries: the whole composition, then each part of it.

What lives here: the steps and their clock. The composition is rolled back each time, so that each round composes the
same first revision. It runs in a process of its own (`python -m bench.letter`), because a process has one database.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from bench.site import fresh_house

TITLE = "Composing the letter 2022"
HOW_TO_READ = (
    "`compose_release` is all that `egide compose_letter` does once Django is loaded: tabulation, disclosure control "
    "and its audit, sentences, passports, the eight files, the rows in PostgreSQL. The lines below it are parts of it, "
    "measured apart afterwards. *First* is the first round of a new process, with cold caches: what a command pays."
)
EDITION = 2022
ROUNDS = 5


class _Undone(Exception):
    """Takes a composition back."""


def run(rounds: int = ROUNDS) -> list[dict[str, object]]:
    """Measure in a fresh house; one line for each step, in milliseconds."""
    with fresh_house("letter") as environment:
        _prepare(environment)
        print("  composing", flush=True)
        command = [sys.executable, "-m", "bench.letter", str(rounds)]
        output = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    lines: list[dict[str, object]] = json.loads(output)
    return lines


def _prepare(environment: dict[str, str]) -> None:
    """Everything that precedes a composition: tables, gate, deliveries."""
    _egide({**environment, "EGIDE_DB_USER": "egide_owner"}, "migrate", "-v0", "--skip-checks")
    _egide(environment, "update_messages", "--compile")
    _egide(
        environment, "register_processing", "statistics", "--controller", "Observatoire fictif", "--act", "Acte fictif",
        "--dpia", "AIPD fictive", "--dpia-date", "2026-01-01", "--dpo", "DPO fictif", "--retention",
        "aggregate-deliveries", "--fictional",
    )  # fmt: skip
    _egide(environment, "activate", "statistics")
    _egide(environment, "load_sample")


def _egide(environment: dict[str, str], *words: str) -> None:
    print(f"  egide {words[0]}", flush=True)
    command = [sys.executable, "-m", "egide.project.manage", *words]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


def _measure(rounds: int) -> list[dict[str, object]]:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "egide.project.settings")
    django.setup()
    composed: dict[str, Any] = {}
    seconds = {"compose_release": [_compose(composed) for _round in range(rounds)]}
    for name, step in _parts(composed).items():
        seconds[name] = [_seconds(step) for _round in range(rounds)]
    return [_line(name, taken) for name, taken in seconds.items()]


def _compose(composed: dict[str, Any]) -> float:
    """Compose, note the result in `composed`, undo; the seconds of the composition and its rows."""
    from egide.foundation.legal.actions import entering_active
    from egide.foundation.wings.entering import Subject
    from egide.statistics.publication.actions import compose_release
    from egide.statistics.publication.models import Figure

    try:
        with entering_active("statistics", Subject.job("bench")):
            start = time.perf_counter()
            release = compose_release(edition=EDITION, by="job:bench", now=datetime.now(UTC))
            taken = time.perf_counter() - start
            fields = ("code", "label", "printed", "passport")
            composed |= {"letter": release.letter, "figures": list(Figure.objects.order_by("position").values(*fields))}
            raise _Undone
    except _Undone:
        return taken


def _parts(composed: dict[str, Any]) -> dict[str, Callable[[], object]]:
    from egide.foundation.catalogue import get_letter
    from egide.foundation.legal.actions import entering_active
    from egide.foundation.wings.entering import Subject
    from egide.statistics.publication.composition.assembly import assemble
    from egide.statistics.publication.renderings.csv_tables import render_csv
    from egide.statistics.publication.renderings.html import render_html
    from egide.statistics.publication.renderings.passports import render_passports
    from egide.statistics.publication.renderings.pdf import render_pdf
    from egide.statistics.publication.renderings.sdmx import render_sdmx, render_structure

    letters, figures, now = composed["letter"], composed["figures"], datetime.now(UTC)

    def tabulate_and_protect() -> None:
        with entering_active("statistics", Subject.job("bench")):
            assemble(get_letter(EDITION))

    return {
        "tabulation, disclosure control, audit": tabulate_and_protect,
        "PDF/UA, French": lambda: render_pdf(letters["fr"], figures),
        "PDF/UA, English": lambda: render_pdf(letters["en"], figures),
        "HTML, French": lambda: render_html(letters["fr"], figures),
        "SDMX-ML, data": lambda: render_sdmx(figures, EDITION, now),
        "SDMX-ML, structure": lambda: render_structure(figures, EDITION, now),
        "CSV and passports": lambda: (render_csv(figures), render_passports(figures)),
    }  # fmt: skip


def _seconds(step: Callable[[], object]) -> float:
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


def _line(name: str, taken: Iterable[float]) -> dict[str, object]:
    first, *_ = milliseconds = [round(each * 1000, 1) for each in taken]
    return {
        "what": name,
        "first_ms": first,
        "median_ms": round(statistics.median(milliseconds), 1),
        "min_ms": min(milliseconds),
        "max_ms": max(milliseconds),
        "rounds": len(milliseconds),
    }


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]))))
