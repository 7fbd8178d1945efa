"""Journey J6, a break: a delivery is searched, the proposal read with its evidence and its curve, the decision signed."""

import numpy as np
import pytest

from tests.journeys.entering import main_of
from tests.journeys.following import follow

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]


def invented() -> str:
    """A file of the état 4001 with invented counts: index 49 jumps in January 2012, but not in Paris."""
    rng = np.random.default_rng(4001)
    lines = ["geo,index4001,month,faits"]
    for territory, level, size in (("FR", 900, 0.4), ("75", 300, 0)):
        values = level * (1 + 0.03 * rng.standard_normal(216)) * (1 + size * (np.arange(216) >= 144))
        lines += [f"{territory},49,{2000 + m // 12}-{m % 12 + 1:02},{round(v)}" for m, v in enumerate(values)]
    return "\r\n".join(lines) + "\r\n"


def test_a_break_is_searched_read_and_signed(demo_site, enter, check, tmp_path):
    """X13: the search proposes, a statistician signs with a reason, and the register shows both."""
    file = tmp_path / "etat4001-invente.csv"
    file.write_bytes(invented().encode())
    address, page = demo_site[0], enter("statisticienne")
    page.goto(f"{address}/bureau/livraisons/deposer/")
    page.get_by_label("Source").select_option("etat4001")
    page.get_by_label("Millésime").fill("2018-02-01")
    page.get_by_label("Fichier").set_input_files(file)
    follow(page.get_by_role("button", name="Déposer et contrôler"))
    page.goto(f"{address}/bureau/ruptures/")
    page.get_by_label("Source", exact=True).select_option("etat4001")
    follow(page.get_by_role("button", name="Chercher les ruptures"))
    assert "1 nouvelle rupture est proposée" in page.inner_text("body").replace("\u00a0", " ")
    check(page, "j6-breaks-proposed-390")
    follow(page.get_by_role("link", name="janvier"))
    told = main_of(page)
    assert "Pulsar" in told
    assert "la série ne suit pas" in told
    check(page, "j6-break-390")
    page.set_viewport_size({"width": 1280, "height": 844})
    check(page, "j6-break-1280")
    follow(page.get_by_role("button", name="Signer la décision"))
    assert "Dites sur quoi repose la décision" in main_of(page)
    page.get_by_label("Un artefact d’enregistrement").check()
    page.get_by_label("Sur quoi elle repose").fill(
        "Nouvelle application de la gendarmerie, confirmée par le producteur."
    )
    follow(page.get_by_role("button", name="Signer la décision"))
    assert "signé : artefact d’enregistrement" in main_of(page)
    check(page, "j6-break-signed-1280")
