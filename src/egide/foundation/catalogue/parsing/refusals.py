"""From plain mappings to the letters after a refused complaint, read trustingly."""

from egide.foundation.catalogue.entries.refusals import RefusalLetter
from egide.foundation.catalogue.parsing import Plain, text


def refusal_letter(plain: Plain) -> RefusalLetter:
    """The content of refusal-letters/<code>.yaml."""
    return RefusalLetter(
        code=plain["code"],
        version=plain["version"],
        label=text(plain["label"]),
        addressee=text(plain["addressee"]),
        subject=text(plain["subject"]),
        paragraphs=tuple(text(item) for item in plain["paragraphs"]),
        articles=tuple(plain["articles"]),
        source=text(plain["source"]),
        to_verify=plain["to_verify"],
    )
