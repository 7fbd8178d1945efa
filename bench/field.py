"""The field's pages at the size of a country: list, open, search, save, under 1, 20 then 100 workers who think between two pages.

What lives here: the server, the workers, their clock. The database is filled by `egide seed_load` and kept from one run to
the next (EGIDE_BENCH_KEEP=1) or thrown away. A worker signs in once, then takes up the four deeds in turn with a pause of one to
three seconds, on a session of her own, as behind a browser: pages, forms and their tokens. Workers and server share the machine.
"""

import http.client
import json
import math
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from urllib.parse import urlencode

from bench.pages import served
from bench.site import field_house, owner_of

TITLE = "The field’s pages with 1 million persons and 5 million actions"
HOW_TO_READ = (
    "`egide seed_load`, then gunicorn as the demonstration serves it (2 workers of 4 threads), loopback. Each worker has a "
    "session of her own, about 600 files, and thinks 1 to 3 seconds between two deeds. *List* is today’s page, *open* a file of "
    "it, *search* a family name by POST, *save* the POST that notes an action and its redirection; times are those of one "
    "answer read to its end. Sought with 100 workers on 2 free cores: p95 under 150 ms for list and "
    "open, 200 for search. "
    "The workers run on the same cores as the server and the database."
)
PERSONS, ACTIONS = 1_000_000, 5_000_000
CROWDS = (1, 20, 100)
SECONDS, WARM = 60.0, 20.0
DEEDS = ("list", "open", "search", "save")
THINKS = (1.0, 3.0)
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_CASE = re.compile(r'href="(/terrain/dossiers/[0-9a-f-]{36}/)"')
_NAME = re.compile(r"\b[A-Z][a-z]+(?:zembre|quoisse|vandrel|thuile|brogue|moustre|gorlin|pluvel|stragne|dombre)\b")


