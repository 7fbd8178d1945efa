"""What may stand in an address: a year, a revision, a code, a file's name; anything else is no page."""


class Year:
    """Four digits."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        """The year as a number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """The year as four digits."""
        return f"{int(value):04d}"


class Revision:
    """A number from 1 to 9999."""

    regex = "[1-9][0-9]{0,3}"

    def to_python(self, value: str) -> int:
        """The revision as a number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """The revision as it is written."""
        return str(int(value))


class Code:
    """A code of the catalogue or the name of a file: letters, digits and a few signs, 120 at most."""

    regex = "[A-Za-z0-9][A-Za-z0-9._:~,+@|=-]{0,119}"

    def to_python(self, value: str) -> str:
        """The code as it is."""
        return value

    def to_url(self, value: str) -> str:
        """The code as it is."""
        return value


class Token:
    """The secret part of a link: letters, digits, dash and underscore."""

    regex = "[A-Za-z0-9_-]{20,80}"

    def to_python(self, value: str) -> str:
        """The token as it is."""
        return value

    def to_url(self, value: str) -> str:
        """The token as it is."""
        return value
