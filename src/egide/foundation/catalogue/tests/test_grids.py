"""The danger grid, the official profile and the short form: what they hold, and the mistakes an expert may make."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from egide.foundation import catalogue
from egide.foundation.catalogue.checking import check_catalogue
from egide.methods import danger

GRID = "grids/danger.yaml"
PROFILE = "grids/official-profile.yaml"
SHORT = "grids/short-form.yaml"


@pytest.fixture
def grid():
    return catalogue.get_grid("danger")


def test_the_grid_holds_the_whole_catalogue_of_factors(grid):
    """R03, section 4: V01-V12, P01-P16, S01-S06, C01-C05, K01-K05, F01-F09; trap 22: I1-I4."""
    sizes = {part: len(grid.factors_of(part)) for part in grid.parts}
    assert sizes == {
        "immediate": 4, "victim": 12, "perpetrator": 16, "situation": 6, "children": 5, "cyber": 5, "safety": 9,
    }  # fmt: skip
    red = [factor.code for factor in grid.factors.values() if factor.red]
    assert red == ["V01", "P01", "P02", "P03", "P04", "P05", "P06", "P07", "S01", "C01"]
    assert list(grid.factors["P04"].grades) == ["OWNS", "SEEKS", "SHOWED", "USED"]
    assert list(grid.factors) == [factor.code for factor in grid.method.factors]


def test_what_the_method_applies_is_what_is_shown(grid):
    """Z03: rules are shown in full, with the condition as it is applied."""
    assert [(rule.id, rule.level, rule.when) for rule in grid.rules.values()] == [
        (rule.id, rule.level, rule.when) for rule in grid.method.rules
    ]
    assert all(rule.words.fr and rule.words.en and rule.basis.fr for rule in grid.rules.values())
    assert danger.assess(grid.method, {"P03": danger.Answer(danger.Reply.YES)}).level is danger.Level.HIGH


def test_the_grid_is_dated_versioned_and_says_that_it_is_not_validated(grid):
    assert (grid.code, grid.version, grid.to_verify) == ("danger", "2", True)
    assert grid.valid_from <= grid.last_checked
    assert "not a validated instrument" in grid.caution.en
    assert [found.code for found in catalogue.list_grids()] == ["danger"]


def test_no_question_may_be_asked_where_the_alleged_perpetrator_can_hear(grid):
    """R03's trap: asking the victim about him in front of him. His own questions are other questions."""
    assert all(factor.apart for factor in grid.factors.values())
    for factor in grid.factors.values():
        assert factor.ask_him != factor.ask
        assert (factor.ask_him is None) or "perpetrator" in factor.informants
    assert [code for code, factor in grid.factors.items() if factor.ask_him] == [
        "P02", "P11", "P13", "P14", "F01", "F02", "F03", "F04", "F05",
    ]  # fmt: skip
    assert grid.self_completed == {"victim"}


def test_only_the_victim_can_say_her_fear(grid):
    assert grid.factors["V01"].informants == ("victim",)


def test_no_level_says_that_there_is_no_danger(grid):
    """AT-07; R03's trap: a green "0 %" badge."""
    lowest = grid.levels[danger.Level.NOT_ASSESSED]
    assert (lowest.label.fr, lowest.label.en, lowest.closes) == ("Non évalué", "Not assessed", False)
    assert list(grid.levels) == list(danger.Level)
    assert all(level.closes for level in list(grid.levels.values())[1:])


def test_each_level_has_its_clock_of_review_and_its_tasks(grid):
    """Section 4: 72 h, 90 days, 30 days, 7 days, 24 h; every task has an owner and a delay."""
    clocks = {level.name: (found.review.hours, found.review.days) for level, found in grid.levels.items()}
    assert clocks == {
        "NOT_ASSESSED": (72, None), "VIGILANCE": (None, 90), "MEDIUM": (None, 30), "HIGH": (None, 7),
        "IMMEDIATE": (24, None),
    }  # fmt: skip
    assert grid.full_within.hours == 72
    tasks = {task.id: task for level in grid.levels.values() for task in level.tasks if task.stated}
    assert (tasks["call"].within.hours, tasks["call"].owner) == (0, "assessor")
    assert (tasks["support"].owner, tasks["support"].or_owner, tasks["support"].within.days) == (
        "social-worker", "association", 7,
    )  # fmt: skip
    owner = {code: found.role for code, found in grid.owners.items()}
    assert (owner["assessor"], owner["social-worker"], owner["police"]) == (None, "ISCG", "INVESTIGATOR")
    assert tasks["social-worker-24h"].within.hours == 24
    assert tasks["police-sheet"].within.days == 0
    assert sorted(tasks) == ["call", "complete", "police-sheet", "shelter", "social-worker-24h", "stay", "support"]


