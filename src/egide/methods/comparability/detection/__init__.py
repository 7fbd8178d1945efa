"""Breaks of a series: where its level jumps, and whether a tool or the world moved it.

What lives here: the search, its measured false-alarm rates, the evidence and the proposal of a verdict. What does not:
the calendar of recording tools (catalogue), words for people (harmonisation), the decision (a statistician signs it).

The search is a moving sum over two windows at once (Eichinger and Kirch, "A MOSUM procedure for the estimation of multiple
random change points", Bernoulli 24, 2018; several windows as in Messer and others, "A multiple filter test for the detection
of rate changes", Annals of Applied Statistics 8, 2014). In each window the level on both sides of a date is compared beside
a broken line and the seasons, as in the segmented regression of interrupted time series (Wagner and others, Journal of
Clinical Pharmacy and Therapeutics 27, 2002), with first-order autocorrelated errors (Prais and Winsten, 1954). Passing
outliers are drawn in first (Hampel's identifier). A yearly series is read as a random walk with drift, whose level shift is one
difference out of line (Chen and Liu, "Joint estimation of model parameters and outlier effects in time series", Journal of
the American Statistical Association 88, 1993).
"""

from egide.methods.comparability.detection.calibration import FALSE_ALARMS, POWER, FalseAlarm, Power
from egide.methods.comparability.detection.evidence import NEAR, Beside, Change, Evidence, gather
from egide.methods.comparability.detection.profile import Profile, Reading, profile
from egide.methods.comparability.detection.search import Shift, find_shifts
from egide.methods.comparability.detection.series import NotDetectable, Series
from egide.methods.comparability.detection.verdict import Verdict, judge

__all__ = [
    "FALSE_ALARMS",
    "NEAR",
    "POWER",
    "Beside",
    "Change",
    "Evidence",
    "FalseAlarm",
    "NotDetectable",
    "Power",
    "Profile",
    "Reading",
    "Series",
    "Shift",
    "Verdict",
    "find_shifts",
    "gather",
    "judge",
    "profile",
]
