"""What we exchange: a plain, frozen data set, with the rules that keep zero, missing and suppressed apart.

Here live the observations, their statuses and the checks on them. Writing them as XML is in `writer`; neither knows
where they come from.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType

from egide.core.missing import Missing

Text = tuple[str, str]
Value = int | Decimal | float

TIME = "TIME_PERIOD"
FRENCH, ENGLISH = 0, 1
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_\-]*")
_CODE = re.compile(r"[A-Za-z0-9_@$\-]+")

# Codes of the SDMX cross-domain lists CL_OBS_STATUS 2.2 and CL_CONF_STATUS 1.3 that this house uses; the words are ours.
OBS_STATUS: Mapping[str, Text] = MappingProxyType(
    {
        "A": ("Valeur normale", "Normal value"),
        "B": ("Rupture de série", "Break in the series"),
        "D": ("Définition différente", "Different definition"),
        "E": ("Valeur estimée", "Estimated value"),
        "F": ("Prévision", "Forecast"),
        "I": ("Valeur imputée", "Imputed value"),
        "L": ("Absente : existe mais n'a pas été collectée", "Missing: exists but was not collected"),
        "M": ("Absente : ne peut pas exister", "Missing: cannot exist"),
        "O": ("Absente, sans précision", "Missing, reason not told"),
        "P": ("Valeur provisoire", "Provisional value"),
        "Q": ("Absente : masquée", "Missing: suppressed"),
        "U": ("Faible fiabilité", "Low reliability"),
    }
)
CONF_STATUS: Mapping[str, Text] = MappingProxyType(
    {
        "F": ("Libre de diffusion", "Free for publication"),
        "N": ("Usage interne seulement", "Internal use only"),
        "C": ("Couverte par le secret statistique", "Statistically confidential"),
    }
)
ABSENT = frozenset("LMOQ")
STATUS_OF_ABSENCE: Mapping[Missing, tuple[str, str]] = MappingProxyType(
    {
        Missing.UNKNOWN: ("O", "F"),
        Missing.NOT_ASKED: ("L", "F"),
        Missing.NOT_APPLICABLE: ("M", "F"),
        Missing.REFUSED: ("O", "F"),
        Missing.SUPPRESSED: ("Q", "C"),
        Missing.NOT_PUBLISHED: ("L", "F"),
    }
)


class NotExchangeable(ValueError):
    """The data set would be read differently from what it means, or could not be read at all."""


@dataclass(frozen=True)
class Dimension:
    """One axis: its id, its codes and itself labelled in (French, English). TIME_PERIOD takes periods, not codes."""

    id: str
    codes: Mapping[str, Text]
    label: Text | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", MappingProxyType(dict(self.codes)))


@dataclass(frozen=True)
class Observation:
    """One cell: its key (a code per dimension, in order), its figure or None, and its two statuses.

    A suppressed figure is `observation(key, Missing.SUPPRESSED)`; zero is 0, never None.
    """

    key: tuple[str, ...]
    value: Value | None
    obs_status: str = "A"
    conf_status: str = "F"


def observation(key: tuple[str, ...], value: Value | Missing, obs_status: str = "A") -> Observation:
    """The cell of a figure, or of a kind of absence, with the statuses that say which.

    A suppressed cell is C whether it was sensitive itself or hidden to protect another: telling them apart would tell
    which are small.
    """
    if isinstance(value, Missing):
        return Observation(key, None, *STATUS_OF_ABSENCE[value])
    return Observation(key, value, obs_status)


@dataclass(frozen=True)
class SdmxDataset:
    """A data set to exchange: who says it, under which flow and version, on which axes, and the observations.

    names: the flow's (French, English) name. prepared: an aware datetime, given by the caller, so that bytes can be
    made again.
    Raises NotExchangeable naming the observation for an unknown code, a key twice, or a figure that its
    statuses contradict.
    """

    agency: str
    dataflow: str
    version: str
    names: Text
    dimensions: tuple[Dimension, ...]
    observations: tuple[Observation, ...]
    prepared: datetime

    def __post_init__(self) -> None:
        self._check_frame()
        seen: set[tuple[str, ...]] = set()
        for each in self.observations:
            self._check_key(each, seen)
            _check_statuses(each)
            seen.add(each.key)

    def _check_frame(self) -> None:
        for name in (self.agency, self.dataflow, *(d.id for d in self.dimensions)):
            if not _ID.fullmatch(name):
                raise NotExchangeable(
                    f"{name!r} cannot be an SDMX id. Use letters, digits, - and _, beginning with a letter."
                )
        if len({d.id for d in self.dimensions}) < max(len(self.dimensions), 1):
            raise NotExchangeable(f"Data set {self.dataflow} needs at least one dimension, each with its own id.")
        for dimension in self.dimensions:
            if bad := [code for code in dimension.codes if not _CODE.fullmatch(code)]:
                raise NotExchangeable(
                    f"{bad[0]!r} of {dimension.id} cannot be an SDMX code. Use letters, digits, _, -, @, $."
                )
        if self.prepared.tzinfo is None:
            raise NotExchangeable(
                f"Data set {self.dataflow}: the time of preparation {self.prepared} has no time zone. Give one."
            )

    def _check_key(self, each: Observation, seen: set[tuple[str, ...]]) -> None:
        if len(each.key) != len(self.dimensions):
            raise NotExchangeable(
                f"Observation {each.key} has {len(each.key)} codes for {len(self.dimensions)} dimensions."
            )
        if each.key in seen:
            raise NotExchangeable(f"Observation {each.key} is given twice. Keep one: a reader would keep either.")
        for code, dimension in zip(each.key, self.dimensions, strict=True):
            if dimension.id != TIME and code not in dimension.codes:
                raise NotExchangeable(
                    f"Observation {each.key}: {code} is no code of {dimension.id}. Add it with its labels."
                )


def _check_statuses(each: Observation) -> None:
    if each.obs_status not in OBS_STATUS:
        raise NotExchangeable(
            f"Observation {each.key}: OBS_STATUS {each.obs_status} is unknown. Use {', '.join(OBS_STATUS)}."
        )
    if each.conf_status not in CONF_STATUS:
        raise NotExchangeable(
            f"Observation {each.key}: CONF_STATUS {each.conf_status} is refused. Use {', '.join(CONF_STATUS)}: "
            "finer codes tell a reader which hidden cells are the small ones."
        )
    if each.value is None:
        if each.obs_status not in ABSENT and each.conf_status == "F":
            raise NotExchangeable(
                f"Observation {each.key} has no figure and does not say why. Give OBS_STATUS L, M, O or Q."
            )
        if each.obs_status == "Q" and each.conf_status == "F":
            raise NotExchangeable(f"Observation {each.key} is suppressed yet free for publication. Give CONF_STATUS C.")
    elif each.obs_status in ABSENT or each.conf_status == "C":
        raise NotExchangeable(
            f"Observation {each.key} has a figure, {each.value}, and says it has none. Remove one of the two."
        )
    elif not math.isfinite(each.value):
        raise NotExchangeable(f"Observation {each.key} is {each.value}, which is no figure. Give None and a status.")
    elif Decimal(repr(float(each.value))) != Decimal(str(each.value)):
        raise NotExchangeable(f"Observation {each.key}: {each.value} has more digits than the format keeps. Round it.")
