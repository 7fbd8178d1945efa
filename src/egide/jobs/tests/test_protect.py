"""`egide protect`: exit 0 with the report, 1 with a sentence, 2 for a wrong use."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

TABLE = "region,sex,n\nA,F,3\nA,M,20\nA,T,23\nB,F,30\nB,M,22\nB,T,52\nT,F,33\nT,M,42\nT,T,75\n"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(TABLE)
    return path


def protect(table, tmp_path, *more, rules="default"):
    out = StringIO()
    call_command("protect", str(table), "--rules", rules, "--out", str(tmp_path / "out"), *more, stdout=out)
    return out.getvalue()


def test_the_report_is_json_with_the_pattern_its_hash_and_the_attacker_s_intervals(table, tmp_path):
    report = json.loads(protect(table, tmp_path, "--json"))
    assert {"primary", "secondary", "cost", "bound", "gap", "pattern_sha256", "audit"} <= set(report)
    assert len(report["audit"]["intervals"]) == len(report["primary"]) + len(report["secondary"]) == 4


def test_without_json_a_sentence_says_what_was_hidden_and_what_may_leave(table, tmp_path):
    told = protect(table, tmp_path)
    assert "9 cells: 1 sensitive, 3 hidden with them" in told
    assert "May leave" in told


@pytest.mark.parametrize(
    ("more", "rules", "code"),
    [
        ((), "no-such-profile", 1),
        ((), "insee-enterprises", 1),
        (("--hierarchy", "region"), "default", 2),
        (("--hierarchy", "region=/nowhere.csv"), "default", 2),
        (("--time-limit", "-1"), "default", 2),
    ],
)
def test_a_refusal_is_1_and_a_wrong_use_2(table, tmp_path, more, rules, code):
    with pytest.raises(CommandError) as caught:
        protect(table, tmp_path, *more, rules=rules)
    assert caught.value.returncode == code


def test_what_protect_wrote_is_attacked_by_audit_release(table, tmp_path):
    protect(table, tmp_path)
    out = StringIO()
    call_command("audit_release", str(tmp_path / "out"), "--json", stdout=out)
    assert json.loads(out.getvalue())["verdict"] == "protected"
    (tmp_path / "out/public/more.csv").write_text("region,sex,value\nA,F,3\n")
    with pytest.raises(CommandError, match="Hide it everywhere") as caught:
        call_command("audit_release", str(tmp_path / "out"))
    assert caught.value.returncode == 1
    with pytest.raises(CommandError) as caught:
        call_command("audit_release", str(tmp_path / "nowhere"))
    assert caught.value.returncode == 2
