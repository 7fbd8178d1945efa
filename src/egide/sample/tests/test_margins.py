"""The margins are in the catalogue with their sources, what follows from them is a share, and a mistake in them is named."""

import shutil

import pytest

from egide.foundation.catalogue.checking import check_catalogue
from egide.foundation.catalogue.files import root
from egide.sample.margins import read_margins


def test_every_margin_has_its_source_and_most_were_read_in_it():
    margins = read_margins().by_code.values()
    assert all(margin["source"]["fr"] and margin["source"]["en"] and margin["year"] for margin in margins)
    assert sum(margin["to_verify"] for margin in margins) <= len(margins) / 4


def test_what_follows_from_the_margins_are_shares():
    margins = read_margins()
    for kind in ("partner", "sexual"):
        assert all(0 < share < 0.2 for share in (*margins.prevalence(kind), *margins.complaint(kind)))
    assert sum(margins.delays) == pytest.approx(1)
    assert 0 < margins.women_third_parties < 1


def test_the_reasons_of_a_year_add_up_to_more_than_its_cases():
    """AT-01: 952 + 68 + 74 + 34 = 1,128 reasons for 1,030 cases."""
    violence, second, others = read_margins().reasons
    assert violence == pytest.approx(952 / 1030)
    assert 1030 * (1 + violence * second) == pytest.approx(1128)
    assert others["schooling"] == pytest.approx(74 / 176)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("value: 0.86", "value: 86", "the share 'recorded-partner-women' is 86"),
        ("value: 422000", "value: 0.422", "the count 'survey-partner-persons' is 0.422"),
        ("code: survey-sexual-women", "code: survey-partner-women", "'survey-partner-women' is written twice"),
        ("kind: share\n    value: 0.28", "kind: share", "lacks the key 'value'"),
    ],
)
def test_a_mistake_in_the_margins_is_named_with_its_line(tmp_path, right, wrong, told):
    base = tmp_path / "catalogue"
    shutil.copytree(root(), base)
    path = base / "sample/margins.yaml"
    text = path.read_text()
    assert right in text
    path.write_text(text.replace(right, wrong, 1))
    [problem] = [found for found in check_catalogue(base) if found.file == "sample/margins.yaml"]
    assert told in problem.what
    assert problem.line > 10
