"""What a letter after a refusal must be: articles that exist, and only the blanks that the house fills."""

from collections.abc import Iterator
from string import Formatter

from egide.foundation.catalogue.checking.holdings import Entry, Holdings
from egide.foundation.catalogue.checking.problems import Problem

BLANKS = {"place", "day", "reason", "words"}


def check_refusal_letter(entry: Entry, held: Holdings) -> Iterator[Problem]:
    """Each article named is in law/, and each blank of a paragraph is one of the four."""
    known = {
        item.get("article") or item["code"] for law in held.kind("law").values() for item in law.content["articles"]
    }
    for index, name in enumerate(entry.content["articles"]):
        yield from entry.check_known(("articles", index), name, known, "the article")
    for index, paragraph in enumerate(entry.content["paragraphs"]):
        for language in ("fr", "en"):
            for _text, blank, _format, _conversion in Formatter().parse(paragraph[language]):
                if blank is not None and blank not in BLANKS:
                    what = f"the {language} paragraph leaves a blank {{{blank}}} that nobody fills"
                    yield entry.problem(("paragraphs", index), what, f"use {', '.join(sorted(BLANKS))}")
