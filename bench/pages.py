"""The pages under 20 readers at once: the published demonstration behind gunicorn, on the loopback.

What lives here: the server, the readers, their clock. A reader asks for its next page as soon as it has read the last:
no pause, so this is the worst of 20 people. Bounded in requests and in time. Readers and server share the machine.
"""

import http.client
import math
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench.site import fresh_house

TITLE = "Pages with 20 concurrent readers"
HOW_TO_READ = (
    "gunicorn, 2 workers of 4 threads, loopback; each reader keeps its connection and asks for the next page without a "
    "pause. *Alone* is one reader, the page's own time; *p50* and *p95* are what each of 20 readers waited, most of it "
    "in the queue for 2 cores. The readers run on the same cores as the server and the database."
)
PAGES = {
    "home": "/",
    "letter": "/lettres/2022/",
    "figure": "/lettres/2022/chiffres/women-killed/",
    "sources": "/sources/",
}
READERS = 20
REQUESTS = 1_000
ALONE = 40
SECONDS = 90.0


@dataclass
class Readings:
    """The seconds that each page took, and the answers that were not 200."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in PAGES})
    errors: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PAGES, 0))
    lasted: float = 0.0


def run(requests: int = REQUESTS, readers: int = READERS) -> list[dict[str, object]]:
    """Build the demonstration, serve it, read it: one line for each page, in milliseconds."""
    with fresh_house("pages") as environment:
        print("  building the demonstration", flush=True)
        command = [sys.executable, "-m", "egide.project.demonstration", "--serve=0"]
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        with served(environment) as port:
            print("  warming up, then one reader", flush=True)
            _read(port, 40, 8)
            alone = _read(port, ALONE, 1)
            print(f"  {readers} readers, {requests} requests", flush=True)
            crowd = _read(port, requests, readers)
    rate = sum(map(len, crowd.seconds.values())) / crowd.lasted
    return [_line(name, alone, crowd) for name in PAGES] + [
        {"what": "all four", "requests": sum(map(len, crowd.seconds.values())), "pages_per_second": round(rate, 1)}
    ]


@contextmanager
def served(environment: dict[str, str]) -> Iterator[int]:
    """Serve a house as the demonstration does, on a free port; yield the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4",
        "egide.project.wsgi",
    ]  # fmt: skip
    server = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(15)


def _wait_for(port: int) -> None:
    for _attempt in range(100):
        if _get(http.client.HTTPConnection("127.0.0.1", port, timeout=5), "/"):
            return
        time.sleep(0.2)
    raise RuntimeError("The server did not answer within 20 seconds.")


def _read(port: int, requests: int, readers: int) -> Readings:
    """Read the pages in turn, `requests` times in all, unless SECONDS have passed."""
    readings, lock = Readings(), threading.Lock()
    ends, names = time.monotonic() + SECONDS, list(PAGES)

    def reader(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for turn in range(number, requests, readers):
            if time.monotonic() > ends:
                return
            name = names[(turn // readers + number) % len(names)]
            start = time.perf_counter()
            status = _get(connection, PAGES[name])
            taken = time.perf_counter() - start
            with lock:
                readings.seconds[name].append(taken)
                readings.errors[name] += status != 200
        connection.close()

    start = time.perf_counter()
    threads = [threading.Thread(target=reader, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    readings.lasted = time.perf_counter() - start
    return readings


def _get(connection: http.client.HTTPConnection, path: str) -> int:
    """The status of a page read to its end; 0 when the connection broke."""
    try:
        connection.request("GET", path, headers={"Host": "127.0.0.1"})
        answer = connection.getresponse()
        answer.read()
    except (http.client.HTTPException, OSError):
        connection.close()
        return 0
    return answer.status


def _line(name: str, alone: Readings, crowd: Readings) -> dict[str, object]:
    waits = sorted(crowd.seconds[name])
    return {
        "what": f"{name} (`{PAGES[name]}`)",
        "alone_ms": round(statistics.median(alone.seconds[name]) * 1000, 1),
        "p50_ms": round(statistics.median(waits) * 1000, 1),
        "p95_ms": round(waits[math.ceil(0.95 * len(waits)) - 1] * 1000, 1),
        "requests": len(waits),
        "errors": crowd.errors[name],
    }
