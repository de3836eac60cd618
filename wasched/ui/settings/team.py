"""Who works together here: the people and what each may do, inviting and removing somebody."""

import reflex as rx

from wasched.ui.components.confirm import confirm_dialog
from wasched.ui.components.each import each
from wasched.ui.components.forms import field, select_field, text_input
from wasched.ui.components.icons import icon
from wasched.ui.components.question import answer_button, opens_question, question_dialog
from wasched.ui.components.section import settings_part
from wasched.ui.core.space_text import MAY, ROLES
from wasched.ui.settings.invitation_links import only_here
from wasched.ui.settings.shown_once import shown_once
from wasched.ui.settings.team_state import InvitedLine, MemberLine, TeamState


def team_part() -> rx.Component:
    """Who belongs here sees with whom; who manages it decides."""
    return settings_part(
        "people",
        "People",
        "Those who share your phones, people, lists and messages, and what each of them may do.",
        rx.cond(TeamState.is_named & TeamState.may_manage, _name()),
        rx.el.ul(each(TeamState.members, _member, "id"), class_name="rows"),
        rx.cond(TeamState.may_manage, rx.fragment(_invitations(), _invite())),
        rx.cond(TeamState.may_leave, _leave()),
        rx.cond(
            TeamState.is_admin,
            rx.el.p(
                rx.cond(
                    TeamState.is_open,
                    "Anybody who reaches this server may sign up: ALLOW_REGISTRATION is on.",
                    "Nobody can sign up without an invitation.",
                ),
                class_name="help",
            ),
        ),
        words="team members roles space",
    )


def _name() -> rx.Component:
    error = rx.cond(TeamState.field == "space", TeamState.error, "")
    control = text_input(
        "space",
        error,
        default_value=TeamState.space,
        key=TeamState.space,
        max_length=100,
        dir="auto",
    )
    return rx.el.form(
        field("space", "What this space is called", control, error=error),
        rx.el.button("Save", type="submit", class_name="btn"),
        on_submit=TeamState.rename,
        no_validate=True,
    )


def _member(one: rx.Var[MemberLine]) -> rx.Component:
    is_fixed = one.is_me | ~TeamState.may_manage
    return rx.el.li(
        person_line(one.name, one.about),
        rx.cond(is_fixed, rx.fragment(), rx.fragment(_role(one), _remove(one))),
        class_name="person",
    )


def _role(one: rx.Var[MemberLine]) -> rx.Component:
    return select_field(
        f"role-{one.id}",
        *[rx.el.option(word, value=key) for key, word in ROLES.items()],
        value=one.role,
        on_change=lambda role: TeamState.change_role(one.id, role),
        attrs={"aria-label": f"What {one.name} may do"},
    )


def _remove(one: rx.Var[MemberLine]) -> rx.Component:
    name = f"remove-{one.id}"
    return rx.fragment(
        rx.el.button(
            "Remove", type="button", on_click=opens_question(name), class_name="btn ghost"
        ),
        question_dialog(
            name,
            f"Remove {one.name}?",
            rx.el.p("They are signed out at once. What becomes of what they have scheduled?"),
            "Keep them",
            answer_button(
                "Remove them, let it go on", TeamState.remove(one.id, False), "btn danger"
            ),
            answer_button("Remove them, pause it", TeamState.remove(one.id, True), "btn danger"),
        ),
    )


def _leave() -> rx.Component:
    return confirm_dialog(
        rx.el.button("Leave this space", type="button", class_name="btn ghost"),
        f"Leave {TeamState.space}?",
        "You see nothing of it any more, until somebody invites you again. What you have "
        "scheduled there goes on.",
        "Leave",
        "Stay",
        TeamState.leave,
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
        person_line(one.note, one.until),
        rx.el.button(
            "Take back",
            type="button",
            on_click=TeamState.take_back(one.id),
            class_name="btn ghost",
        ),
        class_name="person",
    )


def _invite() -> rx.Component:
    error = rx.cond(TeamState.field == "note", TeamState.error, "")
    return rx.el.form(
        field(
            "note",
            "Their name",
            text_input("note", error, placeholder="Tomás Rivera", max_length=100, dir="auto"),
            "A link lets one person in, with this name filled in. It lasts for a week.",
            error,
        ),
        field(
            "role",
            "What they may do",
            select_field(
                "role",
                *[rx.el.option(word, value=key) for key, word in MAY],
                rx.cond(
                    TeamState.is_admin, rx.el.option("On their own: shares nothing", value="own")
                ),
            ),
        ),
        rx.cond(
            TeamState.link != "",
            shown_once(
                TeamState.link,
                rx.fragment(
                    "Send it to them. You will not see it again. ", only_here(TeamState.is_local)
                ),
            ),
        ),
        rx.el.button(icon("user_plus"), "Make an invitation", type="submit", class_name="btn"),
        on_submit=TeamState.invite,
        reset_on_submit=True,
        class_name="second",
    )


def person_line(name: rx.Var[str], about: rx.Var[str]) -> rx.Component:
    """Who it is, and what is known of them."""
    return rx.el.div(
        rx.el.div(name, class_name="clip strong", dir="auto"),
        rx.el.div(about, class_name="small muted"),
    )
