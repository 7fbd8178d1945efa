"""The territories of the fictional country: how many live in each, and which force keeps the peace there.

Lives here: sizes and forces. Not here: names and codes (catalogue/territories/fictional.csv); people (`people`).
"""

from dataclasses import dataclass
from functools import lru_cache

from egide.foundation.catalogue import list_territories

from .design import FORCE_SHARE

HOME, HOME_SHARE = "990", 0.25  # the département of the demonstration, and its share of the people


@dataclass(frozen=True)
class Commune:
    """A commune of the country; `share` of its people, `force` that records there."""

    code: str
    name: str
    departement: str
    share: float
    force: str


@lru_cache(maxsize=1)
def list_communes() -> tuple[Commune, ...]:
    """The communes, those of the demonstration's département first. The largest of each département is under the police."""
    named: dict[str, list[tuple[str, str]]] = {}
    for item in list_territories("commune", fictional=True):
        if item.fictional and item.parent:
            named.setdefault(item.parent, []).append((item.code, item.name))
    (_home, *others), found = list_departements(), _share_out(HOME, named[HOME], HOME_SHARE)
    sizes = [1 + 0.15 * place for place in range(len(others))]
    for size, (code, _name) in zip(sizes, others, strict=True):
        found += _share_out(code, named[code], (1 - HOME_SHARE) * size / sum(sizes))
    return tuple(found)


def _share_out(departement: str, communes: list[tuple[str, str]], share: float) -> list[Commune]:
    weights = [1 / (place + 1) for place in range(len(communes))]
    policed = max(1, round(FORCE_SHARE * len(communes)) - 1)
    return [
        Commune(
            code,
            name,
            departement,
            share * weights[place] / sum(weights),
            "police" if place < policed else "gendarmerie",
        )
        for place, (code, name) in enumerate(communes)
    ]


def list_departements() -> tuple[tuple[str, str], ...]:
    """Codes and names, the demonstration's first."""
    invented = [item for item in list_territories("departement", fictional=True) if item.fictional]
    return tuple((item.code, item.name) for item in sorted(invented, key=lambda item: (item.code != HOME, item.code)))


def list_associations() -> tuple[tuple[str, str], ...]:
    """Two invented associations in each département: (code, département)."""
    return tuple((f"asso-{code.lower()}-{letter}", code) for code, _name in list_departements() for letter in "ab")


def describe_territories() -> list[dict[str, str]]:
    """One row for each territory, in the layout of the catalogue's `fictional.csv`."""
    common = {"valid_from": "", "valid_to": "", "kind": "fictional", "fictional": "true"}
    departements = [
        {"code": code, "name": name, "level": "departement", "parent": "FICTION", **common}
        for code, name in list_departements()
    ]
    communes = [
        {"code": each.code, "name": each.name, "level": "commune", "parent": each.departement, **common}
        for each in list_communes()
    ]
    return departements + communes
