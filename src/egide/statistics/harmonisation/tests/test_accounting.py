"""Nothing is lost without a word: what comes in is accepted or set aside, and what is accepted is read, left or a total."""

import pyarrow.compute as pc
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from egide.foundation.catalogue import get_nomenclature, get_source
from egide.statistics.collection.models import Verdict
from egide.statistics.harmonisation.harmonise import harmonise

from .conftest import HEADER

SEXES = {
    "F": ["F", "Femmes", "femme"],
    "M": ["M", "Hommes"],
    "U": ["U", "Inconnu"],
    "T": ["T", "Ensemble"],
    "?": ["X", ""],
}
AGES = [code for code in get_nomenclature("age-bands").codes if code != "T"]
PARTS = get_source("val-degide-recorded").totals[0].of

keys = st.tuples(
    st.sampled_from(["99001", "99002", "99003", "99999"]), st.sampled_from(AGES), st.sampled_from(["intimate", "family", "voisin"])
)  # fmt: skip
values = st.none() | st.integers(0, 10**12)
tables = st.dictionaries(
    keys, st.dictionaries(st.sampled_from(["F", "M", "U", "?"]), values, min_size=1), min_size=1, max_size=8
)
UNDER_A_FIXTURE = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


def lines_of(table, choose):
    """The rows of a table as text, with its total by sex where every part is known."""
    for (commune, age, link), by_sex in table.items():
        for sex, value in by_sex.items():
            text = "" if value is None else str(value)
            yield f"{commune};2022;{choose(SEXES[sex])};{age};{link};victime;{text};true"
        parts = [by_sex[sex] for sex in PARTS if sex in by_sex]
        if parts and None not in parts:
            yield f"{commune};2022;{choose(SEXES['T'])};{age};{link};victime;{sum(parts)};true"


def written(lines, chance):
    """The file: any order of rows and columns, any line end, with or without a byte-order mark."""
    rows = [line.split(";") for line in lines]
    chance.shuffle(rows)
    order = chance.sample(range(8), 8)
    end = chance.choice(["\n", "\r\n"])
    text = "".join(";".join(row[i] for i in order) + end for row in [HEADER.split(";"), *rows])
    return chance.choice(["", "\ufeff"]) + text


def expected(table):
    """The sum of each commune, sex and link: known rows with a known code, without the totals."""
    sums = {}
    for (commune, _age, link), by_sex in table.items():
        for sex, value in by_sex.items():
            if commune != "99999" and link != "voisin" and sex != "?":
                sums.setdefault((commune, sex, link), []).append(value)
    return {key: (len(found), sum(value or 0 for value in found)) for key, found in sums.items()}


def sums_of(harmonised):
    cells = harmonised.table.group_by(["territory", "sex", "relationship"]).aggregate(
        [([], "count_all"), ("value", "sum")]
    )
    return {
        (row["territory"], row["sex"], row["relationship"]): (row["count_all"], row["value_sum"] or 0)
        for row in cells.to_pylist()
    }


@UNDER_A_FIXTURE
@given(table=tables, chance=st.randoms(use_true_random=False))
def test_a_table_has_the_same_sums_however_it_is_written_and_every_row_is_accounted_for(receive, table, chance):
    """Trap 24: rows read = accepted + set aside; accepted = harmonised + left + totals."""
    lines = list(lines_of(table, chance.choice))
    delivery = receive(written(lines, chance), "val-degide-recorded")
    assert delivery.verdict in (Verdict.ACCEPTED, Verdict.ACCEPTED_IN_PART), delivery.findings
    assert (delivery.rows_read, delivery.rows_accepted) == (len(lines), len(lines))
    harmonised = harmonise(delivery)
    assert harmonised.table.num_rows + sum(left.rows for left in harmonised.left) + harmonised.totals == len(lines)
    assert sums_of(harmonised) == expected(table)
    warned = sum(f["count"] for f in delivery.findings if f["code"] == "UNKNOWN_CODE")
    assert warned >= sum(left.rows for left in harmonised.left), "what enters no figure was told to the producer"