def test_a_delay_runs_in_hours_or_to_the_end_of_a_day():
    at = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
    assert catalogue.Delay(hours=0).due_at(at) == at
    assert catalogue.Delay(hours=24).due_at(at) == at + timedelta(days=1)
    assert catalogue.Delay(days=0).due_at(at) == datetime(2026, 3, 1, 23, 59, tzinfo=UTC)
    assert catalogue.Delay(days=7).due_at(at) == datetime(2026, 3, 8, 23, 59, tzinfo=UTC)


def test_ten_events_reopen_an_assessment(grid):
    assert list(grid.events) == [
        "separation", "pregnancy", "job-loss", "release", "hearing", "breach", "address-found", "new-cyber-fact",
        "child-handover", "complaint-withdrawn",
    ]  # fmt: skip
    assert grid.events["breach"].reopens == ("P07", "F06")


def test_the_official_profile_ships_numbers_and_no_question():
    """AT-09, trap 22: q01-q23 by number; no text is shipped; which five are red is not shipped either."""
    profile = catalogue.get_official_profile()
    assert profile.method.questions == tuple(f"q{number:02}" for number in range(1, 24))
    assert list(profile.rules) == ["OFF-1", "OFF-2"]
    assert list(profile.outcomes) == list(danger.Outcome)
    assert "?" not in (catalogue.root() / PROFILE).read_text(encoding="utf-8")


def test_the_short_form_has_twelve_lines_and_decides_no_level():
    form = catalogue.get_short_form()
    assert len(form.ticks) == len(form.method.ticks) == 12
    assert form.grid == "danger"
    assert list(form.ways) == ["OBSERVED", "TOLD", "UNKNOWN"]
    assert list(form.ticks["t12"].grades) == ["IN_FORCE", "BREACHED"]
    assert "17" in form.urgent.fr
    assert "call back" in form.not_urgent.en


@pytest.mark.parametrize(
    ("ask", "code", "said"),
    [
        (catalogue.get_grid, "dangr", "no grid 'dangr'; nearest codes: danger"),
        (catalogue.get_grid, "short-form", "no grid 'short-form'"),
        (catalogue.get_official_profile, "danger", "no official profile 'danger'; nearest codes: official-profile"),
        (catalogue.get_short_form, "danger", "no short form 'danger'; nearest codes: short-form"),
    ],
)
def test_an_unknown_grid_names_the_nearest(ask, code, said):
    with pytest.raises(catalogue.UnknownEntry, match=said):
        ask(code)


def test_no_key_of_a_grid_speaks_of_a_score():
    """X06: nothing is summed; not even by name."""
    schema = json.dumps(json.loads((catalogue.root() / "schemas/grid.schema.json").read_text(encoding="utf-8")))
    for word in ("score", "points", "weight", "total"):
        assert f'"{word}' not in schema


