"""The pages of the directory: who enters, what is first, what is said of doubtful entries; hours and maps in words."""

import pytest
from django.urls import reverse

from egide.field.directory.notation import parse_hours
from egide.foundation.catalogue import roles_with
from egide.web.field.directory.roles import READERS
from egide.web.public.directory.drawing import WIDTH, draw
from egide.web.public.directory.schedules import hours_in_words


def test_the_directory_is_entered_by_those_whom_the_matrix_lets_read_it():
    """R05 of catalogue/access/matrix.csv: whoever reads it in full or writes in it, less the roles that have no field page."""
    allowed = roles_with("R05", "N", "W", "W-own")
    assert set(READERS) <= allowed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("24/7", "jour et nuit, tous les jours"),
        ("Mo-Fr 09:00-12:30,14:00-18:00; PH off", "lundi à vendredi : de 9 h à 12 h 30 et de 14 h à 18 h\nfermé les jours fériés"),
        ("Tu[1] 14:00-16:00; PH open", "le premier mardi du mois : de 14 h à 16 h\njours fériés comme les autres jours"),
        ("Mo-Su 22:00-06:00; Aug off; PH off", "lundi à dimanche : de 22 h à 6 h\ndu 1er août au 31 août : fermé\nfermé les jours fériés"),
        ("", "non connus : appelez d’abord"),
    ],
)  # fmt: skip
def test_hours_are_said_in_words(text, words):
    assert hours_in_words(parse_hours(text)).replace("\u00a0", " ").replace("\u202f", " ") == words


def test_a_map_keeps_its_points_inside_and_joins_those_that_would_hide_each_other():
    drawing = draw([("1", 46.60, -5.00), ("2", 46.6001, -5.0001), ("3", 46.72, -5.15)], ("Pont", 46.60, -5.00))
    assert [dot.label for dot in drawing.dots] == ["1, 2", "3", "Pont"]
    assert all(0 < dot.x < WIDTH and 0 < dot.y < drawing.height for dot in drawing.dots)
    north, south = drawing.dots[1], drawing.dots[0]
    assert north.y < south.y
    assert north.x < south.x
    assert draw([]) is None


@pytest.mark.django_db
def test_the_public_page_gives_the_national_lines_before_any_question(client):
    page = client.get(reverse("directory"))
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]


@pytest.mark.django_db
def test_nobody_enters_the_professional_directory_without_its_role(client, active_field, make_account):
    stranger = make_account("statisticienne", "STATISTICIAN")
    for name in ("services", "services_printed", "doubtful_services", "duplicate_services", "waiting_rows"):
        client.logout()
        assert client.get(reverse(name)).status_code == 302
        client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(reverse(name)).status_code == 403
