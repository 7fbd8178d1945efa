"""Habits of the code that a linter does not know: the clock, the network, answers that leave too late, printing."""

import ast
import sys
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch

from tests.architecture.source import Source, calls, dotted

CLOCK = "egide.foundation.clock"
TELLS_TIME = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now",
    "time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime", "functions.Now",
}  # fmt: skip
MEASURES_TIME = {"time.monotonic", "time.perf_counter", "time.process_time", "time.sleep"}
TIMELESS = ("egide.core*", "egide.methods*", "*.actions", "*.policies", "*.permissions", "*.queries")
STAMPS = {"auto_now", "auto_now_add"}
CONVERTS = {"localdate", "localtime"}  # innocent with a moment to convert, a clock without

NETWORK = (
    "urllib.request", "http.client", "http.server", "socket", "socketserver", "ssl", "ftplib", "smtplib", "imaplib",
    "xmlrpc", "requests", "httpx", "aiohttp", "urllib3", "websockets", "django.core.mail",
)  # fmt: skip
LATE = {"TemplateResponse", "StreamingHttpResponse", "FileResponse"}
LATE_MODULES = ("django.views.generic",)
ORM_NAMES = {"objects", "_meta", "_default_manager", "_base_manager", "get_user_model", "refresh_from_db", "cursor"}
ORM_CALLS = {"select_related", "prefetch_related", "values_list", "order_by", "get_model", "get_object_or_404"}

MAY_PRINT = {"src/egide/project/demonstration.py": "it is a program in a terminal, before Django is there"}
MAY_CONNECT = {("src/egide/project/demonstration.py", "socket"): "it asks its own machine whether the port is free"}
PAGE_IMPORTS = {
    ("src/egide/web/entrance.py", "django.db.transaction"): "a refusal is recorded in a transaction of its own"
}


def find_clocks(sources: Iterable[Source]) -> list[str]:
    """Readings of the clock anywhere but in the clock; in rules and methods, measured durations too."""
    breaches = []
    for source in sources:
        if source.module == CLOCK:
            continue
        timeless = any(fnmatch(source.module, pattern) for pattern in TIMELESS)
        told = TELLS_TIME | (MEASURES_TIME if timeless else set())
        for line, name in _names(source):
            if ".".join(name.split(".")[-2:]) in told:
                breaches.append(f"{source.at(line)} `{name}` reads the clock: take `now` or `today` as an argument")
        for node, _receiver, called in calls(source):
            if called in CONVERTS and not node.args and not node.keywords:
                breaches.append(f"{source.at(node)} `{called}()` reads the clock: give it the moment to convert")
            stamps = STAMPS.intersection(keyword.arg or "" for keyword in node.keywords)
            breaches.extend(
                f"{source.at(node)} `{stamp}` reads the clock: the action gives the time" for stamp in stamps
            )
    return breaches


def _names(source: Source) -> Iterator[tuple[int, str]]:
    """Every dotted name that is used or imported."""
    yield from source.imports()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute):
            yield node.lineno, dotted(node)


def find_network(sources: Iterable[Source]) -> list[str]:
    """Network clients: the product talks to its database and answers its readers, nothing else."""
    return [
        f"{source.at(line)} imports {name}: nothing in the product calls another host"
        for source in sources
        for line, name in source.imports()
        if any(f"{name}.".startswith(f"{client}.") for client in NETWORK) and (source.path, name) not in MAY_CONNECT
    ]


def find_borrowed_libraries(sources: Iterable[Source]) -> list[str]:
    """Imports of the core that are neither the standard library's nor its own."""
    return [
        f"{source.at(line)} imports {name}: the core stands on the standard library alone"
        for source in sources
        if source.module.startswith("egide.core")
        for line, name in source.imports()
        if name.partition(".")[0] not in sys.stdlib_module_names and not name.startswith("egide.core")
    ]


def find_late_answers(sources: Iterable[Source]) -> list[str]:
    """Answers of pages that would be rendered or read after their wing is closed."""
    breaches = []
    for source in _pages(sources):
        for line, name in _names(source):
            if name.rpartition(".")[2] in LATE or name.startswith(LATE_MODULES):
                breaches.append(f"{source.at(line)} `{name}` is rendered after the wing is closed: use render()")
        for node, _receiver, name in calls(source):
            if name in LATE | {"as_view"}:
                breaches.append(f"{source.at(node)} `{name}` is rendered after the wing is closed: use render()")
    return sorted(set(breaches))


def find_queries_in_pages(sources: Iterable[Source]) -> list[str]:
    """Pages that reach for the database themselves."""
    breaches = []
    for source in _pages(sources):
        for line, name in source.imports():
            if name.startswith("django.db") and (source.path, name) not in PAGE_IMPORTS:
                breaches.append(f"{source.at(line)} imports {name}: a page calls one query or one action")
        for node in ast.walk(source.tree):
            name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
            if name in ORM_NAMES or (name in ORM_CALLS and isinstance(node, ast.Attribute | ast.Name)):
                breaches.append(f"{source.at(node)} `{name}`: a page calls one query or one action")
    return breaches


def _pages(sources: Iterable[Source]) -> Iterator[Source]:
    return (source for source in sources if source.module.startswith("egide.web"))


def find_prints(sources: Iterable[Source]) -> list[str]:
    """Words thrown at the terminal: a command has `self.stdout`, everything else has a return value."""
    return [
        f"{source.at(node)} prints: return the words, or write them to the command's stdout"
        for source in sources
        if source.path not in MAY_PRINT
        for node, receiver, name in calls(source)
        if name == "print" and not receiver
    ]
