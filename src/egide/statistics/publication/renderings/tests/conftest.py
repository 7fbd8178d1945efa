"""An invented letter, in both languages, with its figures: no number here was ever published."""

import copy

import pytest

SHA = "9f2c4b7a61d05e83c1a94f7be2d6083f5a1c9e47b20d8f63a7e5c4190b3d72e8"


def passport(
    code, value, absence=None, *, unit=("victim", "victime", "victim"), status="A", place=("FR", "France", "France")
):
    return {
        "code": code,
        "value": value,
        "absence": absence,
        "unit": dict(zip(("code", "fr", "en"), unit, strict=True)),
        "population": {"fr": "femmes de 18 ans et plus", "en": "women aged 18 and over"},
        "geography": dict(zip(("code", "fr", "en"), place, strict=True)),
        "facts_period": "2021",
        "record_period": "2022",
        "source": {
            "code": "invented-register",
            "fr": "Registre inventé des faits constatés",
            "en": "Invented register of recorded facts",
            "producer": {"fr": "Service inventé", "en": "Invented office"},
        },
        "definition_version": "1",
        "breaks_crossed": [],
        "status": status,
        "lineage": [
            {
                "delivery": "0d6c2c1e-0000-4000-8000-000000000001",
                "sha256": SHA,
                "vintage": "2022-08-01",
                "filename": "registre-invente-2022.csv",
                "rows": [3, 4],
            }
        ],
    }


def figure(code, value, printed, label=None, absence=None, **more):
    fr, en = printed if isinstance(printed, tuple) else (printed, printed)
    label = label or (f"Indicateur inventé {code}", f"Invented indicator {code}")
    return {
        "code": code,
        "label": {"fr": label[0], "en": label[1]},
        "printed": {"fr": fr, "en": en},
        "passport": passport(code, value, absence, **more),
    }


REGIONS = ["Région des Lacs", "Région des Monts-et-Vallées de l’Intérieur", "Région du Littoral", "Région de la Plaine"]
SEXES = [("F", "Femmes", "Women"), ("M", "Hommes", "Men"), ("U", "Sexe non renseigné", "Sex not stated")]


def cells():
    made = []
    for row, region in enumerate(REGIONS):
        for column, (code, _, _) in enumerate(SEXES):
            place = (f"X{row}", region, region)
            name = f"recorded.X{row}.{code}"
            if (row, column) in ((0, 2), (2, 2)):
                made.append(figure(name, None, "s", absence="SUPPRESSED", status="Q", place=place))
            elif (row, column) == (1, 2):
                made.append(figure(name, 0, "0", place=place))
            elif (row, column) == (3, 2):
                made.append(figure(name, None, ("n. d.", "n/a"), absence="UNKNOWN", status="O", place=place))
            else:
                value = 1000 * (row + 3) + 37 * (column + 1)
                made.append(
                    figure(name, value, (f"{value:,}".replace(",", " "), f"{value:,}"), place=place, status="P")
                )
    return made


HEADLINES = [
    figure("killed", 431, "431", ("Personnes tuées au sein de leur foyer", "People killed in their home")),
    figure("recorded", 254321, ("254 321", "254,321"), ("Victimes enregistrées", "Recorded victims"), status="P"),
    figure(
        "growth",
        12.5,
        ("+12,5 %", "+12.5%"),
        ("Évolution sur un an", "Change over one year"),
        unit=("percent", "pour cent", "per cent"),
        status="B",
    ),
    figure(
        "orders",
        7654,
        ("7 654", "7,654"),
        ("Ordonnances délivrées", "Orders granted"),
        unit=("order", "ordonnance", "order"),
    ),
    figure(
        "other-register",
        261000,
        ("261 000", "261,000"),
        ("Victimes selon l’autre registre", "Victims in the other register"),
    ),
    figure(
        "trained",
        None,
        ("non publié", "not published"),
        ("Agents formés", "Officers trained"),
        "NOT_PUBLISHED",
        status="L",
    ),
]
HEADLINES[2]["passport"]["breaks_crossed"] = [
    {"at": "2012-01", "kind": "artefact", "cause": {"fr": "nouveau logiciel", "en": "new software"}}
]
HEADLINES[5]["passport"].update(source=None, record_period="", lineage=[])


@pytest.fixture
def figures():
    return copy.deepcopy(HEADLINES + cells())


def spans(language, *parts):
    held = {item["code"]: item["printed"][language] for item in HEADLINES}
    return [{"figure": part[1:], "text": held[part[1:]]} if part.startswith("@") else {"text": part} for part in parts]


