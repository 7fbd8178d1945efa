"""Danger and needs at the size of a phone: several sources, an event, tasks, two assessors, numbers, a form filled alone, greys."""

import struct
import zlib
from itertools import combinations

import numpy as np
import pytest
from django.template import Context, Template

from egide.field.needs.choices import State
from egide.web.components.shapes import Square
from tests.journeys.entering import main_of, open_a_file
from tests.journeys.following import follow

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]


@pytest.fixture
def worker(enter):
    return enter("intervenante")


@pytest.fixture
def case(worker) -> str:
    """A file of its own for each journey: its address."""
    return open_a_file(worker)


def answer(page, factor: str, value: str) -> None:
    page.get_by_role("group", name=factor).get_by_label(value, exact=True).check()


def decide(page, level: str) -> None:
    for button in ("Écrire mon niveau", "Décider"):
        page.locator("#level").get_by_label(level).check()
        follow(page.get_by_role("button", name=button))


def test_from_the_crisis_to_the_tasks_and_an_event(worker, case, check):
    """R03: the screen of the crisis, then tasks with owners and times, the 72 hours, an event that opens a review."""
    page = worker
    page.goto(f"{case}danger/")
    check(page, "danger-1-empty")
    follow(page.get_by_role("button", name="Dans l’urgence"))
    answer(page, "Une arme est à portée de main", "oui")
    check(page, "danger-2-now")
    follow(page.get_by_role("button", name="Garder et s’arrêter ici"))
    decide(page, "Immédiat")
    follow(page.get_by_role("link", name="Fiche pour le parquet"))
    assert "Personne ne peut la recevoir aujourd’hui" in main_of(page)
    check(page, "danger-26-sheet")
    page.goto(f"{case}danger/")
    said = page.locator("#tasks").inner_text()
    assert "Appeler le 17 ou le 112" in said
    assert "Évaluation complète, au calme" in said
    follow(page.get_by_role("link", name="Appeler le 17 ou le 112"))
    check(page, "danger-3-task")
    page.get_by_label("Ce qu’il en est").fill("Appelé à 21 h, équipe sur place")
    follow(page.get_by_role("button", name="Garder"))
    assert page.get_by_role("link", name="Appeler le 17 ou le 112").count() == 0
    follow(page.get_by_role("link", name="Quelque chose s’est passé"))
    page.get_by_label("Séparation").check()
    check(page, "danger-4-event")
    follow(page.get_by_role("button", name="Ouvrir un réexamen"))
    assert "Séparation" in page.locator("#reviews").inner_text()
    check(page, "danger-5-following")
    page.goto(page.url.split("/terrain/")[0] + "/terrain/")
    assert "Séparation" in page.locator("#due").inner_text()
    check(page, "danger-6-today")


def test_each_source_and_each_child_tells_apart(worker, case, check):
    """R03: the perpetrator part from several sources, never by confronting; children each for themselves."""
    page = worker
    page.goto(f"{case}danger/")
    follow(page.get_by_role("button", name="Au calme"))
    grid = page.url.removesuffix("immediate/")
    page.goto(f"{grid}perpetrator/")
    assert "jamais en confrontant" in main_of(page)
    check(page, "danger-7-sources")
    for source, value in (("La victime", "oui"), ("Un écrit, un registre", "non")):
        follow(page.get_by_role("link", name=source, exact=True))
        page.locator("fieldset").first.get_by_label(value, exact=True).check()
        check(page, f"danger-8-part-{value}")
        follow(page.get_by_role("button", name="Garder", exact=True))
    page.goto(f"{grid}children/")
    check(page, "danger-9-children")
    follow(page.get_by_role("link", name="Enfant 1"))
    page.locator("fieldset").first.get_by_label("oui", exact=True).check()
    follow(page.get_by_role("button", name="Garder", exact=True))
    assert page.get_by_role("link", name="Enfant 2").count() == 1
    page.goto(f"{grid}safety/")
    page.locator("fieldset").first.get_by_label("oui", exact=True).check()
    follow(page.get_by_role("button", name="Garder", exact=True))
    page.goto(grid)
    assert "sans source, sans date de fin" in page.locator("#lapsed").inner_text()
    page.locator("summary", has_text="Ce qui a été répondu").click()
    check(page, "danger-10-answers")