@dataclass
class Readings:
    """The seconds that each deed took, and the answers that were not what was asked."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in DEEDS})
    errors: dict[str, int] = field(default_factory=lambda: dict.fromkeys(DEEDS, 0))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, deed: str, taken: float, *, right: bool) -> None:
        """Keep one reading."""
        with self.lock:
            self.seconds[deed].append(taken)
            self.errors[deed] += not right


class Worker:
    """One signed-in worker: a connection, her cookies, the files of her list."""

    def __init__(self, port: int, username: str, password: str) -> None:
        self.port, self.cookies, self.chance = port, dict[str, str](), Random(username)
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cases: list[str] = []
        self.names: list[str] = []
        page = self._ask("GET", "/connexion/")[1]
        status, _text = self._send("/connexion/", page, {"username": username, "password": password})
        if status != 302:
            raise RuntimeError(f"{username} could not sign in ({status}).")
        self.today()

    def today(self) -> tuple[bool, float]:
        """Read the list; remember its files and names."""
        status, text, taken = self._timed("GET", "/terrain/")
        self.cases, self.names = _CASE.findall(text) or self.cases, _NAME.findall(text) or self.names
        self.token_page = text
        return status == 200 and bool(self.cases), taken

    def open(self) -> tuple[bool, float]:
        """Open one of the files of the list."""
        status, text, taken = self._timed("GET", self.chance.choice(self.cases))
        return status == 200 and "</html>" in text, taken

    def search(self) -> tuple[bool, float]:
        """Look for a family name of the list."""
        name = self.chance.choice(self.names or ["Balazembre"])
        told = {"family_name": name, "given_name": ""}
        start = time.perf_counter()
        status, text = self._send("/terrain/", self.token_page, told)
        return status == 200 and _CASE.search(text) is not None, time.perf_counter() - start

    def save(self) -> tuple[bool, float]:
        """Note an action: the form is read first, the POST alone is timed."""
        path = self.chance.choice(self.cases) + "actes/"
        page = self._ask("GET", path)[1]
        told = {"kind": "listening", "done_at": "2026-01-05T10:00", "minutes": "20"}
        start = time.perf_counter()
        status, _text = self._send(path, page, told)
        return status == 302, time.perf_counter() - start

    def _timed(self, method: str, path: str) -> tuple[int, str, float]:
        start = time.perf_counter()
        status, text = self._ask(method, path)
        return status, text, time.perf_counter() - start

    def _send(self, path: str, page: str, told: dict[str, str]) -> tuple[int, str]:
        token = _TOKEN.search(page)
        return self._ask("POST", path, urlencode({"csrfmiddlewaretoken": token[1] if token else "", **told}))

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        headers = {"Host": "127.0.0.1", "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://127.0.0.1{path}"}
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            text = answer.read().decode()
        except (http.client.HTTPException, OSError):
            self.connection.close()
            return 0, ""
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text


def run(
    persons: int = PERSONS, actions: int = ACTIONS, crowds: tuple[int, ...] = CROWDS, seconds: float = SECONDS
) -> list[dict[str, object]]:
    """Fill, serve, sign in, measure each crowd: one line for each deed, in milliseconds."""
    lines: list[dict[str, object]] = []
    with field_house("field_load") as environment:
        lines += _filled(environment, persons, actions, max(crowds))
        accounts = _accounts(environment)
        with served(environment) as port:
            workers = _signed_in(port, accounts[: max(crowds)])
            print("  warming up", flush=True)
            _work(workers[:20], WARM)
            for crowd in crowds:
                print(f"  {crowd} workers, {seconds:.0f} s", flush=True)
                found = _work(workers[:crowd], seconds)
                lines += [_line(crowd, deed, found) for deed in DEEDS]
    return lines


def _filled(environment: dict[str, str], persons: int, actions: int, users: int) -> Iterator[dict[str, object]]:
    kept = Path(environment["EGIDE_VAR"]) / "load/seeded.json"
    if kept.exists():
        print("  the database of the last run is used again", flush=True)
        yield json.loads(kept.read_text())
        return
    print(f"  filling: {persons:,} persons, {actions:,} actions", flush=True)
    words = ["seed_load", "--persons", persons, "--actions", actions, "--users", users, "--json"]
    command = [sys.executable, "-m", "egide.project.manage", *map(str, words)]
    told = json.loads(subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout)
    with owner_of(environment["EGIDE_DB_NAME"]) as connection:
        connection.execute("VACUUM ANALYZE")
    line = {"what": f"seed_load, {persons:,} persons and {actions:,} actions", "seconds": told["seconds"]}
    kept.write_text(json.dumps(line))
    yield line


def _accounts(environment: dict[str, str]) -> list[tuple[str, str]]:
    lines = (Path(environment["EGIDE_VAR"]) / "load/accounts.txt").read_text().splitlines()
    return [(username, password) for username, password in map(str.split, lines)]


def _signed_in(port: int, accounts: list[tuple[str, str]]) -> list[Worker]:
    print(f"  signing {len(accounts)} workers in", flush=True)
    return [Worker(port, username, password) for username, password in accounts]


def _work(workers: list[Worker], seconds: float) -> Readings:
    """Every worker does the four deeds in turn, thinking in between, until the time is over."""
    found, ends = Readings(), time.monotonic() + seconds

    def live(worker: Worker, turn: int) -> None:
        time.sleep(worker.chance.uniform(0, THINKS[1]))
        while time.monotonic() < ends:
            deed = DEEDS[turn % len(DEEDS)]
            worker.connection.close()  # the server leaves a silent connection after two seconds: a browser opens another
            right, taken = {"list": worker.today, "open": worker.open, "search": worker.search, "save": worker.save}[
                deed
            ]()
            found.note(deed, taken, right=right)
            turn += 1
            time.sleep(worker.chance.uniform(*THINKS))

    threads = [threading.Thread(target=live, args=(worker, turn)) for turn, worker in enumerate(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def _line(crowd: int, deed: str, found: Readings) -> dict[str, object]:
    waits = sorted(found.seconds[deed]) or [math.nan]
    return {
        "what": f"{deed}, {crowd} {'worker' if crowd == 1 else 'workers'}",
        "p50_ms": round(statistics.median(waits) * 1000, 1),
        "p95_ms": round(waits[math.ceil(0.95 * len(waits)) - 1] * 1000, 1),
        "requests": len(found.seconds[deed]),
        "errors": found.errors[deed],
        "load now": round(os.getloadavg()[0], 1),
    }
