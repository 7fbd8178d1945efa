"""The four vintages of the ministry's base: what each knew of 2022, and why it changed as far as the files tell (trap 25)."""

import gzip
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from egide.core.missing import Missing
from egide.foundation.wings.entering import Subject, entering
from egide.statistics.vintages import actions
from egide.statistics.vintages.permissions import NotAllowed
from egide.statistics.vintages.queries import get_matrix, list_transitions
from egide.statistics.vintages.reports import matrix_report

BASE = "ssmsi-departements"


def matrix(series, year="2022", territory=""):
    return get_matrix(source=BASE, series=series, territory=territory, year=year)


def changes(series, year="2022", territory=""):
    """(to vintage, before, after, reason) of a year, oldest first."""
    found = reversed(matrix(series, year, territory).revisions)
    return [(r.after.vintage.isoformat(), r.value_before, r.value_after, str(r.proposal.reason)) for r in found]


def test_each_vintage_keeps_what_it_knew_and_each_change_has_a_reason_proposed(ssmsi):
    """Trap 25 on the real files: redefined under the same label, 904 cells relocated, homicides corrected."""
    ssmsi()
    sexual = matrix("Violences sexuelles")
    assert [each.value for each in sexual.known["2022"]] == [84_461, 84_461, 106_113, 106_114]
    assert changes("sexual-violence") == [
        ("2023-07-17", 84_461, 84_461, "relocated"),
        ("2024-07-05", 84_461, 106_113, "redefinition"),
        ("2025-07-10", 106_113, 106_114, "correction"),
    ]
    report = matrix_report(sexual, "2022")["revisions"][1]
    evidence = {each["code"]: each for each in report["evidence"]}
    assert evidence["SAME_LABEL"]["after"] == "Violences sexuelles"
    assert (
        evidence["WHOLE_SERIES"]["first"],
        evidence["WHOLE_SERIES"]["cells"],
        evidence["WHOLE_SERIES"]["share"],
    ) == ("2016", 707, 1)
    assert "84 461 victimes" in evidence["DECLARED"]["words"].replace("\u202f", " ").replace("\xa0", " ")
    assert changes("homicides", "2020")[-1] == ("2025-07-10", 823, 788, "correction")
    assert changes("homicides", "2021")[-1] == ("2025-07-10", 882, 840, "correction")
    told = {
        each["code"]: each for each in matrix_report(matrix("homicides", "2020"), "2020")["revisions"][-1]["evidence"]
    }
    assert told["OTHER_PERIODS"]["up"] == ["2017", "2018", "2019"]
    assert changes("assault")[1:] == [
        ("2024-07-05", 353_583, 320_156, "redefinition"),
        ("2025-07-10", 320_156, None, "redefinition"),
    ]
    assert changes("sexual-violence", territory="75")[0] == ("2023-07-17", 4_268, 4_265, "relocated")
    moved = [(each.cells, each.moved, each.reasons) for each in list_transitions(source=BASE, year="2022")]
    assert moved[0] == (1_212, 904, {"relocated": 904})
    suspects = matrix("drug-trafficking").known["2022"]
    assert [each.absence for each in suspects] == [Missing.NOT_APPLICABLE] * 4
    assert matrix("drug-trafficking", territory="75").known["2022"][1].value > 0


