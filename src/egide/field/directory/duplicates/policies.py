"""When two entries look alike: same words of the name, same telephone, same address. Two signs of three are asked for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from uuid import UUID

from egide.core.plain import plain
from egide.field.directory.models import Service

EMPTY_WORDS = frozenset(
    (
        "a",
        "au",
        "aux",
        "centre",
        "d",
        "de",
        "des",
        "du",
        "et",
        "fictif",
        "fictive",
        "l",
        "la",
        "le",
        "les",
        "pour",
        "service",
    )
)
SIGNS = ("name", "telephone", "address")


def name_key(service: Service) -> str:
    """The words of a name that tell it apart, in no order."""
    return " ".join(sorted(set(plain(service.name).split()) - EMPTY_WORDS))


def telephone_key(service: Service) -> str:
    """A telephone as ten digits, whatever its spaces and prefix; short national numbers tell nothing apart."""
    digits = "".join(letter for letter in service.telephone if letter.isdigit())
    if digits.startswith("33") and len(digits) == 11:
        digits = f"0{digits[2:]}"
    return digits if len(digits) == 10 else ""


def address_key(service: Service) -> str:
    """A street in a commune; a street alone is in many towns."""
    place = service.commune or plain(service.commune_name)
    return f"{plain(service.address)}@{place}" if service.address and place else ""


def alike(services: Iterable[Service]) -> Mapping[tuple[UUID, UUID], tuple[str, ...]]:
    """Pair of identifiers, the smaller first -> the signs that agree, when at least two do."""
    signs: dict[tuple[UUID, UUID], list[str]] = defaultdict(list)
    for sign, key in zip(SIGNS, (name_key, telephone_key, address_key), strict=True):
        groups: dict[str, list[UUID]] = defaultdict(list)
        for service in services:
            if told := key(service):
                groups[told].append(service.id)
        for same in groups.values():
            for pair in combinations(sorted(same), 2):
                signs[pair].append(sign)
    return {pair: tuple(found) for pair, found in signs.items() if len(found) > 1}
