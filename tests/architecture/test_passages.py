"""What an import does not show may not pass a wall either: tables, labels, relations, templates. Each rule is shown to bite."""

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from egide.web.components.tags import register
from tests.architecture import passages
from tests.architecture.layers import read_orders
from tests.architecture.passages import Page
from tests.architecture.source import Source, read_product


@pytest.fixture(scope="module")
def orders():
    return read_orders()


@pytest.fixture(scope="module")
def product():
    return read_product()


def test_no_program_names_a_table_of_another_wing(product):
    assert passages.find_foreign_tables(product) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("statistics/collection/queries", "cursor.execute('SELECT * FROM field_persons_person')"),
        ("web/public/home", "cursor.execute(f'SELECT {what} FROM statistics_publication_release')"),
        ("foundation/audit/queries", "TABLE = 'statistics_collection_delivery'"),
        ("field/walls/migrations/0001_initial", "SQL = '''CREATE VIEW x AS\nSELECT * FROM statistics_collection_delivery'''"),
        ("field/persons/models", "class Meta:\n    db_table = 'investigation_acts_act'"),
    ],
)  # fmt: skip
def test_a_foreign_table_is_red(path, text):
    assert "names the table" in passages.find_foreign_tables([Source(f"src/egide/{path}.py", text)])[0]


def test_a_wing_may_name_its_own_tables_and_explain_others():
    own = "'''Unlike field_persons_person.'''\nSQL = 'SELECT 1 FROM statistics_collection_delivery'  # field_persons_person"
    assert passages.find_foreign_tables([Source("src/egide/statistics/collection/queries.py", own)]) == []


def test_a_policy_may_look_at_the_foundation_and_at_no_other_wing():
    policy = "SQL = 'USING (id IN (SELECT account_id FROM foundation_organisations_mandate))'"
    path = "src/egide/field/walls/migrations/0001_policies.py"
    assert passages.find_foreign_tables([Source(path, policy)]) == []
    assert passages.find_foreign_tables([Source("src/egide/field/persons/queries.py", policy)])


def test_no_back_door_is_open(product):
    assert passages.find_back_doors(product) == []


@pytest.mark.parametrize(
    "text",
    [
        "apps.get_model('field_persons', 'Person')",
        "get_model('field_persons.Person')",
        "importlib.import_module('egide.field.persons.models')",
        "import_string('egide.field.persons.models.Person')",
        "__import__('egide.field')",
    ],
)
def test_a_back_door_is_red(text):
    assert passages.find_back_doors([Source("src/egide/statistics/collection/queries.py", text)])
    assert passages.find_back_doors([Source("src/egide/field/x.py", "apps.get_model('field_persons', 'Person')")]) == []


def test_no_relation_leaves_its_wing_or_climbs(orders):
    relations = list(passages.list_relations(apps.get_models(include_auto_created=True)))
    assert relations, "the walk saw no relation at all"
    assert passages.find_foreign_keys(relations, orders) == []


ROOMS = [
    "egide.foundation.accounts",
    "egide.foundation.audit",
    "egide.statistics.collection",
    "egide.statistics.publication",
]


@pytest.mark.parametrize(
    ("room", "target", "red"),
    [
        ("foundation_audit", "statistics_collection", True),  # from the foundation up to a wing
        ("foundation_audit", "foundation_accounts", True),  # up inside the foundation
        ("statistics_collection", "statistics_publication", True),  # up inside a wing
        ("statistics_publication", "statistics_collection", False),
        ("statistics_collection", "foundation_accounts", False),
    ],
)
@pytest.mark.parametrize("kind", ["ForeignKey", "OneToOneField", "ManyToManyField"])
def test_a_string_relation_that_climbs_is_red(orders, room, target, red, kind):
    with isolate_apps(*ROOMS):

        class Target(models.Model):
            class Meta:
                app_label = target

        more = {} if kind == "ManyToManyField" else {"on_delete": models.CASCADE}

        class Holder(models.Model):
            link = getattr(models, kind)(f"{target}.Target", related_name="+", **more)

            class Meta:
                app_label = room

        breaches = passages.find_foreign_keys(passages.list_relations([Holder, Target]), orders)
    assert [("Holder.link" in breach) for breach in breaches] == ([True] if red else [])


def test_a_relation_between_two_wings_is_red(orders):
    relation = passages.Relation("egide.field.persons", "Person.delivery", "egide.statistics.collection")
    assert "Person.delivery" in passages.find_foreign_keys([relation], orders)[0]


@pytest.fixture(scope="module")
def pages():
    return passages.read_pages()


def test_no_room_draws_a_template_it_may_not_know(pages, product, orders):
    assert len(pages) > 20
    assert passages.find_foreign_templates(pages, product, orders) == []


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("src/egide/web/templates/public/x.html", '{% include "statistics/desk.html" %}', "may not know"),
        ("src/egide/statistics/publication/templates/publication/x.html", '{% extends "components/shell.html" %}', "may not know"),
        ("src/egide/web/themes/neutral/templates/components/x.html", "{% include 'public/home.html' %}", "may not know"),
        ("src/egide/web/templates/public/x.html", '{% include "public/nowhere.html" %}', "does not exist"),
        ("src/egide/web/templates/public/x.html", "{% include chosen %}", "by a variable"),
        ("src/egide/web/public/x.py", "render(request, 'statistics/desk.html', {})", "may not know"),
        ("src/egide/foundation/audit/x.py", "render_to_string(f'components/{name}.html')", "may not know"),
    ],
)  # fmt: skip
def test_a_foreign_template_is_red(pages, orders, path, text, words):
    more = [Page(path, text)] if path.endswith(".html") else []
    sources = [] if more else [Source(path, text)]
    breaches = passages.find_foreign_templates([*pages, *more], sources, orders)
    assert len(breaches) == 1, breaches
    assert path in breaches[0]
    assert words in breaches[0]


COMPONENTS = {*register.tags, *register.filters} - {"empty"}  # `empty` is also a word of Django's own `for`


def test_no_room_borrows_the_components_of_the_web(pages):
    assert passages.find_borrowed_components(pages, COMPONENTS) == []


@pytest.mark.parametrize("text", ['{% notice tone="warn" %}x{% endnotice %}', "{{ release.published_at|day }}"])
def test_a_borrowed_component_is_red(text):
    inside, outside = (
        Page("src/egide/web/templates/public/x.html", text),
        Page("src/egide/field/templates/field/x.html", text),
    )
    assert [outside.path in breach for breach in passages.find_borrowed_components([inside, outside], COMPONENTS)] == [
        True
    ]
