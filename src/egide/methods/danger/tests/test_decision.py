"""What a decision lacks, line by line (Z03): her own level first, up is free, down takes a reason and a second look."""

import pytest

from egide.methods.danger import Lack, Level, SecondLook, check_decision

N, V, M, H, I = Level  # noqa: E741
OTHER = SecondLook(by="b", level=M, mandated=True, same_organisation=True)


def lacks(suggested, decided, **said):
    given = {"own_before": M, "assessor": "a", **said}
    return check_decision(suggested=suggested, decided=decided, **given)


@pytest.mark.parametrize(("suggested", "decided"), [(N, N), (N, H), (V, V), (M, M), (M, H), (H, I), (I, I)])
def test_going_up_or_keeping_the_suggestion_is_free(suggested, decided):
    assert lacks(suggested, decided) == ()


@pytest.mark.parametrize("decided", [M, H])
def test_her_own_level_is_written_before_the_suggestion_is_shown(decided):
    assert lacks(M, decided, own_before=None) == (Lack.OWN_LEVEL,)


def test_everything_that_is_missing_is_said_at_once():
    assert lacks(H, M, own_before=None) == (Lack.OWN_LEVEL, Lack.REASON, Lack.SECOND_LOOK)


@pytest.mark.parametrize(("suggested", "decided"), [(I, H), (H, M), (M, V), (I, V)])
def test_going_down_takes_a_reason_and_a_second_look(suggested, decided):
    look = SecondLook(by="b", level=V, mandated=True, same_organisation=True)
    assert lacks(suggested, decided) == (Lack.REASON, Lack.SECOND_LOOK)
    assert lacks(suggested, decided, reason="  ") == (Lack.REASON, Lack.SECOND_LOOK)
    assert lacks(suggested, decided, second_look=look) == (Lack.REASON,)
    assert lacks(suggested, decided, reason="Weapon seized today.") == (Lack.SECOND_LOOK,)
    assert lacks(suggested, decided, reason="Weapon seized today.", second_look=look) == ()


@pytest.mark.parametrize(
    ("look", "lack"),
    [
        (SecondLook("a", M, mandated=True, same_organisation=True), Lack.ANOTHER_ACCOUNT),
        (SecondLook("b", M, mandated=False, same_organisation=True), Lack.MANDATE),
        (SecondLook("b", M, mandated=True, same_organisation=False), Lack.SAME_ORGANISATION),
        (SecondLook("b", H, mandated=True, same_organisation=True), Lack.SECOND_LOOK_IS_HIGHER),
    ],
)
def test_the_second_look_is_by_another_mandated_account_of_the_same_house_and_not_higher(look, lack):
    assert lacks(H, M, reason="Seen together.", second_look=look) == (lack,)
    assert lacks(H, M, reason="Seen together.", second_look=OTHER) == ()


def test_a_lower_second_look_does_not_stand_in_the_way():
    look = SecondLook("b", V, mandated=True, same_organisation=True)
    assert lacks(H, M, reason="Seen together.", second_look=look) == ()


def test_a_situation_that_has_a_suggestion_is_not_decided_not_assessed():
    look = SecondLook("b", N, mandated=True, same_organisation=True)
    assert lacks(V, N, reason="Nothing new.", second_look=look) == (Lack.A_LEVEL,)
