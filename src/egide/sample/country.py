"""The territories of the fictional country: the catalogue's invented département 990, and twelve more.

Lives here: names, codes, sizes, which force keeps the peace. Not here: any real place; people (`people`).
Codes with a letter after 99 belong to no country and no commune of the official code.
"""

from dataclasses import dataclass
from functools import lru_cache

from egide.foundation.catalogue import list_territories

from .design import FORCE_SHARE

HOME, HOME_SHARE = "990", 0.25  # the département of the demonstration, and its share of the people
DEPARTEMENTS = (
    ("99A", "Haute-Brume"), ("99B", "Orle-et-Sombre"), ("99C", "Rives-de-Verre"), ("99D", "Plaine-d’Ambrine"),
    ("99E", "Monts-de-Cendrelle"), ("99F", "Basse-Lunelle"), ("99G", "Pays-de-Givrance"), ("99H", "Val-Tisseron"),
    ("99J", "Lac-d’Ardoisière"), ("99K", "Forêt-d’Étaing"), ("99L", "Îles-du-Ponantin"), ("99M", "Marches-d’Ocrelle"),
)  # fmt: skip
_FIRST, _SECOND = (
    halves.split()
    for halves in (
        "Sombreval Fontargil Roquebrume Clairvesle Montfauvel Pierrolune Vaulcendre Brumessac Ormevigne Lunargues Grisecombe "
        "Aubrelance",
        "sur-Orle le-Vieil lès-Brumes d’Ocrelle en-Givrance",
    )
)


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
    home = [(item.code, item.name) for item in list_territories("commune", fictional=True) if item.parent == HOME]
    found = _share_out(HOME, home, HOME_SHARE)
    sizes = [1 + 0.15 * place for place in range(len(DEPARTEMENTS))]
    for place, (code, _name) in enumerate(DEPARTEMENTS):
        named = [_name_commune(place, each) for each in range(5)]
        communes = [(f"{code}{each + 1:02d}", name) for each, name in enumerate(named)]
        found += _share_out(code, communes, (1 - HOME_SHARE) * sizes[place] / sum(sizes))
    return tuple(found)


def _name_commune(departement: int, place: int) -> str:
    """Twelve times five names, each pair of halves once."""
    return f"{_FIRST[(departement + place) % len(_FIRST)]}-{_SECOND[place]}"


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
    [home] = [item for item in list_territories("departement", fictional=True) if item.code == HOME]
    return ((home.code, home.name), *DEPARTEMENTS)


def list_associations() -> tuple[tuple[str, str], ...]:
    """Two invented associations in each département: (code, département)."""
    return tuple((f"asso-{code.lower()}-{letter}", code) for code, _name in list_departements() for letter in "ab")


def describe_territories() -> list[dict[str, str]]:
    """One row for each territory, in the layout of the catalogue's `fictional.csv`."""
    common = {"valid_from": "", "valid_to": "", "kind": "fictional", "fictional": "true"}
    departements = [
        {"code": code, "name": name, "level": "departement", "parent": "FR", **common}
        for code, name in list_departements()
    ]
    communes = [
        {"code": each.code, "name": each.name, "level": "commune", "parent": each.departement, **common}
        for each in list_communes()
    ]
    return departements + communes