def test_two_assessors_stand_side_by_side(worker, case, enter, check):
    """AT-08: same facts, different decisions, shown side by side."""
    worker.goto(f"{case}equipe/")
    worker.get_by_label("Collègue").select_option(index=1)
    follow(worker.get_by_role("button", name="Ajouter"))
    for page, level in ((worker, "Immédiat"), (enter("collegue"), "Immédiat")):
        page.goto(f"{case}danger/")
        follow(page.get_by_role("button", name="Au calme"))
        answer(page, "Des violences sont en cours", "oui")
        if page is worker:
            answer(page, "L’auteur présumé arrive", "non")
        follow(page.get_by_role("button", name="Garder et s’arrêter ici"))
        decide(page, level)
    worker.goto(f"{case}danger/")
    follow(worker.get_by_role("link", name="Évaluations côte à côte"))
    assert "Où les réponses diffèrent" in main_of(worker)
    check(worker, "danger-11-beside")


def test_the_official_form_by_numbers_and_the_short_form(worker, case, check):
    """AT-09: twelve yes and no red is characterised; nothing of the form's text is on the page."""
    page = worker
    page.goto(f"{case}danger/grille-officielle/")
    for number in (2, 5, 9, 14, 21):
        page.get_by_role("group", name="Les cinq questions rouges").get_by_label(str(number), exact=True).check()
    for number in (1, 3, 4, 6, 7, 8, 10, 11, 12, 13, 15, 16):
        page.get_by_label(f"Question {number}", exact=True).select_option("YES")
    check(page, "danger-12-official")
    follow(page.get_by_role("button", name="Garder et lire"))
    assert "Danger caractérisé" in main_of(page)
    check(page, "danger-13-official-read")
    page.goto(f"{case}danger/fiche-courte/")
    answer(page, "Arme vue, ou dont on parle", "Dit")
    check(page, "danger-14-short")
    follow(page.get_by_role("button", name="Garder et lire"))
    assert "appeler la police maintenant" in main_of(page)
    check(page, "danger-15-short-read")


def test_the_form_filled_alone_asks_the_device_first_and_stops(worker, case, visit, check):
    """AT-30, Z03, Z06: the code, then the device, then a few questions; it stops, comes back, and shows nothing again."""
    worker.goto(f"{case}danger/questions/")
    check(worker, "danger-16-alone-forms")
    follow(worker.get_by_role("button", name="Donner un lien et un code"))
    link, code = (secret.inner_text() for secret in worker.locator(".secret").all())
    check(worker, "danger-17-handed")
    person = visit(width=390)
    for turn in (1, 2):
        person.goto(link)
        assert "appareil" not in main_of(person)
        if turn == 1:
            check(person, "danger-18-alone-code")
        person.get_by_label("Code").fill(code)
        follow(person.get_by_role("button", name="Ouvrir"))
        assert "n’est" not in main_of(person) or "à vous" in main_of(person)
        if turn == 1:
            check(person, "danger-19-alone-device")
        follow(person.get_by_role("button", name="Oui, il n’est qu’à moi"))
        if turn == 1:
            check(person, "danger-20-alone-page")
            person.get_by_label("oui").first.check()
            person.get_by_label("Avec vos mots").first.fill("j’ai peur quand il rentre")
            follow(person.get_by_role("button", name="Continuer"))
            follow(person.get_by_role("button", name="M’arrêter ici"))
            check(person, "danger-21-alone-stopped")
            person.goto(link)
            assert "peur quand" not in person.content()
        else:
            assert "Page 2" in main_of(person)
    while person.get_by_role("button", name="Continuer").count():
        follow(person.get_by_role("button", name="Continuer"))
    follow(person.get_by_role("button", name="Terminer"))
    check(person, "danger-22-alone-end")
    worker.goto(f"{case}danger/questions/")
    assert "j’ai peur quand il rentre" in main_of(worker)
    check(worker, "danger-23-alone-back")
    follow(worker.get_by_role("button", name="Reprendre ces réponses"))
    assert "comme dites par la personne" in main_of(worker)


