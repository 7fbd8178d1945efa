"""The demonstration: from an empty folder to the published letter, then served until Ctrl-C or a kill.

Everything it loads is in the repository (sample/) and marked fictional or cited with its publication. Running it again
keeps the accounts and the deliveries, and composes nothing that has not changed.
"""

import argparse
import io
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from egide.project import postgres

EDITION = 2022
ADDRESS = "127.0.0.1:8000"
OBSERVATORY, ASSOCIATION = (
    ("observatoire-fictif", "Observatoire fictif d’Égide"),
    ("association-fictive", "Association fictive du Val"),
)
STATION = ("commissariat-fictif", "Commissariat fictif de Pont-l’Égide")
SHELTER = ("foyer-fictif", "Foyer fictif du Val")
NETWORK = ("reseau-fictif", "Réseau fictif du Val-d’Égide")
PROGRAMME = ("programme-fictif", "Programme fictif du Val pour auteurs")
TOWN_POLICE = ("police-municipale-fictive", "Police municipale fictive de Pont-l’Égide")
ACCOUNTS = {
    "statisticienne": ("Statisticienne de démonstration", "STATISTICIAN", OBSERVATORY),
    "signataire": ("Signataire de démonstration", "SIGNATORY", OBSERVATORY),
    "editrice": ("Éditrice de démonstration", "EDITOR", OBSERVATORY),
    "intervenante": ("Intervenante de démonstration", "ISCG", ASSOCIATION),
    "accueil": ("Agent d’accueil de démonstration", "RECEPTION_OFFICER", STATION),
    "cheffe": ("Cheffe de poste de démonstration", "STATION_HEAD", STATION),
    "deleguee": ("Déléguée à la protection des données de démonstration", "DPO", ASSOCIATION),
    "collegue": ("Collègue de démonstration", "ISCG", ASSOCIATION),
    "rives": ("Intervenante des Rives fictives", "ISCG", None),  # seated with the files of the fictional country
    "hebergement": ("Accueil du foyer de démonstration", "SHELTER_WORKER", SHELTER),
    "enqueteuse": ("Enquêtrice de démonstration", "INVESTIGATOR", STATION),
    "coordination": ("Coordinatrice de démonstration", "COORDINATOR", NETWORK),
    "programme": ("Intervenant de programme de démonstration", "PROGRAMME_WORKER", PROGRAMME),
    "municipale": ("Agente municipale de démonstration", "MUNICIPAL_OFFICER", TOWN_POLICE),
}
COUNTRY = {
    "people": 40_000,
    "seed": 2022,
    "cases_per_thousand": 25.0,
}  # a quarter of its files are in the département shown


