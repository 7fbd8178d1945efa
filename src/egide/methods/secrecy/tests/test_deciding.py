"""The method on a table of five rows: priority, dates, conditions, sections, routes, flaws, sheets."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.methods.secrecy import (
    Answer,
    Article,
    Case,
    Condition,
    Consent,
    Person,
    Protocol,
    Row,
    SecrecyError,
    SheetForm,
    Situation,
    Suspension,
    Table,
    Violence,
    Who,
    Words,
    decide,
    find_flaws,
    sheet_items,
    sheet_sections,
    turning_days,
)
from egide.methods.secrecy.case import FACTS, every_situation
from egide.methods.secrecy.table import Addition

SAID = Words("dit", "said")
DAY = date(2024, 6, 1)


def article(name, code=None, start=date(2000, 1, 1), end=None, ref="1"):
    return Article(name, code or name, SAID, ref, SAID, start, end, False)


def row(code, priority, answer, under, **more):
    return Row(code=code, priority=priority, answer=answer, under=(under,), because=SAID, **more)


DANGER = frozenset({True})
ROWS = (
    row("call", 100, Answer.REQUIRED, "rescue", to=frozenset({"emergency"}), when={"danger_to_life": DANGER}),
    row(
        "doubt",
        100,
        Answer.POSSIBLE,
        "rescue",
        to=frozenset({"emergency"}),
        when={"danger_to_life": frozenset({False})},
    ),
    row(
        "report",
        50,
        Answer.POSSIBLE,
        "newer",
        who=Who(has=frozenset({"health"})),
        to=frozenset({"prosecutor"}),
        when={"danger_to_life": DANGER},
        see=("agreed", "older"),
        conditions=("agreement-sought", "informed"),
    ),
    row(
        "agreed", 10, Answer.WITH_CONSENT, "agreed", who=Who(lacks=frozenset({"strict"})), covers=frozenset({"a", "b"})
    ),
    row(
        "closed", 10, Answer.FORBIDDEN, "secret", who=Who(has=frozenset({"strict"})), not_remaining=frozenset({"carry"})
    ),
)
CONDITIONS = (
    Condition("consent", SAID, frozenset({"given"}), ticked=False),
    Condition("agreement-sought", SAID, frozenset({"given", "not-obtained"}), ticked=False),
    Condition("informed", SAID, frozenset({"given"})),
    Condition("representative", SAID),
)
TABLE = Table(
    code="small",
    version="1",
    label=SAID,
    valid_from=date(2018, 1, 1),
    traits={"doctor": frozenset({"health"}), "lawyer": frozenset({"strict"}), "employee": frozenset()},
    recipients=frozenset({"emergency", "prosecutor", "shelter"}),
    purposes=frozenset({"report", "refer"}),
    rows=ROWS,
    conditions={each.code: each for each in CONDITIONS},
    articles=(
        article("rescue"),
        article("secret"),
        article("agreed"),
        article("older", "older-1", end=date(2020, 7, 31), ref="3°"),
        article("older", "older-2", start=date(2020, 8, 1), ref="4°"),
        article("newer", start=date(2020, 8, 1), ref="3°"),
    ),
    additions=(Addition(frozenset({Answer.WITH_CONSENT}), frozenset({"minor"}), ("representative",)),),
    always=("call-emergency", "listen"),
    remains={Answer.FORBIDDEN: ("carry",), Answer.WITH_CONSENT: ("carry",)},
)
IN_DANGER = Situation(danger_to_life=True)


def ask(status="doctor", recipient="prosecutor", purpose="report", on=DAY, **more):
    return decide(TABLE, Case(status, recipient, purpose, on, **more))


def test_the_highest_priority_decides_and_says_its_texts_in_order():
    found = ask(situation=IN_DANGER)
    assert (found.answer, found.row, found.because) == (Answer.POSSIBLE, "report", SAID)
    assert [(citation.article.code, citation.carries) for citation in found.citations] == [
        ("newer", True),
        ("agreed", False),
        ("older-2", False),
    ]
    assert found.cites("older")
    assert not found.cites("secret")


@pytest.mark.parametrize(("on", "row_code"), [(date(2020, 7, 31), "agreed"), (date(2020, 8, 1), "report")])
def test_a_row_stands_only_while_its_text_is_in_force(on, row_code):
    assert ask(on=on, situation=IN_DANGER).row == row_code


def test_the_number_of_an_article_is_that_of_the_day():
    """X03: the same article was 3°, then 4°: the table names neither."""
    assert TABLE.article("older", date(2020, 7, 31)).ref == "3°"
    assert TABLE.article("older", date(2020, 8, 1)).ref == "4°"


def test_a_day_before_the_table_is_refused_with_a_sentence():
    with pytest.raises(SecrecyError, match="says nothing of 2017-12-31: it describes the law from 2018-01-01"):
        ask(on=date(2017, 12, 31))


@pytest.mark.parametrize("wrong", [{"status": "baker"}, {"recipient": "press"}, {"purpose": "gossip"}])
def test_an_unknown_code_is_refused_and_the_known_ones_named(wrong):
    with pytest.raises(SecrecyError, match=r"has no \w+ '\w+': use one of"):
        ask(**wrong)


def test_conditions_come_in_their_order_and_are_met_by_consent_or_declared():
    unasked = ask(situation=IN_DANGER)
    assert [need.condition.code for need in unasked.open_needs] == ["agreement-sought", "informed"]
    assert unasked.offered
    assert not unasked.may_proceed
    refused = ask(situation=IN_DANGER, consent=Consent.NOT_OBTAINED)
    assert [need.condition.code for need in refused.open_needs] == ["informed"]
    assert ask(situation=IN_DANGER, consent=Consent.NOT_OBTAINED, done=frozenset({"informed"})).may_proceed
    assert ask(situation=IN_DANGER, consent=Consent.GIVEN).may_proceed


def test_nobody_declares_her_consent_it_is_recorded():
    found = ask("employee", done=frozenset({"consent"}), consent=Consent.NOT_OBTAINED)
    assert (found.answer, found.offered, found.may_proceed) == (Answer.WITH_CONSENT, False, False)


def test_a_child_s_agreement_asks_for_more_than_an_adult_s():
    found = ask("employee", situation=Situation(person=Person.MINOR), consent=Consent.GIVEN)
    assert [need.condition.code for need in found.open_needs] == ["representative"]


def test_only_the_sections_she_agreed_to_and_that_the_row_opens_may_go():
    asked = {"sections": ("a", "b", "c"), "consented": frozenset({"a", "c"})}
    found = ask("employee", "shelter", "refer", consent=Consent.GIVEN, **asked)
    assert (found.sections, found.withheld) == (("a",), ("b", "c"))
    withdrawn = ask("employee", "shelter", "refer", consent=Consent.NOT_OBTAINED, **asked)
    assert (withdrawn.sections, withdrawn.withheld, withdrawn.may_proceed) == ((), ("a", "b", "c"), False)


def test_nothing_goes_when_no_section_may():
    found = ask("employee", "shelter", "refer", consent=Consent.GIVEN, sections=("c",), consented=frozenset({"c"}))
    assert found.offered
    assert not found.may_proceed


def test_a_row_without_covers_opens_what_is_asked_and_a_prohibition_nothing():
    assert ask(situation=IN_DANGER, sections=("z",)).sections == ("z",)
    assert ask("lawyer", sections=("a",)).withheld == ("a",)


def test_help_is_in_every_decision_and_a_row_cannot_take_it_away():
    assert ask("lawyer").remains == ("call-emergency", "listen")
    assert ask("employee").remains == ("call-emergency", "listen", "carry")
    greedy = replace(TABLE, rows=tuple(replace(each, not_remaining=frozenset({"listen"})) for each in ROWS))
    assert "listen" in decide(greedy, Case("lawyer", "shelter", "refer", DAY)).remains


# --- local routes

ROUTE = Protocol(
    code="route",
    label=SAID,
    territory="990",
    statuses=frozenset({"employee", "doctor"}),
    recipient="prosecutor",
    purposes=frozenset({"report"}),
    via="shelter",
    fallback=("shelter", "refer"),
    valid_from=date(2021, 3, 1),
    valid_to=None,
    suspensions=(Suspension(date(2022, 9, 5), date(2023, 1, 31), SAID, SAID),),
)


def routed(on, status="employee", protocols=(ROUTE,), **more):
    return decide(
        TABLE, Case(status, "prosecutor", "report", on, territory="990", consent=Consent.GIVEN, **more), protocols
    )


@pytest.mark.parametrize(
    ("on", "via", "closed"),
    [
        (date(2021, 2, 28), None, False),
        (date(2021, 3, 1), "shelter", False),
        (date(2022, 9, 4), "shelter", False),
        (date(2022, 9, 5), None, True),
        (date(2023, 1, 31), None, True),
        (date(2023, 2, 1), "shelter", False),
    ],
)
def test_a_route_is_open_until_the_day_it_is_switched_off_and_again_after(on, via, closed):
    """AT-16: the same day, and the history stays."""
    found = routed(on)
    assert (found.via, found.instead is not None, found.may_proceed) == (via, closed, not closed)
    if closed:
        assert found.closed.reason == SAID
        assert (found.instead.recipient, found.instead.purpose) == ("shelter", "refer")
        assert decide(TABLE, found.instead, (ROUTE,)).may_proceed


def test_an_ended_route_proposes_its_fallback_and_a_new_one_takes_over():
    ended = replace(ROUTE, valid_to=date(2023, 6, 30))
    assert routed(DAY, protocols=(ended,)).instead.recipient == "shelter"
    newer = replace(ROUTE, code="newer", valid_from=date(2023, 7, 1), via="emergency")
    assert routed(DAY, protocols=(newer, ended)).via == "emergency"


def test_a_closed_route_never_closes_what_the_law_itself_allows():
    found = routed(date(2022, 10, 1), "doctor", situation=IN_DANGER)
    assert (found.row, found.protocol, found.may_proceed) == ("report", None, True)


# --- totality


def test_the_small_table_answers_everything_once():
    assert list(find_flaws(TABLE)) == []


def test_the_days_when_the_law_turns_are_walked():
    assert turning_days(TABLE) == (date(2018, 1, 1), date(2020, 8, 1))


def test_every_situation_is_walked_once():
    every = list(every_situation())
    size = 1
    for values in FACTS.values():
        size *= len(values)
    assert len(every) == len(set(every)) == size == 384


def test_a_missing_row_a_double_one_and_a_silenced_call_are_found():
    without = replace(TABLE, rows=ROWS[:-1])
    assert {(flaw.kind, flaw.status) for flaw in find_flaws(without)} == {("missing", "lawyer")}
    double = replace(TABLE, rows=(*ROWS, row("again", 10, Answer.POSSIBLE, "agreed", to=frozenset({"shelter"}))))
    assert {flaw.rows for flaw in find_flaws(double)} == {("agreed", "again"), ("closed", "again")}
    gag = row("gag", 200, Answer.FORBIDDEN, "secret", who=Who(has=frozenset({"strict"})))
    assert {flaw.rows for flaw in find_flaws(replace(TABLE, rows=(*ROWS, gag)))} == {("gag",)}
    assert all(flaw.situation.danger_to_life for flaw in find_flaws(replace(TABLE, rows=(*ROWS, gag))))


def test_a_table_that_loses_its_text_one_day_is_found_that_day():
    lapsed = replace(
        TABLE,
        articles=tuple(
            replace(each, valid_to=date(2023, 12, 31)) if each.code == "secret" else each for each in TABLE.articles
        ),
    )
    assert {(flaw.kind, flaw.on) for flaw in find_flaws(lapsed)} == {("missing", date(2024, 1, 1))}
    with pytest.raises(SecrecyError, match="no rule for lawyer"):
        decide(lapsed, Case("lawyer", "shelter", "refer", DAY))


def test_two_rules_that_decide_are_refused_rather_than_chosen_from():
    double = replace(TABLE, rows=(*ROWS, row("again", 10, Answer.POSSIBLE, "agreed", to=frozenset({"shelter"}))))
    with pytest.raises(SecrecyError, match="two rules: agreed and again"):
        decide(double, Case("employee", "shelter", "refer", DAY))


@given(
    status=st.sampled_from(sorted(TABLE.traits)),
    recipient=st.sampled_from(sorted(TABLE.recipients)),
    situation=st.builds(Situation, st.sampled_from(Person), st.sampled_from(Violence), st.booleans(), st.booleans()),
    on=st.dates(TABLE.valid_from, date(2030, 1, 1)),
)
def test_her_refusal_never_changes_the_answer_nor_the_help(status, recipient, situation, on):
    """AT-20."""
    case = Case(status, recipient, "report", on, situation)
    refused, agreed = (
        decide(TABLE, replace(case, consent=consent)) for consent in (Consent.NOT_OBTAINED, Consent.GIVEN)
    )
    assert (refused.answer, refused.row, refused.remains) == (agreed.answer, agreed.row, agreed.remains)
    assert agreed.may_proceed or not refused.may_proceed


# --- the sheet

SECTIONS = {"child": "children", "school": "children", "income": "money", "roof": "housing", "lease": "housing"}
FORM = SheetForm("sheet", ("income", "child"), "refer", frozenset({"shelter"}))


@pytest.mark.parametrize(
    ("consented", "items"),
    [
        (set(), ()),
        ({"children"}, ("child",)),
        ({"children", "money"}, ("income", "child")),
        ({"children", "housing"}, ("child", "roof", "lease")),
        ({"children", "school"}, ("child", "school")),
        ({"lease"}, ("lease",)),
    ],
)
def test_a_sheet_lists_its_own_items_she_agreed_to_and_more_only_if_she_agreed_to_more(consented, items):
    """AT-15."""
    assert sheet_items(FORM, consented, SECTIONS) == items


@given(st.sets(st.sampled_from([*SECTIONS, *SECTIONS.values()])))
def test_nothing_she_did_not_agree_to_is_on_the_sheet(consented):
    """AT-15."""
    assert all({item, SECTIONS[item]} & consented for item in sheet_items(FORM, consented, SECTIONS))


def test_a_form_says_which_sections_it_asks_for():
    assert sheet_sections(FORM, SECTIONS) == ("money", "children")


# --- each half of a rule counts


@pytest.mark.parametrize("fact", ["danger_to_life", "control", "weapon", "subjection", "crime"])
def test_a_fact_that_nobody_stated_is_not_there(fact):
    """AT-17: no danger is presumed, nor anything else that would open a share without her."""
    assert Situation().facts()[fact] is False


WHO = Who(
    has=frozenset({"health"}), any_of=frozenset({"a", "b"}), lacks=frozenset({"strict"}), statuses=frozenset({"doctor"})
)


@pytest.mark.parametrize(
    ("status", "traits", "covered"),
    [
        ("doctor", {"health", "a"}, True),
        ("doctor", {"health", "b", "more"}, True),
        ("doctor", {"a"}, False),
        ("doctor", {"health"}, False),
        ("doctor", {"health", "a", "strict"}, False),
        ("nurse", {"health", "a"}, False),
    ],
)
def test_a_rule_speaks_to_those_who_have_all_it_asks_and_nothing_it_excludes(status, traits, covered):
    assert WHO.covers(status, frozenset(traits)) is covered


@pytest.mark.parametrize(("status", "covered"), [("employee", True), ("nobody", True)])
def test_a_rule_that_asks_nothing_speaks_to_everyone(status, covered):
    assert Who().covers(status, frozenset()) is covered


def test_a_rule_is_kept_to_its_recipients_and_to_its_purposes():
    narrow = row("x", 1, Answer.POSSIBLE, "rescue", to=frozenset({"shelter"}), why=frozenset({"refer"}))
    asked = [("shelter", "refer"), ("shelter", "report"), ("prosecutor", "refer")]
    assert [narrow.concerns("doctor", frozenset(), *each) for each in asked] == [True, False, False]


def test_a_rule_stands_only_when_every_one_of_its_texts_is_in_force():
    """Z13: one article that is not yet law closes what the two opened together."""
    both = replace(ROWS[0], under=("rescue", "newer"))
    assert [TABLE.stands(both, day) for day in (date(2019, 1, 1), DAY)] == [False, True]


def test_a_forbidden_share_is_never_offered_even_when_she_agreed():
    decision = ask(status="lawyer", consent=Consent.GIVEN)
    assert (decision.answer, decision.offered, decision.may_proceed) == (Answer.FORBIDDEN, False, False)


def test_a_share_waits_for_what_is_left_to_do():
    """AT-18: her agreement sought, then told: until both are said the share is offered and does not proceed."""
    decision = ask(situation=IN_DANGER)
    assert (decision.offered, bool(decision.open_needs), decision.may_proceed) == (True, True, False)


def test_a_flaw_names_a_situation_where_it_happens():
    """The first situation of the hole, to the letter: the expert can replay it."""
    silent = replace(TABLE, rows=tuple(each for each in ROWS if each.code != "agreed"))
    flaws = [each for each in find_flaws(silent) if each.kind == "missing"]
    assert flaws
    for flaw in flaws:
        assert not any(each.fits(flaw.situation.facts()) for each in silent.rows if each.concerns(
            flaw.status, silent.traits[flaw.status], flaw.recipient, flaw.purpose))  # fmt: skip
