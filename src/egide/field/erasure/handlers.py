"""What rooms that keep files outside the database must do when rows are erased: they register here (trap 17)."""

from collections.abc import Callable, Sequence

Handler = Callable[[Sequence[str]], int]
_on_erasure: list[Handler] = []


def register_on_erasure(handler: Handler) -> Handler:
    """Ask to be given the identifiers of what is being erased, to remove the files about it and say how many."""
    if handler not in _on_erasure:
        _on_erasure.append(handler)
    return handler


def run_on_erasure(identifiers: Sequence[str]) -> int:
    """Call every handler; return how many files were removed."""
    return sum(handler(identifiers) for handler in _on_erasure)
