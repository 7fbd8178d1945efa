"""Hiding cells: the solvers on invented tables of the size France publishes, each pattern audited.

What lives here: the invented tables and the measure. The peer's times are those its users and the house's trials gave for
tables of this size; it reads persons, not cells, and is not run here.
"""

import csv
import time
from itertools import product
from pathlib import Path

import numpy as np

from egide.methods.disclosure import Hierarchy, Profile, TableModel, ThresholdRule, WholeRange, audit, protect

TITLE = "Hiding cells, with an interval for each"
HOW_TO_READ = (
    "Invented victims by département (101 in 18 regions), age and kind; fewer than 5 is hidden and must be able to be "
    "anything from 0 to 5. *Processor* seconds are this process's own, whatever else runs; *gap* is what the pattern may be "
    "dearer than the cheapest, by its own proven bound; the audit attacks every hidden cell. The peers' seconds were "
    "measured elsewhere on tables of this size and are quoted: tau-Argus's engine with intervals, R GaussSuppression without."
)
PROFILE = Profile("fewer than 5", [ThresholdRule("fewer than 5", 5, levels=WholeRange(5))])
QUOTED = "tau-Argus's engine 128-141 s; R GaussSuppression 10 s, no intervals (quoted)"
TERRITORIES = Path(__file__).resolve().parent.parent / "catalogue/territories/departements.csv"
AGES = ("0-14", "15-29", "30-44", "45-59", "60+")
KINDS = ("homicide", "attempt", "assault", "sexual", "threat", "harassment", "robbery", "theft")
RATES = (1.1, 1.8, 380.0, 130.0, 110.0, 45.0, 60.0, 900.0)  # victims a year for 100,000 persons, rounded from memory
SEXES = ("F", "M")


def invented_table(*, by_sex: bool = False, seed: int = 2024) -> TableModel:
    """Invented victims by département (101, in 18 regions), age, kind and, if asked, sex, with every margin.

    6,480 cells, 19,440 by sex. Populations and rates are drawn; the tree of territories is real.
    """
    with TERRITORIES.open(encoding="utf-8") as file:
        parent: dict[str, str | None] = {"FR": None}
        for row in csv.DictReader(file):
            parent |= {row["region"]: "FR", row["code"]: row["region"]}
    places = [code for code in parent if code != "FR" and parent[code] != "FR"]
    draw = np.random.default_rng(seed)
    population = draw.lognormal(np.log(5.3), 0.75, len(places))  # in 100,000 persons
    ages = np.array([0.17, 0.18, 0.19, 0.2, 0.26])
    shares = ages[:, None] * draw.lognormal(0, 0.6, (len(AGES), len(KINDS)))
    mean = population[:, None, None] * shares[None] * np.array(RATES)[None, None]
    mean = mean * draw.gamma(4, 0.25, mean.shape)
    sexes = SEXES if by_sex else ("",)
    inner = {
        (place, age, kind, sex): int(draw.poisson(mean[i, j, k] * (1 / len(sexes))))
        for (i, place), (j, age), (k, kind), sex in product(enumerate(places), enumerate(AGES), enumerate(KINDS), sexes)
    }
    cells: dict[tuple[str, ...], int] = {}
    for (place, age, kind, sex), value in inner.items():
        region = str(parent[place])
        margins = product((place, region, "FR"), (age, "T"), (kind, "T"), *([(sex, "T")] if by_sex else []))
        for key in margins:
            cells[key] = cells.get(key, 0) + value
    flat = [Hierarchy.flat("age", "T", AGES), Hierarchy.flat("kind", "T", KINDS)]
    flat += [Hierarchy.flat("sex", "T", SEXES)] if by_sex else []
    return TableModel.from_margins(cells, [Hierarchy("territory", parent), *flat])


def run() -> list[dict[str, object]]:
    """Measure each solver on the table by département, age and kind, and the decomposition on the one by sex too."""
    lines = [_measured(solver, invented_table(), QUOTED) for solver in ("heuristic", "decomposition")]
    return [*lines, _measured("decomposition", invented_table(by_sex=True), "")]


def _measured(solver: str, model: TableModel, peer: str) -> dict[str, object]:
    start, began = time.process_time(), time.perf_counter()
    pattern = protect(model, PROFILE, solver=solver)
    used, waited = time.process_time() - start, time.perf_counter() - began
    start = time.process_time()
    certificate = audit(model, pattern)
    return {
        "what": f"{solver}, {len(model.values):,} cells, {len(pattern.primary)} sensitive",
        "peer": peer,
        "secondary": len(pattern.secondary),
        "cost": round(pattern.cost),
        "gap_%": round(100 * pattern.gap, 2),
        "processor_s": round(used, 1),
        "waited_s": round(waited, 1),
        "audit_s": round(time.process_time() - start, 1),
        "verdict": certificate.verdict,
    }
