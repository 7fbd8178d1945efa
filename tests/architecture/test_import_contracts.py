"""The import contracts, run on a copy of the house: green as it stands, red for each wall broken on purpose."""

import os
import shutil
import subprocess
import sys
import tomllib
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.architecture.layers import may_use, read_orders
from tests.architecture.passages import WINGS
from tests.architecture.shape import list_paths
from tests.architecture.source import CHECKOUT

CONTRACTS = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
LAYERS = sorted(contract["id"] for contract in CONTRACTS if contract["type"] == "layers")
HOLD_ROOMS = [*WINGS, "methods", "web"]  # the others hold modules
CONTAINERS = ["egide", *sorted(f"egide.{name}" for name in HOLD_ROOMS if (CHECKOUT / "src/egide" / name).is_dir())]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """The Python files of the house and its contracts, where they may be broken."""
    folder = tmp_path_factory.mktemp("house")
    for path in list_paths("src"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(CHECKOUT / path, folder / path)
    shutil.copy(CHECKOUT / "pyproject.toml", folder)
    return folder


@contextmanager
def added(house, path, line):
    """Add a line at the end of a file of the copy, with its folder if need be; take it away again."""
    file = house / "src/egide" / path
    is_new_room, before = not file.parent.exists(), file.read_text() if file.exists() else None
    file.parent.mkdir(exist_ok=True)
    if is_new_room:
        (file.parent / "__init__.py").touch()
    file.write_text(f"{before or ''}\n{line}\n")
    try:
        yield
    finally:
        if is_new_room:
            shutil.rmtree(file.parent)
        elif before is None:
            file.unlink()
        else:
            file.write_text(before)


def lint(house, *contracts):
    """Run the linter on the copy: its exit code and its words on one line."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"]
    command += [word for contract in contracts for word in ("--contract", contract)]
    environment = {**os.environ, "PYTHONPATH": str(house / "src"), "COLUMNS": "500"}
    done = subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True)
    return done.returncode, " ".join((done.stdout + done.stderr).split())


def test_the_house_keeps_its_contracts(house):
    code, words = lint(house)
    assert code == 0, words


def test_the_tests_inside_the_rooms_obey_the_same_layers(house, tmp_path):
    """The linter does not see a folder without __init__.py, which tests do not have: here they get one."""
    shutil.copytree(house, tmp_path / "seen")
    for folder in (tmp_path / "seen/src").rglob("tests"):
        (folder / "__init__.py").touch()
    code, words = lint(tmp_path / "seen", *LAYERS)
    assert code == 0, words


def test_every_container_has_one_exhaustive_contract():
    declared = [contract for contract in CONTRACTS if contract["type"] == "layers"]
    assert sorted(container for contract in declared for container in contract["containers"]) == CONTAINERS
    assert all(contract["exhaustive"] and len(contract["containers"]) == 1 for contract in declared)


def test_no_contract_looks_away():
    assert [
        contract["id"] for contract in CONTRACTS if {"ignore_imports", "exhaustive_ignores"} & contract.keys()
    ] == []


BREAKS = [
    # contract, file, line added, what the file may not import
    ("house", "core/code", "from egide.methods import tabulate", "egide.methods.tabulate"),
    ("house", "foundation/clock", "def f():\n    from egide.statistics.sources import codes", "egide.statistics.sources.codes"),
    ("house", "statistics/sources/codes", "import egide.web.answers", "egide.web.answers"),
    ("house", "statistics/sources/codes", "if TYPE_CHECKING:\n    import egide.jobs.wording", "egide.jobs.wording"),
    ("house", "jobs/wording", "import egide.web.answers", "egide.web.answers"),
    ("house", "web/answers", "import egide.project.settings", "egide.project.settings"),
    ("house", "field/persons", "from egide.statistics.collection import queries", "egide.statistics.collection.queries"),
    ("statistics", "statistics/sources/codes", "from ..collection import models", "egide.statistics.collection.models"),
    ("statistics", "statistics/disclosure/protect", "from ..publication import queries", "egide.statistics.publication.queries"),
    ("field", "field/persons/models", "from egide.field import casefiles", "egide.field.casefiles"),
    ("foundation", "foundation/audit/actions", "from egide.foundation.accounts import models", "egide.foundation.accounts.models"),
    ("foundation", "foundation/legal/actions", "from ..organisations import queries", "egide.foundation.organisations.queries"),
    ("web", "web/components/words", "from egide.web.public import passports", "egide.web.public.passports"),
    ("web", "web/public/papers", "from egide.web.statistics import roles", "egide.web.statistics.roles"),
    ("methods", "methods/tabulate/query", "from egide.methods import disclosure", "egide.methods.disclosure"),
    ("pure", "methods/tabulate/query", "from django.conf import settings", "django"),
    ("pure", "methods/sdmx/writer", "import urllib.request", "urllib"),
    ("pure", "core/money", "def rate():\n    import socket", "socket"),
    ("pages", "web/public/home", "from egide.statistics.publication.models import Release", "egide.statistics.publication.models"),
    ("pages", "web/entrance", "from egide.foundation.accounts import models", "egide.foundation.accounts.models"),
    ("clock", "statistics/publication/actions", "from egide.foundation import clock", "egide.foundation.clock"),
]  # fmt: skip


@pytest.mark.parametrize(("contract", "importer", "line", "imported"), BREAKS)
def test_a_wall_broken_on_purpose_is_red_and_names_the_offender(house, contract, importer, line, imported):
    with added(house, f"{importer}.py", line):
        code, words = lint(house, contract)
    assert code == 1, words
    assert f"egide.{importer.replace('/', '.')} -> {imported} " in words


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("kind", ["surprise.py", "surprise/__init__.py"])
def test_an_undeclared_room_is_red(house, container, kind):
    with added(house, f"{container.replace('.', '/').removeprefix('egide')}/{kind}".strip("/"), ""):
        code, words = lint(house, container.rpartition(".")[2].replace("egide", "house"))
    assert code == 1, words
    assert f"- {container}.surprise" in words


def test_two_modules_that_need_each_other_are_red(house):
    with added(house, "statistics/publication/composition/printing.py", "from . import letters"):
        code, words = lint(house, "cycles")
    assert code == 1, words
    assert "No cycles are allowed in egide.statistics.publication" in words


def test_each_contract_is_broken_at_least_once():
    assert {contract["id"] for contract in CONTRACTS} == {contract for contract, *_rest in BREAKS} | {"cycles"}


def test_the_order_that_the_other_checks_use_is_the_contracts_own():
    orders = read_orders()
    assert may_use("egide.web.public.home", "egide.statistics.publication.queries", orders)
    assert may_use("egide.statistics.publication.models", "egide.statistics.publication.states", orders)
    assert not may_use("egide.foundation.audit", "egide.statistics.collection", orders)
    assert not may_use("egide.field.persons", "egide.statistics.collection", orders), "wings are strangers"
    assert not may_use("egide.statistics.collection", "egide.statistics.publication", orders)
    assert not may_use("egide.surprise", "egide.core", orders), "an undeclared room may know nobody"
