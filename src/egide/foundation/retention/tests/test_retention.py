"""When something falls due, and the archives' word before it is destroyed (X11, Z14)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from egide.foundation.catalogue import UnknownEntry, get_retention_rule, list_retention_rules
from egide.foundation.retention.actions import record_visa
from egide.foundation.retention.policies import due_on, latest_start, needs_visa
from egide.foundation.retention.queries import visas_until
from egide.foundation.wings.entering import Subject, entering

RULE = get_retention_rule("case-files")


@pytest.mark.parametrize(
    ("start", "due"), [("2024-02-29", "2026-02-28"), ("2023-12-31", "2025-12-31"), ("2024-01-01", "2026-01-01")]
)
def test_two_years_are_counted_on_the_calendar(start, due):
    assert due_on(date.fromisoformat(start), RULE) == date.fromisoformat(due)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_nothing_that_is_due_escapes_the_bound_of_the_query(start):
    due = due_on(start, RULE)
    assert start <= latest_start(due, RULE)
    assert start > latest_start(start, RULE)
    assert due - start > timedelta(days=700)


def test_what_never_ends_is_never_due():
    for rule in list_retention_rules():
        assert (due_on(date(2020, 1, 1), rule) is None) == (rule.ends != "months")


def test_a_public_body_asks_the_archives_and_an_association_does_not():
    """Z14: the visa stands between due and destroyed where the body is public."""
    assert needs_visa("national-police", RULE)
    assert needs_visa("local-authority", RULE)
    assert not needs_visa("association", RULE)


@pytest.mark.django_db
def test_a_visa_has_a_reference_and_the_latest_one_counts(worker, organisation, now):
    with entering("foundation", Subject.job("tests")):
        body = organisation("association-a")
        with pytest.raises(ValidationError):
            record_visa(organisation=body, rule=RULE.code, due_until=date(2026, 1, 1), reference=" ", now=now)
        with pytest.raises(UnknownEntry):
            record_visa(organisation=body, rule="none", due_until=date(2026, 1, 1), reference="AD 1", now=now)
        for day in (date(2026, 3, 1), date(2026, 1, 1)):
            record_visa(organisation=body, rule=RULE.code, due_until=day, reference="AD 1", now=now)
        assert visas_until(RULE.code) == {body.id: date(2026, 3, 1)}
