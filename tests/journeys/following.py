"""How a journey goes from a page to the next: it waits for the answer, however slow the machine, before it reads."""

from playwright.sync_api import Locator


def follow(locator: Locator) -> None:
    """Click a link or a button that asks the server for a page, and wait until that page has loaded."""
    with locator.page.expect_navigation():
        locator.click()
