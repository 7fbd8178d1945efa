"""Sizes, names and docstrings of every file; each rule is shown to bite."""

import pytest

from tests.architecture import shape
from tests.architecture.source import Source, read_sources


@pytest.fixture(scope="module")
def sources():
    return read_sources("src", "tests", "bench")


@pytest.fixture(scope="module")
def paths():
    return shape.list_paths("src", "tests", "bench")


def test_no_file_or_folder_is_a_drawer(paths):
    assert shape.find_drawers(paths) == []


@pytest.mark.parametrize("path", ["src/egide/field/utils.py", "src/egide/common/models.py", "tests/helpers/people.py"])
def test_a_drawer_is_red(path):
    assert path in shape.find_drawers([path, "src/egide/field/commons.py"])[0]


def test_every_module_says_what_it_is_for(sources):
    assert shape.find_silent_modules(sources) == []


def test_a_silent_module_is_red():
    silent = Source("src/egide/core/x.py", "A = 1\n")
    spoken = Source("src/egide/core/y.py", '"""What lives here."""\nA = 1\n')
    assert [breach.partition(":")[0] for breach in shape.find_silent_modules([silent, spoken])] == [silent.path]


def test_no_file_is_too_long(sources):
    assert shape.find_long_files(sources) == []


@pytest.mark.parametrize(("path", "limit"), [("src/egide/core/x.py", 400), ("src/egide/core/tests/test_x.py", 800)])
def test_a_long_file_is_red(path, limit):
    assert shape.find_long_files([Source(path, "A = 1\n" * limit)]) == []
    assert f"{limit + 1} lines" in shape.find_long_files([Source(path, "A = 1\n" * (limit + 1))])[0]


def test_no_function_is_too_long(sources):
    assert shape.find_long_functions(sources) == []


def test_a_long_function_is_red():
    body = "    a = 1\n"
    assert shape.find_long_functions([Source("src/x.py", "def f():\n" + body * 49)]) == []
    assert "`f` has 51 lines" in shape.find_long_functions([Source("src/x.py", "def f():\n" + body * 50)])[0]


def test_no_room_hides_from_the_import_contracts(paths):
    assert shape.find_hidden_folders(paths) == []


def test_a_room_without_init_is_red():
    hidden = ["src/egide/__init__.py", "src/egide/field/persons.py", "src/egide/core/tests/test_x.py"]
    assert [breach.partition(":")[0] for breach in shape.find_hidden_folders(hidden)] == ["src/egide/field"]
