"""The secrecy wizard's table as it stands in the catalogue: AT-16 to AT-20, Z13, the dates, and its totality."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egide.foundation.catalogue import (
    UnknownEntry,
    forget,
    get_article,
    get_nomenclature,
    get_secrecy_table,
    list_law,
    list_protocols,
)
from egide.methods.secrecy import (
    Answer,
    Case,
    Consent,
    Person,
    SecrecyError,
    Situation,
    Violence,
    decide,
    find_flaws,
    turning_days,
)
from egide.methods.secrecy.case import FACTS, every_situation

TABLE = get_secrecy_table()
TODAY = date(2026, 11, 21)
ADULT = Situation(violence=Violence.COUPLE)
AT_18 = Situation(violence=Violence.COUPLE, danger_to_life=True, control=True)
HEALTH = ["doctor", "hospital-doctor", "health-professional", "hospital-health-professional"]
ASSOCIATION = ["association-worker", "association-volunteer", "social-worker-association"]
BOUND = sorted(status for status, traits in TABLE.traits.items() if "bound" in traits)
UNBOUND = sorted(set(TABLE.traits) - set(BOUND))


def ask(status, recipient, purpose, situation=ADULT, on=TODAY, **more):
    return decide(TABLE, Case(status, recipient, purpose, on, situation, **more))


def names(decision):
    return {citation.article.article for citation in decision.citations}


# --- totality


def test_each_question_has_exactly_one_answer_on_each_day_when_the_law_turns():
    """Walks the whole product: 23 statuses x 22 recipients x 13 purposes x 384 situations, on every turning day."""
    assert list(find_flaws(TABLE)) == []
    assert date(2020, 8, 1) in turning_days(TABLE)
    assert date(2024, 5, 12) in turning_days(TABLE)


@settings(max_examples=300)
@given(
    status=st.sampled_from(sorted(TABLE.traits)),
    recipient=st.sampled_from(sorted(TABLE.recipients)),
    purpose=st.sampled_from(sorted(TABLE.purposes)),
    situation=st.sampled_from(list(every_situation())),
    on=st.sampled_from(turning_days(TABLE)),
)
def test_the_slow_way_finds_one_answer_too(status, recipient, purpose, situation, on):
    found = ask(status, recipient, purpose, situation, on)
    fitting = [row for row in TABLE.candidates(status, recipient, purpose, on) if row.fits(situation.facts())]
    assert found.row == max(fitting, key=lambda row: row.priority).code
    assert any(citation.carries for citation in found.citations)


def test_no_row_is_idle():
    """A row that never decides is a sentence nobody will ever read."""
    situations, deciding = list(every_situation()), set()
    for status in TABLE.traits:
        for recipient in TABLE.recipients:
            for purpose in TABLE.purposes:
                rows = TABLE.candidates(status, recipient, purpose, TODAY)
                if not {row.code for row in rows} <= deciding:
                    facts = (situation.facts() for situation in situations)
                    deciding |= {next(row.code for row in rows if row.fits(each)) for each in facts}
    assert {row.code for row in TABLE.rows} - deciding == set()


def test_the_wizard_says_nothing_of_days_its_law_does_not_describe():
    with pytest.raises(SecrecyError, match="says nothing of 2018-08-05"):
        ask("doctor", "prosecutor", "report-offence", on=date(2018, 8, 5))


def test_the_questions_of_the_wizard_are_the_facts_of_the_method():
    codes = get_nomenclature("secrecy-facts").codes
    assert [code for code, item in codes.items() if item.parent is None] == list(FACTS)
    for fact in ("person", "violence"):
        told = [code.removeprefix(f"{fact}-") for code, item in codes.items() if item.parent == fact]
        assert told == list(FACTS[fact])


# --- help is never forbidden


@given(
    status=st.sampled_from(sorted(TABLE.traits)),
    purpose=st.sampled_from(sorted(TABLE.purposes)),
    situation=st.sampled_from([situation for situation in every_situation() if situation.danger_to_life]),
    consent=st.sampled_from(Consent),
    on=st.dates(TABLE.valid_from, date(2030, 1, 1)),
)
def test_imminent_danger_always_allows_the_emergency_call(status, purpose, situation, consent, on):
    """Z13, CP 223-6: whatever she said, whoever calls, for whatever reason."""
    found = ask(status, "emergency", purpose, situation, on, consent=consent, done=frozenset({"only-what-brings-help"}))
    assert found.answer is Answer.REQUIRED
    assert found.cites("cp-223-6")
    assert found.may_proceed


@pytest.mark.parametrize("status", sorted(TABLE.traits))
def test_calling_anyone_who_can_help_is_never_forbidden_in_danger(status):
    """Z13."""
    for recipient in TABLE.recipients - {"alleged-perpetrator", "clspd-plenary"}:
        found = ask(status, recipient, "call-help", Situation(danger_to_life=True))
        assert found.answer in (Answer.POSSIBLE, Answer.REQUIRED), recipient


@pytest.mark.parametrize("status", sorted(TABLE.traits))
def test_refusal_never_blocks_help(status):
    """AT-20: the answer is that of the law, her refusal leaves every help action, and the emergency call."""
    helps = {"call-emergency", "listen-and-inform", "safety-plan", "shelter-request", "accompany-her"}
    for recipient in TABLE.recipients:
        for purpose in TABLE.purposes:
            refused, agreed = (
                ask(status, recipient, purpose, consent=consent) for consent in (Consent.NOT_OBTAINED, Consent.GIVEN)
            )
            assert helps <= set(refused.remains) == set(agreed.remains)
            assert refused.answer is agreed.answer
    assert ask(status, "emergency", "call-help", consent=Consent.NOT_OBTAINED).answer is Answer.POSSIBLE


@given(
    status=st.sampled_from(sorted(TABLE.traits)),
    recipient=st.sampled_from(sorted(TABLE.recipients)),
    purpose=st.sampled_from(sorted(TABLE.purposes)),
    situation=st.sampled_from(list(every_situation())),
    done=st.sets(st.sampled_from(sorted(TABLE.conditions))),
    less=st.sampled_from([Consent.NOT_SOUGHT, Consent.NOT_OBTAINED]),
)
def test_removing_consent_never_turns_a_forbidden_share_into_a_possible_one(
    status, recipient, purpose, situation, done, less
):
    more = {"done": frozenset(done), "sections": ("danger", "housing"), "consented": frozenset({"housing"})}
    agreed = ask(status, recipient, purpose, situation, consent=Consent.GIVEN, **more)
    without = ask(status, recipient, purpose, situation, consent=less, **more)
    assert not (agreed.answer is Answer.FORBIDDEN and without.answer is not Answer.FORBIDDEN)
    assert agreed.may_proceed or not without.may_proceed
    assert set(without.sections) <= set(agreed.sections)


# --- AT-17


@pytest.mark.parametrize("status", ASSOCIATION)
@pytest.mark.parametrize("consent", [Consent.NOT_SOUGHT, Consent.NOT_OBTAINED])
def test_association_staff_are_not_offered_the_prosecutor_without_her_agreement(status, consent):
    """AT-17, D9: adult, no danger to life, none of 434-3's persons; article 40 binds public agents, not them."""
    found = ask(status, "prosecutor", "report-offence", consent=consent)
    assert not found.offered
    assert not names(found) & {"cpp-40", "cp-434-3", "cp-434-1"}
    assert [need.condition.code for need in found.open_needs] == ["consent"]
    assert {"she-files-complaint", "write-to-prosecutor", "carries-sheet-herself"} <= set(found.remains)


