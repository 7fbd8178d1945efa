"""What may not be written down: hosts, paths of one machine, telephone numbers, acceptance tests quoted amiss."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.architecture.source import CHECKOUT, FORGOTTEN, Source

NAMESPACES = {
    "www.sdmx.org",
    "www.w3.org",
    "purl.org",
    "spdx.org",
    "schemas.openxmlformats.org",
}  # names of XML and RDF namespaces: nothing is fetched
NOBODYS_HOSTS = (
    ".invalid",
    ".example",
    ".test",
    "localhost",
    "127.0.0.1",
    "testserver",
)  # reserved: nobody answers, or oneself
EXIT = ("src/egide/project/settings.py", "www.wikipedia.org")  # the quick exit leads there; nothing is fetched from it
HOST = re.compile(r"https?://([A-Za-z0-9.-]*[A-Za-z0-9])")

NATIONAL_LINES = {"17", "112", "114", "115", "119", "3919", "116006"}
NOBODYS = ("019900", "026191", "035301", "046571", "053649", "063998")  # kept for fiction by the numbering plan
SHORT = re.compile(r"\b(?:tel|sms):([+0-9 .-]+)")
LONG = re.compile(r"(?<![\w.,+/-])(?:\+33[  .-]?[1-9]|0[1-9])(?:[  .-]?\d\d){4}(?![\w/-]|[.,]\d)")

MACHINE = re.compile(r"^/(home|root|tmp|mnt|opt|srv|media|usr|etc|Users)(/|$)")
SHARED = re.compile(r"(^|/)(\.\./)*shared(/|$)")
QUOTED = re.compile(r"\bAT[-‑ ]?\d+\b")
WELL_QUOTED = re.compile(r"^AT-\d\d\d?$")

TEXTS = {".py", ".html", ".css", ".po", ".yaml", ".json", ".csv", ".md", ".txt"}


def read_texts(*folders: str) -> Iterator[tuple[str, str]]:
    """The path and the text of each file of words under the folders of the checkout."""
    for folder in folders:
        for path in sorted((CHECKOUT / folder).rglob("*")):
            if path.suffix in TEXTS and FORGOTTEN.isdisjoint(path.parts):
                yield str(path.relative_to(CHECKOUT)), path.read_text()


def read_build_files() -> Iterator[tuple[str, str]]:
    """The path and the text of each file that makes an environment: it must not say from which registry."""
    for path in (CHECKOUT / "Makefile", CHECKOUT / "pyproject.toml", *sorted((CHECKOUT / "requirements").iterdir())):
        yield str(path.relative_to(CHECKOUT)), path.read_text()


def find_hosts(texts: Iterable[tuple[str, str]]) -> list[str]:
    """Hosts that are named: none is called by the product, and a registry is the affair of each machine."""
    return [
        f"{path} names the host {host}: the product fetches nothing, and the machine knows its registries"
        for path, text in texts
        for host in HOST.findall(text)
        if host not in NAMESPACES and not host.endswith(NOBODYS_HOSTS) and (path, host) != EXIT
    ]


def find_machine_paths(sources: Iterable[Source]) -> list[str]:
    """Paths of one machine, and paths that leave the checkout: a clone runs anywhere, and alone."""
    neighbours = f"{CHECKOUT.parent}/" if CHECKOUT.parent != Path("/") else "\0"
    breaches = []
    for source in sources:
        for line, text in source.literals():
            if MACHINE.match(text) or SHARED.search(text) or text.startswith(neighbours):
                breaches.append(f"{source.at(line)} names the path {text}: the product knows its own folder only")
        for node in ast.walk(source.tree):
            if _leaves_the_checkout(node, depth=source.path.count("/")):
                breaches.append(f"{source.at(node)} climbs above the checkout: the product knows its own folder only")
    return breaches


def _leaves_the_checkout(node: ast.AST, depth: int) -> bool:
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "parents":
        return isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, int) and node.slice.value > depth
    return isinstance(node, ast.Attribute) and node.attr == "parent" and ast.unparse(node.value).endswith("CHECKOUT")


def find_telephones(texts: Iterable[tuple[str, str]]) -> list[str]:
    """Telephone numbers that ring at somebody's: only the public national lines and the numbers kept for fiction may stand."""
    breaches = []
    for path, text in texts:
        short = [re.sub(r"[^0-9]", "", number) for number in SHORT.findall(text)]
        long = [re.sub(r"[^0-9]", "", number).removeprefix("33") for number in LONG.findall(text)]
        for number in (*short, *(f"0{each.removeprefix('0')}" for each in long)):
            if number not in NATIONAL_LINES and not number.startswith(NOBODYS):
                breaches.append(f"{path} prints the telephone number {number}: it may ring at somebody's")
    return breaches


def list_acceptance_tests(sources: Iterable[Source]) -> dict[str, list[str]]:
    """For each acceptance test quoted in the docstring of a test, the tests that quote it; a comment does not count."""
    quoted: dict[str, list[str]] = {}
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for number in QUOTED.findall(ast.get_docstring(node) or ""):
                    quoted.setdefault(number, []).append(f"{source.at(node)} {node.name}")
    return dict(sorted(quoted.items()))
