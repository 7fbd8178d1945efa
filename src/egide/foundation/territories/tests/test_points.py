"""Where communes lie: read from an official file or from GeoNames, and said with its limits."""

import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from egide.foundation.catalogue import list_territories
from egide.foundation.territories.points import geonames_points, read_points
from egide.foundation.territories.queries import find_communes, get_point
from egide.foundation.wings.entering import PUBLIC, entering


def run(*words):
    out = io.StringIO()
    call_command(*words, stdout=out)
    return json.loads(out.getvalue())


def test_the_official_file_places_nearly_every_commune(shared_data):
    points = read_points(shared_data / "territories/communes-centroids-cog2026.csv.gz")
    known = {each.code for each in list_territories("commune")}
    assert len(known & set(points.found)) / len(known) > 0.99
    latitude, longitude = points.found["75056"]
    assert (latitude, longitude) == (pytest.approx(48.86, abs=0.05), pytest.approx(2.35, abs=0.05))


def test_geonames_agrees_with_the_official_file_where_it_knows(shared_data):
    """Found by name and region; a name that two communes of a region bear is left out rather than guessed."""
    official = read_points(shared_data / "territories/communes-centroids-cog2026.csv.gz").found
    found = geonames_points().found
    assert len(found) > 10_000
    far = [
        code for code, (latitude, longitude) in found.items()
        if code in official and (abs(official[code][0] - latitude) > 0.2 or abs(official[code][1] - longitude) > 0.3)
    ]  # fmt: skip
    assert len(far) / len(found) < 0.005


@pytest.mark.django_db
def test_a_commune_without_a_point_stands_in_the_middle_of_its_departement_and_says_so(tmp_path):
    file = tmp_path / "points.csv"
    file.write_text("code_insee;latitude;longitude\n99001;46,6;-5,0\n99002;46.72;-5.15\n99003;nowhere;0\n")
    assert run("load_commune_points", str(file), "--json")["written"] == 2
    with entering("public", PUBLIC):
        assert get_point("99001").exact
        middle = get_point("99003")
        assert (middle.exact, round(middle.latitude, 2)) == (False, 46.66)
        assert get_point("01001") is None
        assert get_point("nowhere") is None


@pytest.mark.django_db
def test_what_is_no_file_of_points_is_refused(tmp_path):
    file = tmp_path / "x.csv"
    file.write_text("code,name\n1,x\n")
    with pytest.raises(CommandError, match="latitude"):
        call_command("load_commune_points", str(file))


def test_a_commune_is_found_by_its_name_whatever_its_accents():
    assert [each.code for each in find_communes("pont l egide")] == ["99001"]
    assert [each.code for each in find_communes("99003")] == ["99003"]
    assert len(find_communes("Saint-Aubin")) > 1
    assert find_communes("nulle part") == []
    assert find_communes("75") == []