@pytest.mark.parametrize("status", ASSOCIATION)
def test_with_her_agreement_association_staff_may_report(status):
    assert ask(status, "prosecutor", "report-offence", consent=Consent.GIVEN).may_proceed


@pytest.mark.parametrize("status", [*ASSOCIATION, "perpetrator-programme-worker"])
@pytest.mark.parametrize("situation", list(every_situation())[::7])
def test_article_40_is_never_invoked_against_private_staff(status, situation):
    """D9."""
    for recipient in ("prosecutor", "police", "crip"):
        assert not ask(status, recipient, "report-offence", situation).cites("cpp-40")


@pytest.mark.parametrize("status", ["police", "municipal-police", "teacher", "local-agent", "mayor"])
def test_article_40_binds_authorities_and_public_agents(status):
    found = ask(status, "prosecutor", "report-offence")
    assert (found.answer, found.cites("cpp-40")) == (Answer.REQUIRED, True)
    summary = get_article("cpp-40", TODAY).summary
    assert "Aucune peine" in summary.fr
    assert "No penalty" in summary.en


@pytest.mark.parametrize("status", ["social-assistant-public", "iscg-public", "child-protection-worker"])
def test_article_40_does_not_by_itself_lift_secrecy(status):
    found = ask(status, "prosecutor", "report-offence")
    assert (found.answer, found.cites("cpp-40"), found.cites("cp-226-13")) == (Answer.FORBIDDEN, True, True)


