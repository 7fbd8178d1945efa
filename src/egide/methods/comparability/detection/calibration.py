"""The critical values and what they cost in false alarms. What lives here: constants measured by simulation (bench/breaks.py)."""

from dataclasses import dataclass

# Values a year: {values on each side of a date: critical value of the jump over its standard error}.
# Chosen so that about one series in twenty is announced wrongly under strong noise (autocorrelation 0.5, a wandering level or,
# for years, heavy tails), and fewer under ordinary noise: `FALSE_ALARMS` has what was measured.
CRITICAL: dict[int, dict[int, float]] = {12: {24: 5.3, 48: 5.3}, 4: {8: 6.5, 16: 5.0}, 1: {1: 6.5}}


@dataclass(frozen=True)
class FalseAlarm:
    """`rate`: share of `runs` series without any break, each of `length` values, in which one or more was announced."""

    per_year: int
    length: int
    noise: str
    runs: int
    rate: float


@dataclass(frozen=True)
class Power:
    """`found`: share of `runs` series in which a true jump of `size` was announced within two periods of its date."""

    per_year: int
    size: float
    noise: str
    runs: int
    found: float


# noise: white, autocorrelated (ar), about a wandering level (its step in noise units), heavy-tailed, or Poisson counts of a mean.
FALSE_ALARMS: tuple[FalseAlarm, ...] = (
    FalseAlarm(12, 120, "white", 400, 0.000),
    FalseAlarm(12, 120, "ar 0.3", 400, 0.005),
    FalseAlarm(12, 120, "ar 0.5", 400, 0.013),
    FalseAlarm(12, 120, "wander 0.15", 400, 0.005),
    FalseAlarm(12, 120, "heavy", 400, 0.000),
    FalseAlarm(12, 120, "count 10", 400, 0.000),
    FalseAlarm(12, 262, "white", 400, 0.000),
    FalseAlarm(12, 262, "ar 0.3", 400, 0.015),
    FalseAlarm(12, 262, "ar 0.5", 400, 0.055),
    FalseAlarm(12, 262, "wander 0.15", 400, 0.043),
    FalseAlarm(12, 262, "heavy", 400, 0.003),
    FalseAlarm(12, 262, "count 10", 400, 0.003),
    FalseAlarm(4, 40, "white", 400, 0.005),
    FalseAlarm(4, 40, "ar 0.3", 400, 0.018),
    FalseAlarm(4, 40, "wander 0.15", 400, 0.003),
    FalseAlarm(4, 40, "heavy", 400, 0.003),
    FalseAlarm(4, 80, "white", 400, 0.000),
    FalseAlarm(4, 80, "ar 0.3", 400, 0.028),
    FalseAlarm(4, 80, "wander 0.15", 400, 0.020),
    FalseAlarm(4, 80, "heavy", 400, 0.000),
    FalseAlarm(1, 10, "white", 400, 0.028),
    FalseAlarm(1, 10, "heavy", 400, 0.045),
    FalseAlarm(1, 15, "white", 400, 0.000),
    FalseAlarm(1, 15, "heavy", 400, 0.020),
    FalseAlarm(1, 30, "white", 400, 0.000),
    FalseAlarm(1, 30, "heavy", 400, 0.052),
)
# Monthly series of 180 values, autocorrelation 0.3, noise of 8 % of the level, a break anywhere but within 30 months of an end.
POWER: tuple[Power, ...] = (
    Power(12, 0.1, "ar 0.3", 400, 0.01),
    Power(12, 0.15, "ar 0.3", 400, 0.04),
    Power(12, 0.2, "ar 0.3", 400, 0.16),
    Power(12, 0.25, "ar 0.3", 400, 0.36),
    Power(12, 0.35, "ar 0.3", 400, 0.72),
)
