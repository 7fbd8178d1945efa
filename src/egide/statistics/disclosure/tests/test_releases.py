"""A folder that leaves is attacked as a whole: its files together, and with every former edition."""

import json

import pytest

from egide.methods.disclosure import DisclosureTooTight
from egide.statistics.disclosure.files import Asked, protect_file
from egide.statistics.disclosure.releases import ReleaseLeaks, audit_folder
from egide.statistics.disclosure.tablefile import UnreadableTable

TABLE = "region,sex,n\nA,F,3\nA,M,20\nA,T,23\nB,F,30\nB,M,0\nB,T,30\nC,F,9\nC,M,8\nC,T,17\nT,F,42\nT,M,28\nT,T,70\n"
SDMX = """<message xmlns:g="g"><g:DataSet>{}</g:DataSet></message>"""
OBSERVATION = (
    '<g:Obs><g:ObsKey><g:Value id="REGION" value="{}"/><g:Value id="SEX" value="{}"/></g:ObsKey>'
    '<g:ObsValue value="{}"/></g:Obs>'
)


@pytest.fixture
def folder(tmp_path):
    """What `protect` writes: A and C hidden for F and M."""
    (tmp_path / "table.csv").write_text(TABLE)
    protect_file(Asked(tmp_path / "table.csv", "default", {}), tmp_path / "out")
    return tmp_path / "out"


def test_what_protect_writes_passes_with_the_same_intervals(folder):
    report = audit_folder(folder)
    certificate = json.loads((folder / "confidential/certificate.json").read_text())
    mine = {tuple(each["cell"]): (each["low"], each["high"]) for each in report["intervals"]}
    theirs = {tuple(each["cell"]): (each["low"], each["high"]) for each in certificate["audit"]["intervals"]}
    assert mine == theirs
    assert (report["verdict"], report["hidden"]) == ("protected", 4)


OPENINGS = {
    "the open data print it": ("open-data.csv", "region;sex;value\nA;F;3\n", "A / F is hidden in table.csv but open-data.csv prints 3"),
    "SDMX-CSV prints it": ("data.csv", "STRUCTURE,region,sex,OBS_VALUE\ndataflow,C,M,8\n", "but data.csv prints 8"),
    "SDMX-ML prints it": ("data.xml", SDMX.format(OBSERVATION.format("A", "M", 20)), "but data.xml prints 20"),
    "a former edition printed it": ("../former/2021/old.csv", "region,sex,value\nC,F,9\n", "but former/2021/old.csv prints 9"),
}  # fmt: skip


@pytest.mark.parametrize("name", OPENINGS)
def test_a_cell_hidden_in_one_file_and_printed_in_another_is_told(folder, name):
    file, text, sentence = OPENINGS[name]
    path = folder / "public" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    with pytest.raises(ReleaseLeaks, match=sentence):
        audit_folder(folder)


def test_a_figure_of_another_file_that_gives_the_complement_is_told(folder):
    """X12: the complement. A + C of one sex is printed by nobody, but A alone over both sexes with its part is enough."""
    structure = json.loads((folder / "public/structure.json").read_text())
    structure["dimensions"]["region"] |= {"A": "A+C", "C": "A+C", "A+C": "T"}
    (folder / "public/structure.json").write_text(json.dumps(structure))
    assert audit_folder(folder)["verdict"] == "protected"
    (folder / "public/more.csv").write_text("region,sex,value\nA+C,F,12\nA+C,M,28\nA+C,T,40\n")
    assert audit_folder(folder)["verdict"] == "protected"
    table = (folder / "public/table.csv").read_text().replace("C,M,,suppressed\n", "C,M,8,published\n")
    (folder / "public/table.csv").write_text(table)
    with pytest.raises(DisclosureTooTight, match=r"A / F .* is exactly 3"):
        audit_folder(folder)


def test_without_a_certificate_a_cell_that_can_be_computed_is_still_told(folder):
    (folder / "confidential/certificate.json").unlink()
    assert audit_folder(folder)["judged_by"] == "exact recomputation only"
    table = (folder / "public/table.csv").read_text().replace("A,M,,suppressed\n", "A,M,20,published\n")
    (folder / "public/table.csv").write_text(table)
    with pytest.raises(DisclosureTooTight, match="is exactly"):
        audit_folder(folder)


def test_a_folder_without_its_trees_is_refused_with_what_to_write(folder):
    (folder / "public/structure.json").unlink()
    with pytest.raises(UnreadableTable, match=r"has no structure\.json"):
        audit_folder(folder)
