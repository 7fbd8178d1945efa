"""SDMX-CSV 2.0 and SDMX-JSON 2.0 data messages from a plain data set, written here: the same data set, the same bytes.

What lives here: the two layouts. What may be said is decided in `dataset`. An absent figure is an empty field in CSV and
null in JSON, beside the status that says why; zero is 0 in both.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import UTC
from decimal import Decimal
from typing import Any

from egide.methods.sdmx.dataset import CONF_STATUS, OBS_STATUS, TIME, Dimension, SdmxDataset, Text, Value
from egide.methods.sdmx.writer import CONF, STATUS, VALUE, component_name, figure_text


def write_csv_20(dataset: SdmxDataset) -> bytes:
    """A line for each observation, in the order of their keys, UTF-8, lines ended as RFC 4180 says."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(["STRUCTURE", "STRUCTURE_ID", "ACTION", *(d.id for d in dataset.dimensions), VALUE, STATUS, CONF])
    flow = f"{dataset.agency}:{dataset.dataflow}({dataset.version})"
    for each in sorted(dataset.observations, key=lambda o: o.key):
        lines.writerow(["dataflow", flow, "I", *each.key, figure_text(each.value), each.obs_status, each.conf_status])
    return text.getvalue().encode()


def write_json_20(dataset: SdmxDataset) -> bytes:
    """One flat data set: an observation is [value, place of its OBS_STATUS, place of its CONF_STATUS]."""
    codes = [_codes_of(dataset, side) for side in range(len(dataset.dimensions))]
    places = [{code: str(at) for at, code in enumerate(each)} for each in codes]
    statuses, confidentialities = list(OBS_STATUS), list(CONF_STATUS)
    observations = {
        ":".join(place[code] for place, code in zip(places, each.key, strict=True)): [
            _number(each.value), statuses.index(each.obs_status), confidentialities.index(each.conf_status),
        ]
        for each in sorted(dataset.observations, key=lambda o: o.key)
    }  # fmt: skip
    moment = dataset.prepared.astimezone(UTC).replace(microsecond=0)
    message = {
        "meta": {
            "id": f"{dataset.dataflow}_{moment:%Y%m%dT%H%M%S}", "test": False,
            "prepared": f"{moment:%Y-%m-%dT%H:%M:%SZ}", "contentLanguages": ["fr", "en"], "sender": {"id": dataset.agency},
        },
        "data": {
            "structures": [_structure(dataset, codes)],
            "dataSets": [
                {"structure": 0, "action": "Information", "links": _links(dataset), "observations": observations}
            ],
        },
    }  # fmt: skip
    return (json.dumps(message, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _structure(dataset: SdmxDataset, codes: Sequence[Sequence[str]]) -> dict[str, Any]:
    return {
        "links": _links(dataset),
        "name": dataset.names[0],
        "names": _both(dataset.names),
        "dimensions": {
            "observation": [
                {**_named(dimension.id, dataset), "keyPosition": place, "values": _values(dimension, used)}
                for place, (dimension, used) in enumerate(zip(dataset.dimensions, codes, strict=True))
            ]
        },
        "measures": {"observation": [_named(VALUE, dataset)]},
        "attributes": {
            "observation": [
                {**_named(STATUS, dataset), "relationship": {"observation": {}}, "values": _listed(OBS_STATUS)},
                {**_named(CONF, dataset), "relationship": {"observation": {}}, "values": _listed(CONF_STATUS)},
            ]
        },
        "dataSets": [0],
    }


def _links(dataset: SdmxDataset) -> list[dict[str, str]]:
    flow = f"{dataset.agency}:{dataset.dataflow}({dataset.version})"
    return [{"urn": f"urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow={flow}", "rel": "dataflow"}]


def _codes_of(dataset: SdmxDataset, side: int) -> list[str]:
    """The codes that the observations use, in order."""
    return sorted({each.key[side] for each in dataset.observations})


def _values(dimension: Dimension, used: Sequence[str]) -> list[dict[str, Any]]:
    if dimension.id == TIME:
        return [{"value": period} for period in used]
    return _listed({code: dimension.codes[code] for code in used})


def _listed(codes: Mapping[str, Text]) -> list[dict[str, Any]]:
    return [{"id": code, "name": text[0], "names": _both(text)} for code, text in codes.items()]


def _named(name: str, dataset: SdmxDataset) -> dict[str, Any]:
    text = component_name(name, dataset)
    return {"id": name, "name": text[0], "names": _both(text)}


def _both(text: Text) -> dict[str, str]:
    return {"fr": text[0], "en": text[1]}


def _number(value: Value | None) -> int | float | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
