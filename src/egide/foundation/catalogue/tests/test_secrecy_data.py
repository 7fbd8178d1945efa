"""Sections, forms and protocols as data (AT-05, AT-15, trap 23), and each mistake made on purpose in them."""

import pytest

from egide.foundation.catalogue import (
    UnknownEntry,
    get_liaison_form,
    get_nomenclature,
    get_sections,
    list_liaison_forms,
    list_protocols,
)
from egide.methods.secrecy import sheet_items, sheet_sections

TABLE = "secrecy/sharing.yaml"
ROUTE = "protocols/fiches-val-degide.yaml"
SHEET = "liaison-forms/liaison-sheet.yaml"
DOMAINS = ["housing", "justice", "health", "children", "work", "money", "rights", "security", "mobility", "language"]
DOMAINS += ["psychological"]


def test_the_sections_of_consent_are_the_eleven_domains_and_five_more():
    """Trap 23."""
    sections = get_sections()
    assert list(sections.sections) == [*DOMAINS, "identity", "contact", "violence", "danger", "measures"]
    assert [code for code, item in get_nomenclature("needs-domains").codes.items() if not item.parent] == DOMAINS


def test_the_21_items_of_the_shared_file_are_in_one_order_each_in_a_section():
    """AT-05 (data part), trap 23."""
    sections = get_sections()
    items = [code for code in sections.items if code.startswith("r02-")]
    assert [int(code[4:6]) for code in items] == list(range(1, 22))
    assert set(sections.section_of().values()) <= set(sections.sections)


def test_the_liaison_sheet_proposes_the_five_agreed_items_unless_more_is_consented():
    """AT-15: children, resources in the family circle, income, forms of violence, her state."""
    form, where = get_liaison_form().sheet, get_sections().section_of()
    five = ("sheet-children", "sheet-family-resources", "sheet-income", "sheet-violence-forms", "sheet-her-state")
    asked = set(sheet_sections(form, where))
    assert asked == {"children", "contact", "money", "violence", "health"}
    assert sheet_items(form, asked, where) == five
    assert sheet_items(form, asked - {"violence"}, where) == tuple(
        item for item in five if item != "sheet-violence-forms"
    )
    assert sheet_items(form, asked | {"housing"}, where) == (*five, "r02-04-housing-status")
    assert sheet_items(form, set(), where) == ()


def test_each_form_family_is_data():
    """R06."""
    assert {form.code for form in list_liaison_forms()} == {
        "liaison-sheet", "police-to-station-worker", "municipal-police-to-police", "professional-to-association",
        "professional-to-crip", "professional-to-perpetrator-service", "court-attestation", "vulnerable-adult",
        "vulnerable-adult-help",
    }  # fmt: skip
    with pytest.raises(UnknownEntry, match="liaison-sheet"):
        get_liaison_form("liaison-shet")


def test_the_demonstration_s_protocol_is_on_invented_ground():
    assert [(protocol.code, protocol.territory) for protocol in list_protocols()] == [("fiches-val-degide", "990")]


# file, what is replaced, by what, words of the problem, words of the remedy
MISTAKES = [
    (TABLE, "under: [rgpd-art-15]", "under: [rgpd-art-16]", "`under` 'rgpd-art-16' is not", "rgpd-art-15"),
    (TABLE, "under: [rgpd-art-15]", "under: []", "does not fit", "a rule without a text is not a rule"),
    (TABLE, "to: [the-person]", "to: [the-persn]", "`to` 'the-persn' is not", "the-person"),
    (TABLE, "why: [weapon-notice]", "why: [weapon]", "`why` 'weapon' is not", "weapon-notice"),
    (TABLE, "conditions: [safe-channel]", "conditions: [safe-chanel]", "'safe-chanel' is not", "safe-channel"),
    (TABLE, "remains: [counts-only]", "remains: [counts]", "`remains` 'counts' is not", "counts-only"),
    (TABLE, "covers: [identity, housing, rights]", "covers: [identity, r02-04-housing-status]", "`covers`", "housing"),
    (TABLE, "statuses: [municipal-police]", "statuses: [municipal]", "the status 'municipal' is not", "municipal-police"),
    (TABLE, "  lawyer: [bound, protected]\n", "", "the status 'lawyer' has no line", "add `lawyer: []`"),
    (TABLE, "  mayor: [public-agent]\n", "  mair: [public-agent]\n", "the status 'mair' is not", "mayor"),
    (TABLE, "always: [call-emergency,", "always: [call-emergncy,", "the help 'call-emergncy' is not", "call-emergency"),
    (TABLE, "conditions: [representative]}", "conditions: [representativ]}", "the condition 'representativ'", "representative"),
    (TABLE, "justice: [prosecutor, police]", "justice: [prosecutor, polices]", "the recipient 'polices' is not", "police"),
    (TABLE, "- code: requisition\n", "- code: requisition-protected\n", "written twice", "rename"),
    (TABLE, "  - code: no-third-party\n    priority: 300", "  - code: no-third-party\n    priority: 1000",
     "alert-someone-who-can-help and no-third-party both answer", "different priorities"),
    (TABLE, "    who: {has: [bound]}\n    because:\n      fr: \"Aucun texte n’autorise", "    who: {has: [bound, health]}\n"
     "    because:\n      fr: \"Aucun texte n’autorise", "no row answers child-protection-worker", "add a row"),
    (TABLE, "code: bound-and-no-text\n    priority: 10", "code: bound-and-no-text\n    priority: 2000",
     "bound-and-no-text keeps child-protection-worker from calling for help", "nothing forbids them"),
    (ROUTE, 'territory: "990"', 'territory: "999"', "the territory '999' is not", "use one of"),
    (ROUTE, "via: victim-association", "via: emergency", "the recipient 'emergency' is not", "use one of"),
    (ROUTE, "purposes: [report-offence]", "purposes: [call-help]", "the purpose 'call-help' is not", "use one of"),
    (ROUTE, "statuses: [doctor,", "statuses: [docteur,", "the status 'docteur' is not", "doctor"),
    (ROUTE, "fallback: {recipient: victim-association, purpose: referral}",
     "fallback: {recipient: prosecutor, purpose: report-offence}", "the fallback is the route itself", "another recipient"),
    (ROUTE, "valid_to: 2023-01-31", "valid_to: 2022-01-31", "comes before valid_from", "in order"),
    (SHEET, "sheet-her-state]", "health]", "the item 'health' is not", "use one of"),
    (SHEET, "purpose: referral", "purpose: referal", "the purpose 'referal' is not", "referral"),
    ("nomenclatures/sections.yaml", '"r02-21-guidance"', '"r02-22-guidance"', "are numbered 01", "r02-01 to r02-21"),
    ("nomenclatures/needs-domains.yaml", '- code: "mobility"', '- code: "moving"', "domain of needs 'moving' is no section", "add"),
    ("law/code-penal.yaml", "valid_to: 2018-08-05", "valid_to: 2018-08-06", "versions of cp-223-6, are in force", "end the earlier"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "what", "remedy"), MISTAKES)
def test_a_mistake_is_named(broken, file, old, new, what, remedy):
    problems, _line = broken(file, old, new)
    match = [p for p in problems if what in p.what and remedy in p.remedy and p.file == file]
    assert match, "\n".join(map(str, problems)) or "nothing was found"
    assert all(p.line > 1 for p in match), "the line is not the first by chance"
