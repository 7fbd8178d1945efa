"""What every test may ask for: a database like production's, accounts with mandates, the real data, a running site.

Tests connect as the web does, under the login role that owns nothing; each worker has its own copy of one migrated
template, so that a test can trust the grants and policies that production has.
"""

import atexit
import contextlib
import fcntl
import hashlib
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import date, timedelta
from pathlib import Path

import pytest

pytest_plugins = ["tests.people"]

CHECKOUT = Path(__file__).resolve().parent
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
os.environ["EGIDE_MODE"] = "test"
os.environ["EGIDE_VAR"] = str(CHECKOUT / "var/test" / WORKER)
os.environ["EGIDE_DB_USER"] = "egide_app"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

SHARED_DATA = CHECKOUT.parent / "shared/data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files with known answers; tests that need it skip where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"the real data folder {SHARED_DATA} is absent")
    return SHARED_DATA


# --- database


def _psql(statement: str, *, database: str = "postgres") -> list:
    import psycopg

    from egide.project import postgres

    host = os.environ.get("EGIDE_DB_HOST", str(postgres.socket_dir()))
    with psycopg.connect(host=host, user="egide_owner", dbname=database, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def _template() -> str:
    """The migrated template of this state of the migrations, made by whichever worker comes first."""
    from egide.project import postgres

    postgres.start()
    sources = [*sorted((CHECKOUT / "src").rglob("migrations/*.py")), *sorted((CHECKOUT / "src").rglob("apps.py"))]
    sources += sorted((CHECKOUT / "src/egide/foundation/wings").glob("*.py"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]
    name = f"egide_template_{digest}"
    lock = CHECKOUT / "var/test/template.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with open(lock, "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not _psql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):
            _psql(f"DROP DATABASE IF EXISTS {name}_partial")
            _psql(f"CREATE DATABASE {name}_partial")
            environment = {**os.environ, "EGIDE_DB_NAME": f"{name}_partial", "EGIDE_DB_USER": "egide_owner"}
            subprocess.run(
                [sys.executable, "-m", "egide.project.manage", "migrate", "-v0", "--skip-checks"],
                env=environment,
                check=True,
            )
            _psql(f"ALTER DATABASE {name}_partial RENAME TO {name}")
    return name


def clone_database(purpose: str) -> str:
    """A fresh database from the migrated template, of this process alone; it is dropped when the process ends."""
    template, name = _template(), f"egide_{purpose}_{WORKER}_{os.getpid()}"
    with open(CHECKOUT / "var/test/template.lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        _drop_orphans()
        _psql(f"DROP DATABASE IF EXISTS {name}")
        _psql(f"CREATE DATABASE {name} TEMPLATE {template}")
    atexit.register(_drop, name)
    return name


def _drop(name: str) -> None:
    from django.db import connections

    connections["default"].close()
    with contextlib.suppress(Exception):  # a reader that is still there keeps it; the next run drops it
        _psql(f"DROP DATABASE IF EXISTS {name}")


def _drop_orphans() -> None:
    """Databases of processes that were killed before they could drop them."""
    for (name,) in _psql("SELECT datname FROM pg_database WHERE datname ~ '^egide_(test|own|site)_.*_[0-9]+$'"):
        if not Path(f"/proc/{name.rpartition('_')[2]}").exists():
            _drop(name)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    from django.db import connections

    name = clone_database("test")
    connections["default"].settings_dict["NAME"] = name
    connections["default"].close()
    yield
    connections["default"].close()


@pytest.fixture
def own_database(django_db_setup, django_db_blocker):
    """A fresh copy for one test that must commit: another connection sees what it wrote, and it is thrown away after."""
    from django.db import connections

    settings = connections["default"].settings_dict
    usual = settings["NAME"]
    with django_db_blocker.unblock():
        connections["default"].close()
        settings["NAME"] = clone_database("own")
        yield settings["NAME"]
        connections["default"].close()
        settings["NAME"] = usual


@pytest.fixture
def owner():
    """A raw connection as the owner of the tables, for attacks that a web role could never prepare."""
    import psycopg
    from django.db import connections

    settings = connections["default"].settings_dict
    with psycopg.connect(host=settings["HOST"], user="egide_owner", dbname=settings["NAME"]) as connection:
        yield connection
        connection.rollback()


# --- people


@pytest.fixture
def now():
    from django.utils import timezone

    return timezone.localtime()


@pytest.fixture
def make_account(db, now):
    """Make an invented account seated on a position with the given roles; its password is `account.plain`."""
    from egide.foundation.accounts.actions import create_account
    from egide.foundation.organisations import actions
    from egide.foundation.wings.entering import Subject, entering

    def make(username: str, *roles: str, at: str = "service-fictif"):
        plain = secrets.token_urlsafe(16)
        with entering("foundation", Subject.job("tests")):
            account = create_account(username=username, name=f"Agent fictif {username}", password=plain, now=now)
            if roles:
                organisation = actions.register_organisation(
                    code=at,
                    name=f"Organisme fictif {at}",
                    kind="association",
                    fictional=True,
                    now=now,
                )
                position = actions.open_position(
                    organisation=organisation, title=f"Poste {username}", roles=roles, now=now
                )
                today = date.today()  # noqa: DTZ011
                actions.give_mandate(
                    position=position,
                    account=account,
                    valid_from=today - timedelta(days=1),
                    valid_to=today + timedelta(days=300),
                    now=now,
                )
        account.plain = plain
        return account

    return make


@pytest.fixture
def statistician(make_account):
    return make_account("statisticienne", "STATISTICIAN")


@pytest.fixture
def signatory(make_account):
    return make_account("signataire", "SIGNATORY")


@pytest.fixture
def editor(make_account):
    return make_account("editrice", "EDITOR")


@pytest.fixture
def active_statistics(db, now):
    """The statistics module with a complete, fictional legal record."""
    from egide.foundation.wings.entering import Subject, entering

    with entering("foundation", Subject.job("tests")):
        _activate("statistics", now)


@pytest.fixture
def active_field(db, now):
    """The field module with a complete, fictional legal record."""
    from egide.foundation.wings.entering import Subject, entering

    with entering("foundation", Subject.job("tests")):
        _activate("field", now)


@pytest.fixture
def active_protection(active_field, now):
    """The field and its register of measures, each with a complete, fictional legal record."""
    from egide.foundation.wings.entering import Subject, entering

    with entering("foundation", Subject.job("tests")):
        _activate("protection", now)


def _activate(module: str, now) -> None:
    from egide.foundation.legal.actions import activate, register_processing

    register_processing(
        module=module, controller="Organisme fictif", act="Arrêté fictif", dpia_reference="AIPD fictive",
        dpia_date=date(2026, 1, 1), dpo="DPO fictif", retention_rule="aggregate-deliveries", fictional=True, now=now,
    )  # fmt: skip
    activate(module=module, now=now)


@pytest.fixture
def inside_statistics(active_statistics):
    """Run the test inside the statistics wing, as a job."""
    from egide.foundation.wings.entering import Subject, entering

    with entering("statistics", Subject.job("tests")):
        yield


# --- a running site and a browser


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory):
    """The demonstration, built and served for real on a free port: (address, {username: password})."""
    folder = tmp_path_factory.mktemp("demo")
    environment = {
        **os.environ, "EGIDE_MODE": "demonstration", "EGIDE_VAR": str(folder),
        "EGIDE_DB_NAME": clone_database("site"),
    }  # fmt: skip
    subprocess.run([sys.executable, "-m", "egide.project.demonstration", "--serve=0"], env=environment, check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--threads", "4", "egide.project.wsgi"],
        env=environment, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        lines = (folder / "demo/accounts.txt").read_text().splitlines()
        accounts = dict(line.split()[:2] for line in lines if line and not line.startswith("#"))
        yield address, accounts
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(address: str) -> None:
    for _attempt in range(100):
        try:
            urllib.request.urlopen(address, timeout=1)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The site at {address} did not answer within ten seconds.")


@pytest.fixture(scope="session")
def browser():
    """Debian's chromium, headless."""
    from playwright.sync_api import sync_playwright

    flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    flags += " --disable-component-update --disable-sync"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags.split())
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
    yield context.new_page()
    context.close()
