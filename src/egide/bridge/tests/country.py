"""The invented small country of the sample: Val-d'Égide in 2022. Its extract is the sample delivery of the house.

Every number is invented; several are small, so that the letter shows how small counts are hidden.
"""

from .conftest import Referred, Year

YEAR = Year(
    year=2022, posts=2, categories={"VICTIM": 41, "OFFENDER": 9, "THIRD_PARTY": 18}, people={"F": 63, "M": 22},
    actions={"listening": 120, "information": 44, "orientation": 61, "liaison": 37, "child-report": 6, "home-visit": 11},
    reasons={"domestic-violence": 55, "vulnerability": 7, "schooling": 4, "housing": 12, "eviction": 2},
    origins={"police": 33, "gendarmerie": 22, "municipal-police": 3, "partner": 6, "self": 4}, commune="99001",
    second_interviews=27,
)  # fmt: skip
STATIONS = {
    "commissariat-pont-l-egide": "national-police",
    "brigade-roche-claire": "gendarmerie",
    "police-municipale-pont-l-egide": "municipal-police",
    "intervention-sociale-val-d-egide": "association",
}
_POLICE, _BRIGADE, _MUNICIPAL, _SOCIAL = STATIONS


def _group(body, at, audience, *counts):
    return [
        Referred(body, at, audience, step, n)
        for step, n in zip(("offered", "accepted", "contact-made"), counts, strict=True)
    ]


REFERRALS = [
    *_group("national-police", _POLICE, "VICTIM", 9, 6, 14),
    *_group("national-police", _POLICE, "PERPETRATOR", 3, 1, 2),
    *_group("national-police", _POLICE, "OTHER", 6, 5, 13),
    *_group("gendarmerie", _BRIGADE, "VICTIM", 5, 4, 9),
    *_group("gendarmerie", _BRIGADE, "PERPETRATOR", 2, 0, 1),
    *_group("gendarmerie", _BRIGADE, "OTHER", 2, 1, 8),
    *_group("municipal-police", _MUNICIPAL, "VICTIM", 3, 2, 4),
    *_group("iscg", _SOCIAL, "VICTIM", 4, 3, 16),
    *_group("association", _SOCIAL, "OTHER", 1, 2, 7),
    Referred("national-police", _POLICE, "VICTIM", "offered", 50, mode="NUMBER_GIVEN"),
]