def test_a_reason_is_signed_by_a_statistician_and_never_overwritten(statistician, signatory, ssmsi, now):
    """Trap 25: the system proposes, a person signs; another opinion is added and explained."""
    ssmsi("2023-07-17", "2024-07-05")
    change = matrix("sexual-violence").revisions[0]
    asked = {
        "source": BASE, "series": "sexual-violence", "territory": "FR", "periods": ["2022", "2021"],
        "before": change.before.delivery, "after": change.after.delivery, "now": now,
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        actions.sign_reason(**asked, reason="redefinition", words="", by=signatory.username)
    with pytest.raises(actions.SignatureRefused, match="2022"):
        actions.sign_reason(**asked, reason="correction", words=" ", by=statistician.username)
    with pytest.raises(actions.SignatureRefused, match="2030"):
        actions.sign_reason(**{**asked, "periods": ["2030"]}, reason="redefinition", words="", by=statistician.username)
    assert len(actions.sign_reason(**asked, reason="redefinition", words="", by=statistician.username)) == 2
    asked["now"] += timedelta(minutes=1)
    actions.sign_reason(**asked, reason="correction", words="Le producteur l’a écrit.", by=statistician.username)
    signed = matrix("sexual-violence").revisions[0].signed
    assert [(each.reason, each.signed_by) for each in signed] == [
        ("correction", "statisticienne"),
        ("redefinition", "statisticienne"),
    ]
    assert matrix("sexual-violence").revisions[0].proposal.reason == "redefinition"


def test_a_corrected_file_of_the_same_day_supersedes_and_both_are_kept(ssmsi, receive, shared_data, tmp_path):
    """R30's trap: last year's figure is never overwritten."""
    ssmsi("2023-02-09")
    text = gzip.decompress((shared_data / "ssmsi/donnee-dep-2022-produit-le2023-02-09.csv.gz").read_bytes())
    corrected = tmp_path / "corrige.csv"
    line = next(each for each in text.split(b"\n") if each.startswith(b"Violences sexuelles;22;01;"))
    cells = line.split(b";")
    cells[text.split(b"\r\n")[0].split(b"\n")[0].split(b";").index(b"faits")] = b"9999"
    corrected.write_bytes(text.replace(line, b";".join(cells)))
    receive(corrected, BASE, "2023-02-09")
    found = matrix("sexual-violence")
    assert [each.superseded for each in found.vintages] == [True, False]
    assert found.known["2022"][0].value == 84_461
    assert found.known["2022"][1].value != 84_461
    assert [str(each.proposal.reason) for each in found.revisions] == ["correction"]


def test_the_vintages_of_a_source_under_disclosure_control_show_no_value(receive, tmp_path):
    """X12: two vintages of a small number would give it away."""
    header = "commune;annee;sexe;age;lien;unite;victimes;fictif\n"
    for vintage, value in (("2023-01-31", 15), ("2024-01-31", 16)):
        path = tmp_path / f"{vintage}.csv"
        path.write_text(f"{header}99001;2022;F;Y18-24;intimate;victime;{value};true\n")
        receive(path, "val-degide-recorded", vintage)
    found = get_matrix(source="val-degide-recorded", series="val-degide-recorded-victims", territory="99001")
    assert found.withheld
    assert {each.value for known in found.known.values() for each in known} == {None}
    assert [(r.value_after, r.proposal.evidence) for r in found.revisions] == [(None, ())]
    assert "16" not in json.dumps(
        matrix_report(found, "2022")["vintages"][0] | {"delivery": "", "sha256": "", "received_at": ""}
    )


def test_the_command_tells_the_matrix_and_its_exit_codes(active_statistics, shared_data, capsys):
    """`egide deliver` and `egide vintages`: 0 done, 1 refused with a sentence, 2 wrong use."""
    files = ("donnee-dep-2022-produit-le2023-07-17.csv.gz", "donnee-dep-2023-produit-le2024-07-05.csv.gz")
    for file, vintage in zip(files, ("2023-07-17", "2024-07-05"), strict=True):
        call_command("deliver", str(shared_data / "ssmsi" / file), source=BASE, vintage=vintage, json=True)
        said = json.loads(capsys.readouterr().out)
        assert (said["verdict"], said["rows_read"], said["vintage"]) == ("ACCEPTED", said["rows_accepted"], vintage)
    call_command("vintages", source=BASE, indicator="sexual-violence", year="2022", json=True)
    told = json.loads(capsys.readouterr().out)
    assert [each["value"] for each in told["vintages"]] == [84_461, 106_113]
    assert [(each["from"], each["to"], each["proposed"], each["signed"]) for each in told["revisions"]] == [
        ("2023-07-17", "2024-07-05", "redefinition", None)
    ]
    call_command("vintages", source=BASE, indicator="sexual-violence", year="2022")
    assert "2024-07-05  106113" in capsys.readouterr().out
    for asked, code in (
        ({"source": "nowhere", "indicator": "x", "year": "2022"}, 2),
        ({"source": BASE, "indicator": "x", "year": "2022"}, 2),
        ({"source": BASE, "indicator": "homicides", "year": "22"}, 2),
        ({"source": BASE, "indicator": "homicides", "year": "1999"}, 1),
    ):
        with pytest.raises(CommandError) as refused:
            call_command("vintages", **asked)
        assert refused.value.returncode == code, asked
    with pytest.raises(CommandError) as refused:
        call_command("deliver", "/nowhere.csv", source=BASE, vintage="2024-07-05")
    assert refused.value.returncode == 2
    with entering("statistics", Subject.job("tests")):
        assert len(matrix("homicides").vintages) == 2
