"""SDMX for exchange: a plain data set, written as SDMX-ML 2.1 and 3.0, SDMX-CSV 2.0, SDMX-JSON 2.0; a file, checked."""

from egide.methods.sdmx.checking import Fault, Verdict, check_message
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
from egide.methods.sdmx.flat import write_csv_20, write_json_20
from egide.methods.sdmx.received import Structure, Unreadable, read_structure
from egide.methods.sdmx.writer import write_generic_21, write_specific_30, write_structure_21, write_structure_30

__all__ = [
    "CONF_STATUS",
    "OBS_STATUS",
    "STATUS_OF_ABSENCE",
    "TIME",
    "Dimension",
    "Fault",
    "NotExchangeable",
    "Observation",
    "SdmxDataset",
    "Structure",
    "Unreadable",
    "Verdict",
    "check_message",
    "observation",
    "read_structure",
    "write_csv_20",
    "write_generic_21",
    "write_json_20",
    "write_specific_30",
    "write_structure_21",
    "write_structure_30",
]
