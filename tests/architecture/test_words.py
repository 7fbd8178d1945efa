"""Hosts, paths of one machine and telephone numbers are not written down; acceptance tests are quoted well. Each rule bites."""

import pytest

from tests.architecture import words
from tests.architecture.source import Source, read_product, read_sources


def test_the_product_names_no_host():
    assert words.find_hosts(words.read_texts("src")) == []


def test_no_registry_is_named_where_the_environment_is_made():
    assert words.find_hosts(words.read_build_files()) == []


def test_a_host_is_red():
    texts = [
        ("src/x.html", '<link href="https://fonts.example.org/a.css">'),
        ("src/y.py", "http://www.w3.org/2001/XMLSchema"),
    ]
    [breach] = words.find_hosts(texts)
    assert breach.startswith("src/x.html names the host fonts.example.org")


def test_the_product_knows_its_own_folder_only():
    assert words.find_machine_paths(read_product()) == []


@pytest.mark.parametrize(
    "text",
    [
        "open('../shared/data/x.csv')",
        "DATA = CHECKOUT / 'shared/data'",
        "DATA = CHECKOUT.parent / 'data'",
        "DATA = postgres.CHECKOUT.parent",
        "DATA = Path(__file__).resolve().parents[4]",
        "LOG = '/tmp/egide.log'",
        "HOME = f'/home/{name}'",
    ],
)
def test_a_path_out_of_the_checkout_is_red(text):
    assert words.find_machine_paths([Source("src/egide/project/settings.py", text)])


@pytest.mark.parametrize(
    "text", ["CHECKOUT = Path(__file__).resolve().parents[3]", "'shared by two pages'", "'/var/tmp'"]
)
def test_a_path_inside_the_checkout_is_not(text):
    assert words.find_machine_paths([Source("src/egide/project/settings.py", text)]) == []


def test_no_telephone_number_rings_at_somebodys():
    assert words.find_telephones(words.read_texts("src", "catalogue")) == []


@pytest.mark.parametrize(
    "number", ["0{}12345678", "0{} 12 34 56 78", "0{}.12.34.56.78", "+33 {} 12 34 56 78", "+33{}12345678"]
)
@pytest.mark.parametrize("first", "1467")
def test_a_telephone_number_is_red(number, first):
    [breach] = words.find_telephones([("src/x.py", f"call {number.format(first)}, please")])
    assert f"0{first}12345678" in breach


def test_a_link_that_calls_an_unknown_line_is_red():
    assert "3900" in words.find_telephones([("src/x.html", '<a href="tel:3900">3900</a>')])[0]


def test_public_lines_and_numbers_of_fiction_may_stand():
    text = '<a href="tel:3919"> <a href="sms:114"> <a href="tel:116006"> 01 99 00 12 34, 06 39 98 00 11; 0.0123456789; 2022-01-02'
    assert words.find_telephones([("src/x.html", text)]) == []


def test_acceptance_tests_are_quoted_by_their_number(record_property):
    """Lists who quotes which; it counts nothing, for quoting is not passing."""
    quoted = words.list_acceptance_tests(read_sources("src", "tests"))
    record_property("acceptance_tests", quoted)
    assert [number for number in quoted if not words.WELL_QUOTED.match(number)] == []


def test_a_quotation_counts_only_in_the_docstring_of_a_test():
    text = '# AT-01\n\ndef test_a():\n    """AT-57: units. AT 60 too."""\n    x = "AT-02"\n\ndef make():\n    """AT-03"""\n'
    quoted = words.list_acceptance_tests([Source("src/egide/core/tests/test_x.py", text)])
    assert quoted == {
        "AT 60": ["src/egide/core/tests/test_x.py:3 test_a"],
        "AT-57": ["src/egide/core/tests/test_x.py:3 test_a"],
    }
    assert not words.WELL_QUOTED.match("AT 60")
