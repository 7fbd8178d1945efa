"""Every paper of the house: the same bytes from the same content, accessible or refused."""

from datetime import date

import pytest

from egide.foundation.documents import PaperRefused, draw_pdf

LAYOUT = """#let content = json(bytes(sys.inputs.content))
#set document(title: content.title, date: datetime.today())
#set text(lang: "fr")
= #content.title
"""


@pytest.fixture
def layout(tmp_path):
    path = tmp_path / "paper.typ"
    path.write_text(LAYOUT)
    return path


def test_the_same_content_gives_the_same_tagged_pdf(layout):
    first, second = (draw_pdf(layout, {"title": "Fiche"}, dated=date(2024, 3, 1)) for _ in range(2))
    assert first == second
    assert first.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in first
    assert draw_pdf(layout, {"title": "Fiche"}, dated=date(2024, 3, 2)) != first


def test_what_no_font_can_write_is_refused_and_not_left_blank(layout):
    with pytest.raises(PaperRefused, match="could not be displayed"):
        draw_pdf(layout, {"title": "\U0001ffff"}, dated=date(2024, 3, 1))
