"""Drawing the fictional country: people, facts, reports, case files, deliveries and the truth, for one million people.

What lives here: the measure, in a process of its own so that its memory can be read. Not here: the drawing (`egide.sample`).
"""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

TITLE = "Drawing a fictional country"
HOW_TO_READ = (
    "`egide build_sample`, without the time to start Python: everything is drawn, written as Parquet and CSV, hashed, and its "
    "truth counted. *Rows* are those of all the tables. One process, one core; memory is that of one block of people."
)
PEOPLE = 1_000_000
ROUNDS = 3
MEASURED = """
import json, resource, sys, time
from pathlib import Path
from egide.sample.build import build_sample
start = time.perf_counter()
truth = build_sample(people=int(sys.argv[1]), seed=int(sys.argv[2]), out=Path(sys.argv[3]))
seconds = time.perf_counter() - start
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "memory": memory, "rows": sum(truth["rows"].values())}))
"""


def run(people: int = PEOPLE, rounds: int = ROUNDS) -> list[dict[str, object]]:
    """Build `rounds` countries of different seeds; seconds, rows a second, and the most memory held."""
    found = [_build(people, seed) for seed in range(rounds)]
    seconds = statistics.median(each["seconds"] for each in found)
    return [
        {
            "what": f"a country of {people:,} people",
            "median_s": round(seconds, 2),
            "min_s": round(min(each["seconds"] for each in found), 2),
            "max_s": round(max(each["seconds"] for each in found), 2),
            "rows": f"{round(statistics.median(each['rows'] for each in found)):,}",
            "rows per second": f"{round(statistics.median(each['rows'] / each['seconds'] for each in found)):,}",
            "memory, MiB": round(max(each["memory"] for each in found)),
            "rounds": rounds,
        }
    ]


def _build(people: int, seed: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", MEASURED, str(people), str(seed), str(Path(folder) / "pays")]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(told)
    return found
