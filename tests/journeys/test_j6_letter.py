"""Journey J6, the statistician and the letter, in a real browser: from a file to the published letter, and its erratum."""

import pytest

from conftest import CHECKOUT
from tests.journeys.entering import main_of, sign_in
from tests.journeys.following import follow

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

SAMPLE = CHECKOUT / "src/egide/sample/deliveries"
COUNTED = SAMPLE / "egide-field_2023-01-31.csv"
PUBLISHED, INVENTED = SAMPLE / "published-figures_2024-03-01.csv", SAMPLE / "val-degide-recorded_2023-01-31.csv"
BEFORE, AFTER, LATER = (f"{day}T10:00:00+01:00" for day in ("2024-02-20", "2024-03-01", "2024-06-03"))


FORCE = """path => { const form = document.createElement('form'); form.method = 'post'; form.action = path;
  form.innerHTML = '<input name="revision" value="1">';
  form.append(document.querySelector('[name=csrfmiddlewaretoken]').cloneNode()); document.body.append(form); form.submit() }"""


def deposit(page, address, source, vintage, file) -> None:
    page.goto(f"{address}/bureau/livraisons/deposer/")
    page.get_by_label("Source").select_option(source)
    page.get_by_label("Millésime").fill(vintage)
    page.get_by_label("Fichier").set_input_files(file)
    follow(page.get_by_role("button", name="Déposer et contrôler"))


class Team:
    """Four people, each in a browser of their own, on the same site."""

    def __init__(self, site, visit, check, now):
        self.site, self.check = site, check
        self.pages = {name: visit(width=390 if name == "editrice" else 1280) for name in site.accounts}
        self.reader = visit(width=390)
        self.move_to(now)

    def move_to(self, now) -> None:
        self.address = self.site.serve(now)
        for name, page in self.pages.items():
            page.context.clear_cookies()
            sign_in(page, self.address, name, self.site.accounts[name])

    def on_edition(self, name):
        page = self.pages[name]
        page.goto(f"{self.address}/bureau/editions/2022/")
        return page

    def follow(self, name, link, button):
        """From the edition's page, follow the next step and confirm it."""
        page = self.on_edition(name)
        follow(page.get_by_role("link", name=link))
        told = main_of(page)
        self.check(page, f"j6-confirm-{button.split()[0].lower()}")
        follow(page.get_by_role("button", name=button))
        return told


@pytest.fixture
def team(empty_site, visit, check):
    return Team(empty_site, visit, check, BEFORE)


def test_from_a_delivery_to_the_letter_and_its_erratum(team, check, tmp_path):
    refuse_a_file_of_another_layout(team, check, tmp_path)
    deliver_and_compose(team, check)
    sign_by_someone_else(team, check)
    hold_until_the_embargo_ends(team, check)
    team.move_to(AFTER)
    publish_and_read(team, check)
    team.move_to(LATER)
    correct_with_an_erratum(team, check, tmp_path)


def refuse_a_file_of_another_layout(team, check, tmp_path) -> None:
    statistician = team.pages["statisticienne"]
    assert "Déposer les livraisons des producteurs" in main_of(statistician)
    wrong = tmp_path / "autre-format.csv"
    wrong.write_text("annee;valeur\n2022;118\n")
    deposit(statistician, team.address, "published-figures", "2024-02-15", wrong)
    report = main_of(statistician)
    assert "refusée" in report
    assert "L’en-tête n’est aucun des formats connus" in report
    assert "Que faire :" in report
    check(statistician, "j6-1-refused")


def deliver_and_compose(team, check) -> None:
    statistician = team.pages["statisticienne"]
    deposit(statistician, team.address, "egide-field", "2023-01-31", COUNTED)
    deposit(statistician, team.address, "val-degide-recorded", "2023-01-31", INVENTED)
    assert "acceptée" in main_of(statistician)
    assert "192 sur 192" in main_of(statistician)
    follow(team.on_edition("statisticienne").get_by_role("link", name="Composer la lettre"))
    follow(statistician.get_by_role("button", name="Composer la lettre"))
    assert "Cela n’a pas été fait" in main_of(statistician)
    assert "Déposez les fichiers manquants" in main_of(statistician)
    check(statistician, "j6-2-missing-delivery")
    deposit(statistician, team.address, "published-figures", "2024-02-15", PUBLISHED)
    team.follow("statisticienne", "Composer la lettre", "Composer la lettre")
    assert "Vous avez composé cette révision : une autre personne doit la signer." in main_of(statistician)
    check(statistician, "j6-3-composed")


