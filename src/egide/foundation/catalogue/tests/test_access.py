"""The access matrix as it stands, and each mistake made on purpose in it."""

import pytest

from egide.foundation.catalogue import access_levels, access_matrix, access_rows, get_nomenclature, roles_with, root

MATRIX = "access/matrix.csv"
MISTAKES = [
    (MATRIX, "ISCG,N,S", "ISCG,n,S", "ISCG has the letter 'n' on R01", "use one of"),
    (MATRIX, "ISCG,N,S", "ISCG,,S", "ISCG has the letter '' on R01", "write -"),
    (MATRIX, "INVESTIGATOR,F", "INVESTIGTOR,F", "the role 'INVESTIGTOR'", "INVESTIGATOR"),
    (MATRIX, "INVESTIGATOR,F", "ISCG,F", "the role 'ISCG' is written twice", "keep one"),
    (MATRIX, "role,R01", "role,R99", "the column 'R99'", "use one of"),
    (MATRIX, "role,R01,R02", "role,R01,R01", "the column 'R01' is written twice", "keep one"),
    (MATRIX, "role,R01", "rôle,R01", "the first column is not `role`", "begin"),
    ("access/levels.csv", "-,rien,nothing", "-,rien,", "no text in en", "both languages"),
    ("access/proofs.csv", "left,left", "left,gone", "the relation 'gone'", "use one of"),
    ("access/proofs.csv", "left,left", "team,left", "the situation 'team' is written twice", "rename"),
    (
        "access/proofs.csv",
        "team,team,none,none,R01=N,yes",
        "team,team,none,none,R01=N,oui",
        "open is 'oui'",
        "yes or no",
    ),
    ("access/proofs.csv", "team,team,none,none,R01=N", "team,team,none,none,R01=X", "the roles 'R01=X'", "R01=N"),
    ("access/proofs.csv", "team,team,none,none,R01=N", "team,team,none,none,ISCG", "the roles 'ISCG'", "R01=N"),
    ("access/proofs.csv", "children housing", "children houses", "the section 'houses'", "use one of"),
    ("access/words.csv", "in the team of the file", "", "no text in en", "both languages"),
    ("access/rows.csv", "Training", " ", "no text in en", "both languages"),
]
PERSONS_OF_THE_FILES = ("R01", "R02", "R03", "R04", "R06", "R07", "R09", "R10", "R11", "R13")


@pytest.mark.parametrize(("file", "old", "new", "what", "remedy"), MISTAKES)
def test_a_mistake_of_the_matrix_is_named_with_its_line_and_remedy(broken, file, old, new, what, remedy):
    problems, line = broken(file, old, new)
    [found] = [each for each in problems if what in each.what]
    assert (found.file, found.line, remedy in found.remedy) == (file, line, True)


def test_a_row_without_a_column_is_a_problem(broken):
    problems, _line = broken("access/rows.csv", "R14,", "R12,")
    assert [(each.line, each.what) for each in problems] == [
        (1, "the column 'R14' is not of rows.csv"),
        (1, "the row R12 of rows.csv has no column"),
    ]


def test_a_matrix_that_is_absent_is_a_problem(copy):
    from egide.foundation.catalogue.checking import check_catalogue

    (copy / MATRIX).unlink()
    assert [(each.file, each.what) for each in check_catalogue(copy)] == [(MATRIX, "the file is absent")]


def test_every_row_that_exists_or_is_coming_has_its_column_and_every_letter_its_meaning():
    """R01 to R41, but the public booklet (R12) and the two desks that hold no row of their own yet (R19, R20)."""
    rows = {f"R{number:02d}" for number in range(1, 42)} - {"R12", "R19", "R20"}
    assert set(access_rows()) == rows == {row for _role, row in access_matrix()}
    assert set(access_matrix().values()) == set(access_levels())


def test_every_role_of_the_house_has_its_line():
    assert {role for role, _row in access_matrix()} == set(get_nomenclature("roles").codes)


def test_the_readme_explains_every_letter():
    words = (root() / "access/README.md").read_text(encoding="utf-8")
    assert [level for level in access_levels() if f"| `{level}` |" not in words] == []


def test_counters_deciders_and_administrators_never_see_a_person_of_the_field():
    """X01, F3, personas P14, P15, P17, P20: numbers at most; the officer for data protection sees the trail only."""
    matrix = access_matrix()
    for role in ("MAYOR", "PREFECTURE_OFFICER", "SG_CIPDR", "STATISTICIAN", "EDITOR", "MANAGER", "RESEARCHER"):
        assert {matrix[role, row] for row in PERSONS_OF_THE_FILES} <= {"A", "-"}, role
    assert {matrix["ADMINISTRATOR", row] for row in access_rows()} == {"-"}
    assert {matrix["DPO", row] for row in access_rows()} == {"log"}


def test_police_and_serial_analysts_have_no_social_file():
    """F1 and F2: the investigator knows a fact; the analyst of series nothing outside the series."""
    matrix = access_matrix()
    assert matrix["INVESTIGATOR", "R01"] == "F"
    assert {matrix["SERIES_ANALYST", row] for row in PERSONS_OF_THE_FILES} == {"-"}
    assert roles_with("R23", "N") == roles_with("R24", "N") == {"SERIES_ANALYST"}
