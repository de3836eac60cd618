"""One message's story: how it stands, what happened, and what may be done."""

import reflex as rx

from wasched.ui.components.clocks import time_away
from wasched.ui.components.confirm import confirm_dialog
from wasched.ui.components.each import each
from wasched.ui.components.empty import missing_state, skeleton_rows
from wasched.ui.components.icons import icon
from wasched.ui.components.links import link, text_link
from wasched.ui.components.poll_results import poll_results, reaction_results
from wasched.ui.components.series import series_note
from wasched.ui.components.status import message_status
from wasched.ui.compose.content.bubbles import content_bubbles
from wasched.ui.core import routes
from wasched.ui.core.facts import Fact
from wasched.ui.frame.layout import page_shell, way_back
from wasched.ui.frame.roles import writers_see
from wasched.ui.messages.amend_part import amend_part
from wasched.ui.messages.message_state import MessageState
from wasched.ui.messages.reply_rows import reply_list
from wasched.ui.messages.timeline import history_timeline
from wasched.ui.schedule.approval_part import approval_part

_LABELS = {
    "it_arrived": "It arrived",
    "leave_it": "Leave it",
    "send_now": "Send now",
    "dismiss": "Dismiss",
}


def message_page() -> rx.Component:
    """The whole page."""
    return page_shell(
        rx.cond(
            MessageState.is_loaded,
            rx.cond(
                MessageState.is_missing,
                _missing(),
                rx.fragment(
                    _head(),
                    approval_part(MessageState.message.approval),
                    rx.cond(MessageState.message.question != "", _question()),
                    rx.el.div(_said(), _story(), _about(), class_name="two told"),
                ),
            ),
            skeleton_rows(5),
        ),
        title="Message",
        current=routes.MESSAGES,
        back=routes.MESSAGES,
        own_heading=True,
    )


def _missing() -> rx.Component:
    return rx.fragment(
        rx.el.h1("Message", class_name="sr"),
        missing_state("There is no such page, or it is not yours.", routes.MESSAGES, "Messages"),
    )


def _head() -> rx.Component:
    message = MessageState.message
    return rx.fragment(
        way_back("Messages", routes.MESSAGES),
        rx.el.header(
            rx.el.div(
                rx.el.h1(
                    "To ",
                    link(rx.el.bdi(message.recipient), href=message.recipient_href),
                ),
                message_status(status=message.status, needs_me=message.needs_me),
                class_name="title",
            ),
            rx.el.p(message.line, class_name="muted"),
            class_name="message-head",
        ),
    )


def _said() -> rx.Component:
    return rx.el.section(
        content_bubbles(MessageState.bubbles, MessageState.message.clock),
        class_name="card clipped said",
        custom_attrs={"aria-label": "The message"},
    )


def _story() -> rx.Component:
    message = MessageState.message
    return rx.el.div(
        rx.cond(
            message.question == "",
            rx.el.div(
                rx.el.p(message.sentence, _away()),
                rx.cond(MessageState.may.length() > 0, _choices()),
                class_name="standing",
            ),
        ),
        amend_part(message.amend),
        poll_results(MessageState.votes),
        reaction_results(MessageState.reactions),
        rx.el.section(
            rx.el.h2("What happened"),
            history_timeline(MessageState.days, message.awaits),
            class_name="tl",
        ),
        rx.cond(MessageState.replies.length() > 0, _replies()),
        class_name="tale",
    )


def _replies() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Replies"),
        reply_list(MessageState.replies, names_message=False),
        rx.el.p(text_link("Replies of all who got it", MessageState.replies_href)),
        class_name="wrote",
    )


def _away() -> rx.Component:
    message = MessageState.message
    shown = rx.el.span(
        " That is ", time_away(message.away_at, message.away), ".", class_name="muted"
    )
    return rx.cond(message.away != "", shown)


