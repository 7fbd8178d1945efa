"""The same table as CSV, XLSX, Parquet and SDMX-CSV gives the same rows; what a workbook may hide is refused."""

import io
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.utils import translation

from egide.statistics.collection.models import Verdict
from egide.statistics.collection.queries import get_delivery, read_accepted

from .conftest import HEADER, ROWS, csv_of

CELLS = [HEADER.split(";"), *(row.split(";") for row in ROWS)]
SPREAD = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def cell(text):
    if text.isdigit():
        return f"<c><v>{int(text)}.0</v></c>"
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def workbook(*sheets, formula="", doctype="", extra=None):
    """The bytes of a workbook of sheets of texts, numbers as numbers."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        listed = "".join(f'<sheet name="F{i}" sheetId="{i}" r:id="r{i}"/>' for i, _s in enumerate(sheets, 1))
        archive.writestr(
            "xl/workbook.xml",
            f'{doctype}<workbook xmlns="{SPREAD}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        )
        links = "".join(f'<Relationship Id="r{i}" Target="worksheets/s{i}.xml"/>' for i, _s in enumerate(sheets, 1))
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{links}</Relationships>")
        for i, rows in enumerate(sheets, 1):
            told = "".join(f"<row>{''.join(map(cell, row))}{formula}</row>" for row in rows)
            archive.writestr(
                f"xl/worksheets/s{i}.xml", f'<worksheet xmlns="{SPREAD}"><sheetData>{told}</sheetData></worksheet>'
            )
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def parquet(rows):
    named = dict(zip(rows[0], zip(*rows[1:], strict=True), strict=True))
    table = pa.table({name: [int(v) if v.isdigit() else v for v in values] for name, values in named.items()})
    pq.write_table(table, buffer := io.BytesIO())
    return buffer.getvalue()


SDMX = ("DATAFLOW", "REF_AREA", "TIME_PERIOD", "SEX", "AGE", "RELATIONSHIP", "UNIT_MEASURE", "OBS_VALUE", "OBS_STATUS")


def sdmx(action=""):
    head = [*(("STRUCTURE", "STRUCTURE_ID", "ACTION") if action else SDMX[:1]), *SDMX[1:]]
    lines = [",".join(head)]
    for row in ROWS:
        place, year, sex, age, link, _unit, value, _fictional = row.split(";")
        first = f"dataflow,EGIDE:VAL(1.0),{action}" if action else "EGIDE:VAL(1.0)"
        lines.append(f"{first},{place},{year},{sex},{age},{link},victim,{value},A")
    return ("\n".join(lines) + "\n").encode()


def rows_of(delivery):
    table = read_accepted(delivery)
    units = {"victime": "victim"}
    names = ("territory", "period", "sex", "age", "relationship", "unit", "value")
    return [tuple(units.get(row[name], row[name]) for name in names) for row in table.to_pylist()]


@pytest.mark.parametrize(
    "content",
    [workbook(CELLS), workbook([["note"]], CELLS), parquet(CELLS), sdmx(), sdmx("I")],
    ids=["xlsx", "second sheet", "parquet", "SDMX-CSV 1.0", "SDMX-CSV 2.0"],
)
def test_every_container_gives_the_rows_of_the_csv(deliver, content):
    plain, other = deliver(csv_of(*ROWS)), deliver(content, vintage="2023-02-28")
    assert other.verdict == Verdict.ACCEPTED, other.findings
    assert rows_of(other) == rows_of(plain)


def test_what_a_container_may_hide_is_refused_and_says_where(deliver, told):
    """Trap 24: formulas, size, damage; two tables where one was expected."""
    hidden = {
        "FORMULA": workbook(CELLS, formula="<c><f>1+1</f><v>2</v></c>"),
        "TWO_SHEETS": workbook(CELLS, CELLS),
        "COMPRESSION": workbook(CELLS, extra={"xl/media/a.xml": b"0" * 2_000_000}),
        "DAMAGED": workbook(CELLS, doctype="<!DOCTYPE a>"),
        "NOT_CSV": _zip_of("a.txt"),
        "WRONG_HEADER": workbook([["a", "b"], ["1", "2"]]),
        "SDMX_DELETES": sdmx("D"),
    }
    for code, content in hidden.items():
        delivery = deliver(content)
        assert (delivery.verdict, [finding["code"] for finding in delivery.findings]) == (Verdict.REFUSED, [code])
    assert "F1, F2" in told(deliver(hidden["TWO_SHEETS"]), "TWO_SHEETS", "en")[1]


def _zip_of(name):
    with zipfile.ZipFile(buffer := io.BytesIO(), "w") as archive:
        archive.writestr(name, "nothing")
    return buffer.getvalue()


def test_a_report_names_the_line_and_the_column_as_the_producer_wrote_it(deliver):
    refused = deliver(csv_of(ROWS[0], ROWS[1].replace(";2;", ";deux;")))
    with translation.override("fr"):
        (found,) = get_delivery(refused.id).findings
        assert found.place.replace("\xa0", " ") == "ligne 3, colonne « victimes »"
    unknown = deliver(csv_of(*ROWS, ROWS[0].replace("Y18-24", "Y99")))
    with translation.override("en"):
        found = {each.code: each for each in get_delivery(unknown.id).findings}
    assert (found["UNKNOWN_CODE"].lines, found["UNKNOWN_CODE"].column) == ((6,), "age")