def test_on_a_shared_device_nothing_is_asked_and_handing_over_closes_the_workers_session(worker, case, check):
    worker.goto(f"{case}danger/questions/")
    follow(worker.get_by_role("button", name="Y répondre ici, maintenant"))
    assert "voir cet écran" in main_of(worker)
    check(worker, "danger-24-here")
    follow(worker.get_by_role("button", name="Oui, peut-être"))
    check(worker, "danger-25-not-here")
    assert worker.get_by_role("radio").count() == 0
    worker.goto(case)
    assert "/connexion/" in worker.url


def pixels(png: bytes) -> np.ndarray:
    """The luminance of a picture of 8 bits a channel, as the browser writes it."""
    width, height, _depth, kind = struct.unpack(">IIBB", png[16:26])
    channels = {2: 3, 6: 4}[kind]
    raw, at, packed = b"", 8, b""
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        packed += png[at + 8 : at + 8 + size] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += size + 12
    raw = zlib.decompress(packed)
    stride, rows, before = width * channels, [], np.zeros(width * channels, dtype=np.int32)
    for row in range(height):
        start = row * (stride + 1)
        line = np.frombuffer(raw[start + 1 : start + 1 + stride], dtype=np.uint8).astype(np.int32)
        before = unfilter(raw[start], line, before, channels)
        rows.append(before)
    return np.stack(rows).reshape(height, width, channels)[:, :, :3].mean(axis=2)


def unfilter(kind: int, line: np.ndarray, above: np.ndarray, step: int) -> np.ndarray:
    out = line.copy()
    for i in range(len(out)):
        a, b, c = (out[i - step] if i >= step else 0), above[i], (above[i - step] if i >= step else 0)
        nearest = min((abs(b - c), 0, a), (abs(a - c), 1, b), (abs(a + b - 2 * c), 2, c))[2]
        out[i] = (out[i] + (0, a, b, (a + b) // 2, nearest)[kind]) % 256
    return out


def test_the_board_reads_in_grey_and_takes_few_taps(worker, case, check):
    """AT-10, AT-11: at most 25 taps, 2 to the partners; in greys each pair of the five states differs in shape and in word."""
    page, taps = worker, 0
    page.goto(f"{case}besoins/")
    wanted = {"housing": "À faire", "justice": "À faire", "health": "Pas souhaité"}
    for domain, said in wanted.items():
        follow(page.locator(f"#{domain}").get_by_role("button", name=said))
        taps += 1
    follow(page.locator("#justice").get_by_role("link", name="Fait…"))
    page.get_by_label("Ce qui a été obtenu").fill("Rendez-vous tenu avec l’avocate")
    follow(page.get_by_role("button", name="Fait", exact=True))
    taps += 2
    follow(page.locator("#housing").get_by_role("link", name="Partenaires"))
    follow(page.get_by_role("link", name="115 – Hébergement d’urgence"))
    assert taps + 2 <= 25
    page.goto(f"{case}besoins/housing/prevoir/")
    check(page, "needs-1-plan")
    page.goto(f"{case}besoins/evolution/")
    assert "à faire → " in main_of(page)
    check(page, "needs-2-change")
    page.goto(f"{case}besoins/")
    page.evaluate("document.documentElement.style.filter = 'grayscale(1)'")
    check(page, "needs-3-grey")
    draw_each_state(page)
    check(page, "needs-4-five-states-in-grey")
    signs = {state: pixels(page.locator(f".square-{state} .sign").screenshot()) for state in State.values}
    words = {page.locator(f".square-{state} .square-state").inner_text() for state in State.values}
    assert len(signs) == len(words) == 5
    for one, other in combinations(signs, 2):
        height, width = (min(a, b) for a, b in zip(signs[one].shape, signs[other].shape, strict=True))
        apart = np.abs(signs[one][:height, :width] - signs[other][:height, :width]) > 60
        assert apart.mean() > 0.1, f"{one} and {other} look alike in grey: {apart.mean():.0%} of the sign differs"


def draw_each_state(page) -> None:
    """Put in the page a board with one square for each of the five states, drawn by the theme."""
    squares = [Square(state.lower(), f"Domaine {state}", state, str(State(state).label)) for state in State.values]
    drawn = Template("{% board squares %}").render(Context({"squares": squares}))
    page.evaluate("drawn => { document.querySelector('main').innerHTML = '<h1>Besoins</h1>' + drawn }", drawn)