V01 = "  - code: V01\n    part: victim"
MISTAKES = [
    (GRID, V01, V01.replace("victim", "victm"), 1, "the part 'victm'", "victim"),
    (GRID, "families: [DA, DS, FR]", "families: [DA, DZ]", 0, "the family 'DZ'", "use one of"),
    (GRID, "informants: [victim]", "informants: [victime]", 0, "the informant 'victime'", "victim"),
    (GRID, "code: V02", "code: V01", 0, "“V01” is written 2 times", "its own"),
    (GRID, "red: true, label", "red: yes, label", 0, "not of the kind boolean", "schema"),
    (GRID, "any_of: [I1, I2", "any_of: [I1, I7", 0, "IMM-1 asks for “I7”", "factor:grade"),
    (GRID, '"P04:USED"', '"P04:SOLD"', 0, "“P04:SOLD”", "factor:grade"),
    (GRID, "{at_least: 2, of: red}", "{at_least: 2, of: reds}", 0, "the set “reds”", "others, red, risk, safety"),
    (GRID, "{at_least: 2, of: red}", "{at_least: 12, of: red}", 0, "asks for 12 of “red”", "size of the set"),
    (GRID, "{at_least: 2, of: red}", "{sum_of: red}", 0, "does not fit", "{at_least: n, of: set}"),
    (GRID, "level: VIGILANCE", "level: LOW", 0, "'LOW'", "use one of"),
    (GRID, "id: HIGH-2", "id: HIGH-1", 0, "“HIGH-1” is written 2 times", "its own"),
    (GRID, "  - code: MEDIUM\n", "  - code: HIGH\n", -21, "not the five, lowest first", "NOT_ASSESSED, VIGILANCE"),
    (GRID, "{id: needs, owner: social-worker", "{id: needs, owner: sociale", 0, "the owner 'sociale'", "use one of"),
    (GRID, "role: ISCG", "role: ISC", 0, "the role 'ISC'", "ISCG"),
    (GRID, "or_owner: association", "or_owner: asso", 0, "the owner 'asso'", "association"),
    (GRID, "{id: stay,", "{id: call,", 0, "'call' is written 2 times", "rename"),
    (GRID, "{code: hearing,", "{code: release,", 0, "'release' is written 2 times", "rename"),
    (GRID, "reopens: [V03]", "reopens: [V33]", 0, "the factor 'V33'", "V03"),
    (GRID, "review: {days: 7}", "review: {weeks: 1}", 0, "does not fit", "{hours: 24} or {days: 7}"),
    (GRID, "review: {days: 7}", "review: {days: 7, hours: 2}", 0, "does not fit", "{hours: 24} or {days: 7}"),
    (GRID, "On informe, et", "Pas de danger, et", 0, "the fr words say 'Pas de danger'", "what is known"),
    (GRID, 'en: "Vigilance"', 'en: "0 % risk"', 0, "the en words say '0 %'", "what is known"),
    (GRID, "SEEKS, label", "OWNS, label", 0, "'OWNS' is written 2 times", "rename"),
    (GRID, "SEEKS, label", "UNKNOWN, label", -2, "the grade UNKNOWN of P04", "another code"),
    (
        GRID,
        "informants: [perpetrator, third-party, record]",
        "informants: [third-party, record]",
        -1,
        "F01 has a question for the alleged perpetrator",
        "add perpetrator",
    ),
    (PROFILE, "q03, q04", "q03, q03", 0, "'q03' is written 2 times", "rename"),
    (PROFILE, "q03, q04", "q03, Une question", 0, "does not fit", "never shipped"),
    (PROFILE, "at_least: 12", "at_least: 24", 0, "OFF-1 asks for 24 of 23", "no more than there are"),
    (PROFILE, "at_least: 2,", "at_least: 6,", 0, "OFF-2 asks for 6 of 5", "no more than there are"),
    (PROFILE, "reds: 5", "reds: 24", 0, "24 red of 23 questions", "correct the number"),
    (PROFILE, "of: red", "of: others", 0, "'others'", "red"),
    (PROFILE, "id: OFF-2", "id: OFF-1", 0, "'OFF-1' is written 2 times", "rename"),
    (PROFILE, "code: NOT_CHARACTERISED", "code: CHARACTERISED", 1, "'CHARACTERISED' is written 2 times", "rename"),
    (PROFILE, "Danger non caractérisé par ce profil", "Aucun danger", 0, "say 'Aucun danger'", "what is known"),
    (SHORT, "grid: danger", "grid: dangr", 0, "the grid 'dangr'", "danger"),
    (SHORT, "grid: danger", "grid: short-form", 0, "the grid 'short-form'", "danger"),
    (SHORT, "opens: [V09, P03]", "opens: [V99, P03]", 0, "the factor 'V99'", "V09"),
    (SHORT, "call_police_when: [BREACHED]", "call_police_when: [BROKEN]", 0, "the grade 'BROKEN'", "BREACHED"),
    (SHORT, "code: t02", "code: t01", 0, "'t01' is written 2 times", "rename"),
    (SHORT, "code: TOLD", "code: OBSERVED", 0, "'OBSERVED' is written 2 times", "rename"),
    (SHORT, "No immediate call", "No danger", 0, "the en words say 'No danger'", "what is known"),
    (SHORT, "kind: short-form", "kind: form", 0, "'form'", "short-form"),
]


@pytest.mark.parametrize(("file", "old", "new", "below", "what", "remedy"), MISTAKES)
def test_a_mistake_in_a_grid_is_named(broken, file, old, new, below, what, remedy):
    problems, line = broken(file, old, new)
    match = [p for p in problems if what in p.what and remedy in p.remedy and p.file == file]
    assert match, "\n".join(map(str, problems)) or "nothing was found"
    assert line + below in [p.line for p in match], "\n".join(map(str, match))


def test_a_grid_of_an_unknown_kind_is_not_read(copy, monkeypatch):
    path = copy / SHORT
    path.write_text(path.read_text(encoding="utf-8").replace("kind: short-form", "kind: form"), encoding="utf-8")
    monkeypatch.setenv("EGIDE_CATALOGUE", str(copy))
    catalogue.forget()
    with pytest.raises(catalogue.CatalogueError, match="factors, profile or short-form, not 'form'"):
        catalogue.list_grids()
    catalogue.forget()


def test_the_grids_of_the_catalogue_are_sound(copy):
    assert [problem for problem in check_catalogue(copy) if problem.file.startswith("grids/")] == []
