"""What is delivered is read by the source's own rules, and by these only: the checks and the figures read alike."""

import pyarrow as pa
import pytest

from egide.foundation.catalogue import get_source
from egide.statistics.sources.codes import read_column, read_period, read_territory, reader


@pytest.mark.parametrize(
    ("format", "delivered", "read"),
    [
        ("year", "2022", "2022"), ("year", "22", None), ("year2", "22", "2022"), ("year2", "2022", None),
        ("month", "2017-10", "2017-10"), ("month", "2017-13", None), ("month", "2017", None),
        ("mixed-fr", "2016T1", "2016-Q1"), ("mixed-fr", "2016M01", "2016-01"), ("mixed-fr", "2016T5", None),
        ("period", "2021-08/2022-07", "2021-08/2022-07"), ("period", "", None), ("year", "٢٠٢٢", None),
    ],
)  # fmt: skip
def test_a_period_is_read_in_the_format_of_its_layout_and_no_other(format, delivered, read):
    assert read_period(delivered, format) == read


@pytest.mark.parametrize(
    ("source", "delivered", "read"),
    [
        ("ssmsi-departements", "1", "01"),
        ("ssmsi-departements", "2A", "2A"),
        ("ssmsi-departements", "974", "974"),
        ("ssmsi-departements", "990", "990"),
        ("ssmsi-departements", "99", None),
        ("ssmsi-regions", "1", "R01"),
        ("etat4001", "METRO", "FR-METRO"),
        ("val-degide-recorded", "99001", "99001"),
        ("val-degide-recorded", "75", None),
    ],
)
def test_a_territory_gets_its_leading_zeros_back_and_is_of_its_source_s_level(source, delivered, read):
    column = next(column for column in get_source(source).columns if column.role == "territory")
    assert read_territory(delivered, column) == read


def test_two_layouts_of_one_source_read_the_same_year_each_in_its_own_way():
    source = get_source("ssmsi-departements")
    column = source.column("period")
    assert reader(source, column, "2024-07")("22") == "2022"
    assert reader(source, column, "2024-07")("2022") is None
    assert reader(source, column, "2025")("2022") == "2022"
    assert reader(source, column, "2025")("22") is None


def test_a_label_an_alias_and_a_code_are_one_code_and_a_free_text_stands_for_itself():
    source = get_source("val-degide-recorded")
    read = reader(source, source.column("sex"), "1")
    assert [read(text) for text in ("F", "Femmes", "femme", "X", "")] == ["F", "F", "F", None, None]
    assert reader(source, source.column("fictional"), "1")("n'importe") == "n'importe"


def test_a_column_is_read_whole_and_what_has_no_code_is_null():
    read = {"a": "A", "b": "B"}.get
    column = pa.chunked_array([["a", "z"], ["b", "a"]])
    assert read_column(column, read).to_pylist() == ["A", None, "B", "A"]


def test_a_code_outside_a_source_s_scope_is_no_code_of_it():
    """AT-60."""
    source = get_source("etat4001")
    read = reader(source, source.column("offence"), "tidy")
    assert [read(entry.code) for entry in source.outside] == [None, None, None]