def table(language):
    made = iter(cells())
    status = {"SUPPRESSED": "suppressed", None: "value"}
    rows = []
    for region in REGIONS:
        row = [next(made) for _ in SEXES]
        rows.append(
            {
                "head": region,
                "cells": [
                    {
                        "figure": item["code"],
                        "text": item["printed"][language],
                        "status": status.get(item["passport"]["absence"], "missing"),
                    }
                    for item in row
                ],
            }
        )
    words = {
        "fr": (
            "Victimes enregistrées par région et sexe en 2022",
            "Région",
            "victime",
            "Registre inventé",
            "s : secret statistique.",
        ),
        "en": ("Victims recorded by region and sex in 2022", "Region", "victim", "Invented register", "s: suppressed."),
    }[language]
    names = [item[1 if language == "fr" else 2] for item in SEXES]
    return {
        "kind": "table",
        "id": "by-region",
        "caption": words[0],
        "unit": words[2],
        "source": words[3],
        "columns": [words[1], *names],
        "rows": rows,
        "notes": [words[4]],
    }


def keyfigures(language):
    source, period = {"fr": ("Registre inventé", "faits de 2021"), "en": ("Invented register", "facts of 2021")}[
        language
    ]
    return {
        "kind": "keyfigures",
        "figures": [
            {
                "figure": item["code"],
                "text": item["printed"][language],
                "label": item["label"][language],
                "source": source,
                "period": period,
            }
            for item in HEADLINES
        ],
    }


WORDS = {
    "fr": {
        "title": "Les violences au sein du foyer : ce que l’on sait en 2022",
        "subtitle": "Lettre annuelle, toutes sources réunies",
        "erratum": ["Victimes enregistrées : 254 311 avant correction, 254 321 désormais."],
        "first": "Les faits enregistrés",
        "second": "Par région",
        "text": (
            "En 2022, les services ont enregistré ",
            "@recorded",
            " victimes, soit ",
            "@growth",
            " sur un an : c’est plus que l’année d’avant, « à définition égale » ; ",
            "@killed",
            " personnes sont mortes. Les juges ont délivré ",
            "@orders",
            " ordonnances. Est-ce beaucoup ? Les sources ne comptent ni les mêmes personnes ni la même période, "
            "et rien ici ne les additionne. Le nombre d’agents formés est ",
            "@trained",
            ".",
        ),
        "alert": (
            "Deux publications ne disent pas la même chose",
            (
                "Le registre inventé compte ",
                "@recorded",
                " victimes ; l’autre registre en compte ",
                "@other-register",
                ", des deux sexes. Les deux sont montrés jusqu’à ce que les producteurs tranchent.",
            ),
        ),
        "list": (("Une ", "première", " précision sur le champ."), ("@orders", " ordonnances, provisoires ou non.")),
        "notes": ["Une victime compte une fois par infraction.", "Les chiffres de 2022 sont provisoires."],
    },
    "en": {
        "title": "Violence in the home: what is known in 2022",
        "subtitle": "Yearly letter, all sources together",
        "erratum": ["Recorded victims: 254,311 before the correction, 254,321 from now on."],
        "first": "Recorded facts",
        "second": "By region",
        "text": (
            "In 2022 the services recorded ",
            "@recorded",
            " victims, ",
            "@growth",
            " over one year, and ",
            "@killed",
            " people died. The courts granted ",
            "@orders",
            " orders. The number of officers trained is ",
            "@trained",
            ".",
        ),
        "alert": (
            "Two publications do not say the same thing",
            (
                "The invented register counts ",
                "@recorded",
                " victims; the other one counts ",
                "@other-register",
                ", of both sexes. Both are shown until the producers decide.",
            ),
        ),
        "list": (("A ", "first", " detail about the scope."), ("@orders", " orders, provisional or not.")),
        "notes": ["A victim counts once per offence.", "The figures of 2022 are provisional."],
    },
}


def compose(language):
    words = WORDS[language]
    return {
        "title": words["title"],
        "subtitle": words["subtitle"],
        "edition": 2022,
        "number": 42,
        "dated": "2022-11-25",
        "language": language,
        "fictional": True,
        "notice": None,
        "blocks": [
            {"kind": "erratum", "items": words["erratum"]},
            keyfigures(language),
            {"kind": "heading", "level": 2, "id": "facts", "text": words["first"]},
            {"kind": "paragraph", "spans": spans(language, *words["text"])},
            {"kind": "alert", "title": words["alert"][0], "spans": spans(language, *words["alert"][1])},
            {"kind": "list", "items": [{"spans": spans(language, *item)} for item in words["list"]]},
            {"kind": "heading", "level": 3, "id": "regions", "text": words["second"]},
            table(language),
            {"kind": "notes", "items": words["notes"]},
        ],
    }


@pytest.fixture(params=["fr", "en"])
def letter(request):
    return compose(request.param)


@pytest.fixture
def letter_fr():
    return compose("fr")
