"""Names of nobody: common given names, family names built from syllables of no language, numbers kept for fiction.

Lives here: the lists and how they are combined. Not here: who bears them (`people`).
"""

import numpy as np

from .streams import Ints, Stream

# by sex and generation: born before 1960, before 1985, later
GIVEN = {
    "F": (
        "Monique Françoise Jacqueline Nicole Annie Michèle Christiane Danielle Yvette Colette Josette Simone Paulette Odette "
        "Suzanne Ginette Lucienne Geneviève Mireille Huguette",
        "Nathalie Sylvie Isabelle Valérie Sandrine Céline Stéphanie Véronique Karine Laurence Delphine Aurélie Virginie "
        "Sabrina Fatima Nadia Malika Rachida Samira Laetitia",
        "Léa Manon Camille Chloé Emma Inès Jade Louise Sarah Lina Zoé Anaïs Yasmine Aïcha Maëlle Clara Salomé Kenza Mariam Nour",
    ),
    "M": (
        "Michel Bernard Gérard Daniel Roger Claude Maurice René Marcel Lucien Raymond Guy Yves Robert Gilbert Roland Serge "
        "Fernand Edmond Gaston",
        "Christophe Stéphane Laurent Frédéric Olivier Sébastien Thierry Pascal Karim Mourad Didier Cédric Ludovic Fabrice "
        "Samir Rachid Franck Sylvain Jérôme Arnaud",
        "Lucas Hugo Enzo Nathan Théo Mathis Yanis Rayan Noah Adam Tom Gabin Ilyès Mamadou Axel Maxime Timéo Evan Sacha Kylian",
    ),
}
GENERATIONS = (1960, 1985)
_START, _MIDDLE, _END = (
    parts.split()
    for parts in (
        "Bal Bru Cor Dal Fen Gal Hur Jor Kel Lor Mal Nar Ost Pel Quil Rov Sel Tor Ulg Var Wen Yor Zel Ard Emb Fol Gri Ism Lum Vex",
        "a e i o u an en or ul ir az ex",
        "zembre quoisse vandrel thuile brogue moustre gorlin pluvel stragne dombre fuzelle krande lunoise ptreau xandier voltare "
        "blisque graillon mordane cestrelle",
    )
)

GIVEN_NAMES = tuple(name for sex in "FM" for generation in GIVEN[sex] for name in generation.split())
FAMILY_NAMES = tuple(start + middle + end for start in _START for middle in _MIDDLE for end in _END)
_SIZES = [len(generation.split()) for sex in "FM" for generation in GIVEN[sex]]
_OFFSETS = np.cumsum([0, *_SIZES[:-1]])


def draw_given_names(stream: Stream, male: Ints, born: Ints) -> Ints:
    """Places in GIVEN_NAMES, by sex (0 woman, 1 man) and year of birth."""
    generation = np.searchsorted(GENERATIONS, born, side="right")
    group = male * 3 + generation
    found: Ints = _OFFSETS[group] + stream.below(np.array(_SIZES)[group], len(male))
    return found


def misspell(name: str, where: float) -> str:
    """A name as someone typed it in haste: two letters exchanged, one lost or one doubled, by a number in [0, 1)."""
    place = 1 + int(where * 1000) % max(1, len(name) - 2)
    kind = int(where * 3)
    if kind == 0:
        return name[:place] + name[place + 1 : place + 2] + name[place] + name[place + 2 :]
    if kind == 1:
        return name[:place] + name[place + 1 :]
    return name[:place] + name[place] + name[place:]


def fictional_mobile(number: int) -> str:
    """A number of the range that the numbering plan keeps for fiction: it rings nowhere."""
    digits = f"{number % 10_000:04d}"
    return f"06 39 98 {digits[:2]} {digits[2:]}"
