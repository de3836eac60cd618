"""The people on this server: who they are, inviting somebody, and removing somebody."""

import reflex as rx

from wasched.ui.components.confirm import confirm
from wasched.ui.components.forms import field, text_input
from wasched.ui.components.icons import icon
from wasched.ui.components.part import part
from wasched.ui.states.team import InvitedLine, MemberLine, TeamState


def team_part() -> rx.Component:
    """Only the owner sees it."""
    return rx.cond(
        TeamState.is_owner,
        part(
            "people",
            "People on this server",
            "Each sees their own messages; you see everything.",
            rx.el.ul(rx.foreach(TeamState.members, _member), class_name="rows"),
            _invitations(),
            _invite(),
            rx.el.p(
                rx.cond(
                    TeamState.is_open,
                    "Anybody who reaches this server may sign up: ALLOW_REGISTRATION is on.",
                    "Nobody can sign up without an invitation.",
                ),
                class_name="help",
            ),
            words="team members",
        ),
    )


def _member(one: rx.Var[MemberLine]) -> rx.Component:
    return rx.el.li(
        _person(one.name, one.about),
        rx.cond(one.is_owner, rx.fragment(), rx.fragment(_hand_over(one), _remove(one))),
        class_name="person",
    )


def _hand_over(one: rx.Var[MemberLine]) -> rx.Component:
    return confirm(
        rx.el.button("Make owner", type="button", class_name="btn ghost"),
        f"Make {one.name} the owner?",
        "They see everything then and decide who joins. You become a member.",
        "Make owner",
        "Back",
        TeamState.hand_over(one.id),
    )


def _remove(one: rx.Var[MemberLine]) -> rx.Component:
    return confirm(
        rx.el.button("Remove", type="button", class_name="btn ghost"),
        f"Remove {one.name}?",
        "They are signed out at once. What they scheduled still goes out; you can cancel it.",
        "Remove",
        "Keep them",
        TeamState.remove(one.id),
    )


def _invitations() -> rx.Component:
    return rx.cond(
        TeamState.invitations.length() > 0,
        rx.fragment(
            rx.el.h3("Invitations", class_name="sub"),
            rx.el.ul(rx.foreach(TeamState.invitations, _invited), class_name="rows"),
        ),
    )


def _invited(one: rx.Var[InvitedLine]) -> rx.Component:
    return rx.el.li(
        _person(one.note, one.until),
        rx.el.button(
            "Take back",
            type="button",
            on_click=TeamState.take_back(one.id),
            class_name="btn ghost",
        ),
        class_name="person",
    )


def _invite() -> rx.Component:
    return rx.el.form(
        field(
            "note",
            "For whom",
            text_input(
                "note", TeamState.error, placeholder="Tomás, tenor", max_length=100, dir="auto"
            ),
            "A link lets one person sign up. It lasts for a week.",
            TeamState.error,
        ),
        rx.cond(TeamState.link != "", _link()),
        rx.el.button(icon("user_plus"), "Make an invitation", type="submit", class_name="btn"),
        on_submit=TeamState.invite,
        reset_on_submit=True,
        class_name="second",
    )


def _link() -> rx.Component:
    return rx.el.div(
        rx.el.p(TeamState.link, class_name="num"),
        rx.el.div(
            rx.el.button(
                icon("copy"),
                "Copy",
                type="button",
                on_click=rx.set_clipboard(TeamState.link),
                class_name="btn",
            ),
            rx.el.span("Send it to them. You will not see it again.", class_name="small"),
            class_name="line",
        ),
        class_name="once",
        role="status",
    )


def _person(name: rx.Var[str], about: rx.Var[str]) -> rx.Component:
    return rx.el.div(
        rx.el.div(rx.el.bdi(name), class_name="clip strong"),
        rx.el.div(about, class_name="small muted"),
    )
