"""The command that builds: what it says and how it refuses."""

import io

import pytest
from django.core.management import CommandError, call_command


def run(*words):
    out = io.StringIO()
    call_command("build_sample", *words, stdout=out)
    return out.getvalue()


def test_a_country_is_built_by_command_and_told(tmp_path):
    folder = tmp_path / "pays"
    words = ["--people", "2000", "--seed", "4", "--out", str(folder), "--cases-per-thousand", "20"]
    said = run(*words)
    assert "people: 2,000" in said
    assert "casefiles: 40" in said
    assert (folder / "truth.json").is_file()
    assert run(*words) == said


def test_an_impossible_country_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="0 to 25"):
        run("--people", "2000", "--seed", "4", "--out", str(tmp_path / "pays"), "--cases-per-thousand", "90")
    with pytest.raises(CommandError, match="at least one person"):
        run("--people", "0", "--seed", "4", "--out", str(tmp_path / "pays"))
