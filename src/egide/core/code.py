"""One item of a nomenclature. What lives here: the pair and its text; not the nomenclatures (catalogue)."""

from dataclasses import dataclass


class NotACode(ValueError):
    """A text that does not name a nomenclature and a value."""


@dataclass(frozen=True, order=True)
class Code:
    """A value of a nomenclature, as text: leading zeros are part of it. `str(Code("sex", "F")) == "sex:F"`."""

    nomenclature: str
    value: str

    def __post_init__(self) -> None:
        if not self.nomenclature or not self.value or ":" in self.nomenclature:
            raise NotACode(
                f"“{self.nomenclature}:{self.value}” is not a code: write it as nomenclature:value, for instance sex:F."
            )

    def __str__(self) -> str:
        return f"{self.nomenclature}:{self.value}"

    @classmethod
    def parse(cls, text: str) -> "Code":
        """Read `nomenclature:value`; the first colon separates. Raises NotACode."""
        nomenclature, _, value = text.partition(":")
        return cls(nomenclature, value)