# --- AT-18 and its date


@pytest.mark.parametrize("status", HEALTH)
def test_a_doctor_may_report_immediate_danger_with_control_after_seeking_agreement_then_informing(status):
    """AT-18: CP 226-14 3°; both questions are asked, in that order."""
    found = ask(status, "prosecutor", "report-offence", AT_18)
    assert (found.answer, found.offered) == (Answer.POSSIBLE, True)
    assert found.citations[0].article.ref == "article 226-14, 3°"
    assert [need.condition.code for need in found.open_needs] == ["agreement-sought", "informed"]
    refused = ask(status, "prosecutor", "report-offence", AT_18, consent=Consent.NOT_OBTAINED)
    assert [need.condition.code for need in refused.open_needs] == ["informed"]
    told = ask(
        status, "prosecutor", "report-offence", AT_18, consent=Consent.NOT_OBTAINED, done=frozenset({"informed"})
    )
    assert told.may_proceed


@pytest.mark.parametrize("status", HEALTH)
@pytest.mark.parametrize("on", [date(2020, 1, 29), date(2020, 7, 29), date(2020, 7, 31)])
def test_before_the_act_of_30_july_2020_applies_the_doctor_needs_her_agreement(status, on):
    """Z13, D12: asked as of 29 July 2020 the wizard refuses AT-18; 29 January 2020 was only a first reading."""
    found = ask(status, "prosecutor", "report-offence", AT_18, on, consent=Consent.NOT_OBTAINED)
    assert not found.offered
    assert not found.cites("cp-226-14-danger-couple")
    assert found.citations[0].article.ref == "article 226-14, 2°"
    assert "call-emergency" in found.remains
    assert ask(status, "emergency", "call-help", AT_18, on).answer is Answer.REQUIRED


def test_from_the_first_of_august_2020_the_doctor_is_offered_it():
    assert ask("doctor", "prosecutor", "report-offence", AT_18, date(2020, 8, 1)).cites("cp-226-14-danger-couple")


@pytest.mark.parametrize(
    "less",
    [{"danger_to_life": False}, {"control": False}, {"violence": Violence.OTHER}],
)
def test_each_element_of_at_18_is_needed(less):
    """AT-18: immediate danger AND control AND a couple; otherwise her agreement (2°)."""
    found = ask("doctor", "prosecutor", "report-offence", replace(AT_18, **less))
    assert (found.answer, found.offered, found.cites("cp-226-14-2")) == (Answer.WITH_CONSENT, False, True)


@pytest.mark.parametrize("recipient", ["police", "mayor", "crip", "victim-association"])
def test_at_18_opens_the_prosecutor_and_no_one_else(recipient):
    assert not ask("doctor", recipient, "report-offence", AT_18).cites("cp-226-14-danger-couple")


