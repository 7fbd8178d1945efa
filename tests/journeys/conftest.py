"""What the journeys need: an empty site whose clock can be moved, a page that is checked, screenshots that are kept."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import CHECKOUT, WORKER, _wait_for, clone_database
from tests.journeys.entering import sign_in

SCREENSHOTS = CHECKOUT / "var/screenshots"
ROLES = {"statisticienne": "STATISTICIAN", "signataire": "SIGNATORY", "editrice": "EDITOR"}


@dataclass
class Site:
    """An installation with accounts and no delivery, served at whatever moment a journey asks for."""

    folder: Path
    database: str
    accounts: dict[str, str] = field(default_factory=dict)
    servers: list[subprocess.Popen] = field(default_factory=list)

    def environment(self, now: str) -> dict[str, str]:
        moved = {"EGIDE_MODE": "demonstration", "EGIDE_VAR": str(self.folder), "EGIDE_NOW": now}
        return {**os.environ, **moved, "EGIDE_DB_NAME": self.database}

    def egide(self, now: str, *commands: Sequence[str]) -> str:
        """Run commands of the house in one process, at `now`; what they said."""
        script = "import django, json, sys; django.setup(); from django.core.management import call_command\n"
        script += "for words in json.loads(sys.argv[1]): call_command(*words)"
        environment = self.environment(now) | {"DJANGO_SETTINGS_MODULE": "egide.project.settings"}
        command = [sys.executable, "-c", script, json.dumps(commands)]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    def serve(self, now: str) -> str:
        """The address of the site at `now`; what was served before stops."""
        self.stop()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "--bind",
            f"127.0.0.1:{port}",
            "--threads",
            "4",
            "egide.project.wsgi",
        ]
        self.servers.append(subprocess.Popen(command, env=self.environment(now), stderr=subprocess.DEVNULL))
        _wait_for(f"http://127.0.0.1:{port}")
        return f"http://127.0.0.1:{port}"

    def stop(self) -> None:
        for server in self.servers:
            server.terminate()
            server.wait(10)
        self.servers.clear()


@pytest.fixture
def empty_site(tmp_path):
    """A site before its first delivery, its accounts seated from February 2024."""
    site, now = Site(tmp_path, clone_database(f"egide_journey_{WORKER}")), "2024-02-01T09:00:00+01:00"
    record = {
        "--controller": "Observatoire fictif", "--act": "Arrêté fictif", "--dpia": "AIPD fictive", "--dpia-date": "2024-01-01",
        "--dpo": "Délégué fictif", "--retention": "aggregate-deliveries",
    }  # fmt: skip
    said = site.egide(
        now,
        ["update_messages", "--compile"],
        ["register_processing", "statistics", "--fictional", *(word for pair in record.items() for word in pair)],
        ["activate", "statistics"],
        *(
            ["create_account", username, "--name", f"Agent fictif {username}", "--role", role, "--random-password"]
            for username, role in ROLES.items()
        ),
    )
    site.accounts = dict(line.split() for line in said.splitlines() if line.partition(" ")[0] in ROLES)
    yield site
    site.stop()


@pytest.fixture
def visit(browser):
    """Open a browser's page for someone: visit(width=390, dark=False)."""
    contexts = []

    def open_page(*, width: int = 390, dark: bool = False):
        scheme = "dark" if dark else "light"
        context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme, locale="fr-FR")
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def enter(demo_site, visit):
    """A page where someone of the demonstration is signed in: enter("intervenante", width=390)."""
    address, accounts = demo_site

    def sign(username, *, width=390, dark=False):
        page = visit(width=width, dark=dark)
        sign_in(page, address, username, accounts[username])
        return page

    return sign


@pytest.fixture
def check():
    """Check the page as it stands: axe finds nothing, nothing scrolls sideways; keep its screenshot under a name."""

    def look(page, name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
        found = Axe().run(page).response["violations"]
        assert not found, [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name
        assert page.locator("h1").count() == 1

    return look
