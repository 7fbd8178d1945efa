"""A concept that contradicts itself, or leaves two definitions without a relation, is not sound."""

import shutil

import pytest

from egide.foundation.catalogue.checking import check_catalogue
from egide.foundation.catalogue.files import root

CONCEPT = "concepts/sexual-violence.yaml"


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("    to: base-2023\n    kind: broader", "    to: base-2023\n    kind: exact", ""),
        (
            "  - of: base-2023\n    to: survey\n    kind: none",
            "  - of: base\n    to: base-2023\n    kind: none",
            "have 2 relations",
        ),
        ("source: published-figures", "source: nowhere", "'nowhere'"),
        (
            "  - of: base-2023\n    to: survey\n    kind: none",
            "  - of: base-2023\n    to: survey\n    kind: broader",
            "would follow",
        ),
    ],
)
def test_a_concept_relates_each_two_definitions_once_and_without_contradiction(tmp_path, was, becomes, said):
    catalogue = tmp_path / "catalogue"
    shutil.copytree(root(), catalogue)
    path = catalogue / CONCEPT
    text = path.read_text()
    assert was in text
    path.write_text(text.replace(was, becomes))
    problems = [problem for problem in check_catalogue(catalogue) if problem.file == CONCEPT]
    assert bool(problems) == bool(said)
    assert all(said in "".join(problem.what + problem.remedy for problem in problems) for _once in problems)
