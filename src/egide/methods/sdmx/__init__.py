"""SDMX for exchange: a plain data set, written as SDMX-ML 2.1 (generic data and structure)."""

from egide.methods.sdmx.dataset import (
    STATUS_OF_ABSENCE,
    CONF_STATUS,
    OBS_STATUS,
    TIME,
    Dimension,
    NotExchangeable,
    Observation,
    SdmxDataset,
    observation,
)
from egide.methods.sdmx.writer import write_generic_21, write_structure_21

__all__ = [
    "STATUS_OF_ABSENCE",
    "CONF_STATUS",
    "OBS_STATUS",
    "TIME",
    "Dimension",
    "NotExchangeable",
    "Observation",
    "SdmxDataset",
    "observation",
    "write_generic_21",
    "write_structure_21",
]
