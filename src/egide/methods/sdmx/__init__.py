"""SDMX for exchange: a plain data set, written as SDMX-ML 2.1 (generic data and structure)."""

from egide.methods.sdmx.dataset import (
    CONF_STATUS,
    OBS_STATUS,
    STATUS_OF_ABSENCE,
    TIME,
    Dimension,
    NotExchangeable,
    Observation,
    SdmxDataset,
    observation,
)
from egide.methods.sdmx.writer import write_generic_21, write_structure_21

__all__ = [
    "CONF_STATUS",
    "OBS_STATUS",
    "STATUS_OF_ABSENCE",
    "TIME",
    "Dimension",
    "NotExchangeable",
    "Observation",
    "SdmxDataset",
    "observation",
    "write_generic_21",
    "write_structure_21",
]