@pytest.mark.parametrize("status", sorted(set(TABLE.traits) - set(HEALTH)))
def test_at_18_is_for_health_professionals_only(status):
    assert not ask(status, "prosecutor", "report-offence", AT_18).cites("cp-226-14-danger-couple")


# --- AT-19


@pytest.mark.parametrize("person", [Person.MINOR, Person.UNABLE, Person.WEAKENED])
@pytest.mark.parametrize("status", sorted(TABLE.traits))
def test_agreement_is_not_required_for_who_cannot_protect_herself(status, person):
    """AT-19: everyone may inform the prosecutor; who is not bound must (434-3), who is bound may (226-14 1°)."""
    found = ask(status, "prosecutor", "report-offence", replace(ADULT, person=person), consent=Consent.NOT_OBTAINED)
    assert found.answer is (Answer.POSSIBLE if status in BOUND else Answer.REQUIRED)
    assert found.offered
    assert not {"consent", "agreement-sought"} & {need.condition.code for need in found.needs}
    assert found.cites("cp-434-3")


@pytest.mark.parametrize("status", BOUND)
def test_illness_or_pregnancy_asks_the_bound_professional_to_assess_the_incapacity(status):
    """Z13: 434-3 names illness and pregnancy, 226-14 1° speaks of age and incapacity."""
    found = ask(status, "prosecutor", "report-offence", replace(ADULT, person=Person.WEAKENED))
    assert [need.condition.code for need in found.open_needs] == ["incapacity-assessed"]


@pytest.mark.parametrize("status", UNBOUND)
def test_a_crime_that_can_still_be_prevented_is_told_by_whoever_is_not_bound(status):
    """Z13, CP 434-1."""
    found = ask(status, "prosecutor", "report-offence", Situation(crime=True))
    assert (found.answer, found.cites("cp-434-1")) == (Answer.REQUIRED, True)


def test_a_social_assistant_may_speak_for_a_child_under_her_own_text():
    """Z13, CASF L. 411-3."""
    found = ask("social-assistant-association", "prosecutor", "child-protection", Situation(person=Person.MINOR))
    assert (found.answer, found.cites("casf-l411-3")) == (Answer.POSSIBLE, True)


@pytest.mark.parametrize("status", ["iscg-association", "teacher", "child-protection-worker"])
def test_a_child_concern_goes_to_the_cell_and_the_parents_are_told_unless_it_harms(status):
    """CASF L. 226-2-1; the accused parent is never notified automatically (AT-27)."""
    found = ask(status, "crip", "child-protection", Situation(person=Person.MINOR))
    assert (found.answer, found.cites("casf-l226-2-1")) == (Answer.REQUIRED, True)
    assert "parents-informed" in {need.condition.code for need in found.open_needs}


# --- other cases of Z13 and R02


@pytest.mark.parametrize("status", [*HEALTH, "iscg-public", "shelter-worker", "social-worker-association"])
@pytest.mark.parametrize(("on", "ref"), [(date(2020, 7, 31), "3°"), (date(2020, 8, 1), "4°")])
def test_the_weapon_notice_goes_to_the_prefect_under_the_number_of_the_day(status, on, ref):
    """Z13, X03: the weapon was 3°, then 4°."""
    found = ask(status, "prefect", "weapon-notice", Situation(weapon=True), on)
    assert (found.answer, found.citations[0].article.ref) == (Answer.POSSIBLE, f"article 226-14, {ref}")


@pytest.mark.parametrize(("on", "offered"), [(date(2024, 5, 11), False), (date(2024, 5, 12), True)])
def test_undue_subjection_is_reported_with_her_agreement_since_2024(on, offered):
    """Z13: 226-14 2° bis."""
    found = ask("doctor", "prosecutor", "report-offence", Situation(subjection=True), on, consent=Consent.GIVEN)
    assert (found.offered, found.cites("cp-226-14-sujetion")) == (offered, offered)


