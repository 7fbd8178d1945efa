"""Codes and the reasons for an absent value."""

import pytest

from egide.core.code import Code, NotACode
from egide.core.missing import Missing


def test_a_code_names_its_nomenclature():
    assert str(Code("sex", "F")) == "sex:F"
    assert Code.parse("sex:F") == Code("sex", "F")
    assert Code.parse("iccs:01:x") == Code("iccs", "01:x")


@pytest.mark.parametrize("text", ["F", ":F", "sex:", ""])
def test_a_code_without_nomenclature_or_value_is_refused(text):
    with pytest.raises(NotACode, match="write it as nomenclature:value"):
        Code.parse(text)


def test_the_nomenclature_holds_no_colon():
    with pytest.raises(NotACode, match="write it as nomenclature:value"):
        Code("a:b", "c")


def test_codes_keep_their_leading_zeros_and_are_ordered():
    assert sorted([Code("departement", "2A"), Code("departement", "01")])[0].value == "01"


def test_there_are_six_reasons_for_an_absent_value_and_neither_no_nor_zero_is_one():
    """X04: unknown, not asked, not applicable, refused, suppressed, not published."""
    assert [m.name for m in Missing] == [
        "UNKNOWN", "NOT_ASKED", "NOT_APPLICABLE", "REFUSED", "SUPPRESSED", "NOT_PUBLISHED",
    ]  # fmt: skip
    assert all(m != 0 and m is not False for m in Missing)


def test_an_absent_value_does_not_pass_for_zero_or_no():
    assert all(bool(m) for m in Missing)
