"""`egide cube`: the same cells from any engine and any layout of the file, and the refusals in sentences."""

import json

import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from django.core.management import CommandError, call_command

from egide.methods.tabulate import building

CSV = """territory,sex,period,unit,value
75,F,2021,victim,3
75,M,2021,victim,1
2A,F,2022,victim,0
,F,2022,victim,5
75,F,2021,victim,4
"""


@pytest.fixture
def deliver(tmp_path):
    def write(text=CSV, name="rows.csv"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8-sig")
        return file

    return write


@pytest.fixture
def cube(capsys):
    def run(file, dimensions="territory,sex,period", **options):
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        call_command("cube", str(file), "--dimensions", dimensions, "--json", *words)
        return json.loads(capsys.readouterr().out)

    return run


def test_the_same_cells_come_from_csv_and_parquet_the_kernel_and_duckdb(deliver, cube, tmp_path):
    file = deliver()
    parquet = tmp_path / "rows.parquet"
    pq.write_table(pyarrow.csv.read_csv(file), parquet)  # here the year is a number, and no territory is a null
    told = cube(file)
    assert (told["rows"], told["cells"], told["unit"], told["engine"]) == (5, 4, "victim", "numba")
    assert {"territory": "75", "sex": "F", "period": "2021", "value": 7} in told["table"]
    assert {"territory": "2A", "sex": "F", "period": "2022", "value": 0} in told["table"]
    for each, engine in ((file, "duckdb"), (parquet, "numba"), (parquet, "duckdb")):
        assert [line["value"] for line in cube(each, engine=engine)["table"]].count(7) == 1
    assert cube(file)["sha256"] == cube(file, engine="duckdb")["sha256"]
    assert cube(parquet)["sha256"] == cube(parquet, engine="duckdb")["sha256"]


def test_a_table_over_additive_dimensions_is_a_margin_of_the_cube(deliver, cube):
    told = cube(deliver(), margin="sex", where="period=2021")
    assert told["margins"] == {"sex": [{"sex": "F", "value": 7}, {"sex": "M", "value": 1}]}
    assert sum(line["value"] for line in told["table"]) == 8


def test_rows_are_counted_where_there_is_no_value_and_nobody_says_what_they_are(deliver, cube):
    told = cube(deliver("a,b\nx,1\nx,2\ny,1\n"), "a")
    assert (told["unit"], told["table"]) == (None, [{"a": "x", "value": 2}, {"a": "y", "value": 1}])


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        (CSV, {"dimensions": "age"}, "no column “age”"),
        (CSV, {"dimensions": "territory,sex", "unit": "suspect"}, "not additive over “period”"),
        (CSV.replace("M,2021,victim", "M,2021,suspect"), {}, "“suspect” and “victim”"),
        (CSV.replace("victim,3", "victim,3.5"), {}, "whole numbers"),
        (CSV, {"engine": "spark://nowhere:1", "dimensions": "age"}, "Spark is not installed"),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_refused_in_a_sentence(deliver, cube, text, options, sentence, monkeypatch):
    """Trap 19: a suspect counts once in each year and territory."""
    monkeypatch.setitem(__import__("sys").modules, "pyspark.sql", None)
    with pytest.raises(CommandError, match=sentence):
        cube(deliver(text), **options)


def test_a_cube_that_outgrows_the_kernel_is_asked_of_duckdb_unless_the_kernel_was_named(deliver, cube, monkeypatch):
    monkeypatch.setattr(building, "MOST_CELLS", 2)
    file = deliver()
    assert cube(file)["engine"] == "duckdb"
    with pytest.raises(CommandError, match="ask DuckDB or Spark"):
        cube(file, engine="numba")


def test_a_word_misused_is_not_a_refusal(deliver):
    for words in (
        ["nofile.parquet", "--dimensions", "a"],
        [str(deliver()), "--dimensions", "sex", "--engine", "abacus"],
    ):
        with pytest.raises(CommandError) as misused:
            call_command("cube", *words)
        assert misused.value.returncode != 0
