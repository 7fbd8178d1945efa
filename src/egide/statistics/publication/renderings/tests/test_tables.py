"""The figures as CSV, passports and SDMX: read back, cell by cell."""

import csv
import io
import json
from datetime import UTC, datetime

import jsonschema
import pytest
from lxml import etree

from egide.core.missing import Missing
from egide.statistics.publication.renderings.csv_tables import COLUMNS, neutral, render_csv
from egide.statistics.publication.renderings.passports import KEYS, render_passports
from egide.statistics.publication.renderings.sdmx import NotCodable, render_sdmx, render_structure

PREPARED = datetime(2022, 11, 25, 9, tzinfo=UTC)
GENERIC = "{http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic}"


def read(content):
    return {row["code"]: row for row in csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))}


def test_the_csv_gives_back_what_was_written(figures):
    rows = read(render_csv(figures))
    assert list(rows) == [item["code"] for item in figures]
    for item in figures:
        row, passport = rows[item["code"]], item["passport"]
        assert tuple(row) == COLUMNS
        assert (row["label_fr"], row["label_en"]) == (item["label"]["fr"], item["label"]["en"])
        assert (float(row["value"]) if row["value"] else None) == passport["value"]
        assert row["absence"] == (passport["absence"] or "")
        assert row["unit"] == passport["unit"]["code"]
        assert row["population"] == passport["population"]["fr"]
    assert rows["growth"]["breaks_crossed"] == "2012-01, nouveau logiciel"
    assert rows["recorded"]["vintage"] == "2022-08-01"


def test_the_csv_has_no_byte_order_mark_and_ends_lines_as_rfc_4180(figures):
    content = render_csv(figures)
    assert content.startswith(b"code,label_fr,")
    assert content.count(b"\r\n") == content.count(b"\n") == len(figures) + 1


def test_suppressed_zero_unknown_and_unpublished_differ(figures):
    """AT-70, AT-75: four cells that print differently are exported differently."""
    rows = read(render_csv(figures))
    seen = {code: (rows[code]["value"], rows[code]["absence"]) for code in rows}
    assert seen["recorded.X0.U"] == ("", "SUPPRESSED")
    assert seen["recorded.X1.U"] == ("0", "")
    assert seen["recorded.X3.U"] == ("", "UNKNOWN")
    assert seen["trained"] == ("", "NOT_PUBLISHED")


@pytest.mark.parametrize("cell", ["=1+1", "+33", "-cmd", "@SUM(A1)", "\t=1", "-1-1", "-"])
def test_a_cell_that_would_run_is_neutralised(cell, figures):
    assert neutral(cell) == f"'{cell}"
    figures[0]["label"]["fr"] = cell
    assert read(render_csv(figures))["killed"]["label_fr"] == f"'{cell}"


@pytest.mark.parametrize("cell", [-3, -3.5, "-3", "-3.5", "2021", "a=b", "", None])
def test_numbers_and_plain_words_are_left_alone(cell):
    assert neutral(cell) == cell


def test_a_negative_growth_stays_a_number(figures):
    figures[2]["passport"]["value"] = -2.5
    assert read(render_csv(figures))["growth"]["value"] == "-2.5"


CODED = {"type": "object", "required": ["code", "fr", "en"], "properties": {"code": {"type": "string"}}}
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": list(KEYS),
        "additionalProperties": False,
        "properties": {
            "code": {"type": "string"},
            "value": {"type": ["number", "null"]},
            "absence": {"enum": [None, *Missing.__members__]},
            "unit": CODED,
            "population": {"type": "object", "required": ["fr", "en"]},
            "geography": CODED,
            "facts_period": {"type": "string"},
            "record_period": {"type": "string"},
            "source": {"anyOf": [{"type": "null"}, {**CODED, "required": ["code", "fr", "en", "producer"]}]},
            "definition_version": {"type": "string"},
            "breaks_crossed": {"type": "array"},
            "status": {"type": "string", "pattern": "^[A-Z]$"},
            "lineage": {
                "type": "array",
                "items": {
                    "required": ["delivery", "sha256", "vintage", "filename", "rows"],
                    "properties": {"sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}},
                },
            },
        },
    },
}


def test_the_passports_file_is_a_list_of_exactly_the_agreed_objects(figures):
    figures[0]["passport"]["internal_note"] = "stays inside"
    content = json.loads(render_passports(figures))
    jsonschema.validate(content, SCHEMA)
    assert [item["code"] for item in content] == [item["code"] for item in figures]
    assert all(list(item) == list(KEYS) for item in content)


def sdmx_cells(message):
    cells = {}
    for each in etree.fromstring(message).iter(f"{GENERIC}Obs"):
        key = {value.get("id"): value.get("value") for value in each.find(f"{GENERIC}ObsKey")}
        held = each.find(f"{GENERIC}ObsValue")
        statuses = [value.get("value") for value in each.find(f"{GENERIC}Attributes")]
        cells[key["FIGURE"]] = (key, None if held is None else float(held.get("value")), *statuses)
    return cells


def test_sdmx_carries_every_figure_with_its_unit_source_and_status(figures):
    """AT-70: no value for what is suppressed or unknown, 0 for zero, and a status that says which."""
    cells = sdmx_cells(render_sdmx(figures, 2022, PREPARED))
    assert len(cells) == len(figures)
    assert {code: cell[1] for code, cell in cells.items()} == {
        item["code"].replace(".", "_"): item["passport"]["value"] for item in figures
    }
    key = {"FIGURE": "recorded", "REF_AREA": "FR", "UNIT_MEASURE": "victim", "SOURCE": "invented-register"}
    assert cells["recorded"] == ({**key, "TIME_PERIOD": "2021"}, 254321.0, "P", "F")
    assert cells["recorded_X0_U"][1:] == (None, "Q", "C")
    assert cells["recorded_X1_U"][1:] == (0.0, "A", "F")
    assert cells["recorded_X3_U"][1:] == (None, "O", "F")
    assert cells["trained"][1:] == (None, "L", "F")
    assert cells["trained"][0]["SOURCE"] == "_Z"


def test_sdmx_writes_a_range_of_months_as_sdmx_does(figures):
    figures[0]["passport"]["facts_period"] = "2021-08/2022-07"
    assert sdmx_cells(render_sdmx(figures, 2022, PREPARED))["killed"][0]["TIME_PERIOD"] == "2021-08-01/P12M"


def test_sdmx_names_its_codes_in_both_languages_and_repeats_its_bytes(figures):
    structure = render_structure(figures, 2022, PREPARED).decode()
    assert "Personnes tuées au sein de leur foyer" in structure
    assert "People killed in their home" in structure
    assert render_sdmx(figures, 2022, PREPARED) == render_sdmx(figures, 2022, PREPARED)


def test_sdmx_refuses_two_codes_it_could_not_tell_apart(figures):
    for item, code in zip(figures, ("a.b", "a:b"), strict=False):
        item["code"] = item["passport"]["code"] = code
    with pytest.raises(NotCodable, match=r"a\.b and a:b would both be a_b"):
        render_sdmx(figures, 2022, PREPARED)
