"""Every page, on a phone and on a large screen: axe finds nothing, nothing scrolls sideways, no script but the quick exit."""

import pytest

from tests.journeys.following import follow

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

PUBLIC = {
    "home": "/", "home-en": "/en/", "letters": "/lettres/", "letter": "/lettres/2022/", "letter-en": "/en/lettres/2022/",
    "figure": "/lettres/2022/chiffres/women-killed/", "figure-derived": "/lettres/2022/chiffres/days-between-killings/",
    "figure-absent": "/lettres/2022/chiffres/tactics-i/", "sources": "/sources/",
    "concepts": "/sources/notions/", "concept": "/sources/notions/sexual-violence/",
    "source": "/sources/ssmsi-departements/",
    "source-breaks": "/sources/etat4001/", "sign-in": "/connexion/?next=/bureau/", "accessibility": "/accessibilite/",
    "about": "/mentions/", "secrecy": "/puis-je-le-dire/", "not-found": "/lettres/1999/", "wrong-method": "/deconnexion/",
}  # fmt: skip
DESK = {
    "statisticienne": {
        "desk": "/bureau/", "deliveries": "/bureau/livraisons/", "deposit": "/bureau/livraisons/deposer/",
        "edition": "/bureau/editions/2022/", "compose": "/bureau/editions/2022/composer/",
        "revision": "/lettres/2022/revisions/1/", "figure-revision": "/lettres/2022/revisions/1/chiffres/women-killed/",
        "role-missing": "/bureau/editions/2022/signer/",
    },
    "signataire": {"sign": "/bureau/editions/2022/signer/"},
    "editrice": {"publish": "/bureau/editions/2022/publier/", "desk-en": "/en/bureau/"},
}  # fmt: skip
VIEWS = [
    (390, False),
    (1280, False),
    (390, True),
]  # the dark colours are measured by src/egide/web/tests/test_contrast.py
IDS = ["phone", "screen", "phone-dark"]


@pytest.mark.parametrize(("width", "dark"), VIEWS, ids=IDS)
def test_every_public_page_is_accessible(demo_site, visit, check, width, dark):
    address, _accounts = demo_site
    page, errors = visit(width=width, dark=dark), []
    page.on("console", lambda message: errors.append(message.text) if "status of 40" not in message.text else None)
    page.on("request", lambda request: errors.append(request.url) if not request.url.startswith(address) else None)
    for name, path in PUBLIC.items():
        page.goto(address + path)
        check(page, _named(name, width, dark))
        assert [each.get_attribute("src") for each in page.locator("script").all()] == ["/static/quitter.js"]
    assert errors == []


@pytest.mark.parametrize(("width", "dark"), VIEWS, ids=IDS)
def test_every_page_of_the_desk_is_accessible(demo_site, enter, check, width, dark):
    address, _accounts = demo_site
    for username, pages in DESK.items():
        page = enter(username, width=width, dark=dark)
        for name, path in pages.items():
            page.goto(address + path)
            check(page, _named(name, width, dark))


@pytest.mark.parametrize("width", [390, 1280])
def test_the_secrecy_wizard_answers_on_an_accessible_page(demo_site, visit, check, width):
    page = visit(width=width)
    page.goto(f"{demo_site[0]}/puis-je-le-dire/")
    page.get_by_label("Qui je suis").select_option("doctor")
    page.get_by_label("À qui je le dirais").select_option("prosecutor")
    page.get_by_label("Pourquoi").select_option("report-offence")
    for fact in ("Une vie est-elle en danger immédiat", "L’emprise de l’auteur"):
        page.get_by_role("group", name=fact).get_by_label("oui").check()
    page.get_by_role("group", name="Des violences sont-elles établies").get_by_label("Oui, dans un couple").check()
    follow(page.get_by_role("button", name="Interroger la loi"))
    assert "226-14" in page.locator("#answer").inner_text()
    assert page.get_by_label("Qui je suis").input_value() == "doctor"
    check(page, _named("secrecy-answer", width, dark=False))


@pytest.mark.parametrize("width", [390, 1280])
def test_a_report_and_a_form_with_errors_are_accessible(demo_site, enter, check, width):
    address, _accounts = demo_site
    page = enter("statisticienne", width=width)
    page.goto(f"{address}/bureau/livraisons/")
    follow(page.locator("main h2 a").first)
    check(page, _named("report", width, dark=False))
    page.goto(f"{address}/bureau/livraisons/deposer/")
    follow(page.get_by_role("button", name="Déposer et contrôler"))
    assert page.get_by_role("alert").get_by_role("link").count() == 3
    check(page, _named("deposit-errors", width, dark=False))


def test_the_letter_prints(demo_site, visit):
    """On paper: no navigation, no button, the figures and their sources."""
    page = visit(width=1280)
    page.goto(f"{demo_site[0]}/lettres/2022/")
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation").first.is_visible()
    assert page.locator("article").is_visible()


def test_the_page_is_readable_without_its_style(demo_site, browser):
    """Native HTML in reading order: the title, then the contents, then the letter."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.route("**/*.css", lambda route: route.abort())
    page.goto(f"{demo_site[0]}/lettres/2022/")
    text = page.inner_text("main")
    assert (
        text.index("Les violences au sein du couple")
        < text.index("Dans cette lettre")
        < text.index("En 2022, 118 femmes")
    )
    context.close()


def _named(name: str, width: int, dark: bool) -> str:
    return f"{name}-{width}{'-dark' if dark else ''}"
