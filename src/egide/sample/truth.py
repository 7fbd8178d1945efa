"""The known truth in figures: what a later method should find, counted on the drawn rows themselves.

Lives here: totals of one block, which add up over the blocks because nobody stands in two. Not here: the rows (`build`).
Each key is a path, for example `adult-victims/partner/2021/F`.
"""

from collections import Counter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .design import KINDS, RECORDED, SURVEYED, YEARS
from .people import SEXES, People
from .producers import count_true_victims
from .recording import LISTS, Reports
from .survey import known_by_survey
from .violence import Violence

Totals = Counter[str]
INITIALS = {"police": "P", "gendarmerie": "G", "association": "A"}


def count_people(people: People) -> Totals:
    """Inhabitants and adults by sex."""
    totals: Totals = Counter()
    for place, sex in enumerate(SEXES):
        of_sex = people.male == place
        totals[f"people/{sex}"] = int(of_sex.sum())
        totals[f"adults/{sex}"] = int((of_sex & people.adult).sum())
    return totals


def count_violence(people: People, violence: Violence, reports: Reports) -> Totals:
    """Victims of each kind, year and sex; what the survey could know; victims of the recorded year by the lists that hold them."""
    totals: Totals = Counter()
    for kind, name in enumerate(KINDS):
        victim, lodged = known_by_survey(people, violence, reports, kind)
        for place, sex in enumerate(SEXES):
            of_sex = people.male[violence.victim] == place
            for year in YEARS:
                totals[f"victims/{name}/{year}/{sex}"] = int(
                    (of_sex & (violence.kind == kind) & (violence.year == year)).sum()
                )
            adult = people.adult & (people.male == place)
            totals[f"adult-victims/{name}/{SURVEYED}/{sex}"] = int((adult & victim).sum())
            totals[f"adult-complaints/{name}/{SURVEYED}/{sex}"] = int((adult & victim & lodged).sum())
    held = np.zeros((len(violence), len(LISTS)), dtype=bool)
    held[reports.row, reports.list] = True
    of_year = (violence.kind == KINDS.index("partner")) & (violence.year == RECORDED)
    patterns, counts = np.unique(held[of_year], axis=0, return_counts=True)
    for pattern, count in zip(patterns.tolist(), counts.tolist(), strict=True):
        letters = "".join(INITIALS[name] for name, inside in zip(LISTS, pattern, strict=True) if inside)
        totals[f"captures/partner/{RECORDED}/{letters or 'none'}"] = count
    return totals


def count_reports(reports: pa.Table) -> Totals:
    """Reports by list and act, doubles apart; the recorded of the year without doubles, and those of older facts."""
    totals: Totals = Counter()
    first = pc.is_null(reports["original_id"]).to_pylist()
    names = ("list", "act", "kind", "sex", "fact_year")
    years = pc.year(reports["recorded_on"]).to_pylist()
    for row in zip(*(reports[name].to_pylist() for name in names), years, first, strict=True):
        where, act, kind, sex, fact_year, year, is_first = row
        totals[f"reports/{where}/{act}" if is_first else f"doubles/{where}"] += 1
        if act == "complaint" and is_first and year == RECORDED:
            totals[f"recorded/{kind}/{RECORDED}/{sex}"] += 1
            totals[f"recorded-older/{kind}/{RECORDED}"] += fact_year < RECORDED
    for force in ("police", "gendarmerie"):
        totals[f"delivered-true/{force}"] = count_true_victims(reports, force)
    received = reports.filter(
        pc.and_(pc.equal(reports["list"], "association"), pc.equal(pc.year(reports["recorded_on"]), RECORDED))
    )
    totals[f"received/{RECORDED}"] = len(set(received["subject_id"].to_pylist()))
    return totals


def count_justice(justice: pa.Table) -> Totals:
    """Persons of the year at each stage, each once in the country."""
    kept = justice.filter(pc.equal(justice["year"], RECORDED))
    rows = set(zip(*(kept[name].to_pylist() for name in ("stage", "kind", "sex", "subject_id")), strict=True))
    return Counter(f"justice/{stage}/{kind}/{RECORDED}/{sex}" for stage, kind, sex, _person in rows)


def count_cases(cases: pa.Table) -> Totals:
    """Cases by category, reasons, people received and women among them, roles, interviews, actions: counts kept apart."""
    totals: Totals = Counter(f"cases/{category}" for category in cases["category"].to_pylist())
    totals.update(f"case-reasons/{reason}" for reason in pc.list_flatten(cases["reasons"]).to_pylist())
    persons = pc.list_flatten(cases["persons"]).combine_chunks()
    heard = pc.struct_field(persons, "interviewed").to_pylist()
    for role, sex, received in zip(
        pc.struct_field(persons, "role").to_pylist(), pc.struct_field(persons, "sex").to_pylist(), heard, strict=True
    ):
        totals[f"case-roles/{role}"] += 1
        totals[f"case-people-received/{sex}"] += received
    totals.update(f"case-actions/{kind}" for kind in _kinds(cases))
    totals["case-interviews"] = int(pc.sum(pc.list_value_length(cases["interviews"])).as_py() or 0)
    totals["case-episodes"] = int(pc.sum(pc.list_value_length(cases["episodes"])).as_py() or 0)
    return totals


def _kinds(cases: pa.Table) -> list[str]:
    found: list[str] = pc.struct_field(pc.list_flatten(cases["actions"]).combine_chunks(), "kind").to_pylist()
    return found