def test_between_health_professionals_who_care_for_her_and_beyond_one_team():
    """Z13, CSP L. 1110-4: exchange within her care; beyond one team, her prior consent."""
    assert ask("doctor", "health-professional", "care").answer is Answer.POSSIBLE
    wider = ask("doctor", "social-professional", "care")
    assert (wider.answer, wider.cites("csp-l1110-4")) == (Answer.WITH_CONSENT, True)


def test_the_station_s_social_worker_supports_a_complaint_under_her_own_basis():
    """Z13, CASF L. 121-1-1: with her agreement; it opens no file to the police."""
    found = ask("iscg-association", "police", "complaint-support")
    assert (found.answer, found.cites("casf-l121-1-1")) == (Answer.WITH_CONSENT, True)
    assert ask("iscg-association", "police", "social-support").answer is Answer.FORBIDDEN


def test_social_action_professionals_share_what_help_requires_and_no_story_of_violence():
    """R02, CASF L. 121-6-2: strictly necessary."""
    asked = ("housing", "violence", "health", "danger")
    found = ask("iscg-public", "shelter", "social-support", sections=asked)
    assert (found.answer, found.sections) == (Answer.POSSIBLE, ("housing",))
    mayor = ask("iscg-public", "mayor", "social-support", sections=("identity", "money", "violence"))
    assert (mayor.sections, mayor.withheld) == (("identity",), ("money", "violence"))


@pytest.mark.parametrize("status", BOUND)
def test_the_police_of_the_network_get_only_what_she_agreed_to(status):
    """R02: nothing without her agreement; with it, her sections and no other."""
    asked = {"sections": ("danger", "housing", "health"), "consented": frozenset({"danger"})}
    assert not ask(status, "police", "network-meeting", **asked).offered
    agreed = ask(status, "police", "network-meeting", consent=Consent.GIVEN, **asked)
    assert set(agreed.sections) <= {"danger"}


@pytest.mark.parametrize("status", sorted(TABLE.traits))
def test_the_plenary_hears_no_case_and_the_alleged_perpetrator_nothing(status):
    """R02, R08, CSI L. 132-5: not even with her agreement."""
    for recipient in ("clspd-plenary", "alleged-perpetrator"):
        for purpose in TABLE.purposes:
            found = ask(status, recipient, purpose, AT_18, consent=Consent.GIVEN)
            assert found.answer is Answer.FORBIDDEN
            assert "call-emergency" in found.remains
            assert "carries-sheet-herself" not in found.remains


def test_the_restricted_group_hears_facts_and_nothing_else():
    found = ask(
        "association-worker", "clspd-group", "network-meeting", consent=Consent.GIVEN,
        sections=("danger", "health"), consented=frozenset({"danger", "health"}),
    )  # fmt: skip
    assert (found.sections, found.withheld, found.cites("csi-l132-5")) == (("danger",), ("health",), True)


@pytest.mark.parametrize("status", BOUND)
@pytest.mark.parametrize("recipient", ["her-lawyer", "relative", "administration", "municipal-police"])
def test_where_no_text_allows_the_share_she_carries_the_sheet_herself(status, recipient):
    """Z13: her agreement does not replace a text; the sheet is hers."""
    found = ask(status, recipient, "referral", consent=Consent.GIVEN)
    assert found.answer is Answer.FORBIDDEN
    assert "carries-sheet-herself" in found.remains
    assert ask(status, "the-person", "referral").answer is Answer.POSSIBLE


def test_a_doctor_answers_a_requisition_if_he_agrees_and_others_must_answer():
    """R01, CPP 60-1 and 77-1-1: item by item; only justice requires."""
    doctor, iscg = (ask(status, "police", "requisition") for status in ("doctor", "iscg-public"))
    assert (doctor.answer, iscg.answer) == (Answer.POSSIBLE, Answer.REQUIRED)
    assert "own-agreement" in {need.condition.code for need in doctor.open_needs}
    assert names(iscg) == {"cpp-60-1", "cpp-77-1-1"}
    assert ask("iscg-public", "mayor", "requisition").answer is Answer.FORBIDDEN


