"""What a number counts. What lives here: the type of a unit and the unknown unit; not their list (catalogue).

A unit knows over which dimensions its counts may be summed. A suspect heard in two départements is one suspect of the
country, so a national count of suspects is no sum of départements.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class CountingUnit:
    """A kind of thing that is counted.

    `additive_over` holds names of dimensions (territory, period, sex, age, offence, relationship, form). `known` is
    False when nobody has established what the source counts: such counts are never added to anything.
    """

    code: str
    label_fr: str
    label_en: str
    additive_over: frozenset[str]
    known: bool = True

    def __post_init__(self) -> None:
        if not self.known and self.additive_over:
            dimensions = ", ".join(sorted(self.additive_over))
            raise ValueError(
                f"The unit “{self.code}” is unknown: it cannot be additive over {dimensions}. "
                "Establish what it counts first, then give it its dimensions."
            )

    @classmethod
    def unknown(cls, code: str) -> "CountingUnit":
        """Return the unit of a series whose counting unit nobody has established; `code` says which series."""
        return cls(code, "unité de compte inconnue", "unknown counting unit", frozenset(), known=False)

    def words(self, value: int) -> str:
        """Say a value with its unit in English, for the sentence of a refusal ("12 victims", "3 of “victim heard”")."""
        if not self.known:
            return f"{value} of “{self.code}”"
        label = self.label_en.lower()
        if value == 1:
            return f"1 {label}"
        return f"{value} {label}s" if label.isalpha() and not label.endswith(("s", "y")) else f"{value} of “{label}”"


UNKNOWN_UNIT = CountingUnit.unknown
