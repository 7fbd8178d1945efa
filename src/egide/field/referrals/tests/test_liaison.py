"""The liaison sheet in PDF: accessible, the same bytes each time, in two languages, and only what may be read now."""

from io import BytesIO

import pypdf
import pytest

from egide.field.casefiles.actions import write_entry
from egide.field.consents.actions import withdraw_consent
from egide.field.referrals import queries
from egide.field.referrals.liaison import PdfRefused, render_pdf
from egide.field.referrals.tests.conftest import SECTIONS, words_on
from tests.people import acting

pytestmark = pytest.mark.django_db


def text_of(pdf):
    return " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)


@pytest.fixture
def sheet(worker, consent, send, now):
    with acting(worker):
        consent(*SECTIONS)
        sent = send("children", "money", "violence")
        return queries.get_sheet(sent.referral.id, now=now)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_sheet_prints_its_sections_and_no_other(sheet, language):
    """AT-15: she agreed to eight sections; the sheet carries three, and not even her name."""
    printed = text_of(render_pdf(sheet, language))
    for section in SECTIONS:
        assert (words_on(section) in printed) == (section in ("children", "money", "violence")), section
    assert "Exemple" not in printed
    assert "Alix" not in printed


def test_the_sheet_claims_pdf_ua_is_tagged_and_says_its_language(sheet):
    for language, spoken in (("fr", "fr"), ("en", "en")):
        reader = pypdf.PdfReader(BytesIO(render_pdf(sheet, language)))
        assert b"pdfuaid:part>1<" in reader.xmp_metadata.stream.get_data()
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert reader.trailer["/Root"]["/Lang"].startswith(spoken)
        assert "Exemple" not in str(reader.metadata)


def test_the_same_sheet_gives_the_same_bytes(sheet):
    assert render_pdf(sheet, "fr") == render_pdf(sheet, "fr")
    assert render_pdf(sheet, "fr") != render_pdf(sheet, "en")


def test_after_a_withdrawal_the_sheet_prints_nothing_of_her(worker, consent, send, now):
    """Trap 17: the PDF is made from what may be read now, not from what was sent."""
    with acting(worker):
        given = consent("children")
        sent = send("children")
        withdraw_consent(consent=given, now=now)
        printed = text_of(render_pdf(queries.get_sheet(sent.referral.id, now=now), "fr"))
    assert words_on("children") not in printed


def test_a_share_without_her_agreement_prints_its_article(worker, ground, send, now):
    """R06: consent or legal ground, on the sheet itself."""
    with acting(worker):
        ground("danger")
        sent = send("danger")
        sheet = queries.get_sheet(sent.referral.id, now=now)
    assert [basis.article for basis in sheet.bases] != [""]
    assert sheet.bases[0].article in text_of(render_pdf(sheet, "fr"))


def test_words_are_never_read_as_commands(worker, file, consent, send, now):
    with acting(worker):
        write_entry(
            case=file[0], section="children", purpose="support", kind="OPINION", text="#panic() *x* _y_ $z$ @ref",
            by=worker.id, now=now,
        )  # fmt: skip
        consent("children")
        printed = text_of(render_pdf(queries.get_sheet(send("children").referral.id, now=now), "fr"))
    assert "#panic() *x* _y_ $z$ @ref" in printed


def test_what_no_font_can_write_is_refused_in_a_sentence(worker, file, consent, send, now):
    with acting(worker):
        write_entry(
            case=file[0], section="children", purpose="support", kind="FACT_TOLD", text="\U000f1234", by=worker.id, now=now
        )  # fmt: skip
        consent("children")
        sheet = queries.get_sheet(send("children").referral.id, now=now)
    with pytest.raises(PdfRefused):
        render_pdf(sheet, "fr")
