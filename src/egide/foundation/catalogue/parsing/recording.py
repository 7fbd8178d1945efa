"""From plain mappings to the calendar of recording, read trustingly."""

from egide.foundation.catalogue.entries.recording import Control, Family, Recording, RecordingChange
from egide.foundation.catalogue.parsing import Plain, text


def recording(plain: Plain) -> Recording:
    """The content of recording/<code>.yaml."""
    return Recording(
        code=plain["code"],
        version=plain["version"],
        label=text(plain["label"]),
        source=text(plain["source"]),
        to_verify=plain["to_verify"],
        changes=tuple(_change(item) for item in plain["changes"]),
        controls=tuple(
            Control(item["territory"], item["force"], text(item["note"])) for item in plain.get("controls", ())
        ),
        families=tuple(
            Family(item["of"], text(item["label"]), tuple(item["codes"])) for item in plain.get("families", ())
        ),
    )


def _change(plain: Plain) -> RecordingChange:
    return RecordingChange(
        code=plain["code"],
        during=str(plain["during"]),
        kind=plain["kind"],
        rollout=plain["rollout"],
        force=plain["force"],
        of=frozenset(plain.get("of", ())),
        codes=frozenset(plain.get("codes", ())),
        label=text(plain["label"]),
        source=text(plain["source"]),
    )