def sign_by_someone_else(team, check) -> None:
    signatory = team.on_edition("signataire")
    follow(signatory.get_by_role("link", name="Relire et signer"))
    follow(signatory.get_by_role("link", name="Relire la révision 1"))
    assert "Non publiée : à ne pas diffuser" in main_of(signatory)
    check(signatory, "j6-4-draft")
    follow(signatory.locator("article").get_by_role("link", name="118").first)
    assert "Délégation aux victimes" in main_of(signatory)
    told = team.follow("signataire", "Relire et signer", "Signer la révision 1")
    assert "Elle ne peut pas être retirée." in told
    assert "Signée le 20 février 2024" in main_of(signatory)


def hold_until_the_embargo_ends(team, check) -> None:
    editor = team.on_edition("editrice")
    assert "Sous embargo jusqu’au 1er mars 2024 à 6 h 00" in main_of(editor)
    assert editor.get_by_role("link", name="Publier").count() == 0
    check(editor, "j6-5-embargo")
    editor.goto(f"{team.address}/bureau/editions/2022/publier/")
    assert "Pas possible pour l’instant" in main_of(editor)
    assert editor.get_by_role("button", name="Publier la révision 1").count() == 0
    editor.evaluate(FORCE, "/bureau/editions/2022/publier/")
    editor.get_by_role("heading", name="Cela n’a pas été fait").wait_for()
    assert "Rien n’a été modifié." in main_of(editor)
    team.reader.goto(f"{team.address}/lettres/2022/")
    assert "Aucune lettre de 2022 n’est publiée." in main_of(team.reader)


def publish_and_read(team, check) -> None:
    told = team.follow("editrice", "Publier", "Publier la révision 1")
    assert "Tout le monde la verra aussitôt." in told
    assert "La lettre est publique." in main_of(team.pages["editrice"])
    reader = team.reader
    reader.goto(team.address)
    follow(reader.get_by_role("link", name="Lire la lettre"))
    assert "En 2022, 118 femmes ont été tuées" in main_of(reader)
    assert "une tous les 3,09 jours" in main_of(reader)
    check(reader, "j6-6-letter")
    follow(reader.locator("article").get_by_role("link", name="118").first)
    figure = main_of(reader)
    assert "En 2022, 118 femmes ont été tuées" in figure
    assert "published-figures_2024-03-01.csv" in figure
    check(reader, "j6-7-figure")
    with reader.expect_download() as download:
        reader.goto(f"{team.address}/lettres/2022/")
        reader.get_by_role("link", name="La lettre en français").first.click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def correct_with_an_erratum(team, check, tmp_path) -> None:
    corrected = tmp_path / "published-figures_2024-06-01.csv"
    line = "women-killed-partner,2022,2022,FR,118,"
    text = PUBLISHED.read_text()
    assert line in text
    corrected.write_text(text.replace(line, line.replace("118", "119")))
    statistician = team.pages["statisticienne"]
    deposit(statistician, team.address, "published-figures", "2024-06-01", corrected)
    assert "Une livraison est arrivée après la révision 1" in main_of(team.on_edition("statisticienne"))
    team.follow("statisticienne", "Composer la lettre", "Composer la lettre")
    change = "Femmes tuées par leur partenaire ou ex-partenaire : 119 au lieu de 118"
    assert change in main_of(statistician)
    told = team.follow("signataire", "Relire et signer", "Signer la révision 2")
    assert change in told
    told = team.follow("editrice", "Publier", "Publier la révision 2")
    assert change in told
    reader = team.reader
    reader.goto(f"{team.address}/lettres/2022/")
    letter = main_of(reader)
    assert "Corrigée, révision 2" in letter
    assert change in letter
    assert "En 2022, 119 femmes ont été tuées" in letter
    assert "une tous les 3,07 jours" in letter
    check(reader, "j6-8-erratum")
    follow(reader.locator("article p").get_by_role("link", name="119").first)
    vintages = reader.get_by_role("region", name="Le chiffre à chaque millésime").inner_text()
    assert "118" in vintages
    assert "119" in vintages
    check(reader, "j6-9-vintages")
    sign_why_it_changed(team, check)


def sign_why_it_changed(team, check) -> None:
    """Trap 25: the reason is proposed with its evidence, a statistician signs it."""
    statistician = team.pages["statisticienne"]
    statistician.goto(f"{team.address}/bureau/")
    follow(statistician.get_by_role("link", name="Voir pourquoi des chiffres ont changé"))
    check(statistician, "j6-10-series")
    follow(statistician.get_by_role("link", name="Femmes tuées par leur partenaire ou ex-partenaire"))
    assert "118 est devenu 119" in main_of(statistician)
    check(statistician, "j6-11-proposed")
    statistician.get_by_text("Signer, ou signer une autre raison").first.click()
    check(statistician, "j6-12-signing")
    follow(statistician.get_by_role("button", name="Signer la raison").first)
    assert "La raison est signée." in main_of(statistician)
    editor = team.pages["editrice"]
    editor.goto(statistician.url)
    assert "par statisticienne" in main_of(editor)
    assert editor.get_by_role("button", name="Signer la raison").count() == 0
    check(editor, "j6-13-signed")
