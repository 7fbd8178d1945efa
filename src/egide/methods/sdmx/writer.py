"""SDMX-ML messages from a plain data set, by pysdmx: 2.1 (generic data, structure) and 3.0 (specific data, structure).

Version 2.1 is the last whose generic data message can be checked against the official schema as it stands; 3.0 has no
generic message. CSV and JSON are in `flat`. Here live only translations between the two models; what may be said is decided
in `dataset`. The same data set always gives the same bytes.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lxml import etree

from egide.methods.sdmx.dataset import (
    CONF_STATUS,
    ENGLISH,
    FRENCH,
    OBS_STATUS,
    TIME,
    Dimension,
    NotExchangeable,
    SdmxDataset,
    Text,
    Value,
)

if TYPE_CHECKING:
    from pysdmx.model import Codelist, Component, ConceptScheme
    from pysdmx.model.dataflow import Components
    from pysdmx.model.message import Header

VALUE, STATUS, CONF = "OBS_VALUE", "OBS_STATUS", "CONF_STATUS"
CONCEPTS = "CONCEPTS"
_NAMES: dict[str, Text] = {
    TIME: ("Période", "Period"),
    VALUE: ("Valeur", "Value"),
    STATUS: ("Statut de l'observation", "Observation status"),
    CONF: ("Statut de confidentialité", "Confidentiality status"),
    CONCEPTS: ("Concepts", "Concepts"),
}
# The cross-domain lists keep their owner's name; ours are the agency's.
_SHARED = {STATUS: ("SDMX", "CL_OBS_STATUS", "2.2", OBS_STATUS), CONF: ("SDMX", "CL_CONF_STATUS", "1.3", CONF_STATUS)}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# pysdmx brings pandas, two seconds to import: only those who write pay for it, hence the imports inside functions.


def write_generic_21(dataset: SdmxDataset) -> bytes:
    """The observations as one SDMX-ML 2.1 generic data message, in the order of their keys, UTF-8.

    A suppressed or missing figure has no ObsValue at all and says why in its attributes; zero is "0".
    """
    from pysdmx.io.format import Format

    return _data(dataset, Format.DATA_SDMX_ML_2_1_GEN)


def write_specific_30(dataset: SdmxDataset) -> bytes:
    """The same observations as one SDMX-ML 3.0 data message: an attribute for each code, none for an absent figure."""
    from pysdmx.io.format import Format

    return _data(dataset, Format.DATA_SDMX_ML_3_0)


def _data(dataset: SdmxDataset, kind: Any) -> bytes:
    import pandas as pd
    from pysdmx.io import write_sdmx
    from pysdmx.io.pd import PandasDataset
    from pysdmx.model import Schema

    columns = [*(d.id for d in dataset.dimensions), VALUE, STATUS, CONF]
    rows = [
        (*o.key, figure_text(o.value), o.obs_status, o.conf_status)
        for o in sorted(dataset.observations, key=lambda o: o.key)
    ]
    if not rows:
        raise NotExchangeable(
            f"Data set {dataset.dataflow} has no observation. A table with nothing in it is not exchanged."
        )
    frame = pd.DataFrame(rows, columns=columns, dtype=str)
    schema = Schema("datastructure", dataset.agency, dataset.dataflow, _components(dataset), version=dataset.version)
    message = PandasDataset(structure=schema, data=frame)
    return _bytes(write_sdmx(message, kind, header=_header(dataset, "DATA")))


def write_structure_21(dataset: SdmxDataset) -> bytes:
    """The code lists, concepts, data structure and dataflow that the generic message refers to.

    Named in French and English.
    """
    from pysdmx.io.format import Format

    return _structure(dataset, Format.STRUCTURE_SDMX_ML_2_1)


def write_structure_30(dataset: SdmxDataset) -> bytes:
    """The same structure as an SDMX-ML 3.0 message."""
    from pysdmx.io.format import Format

    return _structure(dataset, Format.STRUCTURE_SDMX_ML_3_0)


def _structure(dataset: SdmxDataset, kind: Any) -> bytes:
    from pysdmx.io import write_sdmx
    from pysdmx.model import Dataflow
    from pysdmx.model.dataflow import DataStructureDefinition

    name = dataset.names[ENGLISH]
    frame: dict[str, Any] = {"agency": dataset.agency, "name": name, "version": dataset.version}
    structure = DataStructureDefinition(dataset.dataflow, components=_components(dataset), **frame)
    flow = Dataflow(dataset.dataflow, structure=structure, **frame)
    everything = [*_codelists(dataset), _concepts(dataset), structure, flow]
    text = write_sdmx(everything, kind, header=_header(dataset, "STRUCTURE"))
    return _with_french(_bytes(text), dict(_french(dataset)))


def figure_text(value: Value | None) -> str:
    """The digits of a figure, as they are; nothing for an absent one."""
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else repr(value)


def _bytes(text: str | None) -> bytes:
    if not text:
        raise NotExchangeable("The SDMX writer returned nothing. Report the data set to those who keep this module.")
    return text.encode()


def _header(dataset: SdmxDataset, kind: str) -> "Header":
    from pysdmx.model import Organisation
    from pysdmx.model.message import Header

    moment = dataset.prepared.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    name = f"{dataset.dataflow}_{dataset.version.replace('.', '_')}_{kind}_{moment:%Y%m%dT%H%M%S}"
    return Header(id=name, test=False, prepared=moment, sender=Organisation(dataset.agency))


def _concept_names(dataset: SdmxDataset) -> dict[str, Text]:
    dimensions = {d.id: d.label or _NAMES.get(d.id, (d.id, d.id)) for d in dataset.dimensions}
    return {**dimensions, **{name: _NAMES[name] for name in (VALUE, STATUS, CONF)}}


def component_name(name: str, dataset: SdmxDataset) -> Text:
    """The (French, English) name of a dimension, of the measure or of an attribute."""
    return _concept_names(dataset)[name]


def _concepts(dataset: SdmxDataset) -> "ConceptScheme":
    from pysdmx.model import Concept, ConceptScheme, DataType

    types = {TIME: DataType.PERIOD, VALUE: DataType.DOUBLE}
    items = [
        Concept(name, name=text[ENGLISH], dtype=types.get(name, DataType.STRING))
        for name, text in _concept_names(dataset).items()
    ]
    scheme = ConceptScheme(
        CONCEPTS, agency=dataset.agency, name=_NAMES[CONCEPTS][ENGLISH], version=dataset.version, items=items
    )
    return scheme


def _codelist(dataset: SdmxDataset, dimension: Dimension) -> "Codelist":
    from pysdmx.model import Code, Codelist

    codes = [Code(code, name=text[ENGLISH]) for code, text in dimension.codes.items()]
    name = (dimension.label or (dimension.id, dimension.id))[ENGLISH]
    return Codelist(f"CL_{dimension.id}", agency=dataset.agency, name=name, version=dataset.version, items=codes)


def _shared_codelist(concept: str) -> "Codelist":
    from pysdmx.model import Code, Codelist

    agency, name, version, labels = _SHARED[concept]
    codes = [Code(code, name=text[ENGLISH]) for code, text in labels.items()]
    return Codelist(name, agency=agency, name=_NAMES[concept][ENGLISH], version=version, items=codes, is_partial=True)


def _codelists(dataset: SdmxDataset) -> "list[Codelist]":
    own = [_codelist(dataset, d) for d in dataset.dimensions if d.id != TIME]
    return [*own, *(_shared_codelist(concept) for concept in _SHARED)]


def _components(dataset: SdmxDataset) -> "Components":
    from pysdmx.model import DataType, Role
    from pysdmx.model.dataflow import Components

    parts = []
    for dimension in dataset.dimensions:
        timely = dimension.id == TIME
        codes = None if timely else _codelist(dataset, dimension)
        kind = DataType.PERIOD if timely else DataType.STRING
        parts.append(_component(dataset, dimension.id, Role.DIMENSION, kind, codes))
    parts.append(_component(dataset, VALUE, Role.MEASURE, DataType.DOUBLE, None))
    parts += [_component(dataset, a, Role.ATTRIBUTE, DataType.STRING, _shared_codelist(a)) for a in (STATUS, CONF)]
    return Components(parts)


def _component(dataset: SdmxDataset, name: str, role: Any, kind: Any, codes: "Codelist | None") -> "Component":
    from pysdmx.model import Component, ItemReference, Role

    # The concept must be a reference and the agency a string: pysdmx fails to write either as an object.
    concept = ItemReference("Concept", dataset.agency, CONCEPTS, dataset.version, name)
    attached = {"attachment_level": "O"} if role is Role.ATTRIBUTE else {}
    return Component(
        id=name,
        required=role is Role.DIMENSION,
        role=role,
        concept=concept,
        local_codes=codes,
        local_dtype=kind,
        **attached,
    )


def _french(dataset: SdmxDataset) -> Iterator[tuple[tuple[str, ...], str]]:
    """French names by (kind of element, id of its list if any, its own id)."""
    for kind in ("DataStructure", "Dataflow"):
        yield (kind, dataset.dataflow), dataset.names[FRENCH]
    yield ("ConceptScheme", CONCEPTS), _NAMES[CONCEPTS][FRENCH]
    for name, text in _concept_names(dataset).items():
        yield ("Concept", CONCEPTS, name), text[FRENCH]
    own = [(f"CL_{d.id}", d.label or (d.id, d.id), d.codes) for d in dataset.dimensions if d.id != TIME]
    shared = [(listed, _NAMES[concept], labels) for concept, (_, listed, _, labels) in _SHARED.items()]
    for listed, label, codes in (*own, *shared):
        yield ("Codelist", listed), label[FRENCH]
        for code, text in codes.items():
            yield ("Code", listed, code), text[FRENCH]


def _with_french(message: bytes, names: dict[tuple[str, ...], str]) -> bytes:
    """Adds the French name before each English one: pysdmx writes one language only."""
    root = etree.fromstring(message)
    for english in list(root.iter("{*}Name")):
        owner = english.getparent()
        place = _place(owner)
        if place in names:
            french = etree.Element(english.tag)
            french.set(_LANG, "fr")
            french.text, french.tail = names[place], owner.text
            owner.insert(owner.index(english), french)
    text: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return text


def _place(owner: Any) -> tuple[str, ...]:
    kind = etree.QName(owner).localname
    chain: Sequence[str] = (
        (owner.getparent().get("id"), owner.get("id")) if kind in ("Code", "Concept") else (owner.get("id"),)
    )
    return (kind, *chain)
