"""What is accepted, whole or in part, and what the producer is told of it (trap 24)."""

import gzip
import random

import pytest

from egide.statistics.collection.models import Verdict
from egide.statistics.collection.queries import get_delivery, read_accepted

from .conftest import HEADER, ROWS, csv_of


def rows_of(delivery):
    """The accepted rows as tuples, without their place in the file."""
    table = read_accepted(delivery)
    names = sorted(set(table.column_names) - {"row"})
    return sorted(tuple(row[name] for name in names) for row in table.to_pylist())


def reordered(content, order):
    return b"\n".join(b";".join(line.split(b";")[i] for i in order) for line in content.splitlines()) + b"\n"


WRITINGS = {
    "a byte-order mark": lambda content: b"\xef\xbb\xbf" + content,
    "CRLF": lambda content: content.replace(b"\n", b"\r\n"),
    "CR alone": lambda content: content.replace(b"\n", b"\r"),
    "no line end at the last row": lambda content: content.rstrip(b"\n"),
    "columns in another order": lambda content: reordered(content, random.Random(7).sample(range(8), 8)),
    "every cell in quotes": lambda content: b"\n".join(
        b'"' + line.replace(b";", b'";"') + b'"' for line in content.splitlines()
    ),
    "spaces around the cells": lambda content: content.replace(b";", b" ; "),
    "blank lines between the rows": lambda content: content.replace(b"\n", b"\n\n"),
    "gzip": gzip.compress,
    "whole numbers written with a decimal comma": lambda content: content.replace(b";15;", b";15,0;"),
}


@pytest.mark.parametrize("writing", WRITINGS)
def test_the_same_table_is_accepted_however_it_is_written(deliver, writing):
    """Trap 24: BOM, CRLF and decimal comma are accepted by the source's dialect."""
    plain, written = deliver(csv_of(*ROWS)), deliver(WRITINGS[writing](csv_of(*ROWS)), name="autre.csv")
    assert (written.verdict, written.rows_read, written.rows_accepted) == (Verdict.ACCEPTED, 4, 4), written.findings
    assert written.id != plain.id
    assert rows_of(written) == rows_of(plain)


def test_a_decimal_comma_is_a_number_where_the_source_gives_decimals(deliver):
    header = "item,facts_period,record_period,territory,value,qualifier,unit,population,producer,published_in,published_on,fictional"
    line = "women-killed-partner,2022,2022,FR,{},exact,percent,women,dav,Lettre,2024-03,false"
    delivery = deliver(csv_of(line.format("3.25"), header=header), "published-figures")
    assert str(read_accepted(delivery)["value"][0].as_py()) == "3.250000"
    comma = deliver(csv_of(line.format('"3,25"'), header=header), "published-figures")
    assert [finding["code"] for finding in comma.findings] == ["NOT_A_NUMBER"], "this source's layout writes a point"


def test_the_report_of_an_accepted_file_says_how_it_was_read(deliver, told):
    delivery = deliver(csv_of(*ROWS))
    assert told(delivery, "ACCEPTED_AS", "fr")[1].startswith("Lu selon le format 1")
    assert told(delivery, "ACCEPTED_AS", "en") == ("", "Read as layout 1: utf-8, « ; », ,.", "Nothing to do.")
    assert [finding.severity for finding in get_delivery(delivery.id).findings] == ["note"]


