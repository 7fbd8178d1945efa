"""The clock, the network, late answers, queries in pages, printing; each rule is shown to bite."""

import pytest

from tests.architecture import habits
from tests.architecture.source import Source, read_product

RULES = {
    "clock": habits.find_clocks,
    "network": habits.find_network,
    "core": habits.find_borrowed_libraries,
    "late": habits.find_late_answers,
    "query": habits.find_queries_in_pages,
    "print": habits.find_prints,
}


@pytest.fixture(scope="module")
def product():
    return read_product()


@pytest.mark.parametrize("rule", RULES)
def test_the_product_keeps_the_rule(product, rule):
    assert RULES[rule](product) == []


BREAKS = [
    ("clock", "core/period", "today = date.today()"),
    ("clock", "methods/series/fit", "began = time.perf_counter()"),
    ("clock", "methods/series/fit", "import datetime\nnow = datetime.datetime.now(tz=None)"),
    ("clock", "statistics/publication/actions", "from django.utils.timezone import now"),
    ("clock", "statistics/publication/actions", "day = timezone.localdate()"),
    ("clock", "foundation/audit/models", "at = models.DateTimeField(default=timezone.now)"),
    ("clock", "foundation/audit/models", "at = models.DateTimeField(auto_now_add=True)"),
    ("clock", "web/public/home", "stamp = time.time()"),
    ("clock", "foundation/legal/queries", "from django.db.models.functions import Now"),
    ("network", "statistics/sources/queries", "import requests"),
    ("network", "foundation/catalogue/files", "def f():\n    from urllib import request"),
    ("network", "jobs/wording", "import http.client"),
    ("network", "foundation/accounts/actions", "from django.core.mail import send_mail"),
    ("core", "core/count", "import numpy as np"),
    ("core", "core/count", "from egide.foundation import clock"),
    ("late", "web/public/home", "from django.template.response import TemplateResponse"),
    ("late", "web/public/home", "answer = http.StreamingHttpResponse(parts)"),
    ("late", "web/public/letters", "from django.http import FileResponse"),
    ("late", "web/public/letters", "from django.views.generic import ListView"),
    ("late", "web/public/sign_in", "path('', LoginView.as_view())"),
    ("query", "web/public/home", "from django.db import connection"),
    ("query", "web/public/home", "releases = Release.objects.all()"),
    ("query", "web/statistics/desk", "apps.get_model('statistics_publication', 'Release')"),
    ("query", "web/statistics/desk", "rows = list_releases(2022).order_by('edition')"),
    ("query", "web/statistics/desk", "release = get_object_or_404(found, pk=1)"),
    ("print", "statistics/tabulation/tabulate", "print(cells)"),
]


@pytest.mark.parametrize(("rule", "path", "text"), BREAKS)
def test_a_broken_habit_is_red(rule, path, text):
    source = Source(f"src/egide/{path}.py", text)
    breaches = RULES[rule]([source])
    assert breaches, "nothing was seen"
    assert all(breach.startswith(f"{source.path}:{len(text.splitlines())} ") for breach in breaches)


INNOCENT = [
    ("clock", "foundation/clock", "moment = timezone.now()"),
    ("clock", "foundation/organisations/queries", "day = timezone.localdate(now)"),
    ("clock", "web/statistics/desk", "from egide.foundation.clock import now\nmoment = now()"),
    ("network", "foundation/catalogue/files", "from urllib.parse import quote"),
    ("core", "core/count", "from fractions import Fraction\nfrom egide.core.units import CountingUnit"),
    ("late", "statistics/publication/queries", "from django.http import FileResponse"),
    ("query", "statistics/publication/queries", "Release.objects.all()"),
    ("print", "jobs/management/commands/deliver", "self.stdout.write('x')"),
]


@pytest.mark.parametrize(("rule", "path", "text"), INNOCENT)
def test_the_innocent_are_not_accused(rule, path, text):
    assert RULES[rule]([Source(f"src/egide/{path}.py", text)]) == []


def test_no_exception_outlives_its_need(product):
    files = {source.path: source for source in product}
    assert all("print(" in files[path].text for path in habits.MAY_PRINT)
    imported = {(path, name) for path, source in files.items() for _line, name in source.imports()}
    assert imported >= habits.PAGE_IMPORTS.keys() | habits.MAY_CONNECT.keys()
