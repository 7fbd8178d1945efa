"""The gate: a small cell is planted in a delivery, then looked for at every address and in every file that may be read.

The threshold is raised above an unlikely number, so that the number can be recognised wherever it would come out. The
second test opens the gate on purpose: a search that finds nothing then would prove nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from django.utils import timezone
from pypdf import PdfReader

import egide
from egide.foundation.wings.entering import Subject, entering
from egide.statistics.collection.actions import receive_delivery
from egide.statistics.disclosure import protect
from egide.statistics.publication.actions import compose_release, publish_release, sign_release
from egide.statistics.publication.models import Artefact, Figure

SAMPLE = Path(egide.__file__).parent / "sample/deliveries"
SOURCES = ("published-figures", "val-degide-recorded", "egide-field")
PLANTED, THRESHOLD, LARGE = 7919, 10_000, 20_011
COLUMNS = {"commune": 0, "relationship": 4, "value": 6}
EDITION = 2022
# Public, but of another wing's making: they read no table of the statistics.
ELSEWHERE = {
    "help_now", "secrecy", "sign_in", "sign_out", "accessibility", "about",
}  # fmt: skip
ROOMS = ("egide.web.public.letters", "egide.web.public.figures", "egide.web.public.sources", "egide.web.public.home",
         "egide.web.public.passports", "egide.web.statistics")  # fmt: skip


@pytest.fixture
def release(active_statistics, settings, tmp_path, monkeypatch):
    """Deliver with the planted cell, compose and publish; `opened` makes the gate let everything through."""
    settings.EGIDE_STORE = tmp_path
    genuine = protect._profile

    def raised(table):
        profile = genuine(table)
        if profile is None or table.indicator.source != "val-degide-recorded":
            return profile
        return replace(profile, minimum_count=THRESHOLD, protection=replace(profile.protection, top=THRESHOLD))

    def publish(*, opened: bool):
        monkeypatch.setattr(protect, "_profile", raised)
        if opened:
            monkeypatch.setattr(protect, "_hide", lambda name, table, *_: protect._as_they_are(name, table))
        moment = timezone.localtime()
        with entering("statistics", Subject.job("tests")):
            for source in SOURCES:
                deliver(source, tmp_path, moment)
            release = compose_release(edition=EDITION, by="job:composer", now=moment)
            sign_release(release_id=release.id, by="job:signatory", now=moment)
            publish_release(release_id=release.id, by="job:editor", now=moment)

    return publish


def deliver(source: str, folder: Path, moment) -> None:
    path = next(SAMPLE.glob(f"{source}_*.csv"))
    changed = folder / path.name
    text = path.read_text()
    changed.write_text(plant(text) if source == "val-degide-recorded" else text)
    vintage = date.fromisoformat(path.stem.rsplit("_", 1)[1])
    receive_delivery(path=changed, filename=path.name, source=source, vintage=vintage, by=None, now=moment)


def plant(text: str) -> str:
    """Every count large, but those of one commune and relationship, which make the planted number together."""
    head, *lines = text.splitlines()
    rows = [line.split(";") for line in lines]
    chosen = (rows[0][COLUMNS["commune"]], rows[0][COLUMNS["relationship"]])
    first = True
    for number, row in enumerate(rows):
        if (row[COLUMNS["commune"]], row[COLUMNS["relationship"]]) == chosen:
            row[COLUMNS["value"]] = str(PLANTED if first else 0)
            first = False
        else:
            row[COLUMNS["value"]] = str(LARGE + number)
    return "\n".join([head, *(";".join(row) for row in rows)]) + "\n"


def addresses() -> Iterator[tuple[str, object]]:
    def walk(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield pattern.name, pattern
            else:
                yield from walk(pattern.url_patterns)

    for name, pattern in walk(get_resolver().url_patterns):
        of = getattr(pattern.callback, "__module__", "")
        if pattern.callback.wing in ("public", "statistics") and of.startswith(ROOMS) and name not in ELSEWHERE:
            yield name, pattern


def fillings(pattern) -> Iterator[dict[str, object]]:
    """Everything an address of the statistics may be asked for."""
    names = set(pattern.pattern.converters)
    with entering("statistics", Subject.job("tests")):
        files = list(Artefact.objects.values_list("name", flat=True))
        figures = list(Figure.objects.values_list("code", flat=True))
    known: dict[str, list[object]] = {
        "edition": [EDITION], "year": [EDITION], "revision": [1], "name": files, "code": [*figures, "val-degide-recorded"],
    }  # fmt: skip
    if not names:
        yield {}
    elif names <= set(known):
        several = names & {"name", "code"}
        fixed = {name: known[name][0] for name in names - several}
        for name in several or [None]:
            yield from ({**fixed, name: value} for value in known[name]) if name else [fixed]


def leaks(client: Client) -> tuple[set[str], set[str]]:
    """The names of the addresses that answered, and the kinds of content where the planted number was found."""
    tried, found = set(), set()
    for name, pattern in addresses():
        for kwargs in fillings(pattern):
            try:
                response = client.get(reverse(name, kwargs=kwargs))
            except NoReverseMatch:
                continue
            if response.status_code != 200:
                continue
            tried.add(name)
            kind = response.headers["Content-Type"].partition(";")[0]
            if tells(words_of(response.getvalue(), kind)):
                found.add(f"{name}: {kind}")
    return tried, found


def words_of(content: bytes, kind: str) -> str:
    if kind == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return content.decode()


def tells(text: str) -> bool:
    """Whether the number is there, however it is spaced; not as a part of a longer one, nor of a fingerprint."""
    joined = re.sub(r"(?<=\d)(?:[\s\u202f\xa0,.]|&nbsp;|&#8239;)(?=\d{3}(?!\d))", "", text)
    return re.search(rf"(?<![0-9a-f]){PLANTED}(?![0-9a-f])", joined) is not None


@pytest.mark.django_db
def test_no_address_and_no_file_tells_a_planted_small_cell(release, client):
    """X12: only a protected table reaches a page, a chart, a PDF, a CSV, SDMX."""
    release(opened=False)
    tried, found = leaks(client)
    assert not found
    public = {name for name, pattern in addresses() if pattern.callback.wing == "public"}
    assert tried >= public, (
        f"The gate was not tried at {', '.join(sorted(public - tried))}: say in fillings() what to ask it."
    )


@pytest.mark.django_db
def test_the_search_sees_a_gate_opened_on_purpose_in_every_format(release, client):
    release(opened=True)
    kinds = {place.partition(": ")[2] for place in leaks(client)[1]}
    assert kinds >= {"text/html", "application/pdf", "text/csv", "application/xml", "application/json"}