def test_an_unknown_code_is_listed_with_its_line_and_its_rows_are_kept(deliver, told):
    """Trap 24: warn and list."""
    delivery = deliver(csv_of(*ROWS, "99001;2022;X;U;voisin;victime;3;true", "99001;2022;F;U;voisin;victime;1;true"))
    assert (delivery.verdict, delivery.rows_read, delivery.rows_accepted) == (Verdict.ACCEPTED_IN_PART, 6, 6)
    found = {f["facts"]["column"]: f for f in delivery.findings if f["code"] == "UNKNOWN_CODE"}
    assert {name: (f["count"], f["facts"]["codes"], f["lines"]) for name, f in found.items()} == {
        "sex": (1, "X", [6]),
        "relationship": (2, "voisin", [6]),
    }
    only_sex = deliver(csv_of(*ROWS, "99001;2022;X;U;family;victime;3;true"))
    assert told(only_sex, "UNKNOWN_CODE", "fr") == (
        "ligne 6",
        "1 lignes portent des codes de sex que le catalogue ne connaît pas : X.",
        "Elles sont conservées et listées, et n’entrent dans aucun chiffre tant que le code n’est pas ajouté à la nomenclature ou corrigé.",
    )
    assert told(only_sex, "UNKNOWN_CODE", "en") == (
        "line 6",
        "1 rows carry codes of sex that the catalogue does not know: X.",
        "They are kept and listed, and enter no figure until the code is added to the nomenclature or corrected.",
    )


def test_a_year_that_only_another_layout_would_read_is_an_unknown_code(deliver, shared_data):
    """Trap 24: the checks read by the layout of the file, as the figures do, so that nothing is lost without a word."""
    plain = gzip.decompress((shared_data / "ssmsi/donnee-dep-2022-produit-le2023-02-09.csv.gz").read_bytes())
    lines = plain.split(b"\n")[:4]
    lines[2] = lines[2].replace(b";16;02;", b";2016;02;")
    delivery = deliver(b"\n".join(lines), "ssmsi-departements")
    found = [f for f in delivery.findings if f["code"] == "UNKNOWN_CODE"]
    assert [(f["facts"]["column"], f["facts"]["codes"], f["lines"]) for f in found] == [("period", "2016", [3])]


def test_keys_that_nothing_tells_apart_go_to_quarantine_and_the_rest_is_accepted(deliver, told):
    """Trap 24: counted, the rest accepted."""
    delivery = deliver(csv_of(*ROWS, ROWS[0].replace(";15;", ";16;")))
    assert (delivery.verdict, delivery.rows_read, delivery.rows_accepted) == (Verdict.ACCEPTED_IN_PART, 5, 3)
    assert read_accepted(delivery)["row"].to_pylist() == [3, 4, 5]
    where, what, remedy = told(delivery, "COLLISION", "fr")
    assert (where, what) == (
        "lignes 2, 6",
        "2 lignes portent 1 clés que rien dans le fichier ne distingue : un niveau de détail a été perdu.",
    )
    assert remedy.startswith("Ces lignes sont mises de côté et comptées, les autres sont acceptées.")
    assert told(delivery, "COLLISION", "en") == (
        "lines 2, 6",
        "2 rows stand on 1 keys that nothing in the file tells apart: a level of detail was lost.",
        "These rows are set aside and counted, the others are accepted. Add the column that tells them apart.",
    )


def test_two_spellings_of_one_key_collide_even_with_one_value(deliver):
    """Trap 24: “F” and “Femmes” are one code, so that both rows would be counted."""
    delivery = deliver(csv_of(*ROWS, ROWS[0].replace(";F;", ";Femmes;")))
    assert (delivery.verdict, delivery.rows_accepted) == (Verdict.ACCEPTED_IN_PART, 3)
    assert [f["lines"] for f in delivery.findings if f["code"] == "COLLISION"] == [[2, 6]]


def test_a_territory_with_and_without_its_zero_is_one_territory(deliver, shared_data):
    """Trap 24, and the zeros that the file of July 2023 lost."""
    plain = gzip.decompress((shared_data / "ssmsi/donnee-dep-2022-produit-le2023-02-09.csv.gz").read_bytes())
    lines = plain.split(b"\n")[:3]
    delivery = deliver(b"\n".join([*lines, lines[1].replace(b";01;", b";1;")]), "ssmsi-departements")
    assert (delivery.rows_read, delivery.rows_accepted) == (3, 1)


