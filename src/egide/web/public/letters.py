"""The letters: their list, one letter, and the files that carry it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from egide.statistics.publication import queries
from egide.statistics.publication.renderings.typography import typeset
from egide.web.answers import NothingHere
from egide.web.components.shapes import Action, Fact, FileLink, Record, Tag
from egide.web.components.words import NO_BREAK, day, language, size, words
from egide.web.entrance import enters

from .passports import cut_qualifier, period_words

FORMATS = {
    "application/pdf": "PDF/UA",
    "text/html": "HTML",
    "text/csv": "CSV",
    "application/xml": "SDMX-ML 2.1",
    "application/json": "JSON",
    "application/ld+json": "JSON-LD",
    "application/vnd.sdmx.data+xml": "SDMX-ML 3.0",
    "application/vnd.sdmx.structure+xml": "SDMX-ML 3.0",
    "application/vnd.sdmx.data+csv": "SDMX-CSV 2.0",
    "application/vnd.sdmx.data+json": "SDMX-JSON 2.0",
    "text/plain": "TXT",
}


@enters("public")
def letters(request: HttpRequest) -> HttpResponse:
    """List the editions, those published and those to come."""
    editions = queries.list_editions()
    published = [edition for edition in editions if edition.latest is not None]
    context = {
        "records": [_record(edition) for edition in sorted(published, key=lambda edition: -edition.edition)],
        "coming": [edition for edition in editions if edition.latest is None],
        "section": "letters",
        "trail": [Action(_("Home"), reverse("home")), Action(_("Letters"), "")],
    }
    return render(request, "public/letters.html", context)


@enters("public")
def letter(request: HttpRequest, edition: int) -> HttpResponse:
    """Show the latest published revision of a letter."""
    context = letter_context(_published(edition), lambda name: f"{request.path}fichiers/{name}")
    return render(request, "public/letter.html", context | {"figure_url_prefix": f"{request.path}chiffres/"})


@enters("public")
def artefact(request: HttpRequest, edition: int, name: str) -> HttpResponse:
    """Hand over one file of the latest published revision."""
    try:
        found = queries.get_artefact(edition, None, name)
    except queries.NotFound as missing:
        raise NothingHere(
            _("The published letter of %(edition)s has no file called “%(name)s”.")
            % {"edition": edition, "name": name},
            [Action(_("See the letter of %(edition)s") % {"edition": edition}, edition_url(edition))],
        ) from missing
    return as_file(found)


def as_file(found: Any) -> HttpResponse:
    """A file to take away: never shown in the site, whose policy would strip its own style."""
    response = HttpResponse(found.content, content_type=found.media_type)
    response["Content-Disposition"] = f'attachment; filename="{found.name}"'
    response["ETag"] = f'"{found.sha256}"'
    return response


def edition_url(edition: int) -> str:
    """The address of a letter."""
    return reverse("letter", kwargs={"edition": edition})


def letter_name(edition: Any) -> str:
    """« Lettre n° 18, édition 2022 »."""
    return _("Letter no. %(number)s, edition %(edition)s") % {"number": edition.number, "edition": edition.edition}


def letter_context(release: Any, file_url: Callable[[str], str]) -> dict[str, Any]:
    """What the page of a letter shows, published or previewed; `file_url` gives the address of one of its files."""
    summary, text = release.summary, _with_numbers(typeset(release.letter[language()], language()))
    headings = [Action(block["text"], f"#{block['id']}") for block in text["blocks"] if _is_title(block)]
    headings += [Action(_("Take it away"), "#files"), Action(_("About this letter"), "#dates")]
    return {
        "letter": text,
        "summary": summary,
        "tags": _tags(bool(text.get("fictional")), summary.revision),
        "over": _("Letter no. %(number)s, edition %(edition)s")
        % {"number": text["number"], "edition": summary.edition},
        "headings": headings,
        "files": [_file(item, file_url(item.name)) for item in sorted(release.artefacts, key=_file_order)],
        "dates": _dates(text, summary),
        "section": "letters",
        "trail": [
            Action(_("Letters"), reverse("letters")),
            Action(_("Letter of %(edition)s") % {"edition": summary.edition}, ""),
        ],
    }


def _with_numbers(text: dict[str, Any]) -> dict[str, Any]:
    """The letter with each key figure cut into the producer's word ("nearly") and the number."""
    for block in text["blocks"]:
        for item in block.get("figures", ()) if block["kind"] == "keyfigures" else ():
            item["qualifier"], item["number"] = cut_qualifier(item["text"])
            item["period"] = period_words(item["period"])
    return text


def _is_title(block: Mapping[str, Any]) -> bool:
    return bool(block["kind"] == "heading" and block["level"] == 2)


def _published(edition: int) -> Any:
    try:
        return queries.get_release(edition)
    except queries.NotFound as missing:
        raise NothingHere(_("No letter of %(edition)s is published.") % {"edition": edition}) from missing


def _tags(fictional: bool, revision: int) -> tuple[Tag, ...]:
    tags = (Tag(_("Fictional data"), "warn"),) if fictional else ()
    return (*tags, Tag(_("Corrected, revision %(revision)s") % {"revision": revision})) if revision > 1 else tags


def _dates(text: Mapping[str, Any], summary: Any) -> list[Fact]:
    facts = [Fact(_("Dated"), day(text["dated"]))]
    if summary.published_at:
        facts.append(Fact(_("Published"), day(summary.published_at)))
    return [*facts, Fact(_("Figures"), str(summary.figures), note=_hidden(summary.suppressed))]


def _hidden(count: int) -> str:
    return _("of which %(count)s hidden by statistical confidentiality") % {"count": count} if count else ""


def _record(edition: Any) -> Record:
    latest = edition.latest
    return Record(
        title=f"{words(edition.title)}{NO_BREAK}– {edition.edition}",
        url=edition_url(edition.edition),
        tags=_tags(edition.fictional, latest.revision),
        facts=(
            Fact(_("Number"), str(edition.number)),
            Fact(_("Dated"), day(edition.dated)),
            Fact(_("Published"), day(latest.published_at)),
            Fact(_("Figures"), str(latest.figures)),
        ),
    )


def _file(item: Any, url: str) -> FileLink:
    language_of_file = next((code for code in ("fr", "en") if f"-{code}." in item.name), "")
    return FileLink(
        label=_file_label(item.name, language_of_file),
        url=url,
        words=f"{FORMATS.get(item.media_type.split(';')[0], item.media_type)}, {size(item.size)}",
        media_type=item.media_type,
        language=language_of_file,
    )


def _file_order(item: Any) -> tuple[bool, bool, bool, str]:
    """The letter in the reader's language first, as PDF then as a page, then the figures."""
    name = item.name
    return (
        not name.startswith("letter"),
        f"-{language()}." not in name,
        not name.startswith("figures"),
        f"{name.endswith('.html')}{name}",
    )


def _file_label(name: str, language_of_file: str) -> str:
    labels = {
        "letter": _("The letter in French") if language_of_file == "fr" else _("The letter in English"),
        "figures": _("The figures"),
        "structure": _("The structure of the figures"),
        "passports": _("The passports of the figures"),
        "metadata": _("What the sources say of themselves (ESMS)"),
        "datapackage.json": _("The files described for a program (Table Schema)"),
        "catalogue.jsonld": _("The files described for a data catalogue (DCAT-AP)"),
        "sha256sums.txt": _("The checksums of the files"),
    }
    return labels.get(name.split("-")[0], name)
