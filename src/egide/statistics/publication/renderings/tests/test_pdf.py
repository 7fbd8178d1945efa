"""The letter as a tagged PDF: what the file claims, read back."""

import io
import re
from datetime import date

import pypdf
import pytest

from egide.statistics.publication.renderings.pdf import PdfRefused, render_pdf


def read(content):
    return pypdf.PdfReader(io.BytesIO(content))


def words_of(pdf):
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))


def plain(text):
    return re.sub(r"\s+", " ", text)


def tags(node, found=None):
    """Every structure element of the tree, in reading order, as (name, its own dictionary)."""
    found = [] if found is None else found
    node = node.get_object()
    if isinstance(node, pypdf.generic.ArrayObject):
        for kid in node:
            tags(kid, found)
    elif isinstance(node, pypdf.generic.DictionaryObject):
        if "/S" in node:
            found.append((node["/S"], node))
        if "/K" in node:
            tags(node["/K"], found)
    return found


def test_the_pdf_claims_pdf_ua_1_and_is_tagged(letter, figures):
    catalog = read(render_pdf(letter, figures)).trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"] is True or catalog["/MarkInfo"]["/Marked"].value
    assert "<pdfuaid:part>1</pdfuaid:part>" in catalog["/Metadata"].get_object().get_data().decode()
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_pdf_says_its_title_and_its_language(letter, figures):
    pdf = read(render_pdf(letter, figures))
    assert plain(pdf.metadata.title) == letter["title"]
    assert pdf.trailer["/Root"]["/Lang"][:2] == letter["language"]


def test_the_structure_tree_has_headings_lists_and_tables_with_header_cells(letter, figures):
    tree = tags(read(render_pdf(letter, figures)).trailer["/Root"]["/StructTreeRoot"]["/K"])
    names = [name for name, _ in tree]
    assert names.count("/H1") == 1
    assert names[: names.index("/H2")].count("/H1") == 1
    assert {"/H2", "/H3", "/L", "/LI", "/Table", "/Caption", "/THead", "/TH", "/TD"} <= set(names)
    headers = [held for name, held in tree if name == "/TH"]
    assert len(headers) == 4 + 5 + 5, "the letter's table, the passports, the deliveries"
    assert all("/Column" in str(held["/A"]) for held in headers)


def test_every_printed_figure_and_the_passports_are_there_as_text(letter, figures):
    """X05: each figure carries its passport in the PDF too, down to the hash of its delivery."""
    text = words_of(read(render_pdf(letter, figures)))
    for item in figures:
        assert plain(item["printed"][letter["language"]]) in text
        assert item["code"] in text
    assert figures[0]["passport"]["source"][letter["language"]] in text
    assert figures[0]["passport"]["lineage"][0]["sha256"] in text.replace(" ", "")


def test_invented_data_are_marked_on_every_page(letter, figures):
    mark = {"fr": "Données fictives", "en": "Fictional data"}[letter["language"]]
    assert all(mark in page.extract_text() for page in read(render_pdf(letter, figures)).pages)
    letter["fictional"] = False
    assert mark not in words_of(read(render_pdf(letter, figures)))


def test_the_same_letter_gives_the_same_bytes_dated_as_the_letter(letter, figures):
    first = render_pdf(letter, figures)
    assert render_pdf(letter, figures) == first
    assert read(first).metadata.creation_date.date() == date(2022, 11, 25)


def test_only_the_fonts_that_travel_with_the_program_are_used(letter, figures):
    fonts = {
        str(font["/BaseFont"]).split("+")[-1]
        for page in read(render_pdf(letter, figures)).pages
        for font in (held.get_object() for held in page["/Resources"]["/Font"].values())
    }
    assert fonts
    assert all(name.startswith(("LibertinusSerif", "DejaVuSansMono")) for name in fonts)


def test_words_are_never_read_as_commands(letter, figures):
    letter["title"] = 'A #panic("x") *b* $c$ title'
    assert 'A #panic("x") *b* $c$ title' in words_of(read(render_pdf(letter, figures)))


def test_a_wide_and_long_table_runs_over_pages_with_its_header_again(letter, figures):
    table = next(block for block in letter["blocks"] if block["kind"] == "table")
    table["rows"] = [{**row, "cells": row["cells"] * 3} for row in table["rows"] * 20]
    table["columns"] = [table["columns"][0], *[f"{name} {turn}" for turn in (1, 2, 3) for name in table["columns"][1:]]]
    pages = [page.extract_text() for page in read(render_pdf(letter, figures)).pages]
    last = plain(table["columns"][-1])
    assert sum(last in plain(page) for page in pages) >= 2


def test_what_no_font_can_write_is_refused_in_a_sentence(letter, figures):
    letter["title"] = "中"
    with pytest.raises(PdfRefused, match=r"cannot be an accessible PDF: .*could not be displayed"):
        render_pdf(letter, figures)
