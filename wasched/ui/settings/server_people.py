"""Everybody on this server, for who runs it."""

import reflex as rx

from wasched.ui.components.confirm import confirm_dialog
from wasched.ui.components.each import each
from wasched.ui.components.section import settings_part
from wasched.ui.settings.invitation_links import only_here
from wasched.ui.settings.server_people_state import ServerPeopleState, SpaceLine, UserLine
from wasched.ui.settings.shown_once import shown_once
from wasched.ui.settings.team import person_line


def server_people_part() -> rx.Component:
    """There as soon as somebody else is on the server."""
    return rx.cond(
        ServerPeopleState.is_peopled,
        settings_part(
            "server-people",
            "Everybody on this server",
            "You run it. What others keep apart from you is not shown to you.",
            rx.el.ul(each(ServerPeopleState.users, _user, "id"), class_name="rows"),
            _spaces(),
            words="users admin spaces",
        ),
    )


def _user(one: rx.Var[UserLine]) -> rx.Component:
    return rx.el.li(
        person_line(one.name, one.about),
        _give_password(one),
        _hand_over(one),
        _remove(one),
        rx.cond(ServerPeopleState.link_for == one.id, _password_link(one)),
        class_name="person",
    )


def _give_password(one: rx.Var[UserLine]) -> rx.Component:
    return rx.el.button(
        "Give a new password",
        type="button",
        on_click=ServerPeopleState.give_password(one.id),
        class_name="btn ghost",
    )


def _password_link(one: rx.Var[UserLine]) -> rx.Component:
    return shown_once(
        ServerPeopleState.password_link,
        rx.fragment(
            "Hand it to ",
            rx.el.bdi(one.name),
            ": it lets them choose a new password, once, within an hour, and takes off the second ",
            "step that they may have. ",
            "You will not see it again. ",
            only_here(ServerPeopleState.is_local),
        ),
    )


def _hand_over(one: rx.Var[UserLine]) -> rx.Component:
    return confirm_dialog(
        rx.el.button("Let them run it", type="button", class_name="btn ghost"),
        f"Let {one.name} run this server?",
        "They decide then who is on it, and what holds for all, and sign in anew. "
        "You do not any more.",
        "Let them run it",
        "Back",
        ServerPeopleState.hand_over(one.id),
    )


def _remove(one: rx.Var[UserLine]) -> rx.Component:
    return confirm_dialog(
        rx.el.button("Remove from the server", type="button", class_name="btn ghost"),
        f"Remove {one.name} from this server?",
        "They are signed out at once. What they scheduled still goes out.",
        "Remove",
        "Keep them",
        ServerPeopleState.remove(one.id),
        ends=True,
    )


def _spaces() -> rx.Component:
    return rx.cond(
        ServerPeopleState.spaces.length() > 0,
        rx.fragment(
            rx.el.h3("Spaces of others", class_name="sub"),
            rx.el.ul(each(ServerPeopleState.spaces, _space, "id"), class_name="rows"),
        ),
    )


def _space(one: rx.Var[SpaceLine]) -> rx.Component:
    return rx.el.li(
        person_line(one.name, one.about),
        confirm_dialog(
            rx.el.button("Join", type="button", class_name="btn ghost"),
            f"Join {one.name}?",
            "You become a manager of it and see what is in it. Its people see that you joined.",
            "Join",
            "Back",
            ServerPeopleState.join(one.id),
        ),
        class_name="person",
    )
