"""How many accounts each worker is to hold: as even as can be, and moved as little as can be."""

from collections.abc import Mapping


def fair_shares(held: Mapping[str, int], accounts: int) -> dict[str, int]:
    """How many accounts each worker is to hold, given how many it holds now.

    No two shares differ by more than one; whoever holds most keeps the one more. Workers that look
    at the same numbers come to the same shares.
    """
    if not held:
        return {}
    each, more = divmod(accounts, len(held))
    order = sorted(held, key=lambda name: (-held[name], name))
    return {name: each + (place < more) for place, name in enumerate(order)}
