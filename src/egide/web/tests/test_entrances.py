"""Every address has an entrance, and nothing leaves a wing before it is rendered."""

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.test import RequestFactory
from django.urls import URLPattern, get_resolver

from egide.foundation.wings.plan import WINGS
from egide.web.entrance import OUTSIDE, RenderedTooLate, enters

OUTSIDE_ALLOWED = {"sign_in", "sign_out"}
OPEN_TO_ALL = {"public", OUTSIDE}
BY_LINK = {
    "alone",
    "link",
    "screen",
    "status",
}  # a link is its own key: no role, one referral, one form, or the numbers of one hall


def list_views(patterns=None):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name, pattern.callback
        else:
            yield from list_views(pattern.url_patterns)


def test_no_name_of_an_address_leads_to_two_pages():
    """The name drawn last would take the links of the other: a public link once nearly led behind the desk."""
    views = list(list_views())
    assert {name for name, view in views for other, twin in views if name == other and view is not twin} == set()


def test_every_address_enters_one_wing_or_says_why_not():
    views = dict(list_views())
    assert views
    for name, view in views.items():
        assert getattr(view, "wing", None) in {*WINGS, OUTSIDE}, (
            f"{name} has no entrance: decorate it with enters(wing)"
        )
    assert {name for name, view in views.items() if view.wing == OUTSIDE} == OUTSIDE_ALLOWED
    assert all(view.reason for view in views.values() if view.wing == OUTSIDE)


def test_every_page_behind_the_door_asks_for_a_role():
    for name, view in list_views():
        assert view.wing in OPEN_TO_ALL or view.roles or name in BY_LINK, f"{name} lets any account in: name its roles"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "late", [lambda request: TemplateResponse(request, "x.html"), lambda request: StreamingHttpResponse(["x"])]
)
def test_an_answer_that_is_not_rendered_does_not_leave_its_wing(late, rf: RequestFactory):
    with pytest.raises(RenderedTooLate, match="render"):
        enters("public")(late)(_anonymous(rf.get("/")))


@pytest.mark.django_db
def test_a_rendered_answer_leaves(rf: RequestFactory):
    answer = enters("public")(lambda request: HttpResponse("ok"))(_anonymous(rf.get("/")))
    assert answer.content == b"ok"


def _anonymous(request):
    from django.contrib.auth.models import AnonymousUser

    request.user = AnonymousUser()
    return request
