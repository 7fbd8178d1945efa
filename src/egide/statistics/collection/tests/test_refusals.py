"""What is refused, and the sentence that says what, where and how to mend it, in both languages (trap 24).

One case for each verdict of refusal: (the bytes, the finding, where, the French, the English). The remedies are matched by
their first words.
"""

import gzip
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.utils import translation

from egide.foundation.catalogue import UnknownEntry
from egide.statistics.collection import store
from egide.statistics.collection.actions import DeliveryRefused
from egide.statistics.collection.models import Delivery, Verdict
from egide.statistics.collection.queries import list_accepted

from .conftest import HEADER, ROWS, csv_of

GOOD = csv_of(*ROWS)


def parquet():
    buffer = io.BytesIO()
    pq.write_table(pa.table({"a": [1]}), buffer)
    return buffer.getvalue()


CASES = {
    "a header that is none of the source's layouts": (
        csv_of(*ROWS, header=HEADER.replace("victimes", "total")),
        "WRONG_HEADER", ("ligne 1", "line 1"),
        ("aucun des formats connus pour cette source. Format le plus proche : 1. Manquent : victimes. Inattendues : total.", "Livrez"),
        ("Nearest layout: 1. Missing: victimes. Unexpected: total.", "Deliver the columns of a known layout"),
    ),
    "a column given twice": (
        csv_of(*ROWS, header=HEADER.replace("fictif", "sexe")),
        "WRONG_HEADER", ("ligne 1", "line 1"),
        ("Manquent : fictif. Inattendues : sexe.", "Livrez"), ("Missing: fictif. Unexpected: sexe.", "Deliver"),
    ),
    "bytes that are not in the encoding": (
        csv_of(*ROWS).replace(b"family", "amitié".encode("latin-1")),
        "WRONG_ENCODING", ("ligne 5", "line 5"),
        ("n’est pas en utf-8 : l’octet 0xE9, en position 208, n’y a pas de sens.", "Enregistrez"),
        ("The file is not in utf-8: byte 0xE9 at position", "Save it as CSV UTF-8"),
    ),
    "an export in UTF-16": (
        "\ufeffcommune;annee".encode("utf-16-le"),
        "WRONG_ENCODING", ("ligne 1", "line 1"), ("l’octet 0xFF, en position 0,", "Enregistrez"), ("byte 0xFF at position 0", "Save"),
    ),
    "a total that its parts do not make": (
        csv_of("99001;2022;F;Y18-24;intimate;victime;15;true", "99001;2022;M;Y18-24;intimate;victime;2;true",
               "99001;2022;T;Y18-24;intimate;victime;18;true"),
        "UNEXPLAINED_TOTAL", ("ligne 4", "line 4"),
        ("Le total « T » de sex vaut 18 quand la somme de ses parties donne 17 (territory 99001, ", "Corrigez le total ou ses parties"),
        ("The total “T” of sex is 18 where its parts add up to 17 (territory 99001, period 2022, age Y18-24, relationship "
         "intimate, unit victim); 1 totals differ.", "Correct the total or the parts"),
    ),
    "a total written as a label": (
        csv_of("99001;2022;Femmes;Y18-24;intimate;victime;15;true", "99001;2022;Ensemble;Y18-24;intimate;victime;18;true"),
        "UNEXPLAINED_TOTAL", ("ligne 3", "line 3"), ("vaut 18 quand la somme de ses parties donne 15 (", "Corrigez"),
        ("is 18 where its parts add up to 15", "Correct"),
    ),
    "a total without any part": (
        csv_of("99001;2022;T;Y18-24;intimate;victime;18;true"),
        "UNEXPLAINED_TOTAL", ("ligne 2", "line 2"), ("vaut 18 quand la somme de ses parties donne – (", "Corrigez"),
        ("is 18 where its parts add up to –", "Correct"),
    ),
    "a row repeated to the letter": (
        csv_of(ROWS[0], ROWS[1], ROWS[0], ROWS[0]),
        "EXACT_DUPLICATE", ("lignes 4, 5", "lines 4, 5"),
        ("2 lignes répètent une autre ligne à l’identique", "Retirez"),
        ("2 rows repeat another row to the letter: a total would count them twice.", "Remove the repeated rows"),
    ),
    "a row without a value, repeated to the letter": (
        csv_of("99001;2022;F;U;intimate;victime;;true", "99001;2022;F;U;intimate;victime;;true"),
        "EXACT_DUPLICATE", ("ligne 3", "line 3"), ("1 lignes répètent", "Retirez"), ("1 rows repeat", "Remove"),
    ),
    "no byte": (b"", "EMPTY", ("", ""), ("ne contient aucune ligne", "Vérifiez"), ("The file holds no row.", "Check the export")),
    "a byte-order mark alone": (
        b"\xef\xbb\xbf", "EMPTY", ("", ""), ("ne contient aucune ligne", "Vérifiez"), ("The file holds no row.", "Check"),
    ),
    "blank lines": (b"\r\n \r\n", "EMPTY", ("", ""), ("ne contient aucune ligne", "Vérifiez"), ("holds no row", "Check")),
    "a header alone": (csv_of(), "EMPTY", ("", ""), ("ne contient aucune ligne", "Vérifiez"), ("holds no row", "Check")),
    "a file that swells more than a hundred times": (
        gzip.compress(b"0" * 10_000_000),
        "COMPRESSION", ("", ""), ("Décompressé, le fichier dépasse 100 fois sa taille : sa lecture a été arrêtée.", "Livrez-le"),
        ("The file unpacks to more than 100 times its size: it was not read further.", "Deliver it unpacked"),
    ),
    "a gzip cut short": (
        gzip.compress(GOOD)[:-12],
        "DAMAGED", ("", ""), ("Le fichier compressé est abîmé ou tronqué.", "Compressez-le à nouveau avec gzip"),
        ("The compressed file is damaged or cut short.", "Compress it again with gzip"),
    ),
    "a gzip with a wrong byte": (
        gzip.compress(GOOD)[:-8] + b"00000000",
        "DAMAGED", ("", ""), ("abîmé ou tronqué", "Compressez-le"), ("damaged or cut short", "Compress it again"),
    ),
    "a damaged workbook": (b"PK\x03\x04rest", "DAMAGED", ("", ""), ("abîmé", "Compressez"), ("damaged or cut short", "Compress")),
    "an old workbook": (
        b"\xd0\xcf\x11\xe0rest", "NOT_CSV", ("", ""), ("est un classeur d’un ancien format", "Exportez"), ("an old spreadsheet", "Export"),
    ),
    "a PDF": (b"%PDF-1.7", "NOT_CSV", ("", ""), ("est un document PDF", "Exportez"), ("is a PDF document", "Export")),
    "a Parquet file of other columns": (
        parquet(), "WRONG_HEADER", ("ligne 1", "line 1"), ("Inattendues : a.", "Livrez"), ("Unexpected: a.", "Deliver"),
    ),
    "rows of another width": (
        csv_of(ROWS[0], ROWS[1] + ";1", ROWS[2], "99003;2022"),
        "MALFORMED_ROW", ("lignes 3, 5", "lines 3, 5"),
        ("2 lignes n’ont pas les 8 cellules de l’en-tête.", "Cherchez un séparateur"),
        ("2 rows do not have the 8 cells of the header.", "Look for a separator or a line break inside a cell"),
    ),
    "a short quote that never closes": (
        csv_of(ROWS[0], ROWS[1].replace("intimate", '"intimate'), ROWS[2], ROWS[3]),
        "MALFORMED_ROW", ("ligne 3", "line 3"), ("n’ont pas les 8 cellules", "Cherchez"), ("do not have the 8 cells", "Look for"),
    ),
    "a long quote that never closes": (
        csv_of(ROWS[0], ROWS[1].replace("intimate", '"intimate'), *[ROWS[2]] * 4000),
        "UNCLOSED_CELL", ("ligne 3", "line 3"), ("un guillemet jamais refermé", "Refermez le guillemet"),
        ("A cell opens with a quote that is never closed", "Close the quote"),
    ),
    "a value in words": (
        csv_of(ROWS[0], "99001;2022;M;U;family;victime;nd;true"),
        "NOT_A_NUMBER", ("ligne 3", "line 3"),
        ("1 lignes ont une valeur qui n’est pas un nombre, par exemple « nd ».", "Mettez-y un nombre"),
        ("1 rows have a value that is not a number, such as “nd”.", "Put a number there, or leave the cell empty"),
    ),
    **{
        f"{text!r} in the column of counts": (
            csv_of(ROWS[0], f"99001;2022;M;U;family;victime;{text};true"),
            code, ("ligne 3", "line 3"), (f"par exemple « {text} »", "Mettez-y" if code == "NOT_A_NUMBER" else "Cette source compte"),
            (f"such as “{text}”", "Put" if code == "NOT_A_NUMBER" else "This source counts: put a whole number there"),
        )
        for text, code in {
            "1_000": "NOT_A_NUMBER", "1 000": "NOT_A_NUMBER", "1.5": "NOT_A_NUMBER", "NaN": "NOT_A_NUMBER", "Infinity": "NOT_A_NUMBER",
            "٣": "NOT_A_NUMBER", "1e99": "NOT_A_NUMBER", "-": "NOT_A_NUMBER", "99999999999999999999": "NOT_A_NUMBER",
            "3,5": "NOT_A_COUNT", "-4": "NOT_A_COUNT",
        }.items()
    },
    **{
        f"a cell that a spreadsheet would run: {cell}": (
            csv_of(ROWS[0], f"99001;2022;M;U;{cell};victime;1;true"),
            "FORMULA", ("ligne 3", "line 3"),
            (f"1 cellules commencent comme une formule de tableur, par exemple « {cell} »", "Exportez les valeurs"),
            (f"1 cells begin like a spreadsheet formula, such as “{cell}”: opened in a spreadsheet they could run.", "Export the values"),
        )
        for cell in ("=1+1", "@SUM(A1)", "+cmd", "-2+3")
    },
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_it_is_refused_and_the_producer_is_told_what_where_and_how_to_mend_it(deliver, told, case):
    """Trap 24: each verdict of refusal."""
    content, code, where, french, english = CASES[case]
    delivery = deliver(content)
    assert (delivery.verdict, delivery.rows_accepted) == (Verdict.REFUSED, 0)
    for language, there, (what, remedy) in (("fr", where[0], french), ("en", where[1], english)):
        told_where, told_what, told_remedy = told(delivery, code, language)
        assert told_where == there
        assert what in told_what
        assert told_remedy.startswith(remedy)
    assert store.original(delivery.sha256).read_bytes() == content, "what is refused is kept too, to be shown"
    assert list_accepted("val-degide-recorded") == []


@pytest.mark.parametrize("cell", ["+33", "-12,5", "-1.5", "+1", "-"])
def test_a_signed_number_is_no_formula(deliver, cell):
    """Trap 24: =, @, + and - are refused where no number follows."""
    line = f"women-killed-partner,2022,2022,FR,118,exact,killed,women,dav,{cell},2024-03,false"
    header = "item,facts_period,record_period,territory,value,qualifier,unit,population,producer,published_in,published_on,fictional"
    delivery = deliver(csv_of(line.replace(cell, f'"{cell}"'), header=header), "published-figures")
    assert "FORMULA" not in {finding["code"] for finding in delivery.findings}


def test_a_wrong_byte_behind_a_byte_order_mark_is_named_at_its_own_place(deliver, told, shared_data):
    """Trap 24: where, in the delivered bytes and not in those left once the mark is taken off."""
    plain = gzip.decompress((shared_data / "ssmsi/donnee-dep-2022-produit-le2023-02-09.csv.gz").read_bytes())
    position = plain.index(b"\n", 5000) + 3
    assert plain.startswith(b"\xef\xbb\xbf")
    delivery = deliver(plain[:position] + b"\xff" + plain[position:], "ssmsi-departements")
    where, what, _remedy = told(delivery, "WRONG_ENCODING", "en")
    assert where == f"line {plain[:position].count(bytes([10])) + 1}"
    assert f"byte 0xFF at position {position} " in what


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("fr", "Découpez-le par année"), ("en", "it was not kept. Split it by year, or raise EGIDE_MAX_BYTES.")],
)
def test_a_file_over_the_limit_is_not_even_kept(deliver, settings, language, sentence):
    """Trap 24: over EGIDE_MAX_BYTES as it comes."""
    settings.EGIDE_MAX_BYTES = 100
    with translation.override(language), pytest.raises(DeliveryRefused) as refusal:
        deliver(GOOD)
    assert str(len(GOOD)) in str(refusal.value)
    assert sentence in str(refusal.value).replace("\xa0", " ")
    assert not Delivery.objects.exists()


def test_a_small_file_that_unpacks_over_the_limit_is_refused(deliver, told, settings):
    """Trap 24: over EGIDE_MAX_BYTES once unpacked."""
    content = gzip.compress(csv_of(*ROWS * 4))
    settings.EGIDE_MAX_BYTES = len(content) + 50
    delivery = deliver(content)
    assert delivery.verdict == Verdict.REFUSED
    assert told(delivery, "TOO_LARGE", "fr")[1:] == (
        f"Une fois décompressé, le fichier dépasse {settings.EGIDE_MAX_BYTES} octets.",
        "Découpez-le par année, ou demandez une limite plus haute (EGIDE_MAX_BYTES).",
    )
    assert told(delivery, "TOO_LARGE", "en")[1:] == (
        f"Once unpacked, the file is larger than {settings.EGIDE_MAX_BYTES} bytes.",
        "Split it by year, or ask for a higher limit (EGIDE_MAX_BYTES).",
    )


def test_an_unknown_source_is_answered_with_the_nearest(deliver):
    with pytest.raises(UnknownEntry, match="ssmsi-departements"):
        deliver(GOOD, source="ssmsi-departement")
