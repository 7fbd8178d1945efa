"""The committed table is the one that the catalogue gives, and the command writes it."""

import csv
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from egide.foundation.catalogue.proofs import list_proofs

PAPERS = Path(__file__).parents[2] / "docs/reference"


@pytest.mark.parametrize("name", ["access.md", "access.csv"])
def test_the_committed_table_is_the_one_of_the_catalogue(tmp_path, name):
    call_command("access_matrix", "--out", tmp_path / name, verbosity=0)
    remedy = f"run `egide access_matrix --out docs/reference/{name}`"
    assert (tmp_path / name).read_text(encoding="utf-8") == (PAPERS / name).read_text(encoding="utf-8"), remedy


def test_the_table_counts_its_lines_in_json_and_is_written_in_english_too(tmp_path, capsys):
    call_command("access_matrix", "--out", tmp_path / "a.csv", "--json")
    told = json.loads(capsys.readouterr().out)
    with (tmp_path / "a.csv").open(encoding="utf-8") as stream:
        assert told["lines"] == len(list(csv.DictReader(stream)))
    assert told["situations"] == len(list_proofs())
    call_command("access_matrix", "--out", tmp_path / "a.md", "--language", "en")
    assert "in the team of the file" in (tmp_path / "a.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "said"), [("a.pdf", "neither in .md"), ("absent/a.md", "does not exist")])
def test_another_ending_or_an_absent_folder_is_refused_in_a_sentence(tmp_path, name, said):
    with pytest.raises(CommandError, match=said) as refused:
        call_command("access_matrix", "--out", tmp_path / name)
    assert refused.value.returncode == 1
