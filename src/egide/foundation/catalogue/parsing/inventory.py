"""From plain mappings to the dataclasses of the inventory: sheets of sources, concepts."""

from __future__ import annotations

from egide.foundation.catalogue.entries.inventory import Concept, Definition, Due, Relation, Sheet
from egide.foundation.catalogue.parsing import Plain, text


def sheet(plain: Plain) -> Sheet:
    """The content of inventory/<source>.yaml."""
    return Sheet(
        source=plain["code"],
        first=plain["coverage"]["first"],
        last=plain["coverage"]["last"],
        grade=plain["grade"]["code"],
        why=text(plain["grade"]["why"]),
        calendar=tuple(Due(item["month"], text(item["what"])) for item in plain["calendar"]),
        access=text(plain["access"]),
    )


def concept(plain: Plain) -> Concept:
    """The content of concepts/<code>.yaml."""
    return Concept(
        code=plain["code"],
        version=plain["version"],
        label=text(plain["label"]),
        definitions=tuple(_definition(item) for item in plain["definitions"]),
        relations=tuple(Relation(i["of"], i["to"], i["kind"], text(i["why"])) for i in plain["relations"]),
    )


def _definition(plain: Plain) -> Definition:
    return Definition(
        id=plain["id"], source=plain["source"], label=text(plain["label"]), words=text(plain["words"]), unit=plain["unit"],
        nature=plain["nature"], population=text(plain["population"]),
        where={str(key): str(value) for key, value in plain.get("where", {}).items()},
    )  # fmt: skip