def _question() -> rx.Component:
    message = MessageState.message
    return rx.el.section(
        rx.match(
            message.status,
            ("unknown", icon("circle_help", 20)),
            ("missed", icon("clock_alert", 20)),
            icon("circle_x", 20),
        ),
        rx.el.div(rx.el.h2(message.question), rx.el.p(message.sentence)),
        _choices(),
        class_name="callout",
    )


def _choices() -> rx.Component:
    return rx.el.div(each(MessageState.may, _choice, ""), class_name="line")


def _choice(choice: rx.Var[str]) -> rx.Component:
    return rx.match(
        choice,
        ("send_again", _send_again()),
        ("cancel", _cancel()),
        ("send_now", _send_now()),
        *[(key, _plain(key, label)) for key, label in _LABELS.items()],
        rx.fragment(),
    )


def _plain(key: str, label: str) -> rx.Component:
    return rx.el.button(
        label, type="button", on_click=MessageState.decide(key), class_name="btn half"
    )


def _send_now() -> rx.Component:
    """Asks as the page of the schedule does; what was missed has no time that it would lose."""
    button = rx.el.button(_LABELS["send_now"], type="button", class_name="btn half")
    message = MessageState.message
    asks = confirm_dialog(
        button,
        message.send_question,
        message.send_sentence,
        _LABELS["send_now"],
        "Back",
        MessageState.decide("send_now"),
    )
    return rx.cond(message.send_question != "", asks, _plain("send_now", _LABELS["send_now"]))


def _send_again() -> rx.Component:
    """Asks first only when it may arrive twice."""
    asks = confirm_dialog(
        rx.el.button("Send again", type="button", class_name="btn half"),
        "Send again?",
        MessageState.message.again_sentence,
        "Send again",
        "Back",
        MessageState.decide("send_again"),
    )
    return rx.cond(
        MessageState.message.status == "unknown", asks, _plain("send_again", "Send again")
    )


def _cancel() -> rx.Component:
    return confirm_dialog(
        rx.el.button("Cancel it", type="button", class_name="btn half"),
        f"Cancel the message to {MessageState.message.recipient}?",
        "It does not go out. It stays in Messages as cancelled.",
        "Cancel it",
        "Keep it",
        MessageState.decide("cancel"),
        ends=True,
    )


def _about() -> rx.Component:
    return rx.el.aside(
        rx.el.div(
            rx.el.dl(each(MessageState.facts, _fact, "term"), class_name="facts"),
            class_name="card clipped",
        ),
        rx.cond(MessageState.views.is_there, _views()),
        _more(),
    )


def _views() -> rx.Component:
    """How often a post in a channel was viewed, and asking for it anew."""
    views = MessageState.views
    ask = rx.el.button(views.ask, type="button", on_click=MessageState.ask_views, class_name="btn")
    return rx.el.section(
        rx.el.h2("Views"),
        rx.el.p(views.said, role="status"),
        writers_see(rx.cond(views.ask != "", ask)),
        class_name="card part",
    )


def _more() -> rx.Component:
    """What concerns the schedule that it comes from."""
    message = MessageState.message
    return rx.el.div(
        series_note(message.series, message.series_href, message.instead),
        rx.cond(
            message.repeats != "",
            rx.el.p(icon("repeat", 15), text_link(message.repeats, message.schedule)),
        ),
        rx.el.div(
            writers_see(
                rx.cond(
                    message.edit != "",
                    link(icon("pencil"), "Edit", href=message.edit, class_name="btn"),
                ),
                link(icon("copy"), "Duplicate", href=message.duplicate, class_name="btn"),
            ),
            rx.cond(
                message.may_go_back,
                rx.el.button(
                    icon("undo_2"),
                    "Back to the usual",
                    type="button",
                    on_click=MessageState.back_to_usual,
                    class_name="btn",
                ),
            ),
            rx.cond(
                message.repeats == "",
                link(icon("calendar_clock"), "Schedule", href=message.schedule, class_name="btn"),
            ),
            class_name="line",
        ),
        class_name="more-of-it",
    )


def _fact(fact: rx.Var[Fact]) -> rx.Component:
    return rx.el.div(rx.el.dt(fact.term), rx.el.dd(fact.value))