@pytest.mark.parametrize("status", sorted(TABLE.traits))
def test_counts_leave_and_persons_do_not(status):
    """Z01."""
    found = ask(status, "administration", "statistics", consent=Consent.GIVEN)
    assert (found.answer, "counts-only" in found.remains) == (Answer.FORBIDDEN, True)


# --- AT-16

ROUTE = {"purpose": "report-offence", "recipient": "prosecutor", "status": "association-worker", "territory": "990"}


def routed(on):
    case = Case(**ROUTE, on=on, situation=ADULT, consent=Consent.GIVEN)
    return decide(get_secrecy_table(), case, list_protocols())


def test_switching_a_protocol_off_in_the_data_closes_the_route_the_same_day(copy, monkeypatch):
    """AT-16: one line added to a file; the history stays, the fallback is proposed and can be asked about, no code changes."""
    on = date(2026, 11, 20)
    assert routed(on).via == "victim-association"
    file = copy / "protocols/fiches-val-degide.yaml"
    line = (
        "suspensions:\n  - valid_from: 2026-11-20\n    decided_by: {fr: Parquet, en: Prosecutor}\n"
        "    reason: {fr: Article 40, en: Article 40}\n"
    )
    file.write_text(file.read_text(encoding="utf-8").replace("suspensions:\n", line), encoding="utf-8")
    monkeypatch.setenv("EGIDE_CATALOGUE", str(copy))
    forget()
    closed, before, history = routed(on), routed(date(2026, 11, 19)), routed(date(2022, 10, 1))
    forget()
    assert (closed.offered, closed.via, closed.closed.reason.en) == (False, None, "Article 40")
    assert decide(TABLE, closed.instead).may_proceed is False
    assert (closed.instead.recipient, closed.instead.purpose) == ("victim-association", "referral")
    assert before.via == "victim-association"
    assert history.closed.reason.fr.startswith("Articulation")


def test_no_protocol_stands_between_danger_and_the_call():
    case = Case("association-worker", "emergency", "call-help", date(2022, 10, 1), AT_18, territory="990")
    assert decide(TABLE, case, list_protocols()).answer is Answer.REQUIRED


# --- the law behind


def test_an_article_is_asked_for_by_its_lasting_name_and_a_day():
    assert get_article("cp-434-3", date(2018, 8, 5)).code == "cp-434-3-2016"
    assert get_article("cp-434-3", date(2018, 8, 6)).code == "cp-434-3"
    assert get_article("rgpd-art-9", TODAY).code == "rgpd-art-9"
    with pytest.raises(UnknownEntry, match="in force on 2020-07-31"):
        get_article("cp-226-14-danger-couple", date(2020, 7, 31))
    with pytest.raises(UnknownEntry, match="cp-226-14-danger-couple"):
        get_article("cp-226-14-danger-cuple", TODAY)


def test_the_articles_of_the_frame_are_there_and_each_says_whether_it_was_read():
    wanted = {
        "cp-223-6", "cp-226-13", "cp-226-14", "cp-226-14-1", "cp-226-14-2", "cp-226-14-danger-couple",
        "cp-226-14-armes", "cp-226-14-sujetion", "cp-434-1", "cp-434-3", "cpp-10-5", "cpp-15-3", "cpp-40", "cpp-60-1",
        "cpp-77-1-1", "casf-l121-1-1", "casf-l121-6-2", "casf-l226-2-1", "casf-l226-2-2", "casf-l411-3", "csi-l132-5",
        "csp-l1110-4",
    }  # fmt: skip
    assert wanted <= {article.article for article in list_law()}
    assert all(article.checked_against.fr and article.checked_against.en for article in list_law())
