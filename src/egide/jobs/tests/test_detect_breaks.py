"""`egide detect_breaks`: what it prints, what it refuses, and with which exit code."""

import io
import json

import numpy as np
import pytest
from django.core.management import CommandError, call_command


def run(*words):
    out = io.StringIO()
    call_command("detect_breaks", *map(str, words), stdout=out)
    return out.getvalue()


def lines(code, *, at=60, size=0.5, unit="", months=120):
    rng = np.random.default_rng(5)
    values = 1000 * (1 + 0.02 * rng.standard_normal(months)) * (1 + size * (np.arange(months) >= at))
    return [f"{code},{2007 + m // 12}-{m % 12 + 1:02},{round(v)},{unit}" for m, v in enumerate(values)]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "series.csv"
    path.write_text(
        "\n".join(["series,period,value,unit", *lines("FR:49"), *lines("75:49", size=0.0), "FR:48,2012-01,3,"])
    )
    return path


def test_each_break_has_series_period_size_verdict_and_evidence(file):
    """X13: the verdict is proposed with its evidence and the false-alarm rate; the file says which series were left aside."""
    plain = json.loads(run(file, "--json"))
    (found,) = plain["breaks"]
    assert (found["series"], found["period"], found["verdict"]) == ("FR:49", "2012-01", "artefact")
    assert found["size"] == pytest.approx(0.5, abs=0.05)
    assert {each["kind"] for each in found["evidence"]} == {"calendar", "force"}
    assert all(each["sentence"] for each in found["evidence"])
    assert plain["not_searched"] == [{"series": "FR:48", "reason": plain["not_searched"][0]["reason"]}]
    assert plain["false_alarm"]
    assert "statisticien" in plain["statement"]


def test_the_sentences_are_written_in_both_languages(file):
    assert "La police et la gendarmerie" in run(file) or "Police et gendarmerie" in run(file)
    assert "Police and gendarmerie" in run(file, "--language", "en")


def test_without_a_calendar_no_tool_is_accused(file):
    plain = json.loads(run(file, "--json", "--calendar", "none"))
    assert [each["verdict"] for each in plain["breaks"]] == ["undetermined"]


@pytest.mark.parametrize(
    ("content", "code", "sentence"),
    [
        (None, 2, "There is no file"),
        ("a,b\n1,2\n", 1, "series, period, value"),
        ("series,period,value\n", 1, "no row"),
        ("series,period,value\nx,Jan 12,3\n", 1, "line 2.*Jan 12"),
        ("series,period,value\nx,2012,3\nx,2014,3\n", 1, "a hole is not a zero"),
        ("series;period;value\nx;2012;3,5\nx;2013;\nx;2014;1\n", 1, "absent value is not a zero"),
    ],
)
def test_what_is_not_a_file_of_series_is_refused_with_a_sentence(tmp_path, content, code, sentence):
    path = tmp_path / "f.csv"
    if content is not None:
        path.write_text(content)
    with pytest.raises(CommandError, match=sentence) as refusal:
        run(path, "--language", "en")
    assert refusal.value.returncode == code


def test_a_file_in_another_encoding_and_an_unknown_calendar_are_refused(tmp_path, file):
    latin = tmp_path / "latin.csv"
    latin.write_bytes("séries,period,value\n".encode("latin-1"))
    with pytest.raises(CommandError, match="UTF-8"):
        run(latin)
    with pytest.raises(CommandError, match="france") as refusal:
        run(file, "--calendar", "frances")
    assert refusal.value.returncode == 2
