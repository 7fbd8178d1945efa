"""Journey J2, the night note: written offline at 02:40, sent once, two devices, a server that dies, a device that forgets."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.entering import sign_in
from tests.journeys.following import follow

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]
CODE = "rue-basse-7"
OFFLINE = "Hors ligne"
RECORDS = """() => new Promise((resolve) => {
  const request = indexedDB.open("carnet", 1);
  request.onsuccess = () => {
    const all = request.result.transaction("notes").objectStore("notes").getAll();
    all.onsuccess = () => {
      request.result.close();
      resolve(all.result.map((r) => ({id: r.id, wipeAt: r.wipeAt, size: r.sealed.byteLength})));
    };
  };
})"""
LOCKS = RECORDS.replace('"notes"', '"lock"')
CACHED = """async () => {
  const kept = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) kept.push(new URL(request.url).pathname);
  return kept.sort();
}"""
SEALED = """() => new Promise((resolve) => {
  const request = indexedDB.open("carnet", 1);
  request.onsuccess = () => {
    const all = request.result.transaction("notes").objectStore("notes").getAll();
    all.onsuccess = () => { request.result.close(); resolve(all.result.map((r) => new TextDecoder().decode(r.sealed)).join("")); };
  };
})"""


@pytest.fixture
def device(browser):
    """A device of its own: device(address, username, password) -> a page signed in, on the notebook."""
    contexts = []

    def open_device(address, username, password, *, width=390, dark=True):
        context = browser.new_context(
            viewport={"width": width, "height": 844}, color_scheme="dark" if dark else "light", locale="fr-FR",
            timezone_id="Europe/Paris",
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        sign_in(page, address, username, password)
        page.goto(f"{address}/carnet/")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        return page

    yield open_device
    for context in contexts:
        context.close()


def unlock(page, code=CODE):
    page.get_by_label("Code de cet appareil").fill(code)
    page.get_by_role("button", name="Ouvrir").click()
    expect(page.get_by_role("button", name="Nouvelle note")).to_be_visible()


def tick(page, line, way):
    page.locator(f'[name="{line}"][value="{way}"]').check()


def write(page, observed, told="« Il avait un couteau. »"):
    page.get_by_role("button", name="Nouvelle note").click()
    page.get_by_label("Logement").check()
    tick(page, "t09", "OBSERVED")
    page.get_by_label("Ce que j’ai constaté").fill(observed)
    page.get_by_label("Ce qui m’a été dit").fill(told)
    page.get_by_label("Unité qui prend le relais").select_option("commissariat-fictif")


def finish(page):
    page.get_by_role("button", name="Terminer et envoyer").click()
    expect(page.locator("#list")).to_be_visible()


def wait_for_state(page, words):
    expect(page.locator("#notes")).to_contain_text(words, timeout=15_000)


def body_of(page):
    return page.inner_text("main").replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_night_call_from_the_dark_to_the_receipt(demo_site, device, visit, check, width):
    """J2, AT-22 and AT-23: offline, the big 17, the note kept, sent when the network is back, received, seen as a bare fact."""
    address, accounts = demo_site
    page = device(address, "municipale", accounts["municipale"], width=width)
    page.reload()
    page.context.set_offline(True)
    page.reload()
    check(page, f"j2-n-locked-{width}")
    unlock(page)
    expect(page.locator("#told")).to_contain_text(OFFLINE)
    write(page, f"Porte fendue, {width}.")
    before = page.locator(".call-button").bounding_box()["height"]
    tick(page, "t03", "TOLD")
    expect(page.locator("#call-why")).to_contain_text("appeler la police maintenant")
    assert page.locator(".call-button").bounding_box()["height"] > before
    assert page.locator(".call-button").get_attribute("href") == "tel:17"
    check(page, f"j2-n-urgent-{width}")
    finish(page)
    wait_for_state(page, "en attente du réseau")
    check(page, f"j2-n-waiting-{width}")
    assert "Porte" not in page.evaluate(SEALED), "what is kept is sealed"
    page.context.set_offline(False)
    wait_for_state(page, "pas encore reçue")
    [record] = page.evaluate(RECORDS)
    kept = page.evaluate(CACHED)
    assert [each for each in kept if not each.startswith("/static/")] == ["/carnet/", "/carnet/application.webmanifest"]

    desk = visit(width=width)
    sign_in(desk, address, "enqueteuse", accounts["enqueteuse"])
    desk.goto(f"{address}/terrain/notes/")
    check(desk, f"j2-n-handed-{width}")
    desk.goto(f"{address}/terrain/notes/{record['id']}/")
    assert f"Porte fendue, {width}." in desk.inner_text(".said-observed")
    assert "couteau" in desk.inner_text(".said-told")
    assert "couteau" not in desk.inner_text(".said-observed")
    check(desk, f"j2-n-handed-note-{width}")
    follow(desk.get_by_role("button", name="Donner le reçu"))
    follow(desk.get_by_role("button", name="vue par l’intervenante sociale"))
    check(desk, f"j2-n-received-{width}")

    page.reload()
    unlock(page)
    wait_for_state(page, "Vue par l’intervenante sociale")
    check(page, f"j2-n-seen-{width}")
    page.goto(f"{address}/carnet/notes/{record['id']}/")
    assert "Porte fendue" not in body_of(page)
    check(page, f"j2-n-facts-{width}")
    page.goto(f"{address}/carnet/notes/")
    check(page, f"j2-n-online-{width}")


def test_the_device_holds_nothing_a_day_after_the_receipt(demo_site, device, visit):
    """AT-22: the clock of the device moves a day on, and the note goes before any code is asked; the lock with it."""
    address, accounts = demo_site
    page = device(address, "municipale", accounts["municipale"])
    unlock(page)
    write(page, "Vitre brisée.")
    finish(page)
    wait_for_state(page, "pas encore reçue")
    [record] = page.evaluate(RECORDS)
    desk = visit(width=1280)
    sign_in(desk, address, "enqueteuse", accounts["enqueteuse"])
    desk.goto(f"{address}/terrain/notes/{record['id']}/")
    follow(desk.get_by_role("button", name="Donner le reçu"))
    page.reload()
    unlock(page)
    wait_for_state(page, "Reçue par l’unité")
    assert len(page.evaluate(RECORDS)) == 1
    page.clock.install()
    page.clock.fast_forward(timedelta(hours=23).total_seconds() * 1000)
    page.reload()
    expect(page.get_by_label("Code de cet appareil")).to_be_visible()
    assert len(page.evaluate(RECORDS)) == 1
    page.context.set_offline(True)
    page.clock.fast_forward(timedelta(hours=1, minutes=5).total_seconds() * 1000)
    page.reload()
    expect(page.get_by_label("Code de cet appareil")).to_be_visible()
    assert page.evaluate(RECORDS) == []
    assert page.evaluate(LOCKS.replace("r.sealed.byteLength", "0")) == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_wrong_code_opens_nothing_and_loses_nothing(demo_site, device):
    address, accounts = demo_site
    page = device(address, "municipale", accounts["municipale"])
    unlock(page)
    page.context.set_offline(True)
    write(page, "Un brouillon.")
    page.get_by_role("button", name="Garder et revenir").click()
    wait_for_state(page, "Brouillon")
    page.reload()
    page.get_by_label("Code de cet appareil").fill("un autre code")
    page.get_by_role("button", name="Ouvrir").click()
    expect(page.locator("#code-error")).to_contain_text("rien n’est perdu")
    unlock(page)
    page.get_by_role("button", name="Continuer la note").click()
    assert page.get_by_label("Ce que j’ai constaté").input_value() == "Un brouillon."
    assert page.locator('[name="t09"][value="OBSERVED"]').is_checked()
