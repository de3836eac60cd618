"""What is said of the warm-up of a number that is new to this server."""

from dataclasses import dataclass

from wasched.domain.warm_up import DAYS
from wasched.domain.wording import count_words, day_and_month
from wasched.services.views import WarmUp

WHY = (
    "WhatsApp restricts new numbers that write much at once. So this one begins small and may "
    "send more each day."
)
RISK = (
    "WhatsApp may restrict or ban a number that is new and sends much in its first two weeks, most "
    "of all to people who never wrote to it. Switch the warm-up off only if this number has long "
    "been writing as much from elsewhere."
)


@dataclass(frozen=True)
class WarmUpLine:
    """The warm-up on the page of an account; `shows` is on, off, or nothing after it."""

    shows: str = ""
    title: str = ""
    sentence: str = ""


def warm_up_line(found: WarmUp | None) -> WarmUpLine:
    """Where a number stands in its first two weeks, and what comes after them."""
    if found is None:
        return WarmUpLine()
    own = f"{found.own_messages:,} messages a day, {found.own_strangers:,} of them to new people"
    over = day_and_month(found.over_on)
    if not found.is_on:
        told = f"Since the warm-up is off, its own pace holds: {own}."
        return WarmUpLine("off", "Warm-up", told)
    messages = count_words(found.messages, "message", "messages")
    told = f"Today {messages}, {found.strangers:,} of them to new people. From {over} on: {own}."
    return WarmUpLine("on", f"Day {found.day} of {DAYS} of the warm-up", told)
