"""Handing over: one file for each message in a folder that a gateway of the deployment empties. No other host is called.

A message handed over twice under the same identifier is handed over once: a mark without content stays.
"""

import json
import os
from pathlib import Path
from typing import Protocol
from uuid import UUID

from .envelopes import Envelope

TITLE = 60


class Transport(Protocol):
    """Takes a message; raises OSError when it cannot. The same identifier again does nothing."""

    def hand_over(self, id: UUID, channel: str, envelope: Envelope) -> None:
        """Take it."""

    def take_back(self, id: UUID) -> bool:
        """Erase what is left of it here; say whether anything was."""


class Folder:
    """`<folder>/<channel>/<id>.json`, closed to others; `<folder>/handed/<id>` stays, empty."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def hand_over(self, id: UUID, channel: str, envelope: Envelope) -> None:
        """Write the file in one step, then the mark."""
        mark, place = self.folder / "handed" / str(id), self.folder / channel.lower()
        for made in (mark.parent, place):
            made.mkdir(parents=True, exist_ok=True, mode=0o700)
        if mark.exists():
            return
        partial, told = place / f".{id}.partial", {"id": str(id), "to": envelope.address, "body": envelope.body}
        if channel == "EMAIL":
            told["title"] = envelope.body[:TITLE]
        partial.touch(mode=0o600)
        partial.write_text(json.dumps(told, ensure_ascii=False))
        os.replace(partial, place / f"{id}.json")
        mark.touch(mode=0o600)

    def take_back(self, id: UUID) -> bool:
        """Remove the file if the gateway has not."""
        left = [*self.folder.glob(f"*/{id}.json"), *self.folder.glob(f"*/.{id}.partial")]
        for path in left:
            path.unlink(missing_ok=True)
        return bool(left)