def main() -> None:
    """Build, then serve if asked. The embedded database stops with the demonstration unless it was already running."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--serve", type=int, default=1)
    serve = parser.parse_args().serve
    signal.signal(signal.SIGTERM, _interrupt)
    if serve:
        _check_port_is_free()
    started = postgres.start()
    try:
        build()
        if serve:
            _serve()
    except KeyboardInterrupt:
        print("\nStopped.")
    finally:
        if started:
            postgres.stop()


def _check_port_is_free() -> None:
    host, port = ADDRESS.split(":")
    with socket.socket() as probe:
        if probe.connect_ex((host, int(port))) == 0:
            sys.exit(
                f"Something already answers on {ADDRESS}, perhaps another demonstration: stop it first (make stop)."
            )


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def build() -> None:
    """Migrate, make accounts, open the gate, deliver the sample, compose and publish the letter, write its files."""
    moment = time.monotonic()
    _migrate()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "egide.project.settings")
    import django

    django.setup()
    folder = Path(os.environ.get("EGIDE_VAR", postgres.CHECKOUT / "var")) / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    _egide("update_messages", "--compile")
    _say("base de données prête", moment)
    _register("statistics")
    _register("field")
    _register("protection")
    accounts = _make_accounts(folder / "accounts.txt")
    _say("comptes et acte fictif prêts", moment)
    _egide("load_sample")
    _say("livraisons reçues", moment)
    _load_field()
    _say("annuaire et dossiers fictifs prêts", moment)
    _load_country(folder / "pays")
    _say("pays fictif chargé, ses dossiers comptés et livrés", moment)
    if not _is_published():
        _egide("compose_letter", str(EDITION), "--publish")
    _egide("write_letter", str(EDITION), "--out", str(folder))
    _egide("seal_audit")
    _say(f"lettre publiée, fichiers dans {folder}", moment)
    print(f"\nAdresse : http://{ADDRESS}/\nComptes (aussi dans {folder / 'accounts.txt'}) :")
    for username, password in accounts.items():
        print(f"  {username:<16}{password}")


def _migrate() -> None:
    """In a process of its own, because only the owner of the tables may."""
    command = [sys.executable, "-m", "egide.project.manage", "migrate", "-v0", "--skip-checks"]
    subprocess.run(command, env={**os.environ, "EGIDE_DB_USER": "egide_owner"}, check=True)  # noqa: S603


def _register(module: str) -> None:
    _egide(
        "register_processing", module, "--controller", "Observatoire fictif d’Égide", "--act",
        "Arrêté fictif du 1er janvier 2026 (démonstration)", "--dpia", "AIPD fictive n° 1", "--dpia-date",
        date(2026, 1, 1).isoformat(), "--dpo", "Délégué fictif à la protection des données", "--retention",
        "aggregate-deliveries", "--fictional",
    )  # fmt: skip
    _egide("activate", module)


def _make_accounts(path: Path) -> dict[str, str]:
    """Random passwords, made once and kept in a file that only its owner reads."""
    passwords = _read_accounts(path)
    for username in ACCOUNTS.keys() - passwords.keys():
        name, role, place = ACCOUNTS[username]
        seat = (
            ["--organisation", place[0], "--organisation-name", place[1], "--title", name, "--role", role]
            if place
            else []
        )
        passwords[username] = secrets.token_urlsafe(16)
        with _given(passwords[username]):
            _egide("create_account", username, "--name", name, *seat, "--password-stdin")
        path.touch(mode=0o600)
        lines = [f"{each} {password} {ACCOUNTS[each][1]}" for each, password in passwords.items()]
        path.write_text("# compte, mot de passe, rôle\n" + "\n".join(lines) + "\n")
    return passwords


def _read_accounts(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    lines = [line.split() for line in path.read_text().splitlines() if line and not line.startswith("#")]
    return {username: password for username, password, *_role in lines}


@contextmanager
def _given(text: str) -> Iterator[None]:
    """Give a command its standard input, so that a password never stands in a list of processes."""
    usual, sys.stdin = sys.stdin, io.StringIO(text)
    try:
        yield
    finally:
        sys.stdin = usual


def _load_field() -> None:
    from egide.project.adults_demonstration import load_adults
    from egide.project.field_demonstration import load_field
    from egide.project.interventions_demonstration import load_intervention
    from egide.project.justice_demonstration import load_justice
    from egide.project.network_demonstration import load_network
    from egide.project.protection_demonstration import load_protection
    from egide.project.reception_demonstration import load_reception
    from egide.project.shelter_demonstration import load_shelter
    from egide.project.sources_demonstration import load_sources

    load_field("intervenante")
    load_protection("intervenante")
    load_adults("intervenante")
    load_justice("intervenante")
    load_network("coordination")
    load_shelter("hebergement")
    load_reception(head="cheffe", officer="accueil")
    load_sources("programme", to=ASSOCIATION[0])
    load_intervention(officer="municipale", unit=STATION[0])


def _load_country(folder: Path) -> None:
    """Draw the fictional country, give its files to the account that shows them, and deliver their counts."""
    _egide("build_sample", "--out", str(folder), **COUNTRY)
    _egide("load_sample", "--country", str(folder), "--account", "rives")
    _egide("extract_field", "--from", "2022-01-01", "--to", "2022-12-31", "--vintage", "2023-07-31")


def _is_published() -> bool:
    from egide.foundation.wings.entering import PUBLIC, entering
    from egide.statistics.publication.queries import list_releases

    with entering("public", PUBLIC):
        return bool(list_releases(EDITION))


def _egide(*words: str, **options: Any) -> None:
    from django.core.management import CommandError, call_command

    try:
        call_command(*words, **options, stdout=io.StringIO())
    except CommandError as error:
        sys.exit(f"`egide {words[0]}` stopped: {error}")


def _say(what: str, since: float) -> None:
    print(f"  {time.monotonic() - since:5.1f} s  {what}")


def _serve() -> None:
    """The web server and the sealer of the trail, both stopped together."""
    environment = {**os.environ, "EGIDE_MODE": os.environ.get("EGIDE_MODE", "demonstration")}
    print("\nCtrl-C pour arrêter.")
    commands = [
        [sys.executable, "-m", "gunicorn", "--bind", ADDRESS, "--workers", "2", "--threads", "4", "egide.project.wsgi"],
        [sys.executable, "-m", "egide.project.manage", "seal_audit", "--every", "60"],
    ]
    children = [subprocess.Popen(command, env=environment) for command in commands]  # noqa: S603
    try:
        children[0].wait()
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(15)


if __name__ == "__main__":
    main()
