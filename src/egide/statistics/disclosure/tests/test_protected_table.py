"""Nothing leaves that was not protected: no table is made, changed or loaded without the audit's word."""

import json
from decimal import Decimal

import pytest

from egide.statistics.disclosure import protected as room
from egide.statistics.disclosure.protect import protect_release
from egide.statistics.disclosure.protected import NotProtected, ProtectedTable, load

INNER = {("99001", "family"): 2, ("99001", "intimate"): 30, ("99002", "family"): 40, ("99002", "intimate"): 25}


@pytest.fixture
def released(table_of, settings, tmp_path):
    settings.EGIDE_STORE = tmp_path
    return protect_release({"table": table_of(INNER), "headline": table_of(INNER, by=())})


@pytest.mark.parametrize("key", [None, object(), "key"])
def test_no_one_makes_a_protected_table_but_the_disclosure_room(released, key):
    with pytest.raises(NotProtected, match=r"call protect_release\(\)"):
        ProtectedTable(released.tables, key=key)


def test_a_protected_table_is_not_changed_after_its_audit(released):
    with pytest.raises(TypeError):
        released.tables["table"] = released.tables["headline"]
    with pytest.raises(AttributeError):
        released.tables = {}
    with pytest.raises(AttributeError):
        released.tables["table"].cells = ()


def test_what_was_saved_is_loaded_the_same_to_the_cell_and_to_the_hash(released):
    loaded = load(released.save())
    assert dict(loaded.tables) == dict(released.tables)
    assert loaded.hash == released.hash


def test_the_same_tables_have_the_same_hash_and_another_figure_another(table_of, released):
    again = protect_release({"headline": table_of(INNER, by=()), "table": table_of(INNER)})
    assert again.hash == released.hash
    other = protect_release({"table": table_of(INNER | {("99002", "intimate"): 26})})
    assert other.hash != released.hash


def unhide(content):
    """Put a figure where there was none."""
    plain = json.loads(content)
    cell = next(cell for cell in plain["table"]["cells"] if cell["suppression"])
    cell.update(value=2, absence=None, suppression=None)
    return json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()


ALTERATIONS = {
    "a hidden figure put back": unhide,
    "one byte more": lambda content: content + b" ",
    "cut short": lambda content: content[:-20],
    "emptied": lambda content: b"",
    "no text at all": lambda content: b"\xff\xfe",
    "another figure": lambda content: content.replace(b"97", b"98"),
    "another kind of absence": lambda content: content.replace(b"SUPPRESSED", b"WHATEVER"),
}


@pytest.mark.parametrize("alteration", ALTERATIONS)
def test_a_table_altered_after_its_audit_is_refused_in_words(released, tmp_path, alteration):
    path = tmp_path / "protected" / f"{released.save()}.json"
    content = path.read_bytes()
    altered = ALTERATIONS[alteration](content)
    assert altered != content
    path.write_bytes(altered)
    with pytest.raises(NotProtected, match="was altered after its audit: it is refused"):
        load(released.hash)


def test_a_table_that_is_not_in_the_store_is_refused_in_words(released):
    with pytest.raises(NotProtected, match="protect the release again"):
        load("0" * 64)


def test_a_decimal_figure_comes_back_exact(released, tmp_path):
    from dataclasses import replace

    cells = released.tables["headline"]
    exact = replace(cells, cells=(replace(cells.cells[0], value=Decimal("3.090"), absence=None),))
    table = ProtectedTable({"ratio": exact}, key=room._KEY)
    assert load(table.save()).tables["ratio"].cells[0].value == Decimal("3.090")
