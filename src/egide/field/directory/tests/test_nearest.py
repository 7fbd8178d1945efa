"""The order in which services are proposed, compared with a reference that compares every pair; and what it must never tell."""

from dataclasses import replace
from datetime import datetime
from math import acos, cos, radians, sin
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egide.field.directory.distance import Place, great_circle
from egide.field.directory.hours import Hours, Interval, is_open, weekly
from egide.field.directory.nearest import Group, rank_nearest
from egide.field.directory.policies import LOCAL_KM
from egide.field.directory.views import ServiceView

PARIS = ZoneInfo("Europe/Paris")
NIGHT = datetime(2026, 3, 4, 3, 10, tzinfo=PARIS)
DAY_AND_NIGHT = Hours(always=True, closed_on_holidays=False)
BY_DAY = weekly([Interval(day, 540, 1020) for day in range(1, 6)])
BLANK = dict.fromkeys(
    (
        "description", "access_note", "fee", "text_messages", "email", "website", "address", "commune_name", "accessibility", "hours",
        "hours_note", "commune", "postal_code", "audience_note", "fee_note", "public_point", "distance_band", "organisation", "telephone",
    ),
    "",
)  # fmt: skip


def service(number, *, name="Accueil", hours=DAY_AND_NIGHT, at=None, **more):
    told = {
        "id": UUID(int=number), "organisation_id": UUID(int=1), "name": name, "audiences": ("all",), "themes": (), "languages": (),
        "access_modes": (), "confidential_address": False, "national": False, "last_verified_on": None, "doubtful": True,
        "opens_at": None, "schedule": hours, "time_zone": "Europe/Paris", "stops": (), "zone": ("990",), "capacity": None,
        "retired": False, "latitude": at and at.latitude, "longitude": at and at.longitude, **BLANK, **more,
    }  # fmt: skip
    return ServiceView(**told)


places = st.builds(Place, st.floats(41, 51.5), st.floats(-5, 9.5))
services = st.lists(
    st.builds(
        service, st.integers(1, 10**6), name=st.sampled_from(["A", "B", "C"]), hours=st.sampled_from([DAY_AND_NIGHT, BY_DAY, Hours()]),
        at=st.one_of(st.none(), places), national=st.booleans(), zone=st.sampled_from([("990",), (), ("99001",)]),
        access_modes=st.sampled_from([(), ("remote-session",)]), themes=st.sampled_from([(), ("emergency",)]),
    ),
    max_size=12, unique_by=lambda each: each.id,
)  # fmt: skip


def comes_before(one, other):
    """Whether a listed service may stand before another, from the words of the rule alone."""
    if one.group != other.group:
        return one.group < other.group
    if one.group == Group.LOCAL:
        far = [each.distance_km if each.distance_km is not None else 10**9 for each in (one, other)]
        return far[0] < far[1] or (far[0] == far[1] and key(one) <= key(other))
    first = [one.group == Group.NATIONAL and "emergency" in each.service.themes for each in (one, other)]
    return first[0] > first[1] or (first[0] == first[1] and key(one) <= key(other))


def key(near):
    return near.service.name, str(near.service.id)


@settings(max_examples=200, deadline=None)
@given(services, st.one_of(st.none(), places), st.one_of(st.none(), st.just(["99001", "990", "france"])))
def test_the_order_is_that_of_the_rule_and_nothing_closed_or_far_is_listed(offered, here, served):
    """AT-12, AT-14: every pair in order; what is listed is exactly what is open and near enough, or answers from afar."""
    found = rank_nearest(offered, at=NIGHT, here=here, served=served)
    for place, one in enumerate(found):
        assert all(comes_before(one, other) for other in found[place + 1 :])
    listed = {each.service.id for each in found}
    for each in offered:
        far_off = each.national or "remote-session" in each.access_modes
        told = each.latitude is not None and here is not None
        near = told and round(great_circle(here, Place(each.latitude, each.longitude)), 1) <= LOCAL_KM
        in_zone = bool(set(each.zone) & set(served)) if served and each.zone else near
        assert (each.id in listed) == (is_open(each.schedule, NIGHT, "Europe/Paris") and (far_off or in_zone))


@given(places, places)
def test_a_distance_is_that_of_the_law_of_cosines(one, other):
    """Another formula for the same sphere: the two agree to ten metres beyond a kilometre."""
    y, x, east = radians(one.latitude), radians(other.latitude), radians(one.longitude - other.longitude)
    told = 6371 * acos(max(-1.0, min(1.0, sin(y) * sin(x) + cos(y) * cos(x) * cos(east))))
    if told > 1:
        assert great_circle(one, other) == pytest.approx(told, abs=0.01)


@settings(max_examples=60)
@given(places, places)
def test_where_one_stands_changes_nothing_of_what_is_said_of_a_confidential_place(one, other):
    """Z07: asked from anywhere, as often as one likes, a shelter answers the same words: nothing to trilaterate."""
    shelter = service(7, confidential_address=True, public_point="Mairie", distance_band="less than 30 km")
    told = [rank_nearest([shelter], at=NIGHT, here=here, served=["990"]) for here in (one, other, None)]
    assert told[0] == told[1] == told[2]
    assert [each.distance_km for each in told[0]] == [None]


def test_a_service_with_its_own_place_and_a_stop_is_listed_once_at_the_nearer_one():
    from egide.field.directory.hours import Rule
    from egide.field.directory.views import StopView

    stop = StopView(Rule((3,), ((0, 600),)), "Halles", "99002", 46.72, -5.15)
    bus = service(3, at=Place(46.43, -4.82), stops=(stop,))
    [near] = rank_nearest([bus], at=NIGHT, here=Place(46.72, -5.15), served=["990"])
    assert (near.place, near.distance_km) == ("Halles", 0.0)
    [home] = rank_nearest([replace(bus, stops=())], at=NIGHT, here=Place(46.72, -5.15), served=["990"])
    assert home.distance_km > 30
