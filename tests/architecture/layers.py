"""Who may use whom, read from the import contracts themselves, so that there is one order of the house and not two."""

import tomllib

from tests.architecture.source import CHECKOUT

Orders = dict[str, dict[str, int]]


def read_orders() -> Orders:
    """For each container, the rank of each of its rooms; 0 stands on top, equal ranks are strangers."""
    configuration = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return {
        container: {room.strip(" ()"): rank for rank, line in enumerate(contract["layers"]) for room in line.split("|")}
        for contract in configuration["contracts"]
        if contract["type"] == "layers"
        for container in contract["containers"]
    }


def may_use(user: str, used: str, orders: Orders) -> bool:
    """Whether one module may know another, both by dotted name: itself, its own room, or a room lower down."""
    container, (mine, theirs) = "", (user.split("."), used.split("."))
    while mine and theirs and mine[0] == theirs[0]:
        container = f"{container}.{mine[0]}".strip(".")
        mine, theirs = mine[1:], theirs[1:]
    ranks = orders.get(container)
    if not mine or not theirs or ranks is None:
        return True
    return ranks.get(mine[0], len(ranks)) < ranks.get(theirs[0], -1)
