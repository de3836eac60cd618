"""The people on this server: who they are, inviting somebody, and removing somebody."""

import reflex as rx

from wasched.ui.components.confirm import confirm_dialog
from wasched.ui.components.each import each
from wasched.ui.components.forms import field, text_input
from wasched.ui.components.icons import icon
from wasched.ui.components.section import settings_part
from wasched.ui.settings.shown_once import shown_once
from wasched.ui.settings.team_state import InvitedLine, MemberLine, TeamState


def team_part() -> rx.Component:
    """Only the owner sees it."""
    return rx.cond(
        TeamState.is_owner,
        settings_part(
            "people",
            "People on this server",
            "Each sees their own messages; you see everything.",
            rx.el.ul(each(TeamState.members, _member, "id"), class_name="rows"),
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
        rx.cond(
            one.is_owner,
            rx.fragment(),
            rx.fragment(_give_password(one), _hand_over(one), _remove(one)),
        ),
        rx.cond(TeamState.link_for == one.id, _password_link(one)),
        class_name="person",
    )


def _give_password(one: rx.Var[MemberLine]) -> rx.Component:
    return rx.el.button(
        "Give a new password",
        type="button",
        on_click=TeamState.give_password(one.id),
        class_name="btn ghost",
    )


def _password_link(one: rx.Var[MemberLine]) -> rx.Component:
    return shown_once(
        TeamState.password_link,
        rx.fragment(
            "Hand it to ",
            rx.el.bdi(one.name),
            ": it lets them choose a new password, once, within an hour, and takes off the second ",
            "step that they may have. ",
            "You will not see it again. ",
            _only_here(),
        ),
    )


def _only_here() -> rx.Component:
    return rx.cond(
        TeamState.is_local,
        "It opens on this machine alone: to others localhost is their own. Set PUBLIC_URL, or "
        "LOCALHOST, to an address that they reach.",
        "",
    )


def _hand_over(one: rx.Var[MemberLine]) -> rx.Component:
    return confirm_dialog(
        rx.el.button("Make owner", type="button", class_name="btn ghost"),
        f"Make {one.name} the owner?",
        "They see everything then and decide who joins, and sign in anew. You become a member.",
        "Make owner",
        "Back",
        TeamState.hand_over(one.id),
    )


def _remove(one: rx.Var[MemberLine]) -> rx.Component:
    return confirm_dialog(
        rx.el.button("Remove", type="button", class_name="btn ghost"),
        f"Remove {one.name}?",
        "They are signed out at once. What they scheduled still goes out; you can cancel it.",
        "Remove",
        "Keep them",
        TeamState.remove(one.id),
        ends=True,
    )


def _invitations() -> rx.Component:
    return rx.cond(
        TeamState.invitations.length() > 0,
        rx.fragment(
            rx.el.h3("Invitations", class_name="sub"),
            rx.el.ul(each(TeamState.invitations, _invited, "id"), class_name="rows"),
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
            "Their name",
            text_input(
                "note", TeamState.error, placeholder="Tomás Rivera", max_length=100, dir="auto"
            ),
            "A link lets one person sign up, with this name filled in. It lasts for a week.",
            TeamState.error,
        ),
        rx.cond(
            TeamState.link != "",
            shown_once(
                TeamState.link,
                rx.fragment("Send it to them. You will not see it again. ", _only_here()),
            ),
        ),
        rx.el.button(icon("user_plus"), "Make an invitation", type="submit", class_name="btn"),
        on_submit=TeamState.invite,
        reset_on_submit=True,
        class_name="second",
    )


def _person(name: rx.Var[str], about: rx.Var[str]) -> rx.Component:
    return rx.el.div(
        rx.el.div(name, class_name="clip strong", dir="auto"),
        rx.el.div(about, class_name="small muted"),
    )
