"""A table of one's own, from its files to the two folders: one that may leave, one that may not."""

import csv
import json

import pytest

from egide.methods.disclosure import RuleMisused, find_primary
from egide.statistics.disclosure.files import Asked, protect_file, read_model
from egide.statistics.disclosure.rulebook import read_rulebook
from egide.statistics.disclosure.tablefile import UnreadableTable

TABLE = "region,sex,n\nA,F,3\nA,M,20\nA,T,23\nB,F,30\nB,M,0\nB,T,30\nC,F,9\nC,M,8\nC,T,17\nT,F,42\nT,M,28\nT,T,70\n"


@pytest.fixture
def asked(tmp_path):
    """Files of a table, its rules and its hierarchies, and what is asked of them."""

    def make(table=TABLE, rules="minimum_count: 5\n", hierarchies=None, **more):
        (tmp_path / "table.csv").write_text(table)
        (tmp_path / "rules.yaml").write_text(rules)
        paths = {}
        for name, text in (hierarchies or {}).items():
            paths[name] = tmp_path / f"{name}.csv"
            paths[name].write_text(text)
        return Asked(tmp_path / "table.csv", str(tmp_path / "rules.yaml"), paths, **more)

    return make


def test_what_may_leave_tells_a_gap_from_a_zero_and_keeps_the_reason_inside(asked, tmp_path):
    report = protect_file(asked(), tmp_path / "out")
    assert report["primary"] == [["A", "F"]]
    assert sorted(map(tuple, report["secondary"])) == [("A", "M"), ("C", "F"), ("C", "M")]
    assert (report["cost"], report["bound"], report["gap"]) == (37, 37, 0)
    bounds = {tuple(each["cell"]): (each["low"], each["high"]) for each in report["audit"]["intervals"]}
    assert bounds["A", "F"] == (0, 12)
    rows = list(csv.DictReader((tmp_path / "out/public/table.csv").open()))
    told = {(row["region"], row["sex"]): (row["value"], row["status"]) for row in rows}
    assert told["B", "M"] == ("0", "published")
    assert told["A", "F"] == told["C", "M"] == ("", "suppressed")
    assert "primary" not in "".join(path.read_text() for path in (tmp_path / "out/public").iterdir())
    assert json.loads((tmp_path / "out/confidential/certificate.json").read_text())["pattern_sha256"]


def test_the_same_input_gives_the_same_pattern(asked, tmp_path):
    hashes = {protect_file(asked(), tmp_path / "out")["pattern_sha256"] for _ in range(2)}
    assert len(hashes) == 1


def test_the_files_of_insee_are_read_with_its_77_sensitive_cells(shared_data):
    folder = shared_data / "sdc/rtauargus"
    tree = {"ACTIVITY": folder / "activity_corr_table.csv"}
    table, book, model = read_model(Asked(folder / "turnover_act_size.csv", "insee-enterprises", tree))
    assert len(model.values) == 414
    assert len(find_primary(model, book.profile, table.contributions)) == 77


def test_weights_say_what_hiding_a_cell_costs(asked, tmp_path):
    lines = TABLE.splitlines()
    dear = [f"{line},{100 if line.startswith('C') else 1}" for line in lines[1:]]
    table = "\n".join([f"{lines[0]},price", *dear])
    report = protect_file(asked(table, weights="price"), tmp_path / "out")
    assert not any(codes[0] == "C" for codes in report["secondary"])


def test_a_hierarchy_file_places_each_code_and_the_code_it_omits_is_the_total(asked, tmp_path):
    table = "place;n\nX;50\nR1;20\nR2;30\na;3\nb;17\nc;12\nd;18\n"
    tree = {"place": "region;departement\nR1;a\nR1;b\nR2;c\nR2;d\n"}
    report = protect_file(asked(table, hierarchies=tree), tmp_path / "out")
    assert report["primary"] == [["a"]]
    assert report["secondary"] == [["b"]]
    structure = json.loads((tmp_path / "out/public/structure.json").read_text())
    assert structure["dimensions"]["place"]["R1"] == "X"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"table": TABLE + "A,F,3\n"}, "Line 14 of table.csv: cell A / F comes twice"),
        ({"table": TABLE.replace("A,F,3", "A,F")}, "Line 2 of table.csv has 2 fields for 3 columns"),
        ({"table": TABLE.replace("A,F,3", "A,F,three")}, "Line 2 of table.csv: three in n is no figure"),
        ({"table": TABLE.replace("T,T,70", "T,T,71")}, "Cell T / T is 71 but its parts"),
        ({"table": "r,n\nx,1\ny,2\n"}, "Nothing says which code of r is the total"),
        ({"rules": "treshold: 5\n"}, "The rules say treshold, which means nothing here"),
        ({"rules": "rules: [{kind: dominance, n: 1}]\n"}, "The rule dominance does not say 'k'"),
        ({"rules": "rules: [{kind: secret}]\n"}, "No rule is of kind secret"),
        ({"rules": "a: [\n"}, "is neither YAML nor JSON"),
        ({"rules": "code: nothing\n"}, "The rules hide nothing"),
        ({"rules": "dominance: 85\n"}, "needs the 1 largest contributors"),
        ({"weights": "price"}, "has no column price for the weights"),
        ({"hierarchies": {"place": "r,d\nA,b\n"}}, "has no column of codes place"),
        ({"hierarchies": {"region": "r,d\nQ,A\n"}}, "does not place B, C of the column region"),
        ({"hierarchies": {"region": "r,d\nQ,A\nP,A\n"}}, "A is a part of P here and of Q above"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_place_and_the_remedy(asked, tmp_path, change, sentence):
    with pytest.raises(ValueError, match=sentence):
        protect_file(asked(**change), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_profiles_of_the_catalogue_are_rulebooks():
    for code in ("default", "insee-enterprises", "tax-persons"):
        assert read_rulebook(code, counts=False).profile.name == code
    with pytest.raises(RuleMisused, match="The rules hide nothing"):
        read_rulebook("none", counts=False)


def test_a_total_is_found_by_its_sums_when_it_has_no_known_name(asked, tmp_path):
    report = protect_file(asked(TABLE.replace("T,", "Everything,").replace(",T,", ",Both,")), tmp_path / "out")
    assert ["A", "F"] in report["primary"]


def test_an_unknown_file_of_table_is_no_surprise(asked, tmp_path):
    given = asked()
    given.table.write_bytes(b"\xff\xfe")
    with pytest.raises(UnreadableTable, match="is not UTF-8"):
        protect_file(given, tmp_path / "out")