def test_a_blank_value_is_unknown_and_never_zero(deliver, told):
    """AT-70: blank and 0 stay apart."""
    delivery = deliver(csv_of(ROWS[0], ROWS[3], "99002;2022;M;U;family;victime;;true"))
    assert read_accepted(delivery)["value"].to_pylist() == [15, 0, None]
    assert delivery.verdict == Verdict.ACCEPTED_IN_PART
    assert told(delivery, "BLANK_VALUE", "fr")[:2] == (
        "ligne 4",
        "1 lignes n’ont pas de valeur : elles se lisent « inconnu », jamais zéro.",
    )
    assert told(delivery, "BLANK_VALUE", "en") == (
        "line 4",
        "1 rows have no value: they read as “not known”, never as zero.",
        "If the value is zero, write 0.",
    )


@pytest.mark.parametrize(("women", "accepted"), [("", True), ("16", True), ("15", False)])
def test_a_total_with_an_empty_part_is_explained_by_it_and_one_below_its_parts_is_not(deliver, women, accepted):
    """Trap 24: a total is refused when its parts cannot make it."""
    rows = (
        f"99001;2022;F;U;family;victime;{women};true",
        "99001;2022;M;U;family;victime;2;true",
        "99001;2022;T;U;family;victime;18;true",
    )
    assert (deliver(csv_of(*rows)).verdict != Verdict.REFUSED) == accepted
    below = deliver(csv_of(rows[0].replace(f";{women};", ";;"), rows[1], rows[2].replace(";18;", ";1;")))
    assert below.verdict == Verdict.REFUSED


def test_rows_outside_the_scope_are_listed_and_counted(deliver, told, shared_data):
    """AT-60: contraventions, road offences and main-courante entries."""
    rows = [
        "FR,46,2021-01,5",
        "FR,contraventions,2021-01,70",
        "FR,road-offences,2021-01,80",
        "FR,main-courante,2021-01,90",
    ]
    delivery = deliver(csv_of(*rows, header="geo,index4001,month,faits"), "etat4001")
    assert (delivery.verdict, delivery.rows_read, delivery.rows_accepted) == (Verdict.ACCEPTED_IN_PART, 4, 4)
    codes = {finding["code"] for finding in delivery.findings}
    assert codes == {"OUTSIDE_SCOPE", "ACCEPTED_AS"}, "what is known to be outside is not called unknown"
    where, what, remedy = told(delivery, "OUTSIDE_SCOPE", "fr")
    assert where == "lignes 3, 5, 4"
    assert what == "3 lignes sont hors du champ de cette source : contraventions, main-courante, road-offences."
    assert remedy == "Elles sont conservées et comptées, et n’entrent dans aucun chiffre."
    assert told(delivery, "OUTSIDE_SCOPE", "en")[1] == (
        "3 rows are outside the scope of this source: contraventions, main-courante, road-offences."
    )


def test_a_row_over_two_lines_is_told_by_the_line_it_begins_on(deliver):
    header = "item,facts_period,record_period,territory,value,qualifier,unit,population,producer,published_in,published_on,fictional"
    line = 'women-killed-partner,2022,2022,FR,118,exact,killed,women,dav,"Lettre\nn° {}",2024-03,false'
    delivery = deliver(csv_of(line.format(1), line.format(2), header=header), "published-figures")
    assert read_accepted(delivery)["row"].to_pylist() == [2, 4]


def test_the_sample_of_the_house_is_accepted_whole(deliver):
    from .conftest import SAMPLE

    for path in SAMPLE.glob("*.csv"):
        source, vintage = path.stem.rsplit("_", 1)
        delivery = deliver(path, source, vintage)
        assert (delivery.verdict, delivery.rows_accepted) == (Verdict.ACCEPTED, delivery.rows_read), delivery.findings
    assert HEADER in (SAMPLE / "val-degide-recorded_2023-01-31.csv").read_text()
