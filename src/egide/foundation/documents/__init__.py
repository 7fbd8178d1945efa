"""Paper: what any room hands over as a tagged PDF/UA-1, drawn by typst from a layout of that room.

Lives here: the one call, so that every paper of the house is accessible and the same content gives the same bytes. Not here: layouts
and words (the room that hands the paper over), what may be read (its queries, and the database).
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

__all__ = ["PaperRefused", "draw_pdf"]


class PaperRefused(ValueError):
    """Content that cannot become an accessible PDF; the sentence is the typesetter's: a room adds what to do about it."""


def draw_pdf(layout: Path, content: Mapping[str, Any], *, dated: date) -> bytes:
    """The PDF of `content`, which `layout` (a .typ file) reads as one JSON text under the input "content".

    The fonts are those typst carries and the document's moment is noon of `dated`: same content, same bytes, on any machine.
    Raises PaperRefused when PDF/UA cannot be claimed (a character that no font holds, headings that skip a level).
    """
    try:
        made = typst.compile(
            layout, root=layout.parent, format="pdf", font_paths=_fonts(), ignore_system_fonts=True,
            sys_inputs={"content": json.dumps(content, ensure_ascii=False)}, pdf_standards=["ua-1"],
            timestamp=datetime.combine(dated, time(12), tzinfo=UTC),
        )  # fmt: skip
    except typst.TypstError as error:
        raise PaperRefused(str(error.message)) from error
    return bytes(made)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
