"""The same seed gives the same bytes; nobody and no place of the country is real; a folder appears whole or not at all."""

import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from egide.foundation.catalogue import list_territories
from egide.sample import build as building
from egide.sample.build import NotBuilt, build_sample
from egide.sample.country import list_communes, list_departements
from egide.sample.design import Size
from egide.sample.names import FAMILY_NAMES, GIVEN_NAMES, fictional_mobile, misspell

COMMONEST = """
    Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre Leroy Roux David Bertrand Morel
    Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Lefevre Faure Andre Mercier Blanc Guerin Boyer Garnier
    Chevalier Francois Legrand Gauthier Garcia Perrin Robin Clement Morin Nicolas Henry Roussel Mathieu Gautier
"""


def read_all(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(build):
    once, again, other = (read_all(build(people=8_000, seed=seed)[0]) for seed in (4, 4, 5))
    assert once == again
    assert once.keys() == other.keys()
    same = {name for name in once if once[name] == other[name]}
    assert same == {"territories.csv"}


def test_the_bytes_do_not_depend_on_how_many_blocks_come_after(build, monkeypatch):
    """A country grows by its end: the people of its first blocks stay who they are."""
    monkeypatch.setattr(building, "BLOCK", 4_000)
    small, large = (pq.read_table(build(people=people, seed=5)[0] / "people.parquet") for people in (4_000, 9_000))
    assert large.slice(0, 4_000).to_pylist() == small.to_pylist()
    assert large.num_rows == len(set(large["person_id"].to_pylist())) == 9_000


def test_a_country_already_there_is_left_and_another_is_refused(tmp_path):
    folder = tmp_path / "pays"
    first = build_sample(people=500, seed=1, out=folder)
    before = read_all(folder)
    assert build_sample(people=500, seed=1, out=folder) == first
    with pytest.raises(NotBuilt, match="another country"):
        build_sample(people=500, seed=2, out=folder)
    assert read_all(folder) == before
    (tmp_path / "other").mkdir()
    (tmp_path / "other/mine.txt").write_text("kept")
    with pytest.raises(NotBuilt, match="something else"):
        build_sample(people=500, seed=1, out=tmp_path / "other")


def test_a_build_that_dies_leaves_no_country(tmp_path, monkeypatch):
    def die(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(building, "_write_deliveries", die)
    with pytest.raises(KeyboardInterrupt):
        build_sample(people=500, seed=1, out=tmp_path / "pays")
    assert not (tmp_path / "pays").exists()
    monkeypatch.undo()
    assert build_sample(people=500, seed=1, out=tmp_path / "pays")["rows"]["people"] == 500
    assert [path.name for path in tmp_path.iterdir()] == ["pays"]


@pytest.mark.parametrize("people", [1, 2, 7])
def test_the_smallest_countries_can_be_built(tmp_path, people):
    assert build_sample(people=people, seed=0, out=tmp_path / "pays")["rows"]["people"] == people


@pytest.mark.parametrize(("people", "seed"), [(0, 1), (-3, 1), (10, -1)])
def test_an_impossible_country_is_refused(tmp_path, people, seed):
    with pytest.raises(NotBuilt, match="at least one person"):
        build_sample(people=people, seed=seed, out=tmp_path / "pays")
    with pytest.raises(ValueError, match="0 to 25"):
        Size(cases_per_thousand=26)


def test_no_commune_and_no_departement_is_real():
    real = [item for level in ("commune", "departement") for item in list_territories(level)]
    assert len(real) > 30_000
    codes, names = {item.code for item in real}, {item.name for item in real}
    ours = [(each.code, each.name) for each in list_communes()] + list(list_departements())
    assert not codes & {code for code, _name in ours}
    assert not names & {name for _code, name in ours}
    assert len({name for _code, name in ours}) == len({code for code, _name in ours}) == len(ours)


def test_every_family_name_is_invented_and_every_number_rings_nowhere(country):
    assert not set(COMMONEST.lower().split()) & {name.lower() for name in FAMILY_NAMES}
    assert len(FAMILY_NAMES) == len(set(FAMILY_NAMES)) == 7_200
    folder, _truth = country
    people = pq.read_table(folder / "people.parquet")
    assert set(people["family_name"].unique().to_pylist()) <= set(FAMILY_NAMES)
    assert set(people["given_name"].unique().to_pylist()) <= set(GIVEN_NAMES)
    cases = pq.read_table(folder / "casefiles.parquet", columns=["persons"]).to_pylist()
    numbers = {person["address"] for case in cases for person in case["persons"]} - {""}
    assert len(numbers) > 20
    assert all(re.fullmatch(r"06 39 98 \d\d \d\d", number) for number in numbers)
    assert fictional_mobile(123_456) == "06 39 98 34 56"


@pytest.mark.parametrize("where", [0.0, 0.1, 0.34, 0.5, 0.67, 0.99])
def test_a_slip_changes_a_name_by_a_letter(where):
    name = "Baladombre"
    slip = misspell(name, where)
    assert abs(len(slip) - len(name)) <= 1
    assert sorted(set(slip)) == sorted(set(name)) or len(slip) < len(name)