@UNDER_A_FIXTURE
@given(table=tables, chance=st.randoms(use_true_random=False))
def test_colliding_rows_are_set_aside_and_all_the_others_are_read(receive, table, chance):
    """Trap 24: a key given twice is not chosen between; the rest is accepted."""
    lines = [line for line in lines_of(table, lambda texts: texts[0]) if ";T;" not in line]
    doubled = chance.choice(lines)
    parts = doubled.split(";")
    other = ";".join([*parts[:6], str(int(parts[6] or 0) + 1), "true"])
    delivery = receive(written([*lines, other], chance), "val-degide-recorded")
    assert (delivery.rows_read, delivery.rows_accepted) == (len(lines) + 1, len(lines) - 1)
    collision = next(f for f in delivery.findings if f["code"] == "COLLISION")
    assert delivery.rows_read == delivery.rows_accepted + collision["count"]
    harmonised = harmonise(delivery)
    assert harmonised.table.num_rows + sum(left.rows for left in harmonised.left) == len(lines) - 1


def test_unknown_codes_and_outside_rows_are_left_with_their_rows_and_their_sum(receive):
    """AT-60: contraventions, road offences and main-courante entries are listed, counted, and in no figure."""
    rows = [
        "FR,46,2021-01,5", "FR,108,2021-01,7", "FR,108,2021-02,8", "FR,contraventions,2021-01,70", "FR,contraventions,2021-02,71",
        "FR,road-offences,2021-01,80", "FR,main-courante,2021-01,", "ZZ,46,2021-01,9", "ZZ,contraventions,2021-01,1",
    ]  # fmt: skip
    harmonised = harmonise(receive("geo,index4001,month,faits\n" + "\n".join(rows) + "\n", "etat4001"))
    assert harmonised.table.to_pylist() == [
        {"territory": "FR", "offence": "46", "period": "2021-01", "value": 5, "row": 2, "unit": "victim"}
    ]
    assert {(left.column, left.code, left.rows, left.value, left.outside) for left in harmonised.left} == {
        ("territory", "ZZ", 2, 10, False),
        ("offence", "108", 2, 15, False),
        ("offence", "contraventions", 2, 141, True),
        ("offence", "road-offences", 1, 80, True),
        ("offence", "main-courante", 1, None, True),
    }
    assert harmonised.table.num_rows + sum(left.rows for left in harmonised.left) == len(rows)


def test_a_declared_total_is_left_out_and_its_parts_are_not(receive):
    rows = [f"99001;2022;{sex};{age};family;victime;{value};true" for sex, age, value in (
        ("F", "U", 3), ("M", "U", 4), ("T", "U", 7), ("F", "T", 3), ("M", "T", 4), ("T", "T", 7)
    )]  # fmt: skip
    delivery = receive("\n".join([HEADER, *rows]) + "\n", "val-degide-recorded")
    assert delivery.verdict == Verdict.ACCEPTED, delivery.findings
    harmonised = harmonise(delivery)
    assert (harmonised.table.num_rows, harmonised.totals, pc.sum(harmonised.table["value"]).as_py()) == (2, 4, 7)


def test_a_blank_value_is_harmonised_as_null(receive):
    """AT-70: an unknown value is a row without a value, not a zero and not a row less."""
    rows = ["99001;2022;F;U;family;victime;;true", "99001;2022;M;U;family;victime;0;true"]
    harmonised = harmonise(receive("\n".join([HEADER, *rows]) + "\n", "val-degide-recorded"))
    assert harmonised.table["value"].to_pylist() == [None, 0]


def test_a_delivery_set_aside_whole_is_read_as_no_row(receive):
    rows = ["99001;2022;F;U;family;victime;1;true", "99001;2022;F;U;family;victime;2;true"]
    harmonised = harmonise(receive("\n".join([HEADER, *rows]) + "\n", "val-degide-recorded"))
    assert (harmonised.table.num_rows, harmonised.left, harmonised.totals) == (0, (), 0)
