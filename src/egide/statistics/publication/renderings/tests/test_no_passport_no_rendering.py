"""X05: a figure without its complete passport is rendered by nothing."""

import copy
from datetime import UTC, datetime

import pytest

from egide.statistics.publication.renderings.csv_tables import render_csv
from egide.statistics.publication.renderings.html import render_html
from egide.statistics.publication.renderings.passports import KEYS, NoPassport, check_passports, render_passports
from egide.statistics.publication.renderings.pdf import render_pdf
from egide.statistics.publication.renderings.sdmx import render_sdmx

RENDERINGS = {
    "pdf": lambda letter, figures: render_pdf(letter, figures),
    "html": lambda letter, figures: render_html(letter, figures),
    "csv": lambda letter, figures: render_csv(figures),
    "passports": lambda letter, figures: render_passports(figures),
    "sdmx": lambda letter, figures: render_sdmx(figures, 2022, datetime(2022, 11, 25, 9, tzinfo=UTC)),
}


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_every_rendering_accepts_complete_passports(rendering, letter_fr, figures):
    assert RENDERINGS[rendering](letter_fr, figures)


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_no_rendering_accepts_a_figure_without_a_passport(rendering, letter_fr, figures):
    """X05."""
    del figures[1]["passport"]
    with pytest.raises(NoPassport, match=r"recorded.*the passport itself"):
        RENDERINGS[rendering](letter_fr, figures)


@pytest.mark.parametrize("rendering", RENDERINGS)
@pytest.mark.parametrize("key", KEYS)
def test_no_rendering_accepts_a_passport_with_a_line_missing(rendering, key, letter_fr, figures):
    """X05: the sentence names the figure and what it lacks."""
    del figures[0]["passport"][key]
    with pytest.raises(NoPassport, match=rf"The figure killed .*lacks.*{key}"):
        RENDERINGS[rendering](letter_fr, figures)


@pytest.mark.parametrize("rendering", ["pdf", "html"])
def test_a_letter_prints_only_figures_of_its_release(rendering, letter_fr, figures):
    with pytest.raises(NoPassport, match=r"killed.*the list of figures lacks it"):
        RENDERINGS[rendering](letter_fr, figures[1:])


@pytest.mark.parametrize(
    ("key", "held", "lacking"),
    [
        ("unit", {"code": "victim", "fr": "victime", "en": " "}, r"unit \(en\)"),
        ("source", {"code": "s", "fr": "S", "en": "S"}, r"source \(producer\)"),
        ("source", None, r"source \(code\)"),
        ("population", {}, r"population \(fr\)"),
        ("facts_period", "", "facts_period"),
        ("lineage", [], "lineage"),
        ("lineage", [{"delivery": "d", "vintage": "v", "filename": "f", "rows": []}], r"sha256 of delivery 1"),
        ("value", None, "either a value or the reason"),
        ("value", "431", "a number"),
        ("value", float("nan"), "a number"),
        ("value", True, "a number"),
        ("absence", "SUPPRESSED", "never both"),
        ("absence", "LOST", "no reason for an absence"),
        ("status", "provisional", "one letter"),
        ("breaks_crossed", None, "breaks_crossed"),
        ("code", "other", "a code equal to the figure's"),
    ],
)
def test_each_missing_element_is_named(key, held, lacking, figures):
    figures[0]["passport"][key] = held
    with pytest.raises(NoPassport, match=lacking):
        check_passports(figures)


def test_what_nobody_publishes_needs_no_source_but_still_says_what_it_would_count(figures):
    """AT-75: "not published" has no producer to name; its unit and population are still required."""
    unpublished = next(item for item in figures if item["code"] == "trained")
    check_passports([unpublished])
    unpublished["passport"]["unit"] = None
    with pytest.raises(NoPassport, match=r"trained.*unit"):
        check_passports([unpublished])


def test_one_code_names_one_figure(figures):
    with pytest.raises(NoPassport, match="Two figures bear the code killed"):
        check_passports([*figures, copy.deepcopy(figures[0])])
