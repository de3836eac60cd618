"""What each door is: an action of the rule book, one's own affair, or open to everybody.

A door without a line here fails. So does one that changes anything for somebody who may not, and
one that is said only to LOOK and changes anything at all.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeVar

from tests.attacks.walk.people import Walker
from wasched.models import Scope
from wasched.services.permissions import Action, may

LOOK, WRITE, MANAGE, APPROVE = Action.LOOK, Action.WRITE, Action.MANAGE, Action.APPROVE
STOP, READ = Action.STOP, Action.READ_REPLIES
PRIVATE, SERVER = Action.OPEN_PRIVATE, Action.RUN_SERVER


class Other(StrEnum):
    """What the rule book does not decide."""

    OWN = "own"  # who signs in decides about their own password, devices and place
    OPEN = "open"  # before signing in


OWN, OPEN = Other.OWN, Other.OPEN
Rule = Action | Other
Door = TypeVar("Door")

_EVENTS: dict[str, dict[Rule, str]] = {
    "state": {
        LOOK: "hydrate set_is_hydrated",
        OWN: "hydrate_and_load",  # as what it loads
    },
    "frontend_event_exception_state": {LOOK: "handle_frontend_exception"},
    "update_vars_internal_state": {LOOK: "update_vars_internal"},
    "on_load_internal_state": {LOOK: "set_is_hydrated", OWN: "on_load_internal"},
    "code_state": {OPEN: "load"},
    "entrance_state": {OPEN: "guess_zone load_set_up load_sign_in load_sign_up toggle_password"},
    "forgot_state": {OPEN: "load"},
    "new_password_state": {OPEN: "load toggle_password weigh_typed"},
    "newcomer_state": {OPEN: "check_word look_at_typed_zone look_at_zone"},
    "strength_state": {OPEN: "weigh weigh_typed"},
    "first_phone_state": {MANAGE: "load", SERVER: "practise"},
    "accounts_state": {LOOK: "load refresh", WRITE: "send_test", MANAGE: "add remove steer"},
    "pace_state": {LOOK: "load", MANAGE: "save"},
    "passkey_link_state": {
        LOOK: "copied copy_line load refresh",
        MANAGE: "begin compare paste take",
    },
    "pairing_state": {LOOK: "begin choose", MANAGE: "ask_code"},
    "calendar_state": {
        LOOK: "drag load offer_move refresh",
        WRITE: "back_to_usual drop move nudge",
    },
    "content_state": {
        LOOK: "add_wording attach become detach drop_option drop_wording fill lift look_for "
        "mention offer_answers option refuse say send_as"
    },
    "draft_state": {LOOK: "choose"},
    "edit_state": {LOOK: "choose insist"},
    "emoji_state": {LOOK: "want"},
    "link_look_state": {LOOK: "look"},
    "left_out_state": {LOOK: "choose enter remove suggest"},
    "recipients_state": {LOOK: "choose enter remove suggest"},
    "compose_state": {
        LOOK: "keep load look_as refresh",
        WRITE: "submit think",  # which asks WhatsApp about a number
        PRIVATE: "bring_back store throw_away",
    },
    "template_use_state": {LOOK: "take_back", WRITE: "use"},
    "when_state": {LOOK: "fill pick weekday"},
    "unfinished_state": {LOOK: "begin_anew", PRIVATE: "bring_back throw_away"},
    "confirming_state": {LOOK: "turn", OWN: "give"},
    "undo_state": {WRITE: "take_back"},
    "more_state": {LOOK: "load"},
    "palette_state": {LOOK: "look"},
    "keys_state": {LOOK: "switch refresh", MANAGE: "make revoke"},  # of shortcuts, and of programs
    "shell_state": {LOOK: "fail refresh", OWN: "arrive"},  # an address may lead to another space
    "stopping_state": {STOP: "answer ask stop"},
    "health_state": {LOOK: "load look"},
    "home_state": {LOOK: "load refresh", WRITE: "dismiss send_now"},
    "message_state": {LOOK: "load refresh", WRITE: "ask_views back_to_usual decide"},
    "choosing_state": {LOOK: "choose_all clear toggle", WRITE: "decide decide_one move"},
    "messages_state": {LOOK: "load refresh", WRITE: "make_list"},
    "replies_state": {READ: "load refresh", WRITE: "mark"},
    "keeping_state": {LOOK: "refresh", MANAGE: "save"},
    "import_state": {
        LOOK: "load refresh refuse show show_more",
        PRIVATE: "be_from choose_list mend put_away stop take turn_to use",
        WRITE: "save take_back",
    },
    "list_state": {
        LOOK: "begin_naming find load refresh show_more suggest take_theirs",
        WRITE: "insist nest put_in remove rename take_out unnest",
    },
    "person_state": {
        LOOK: "begin_typing load refresh take_theirs",
        WRITE: "ask_invite decide insist join_holder merge put_in remove save take_out",
    },
    "address_book_state": {LOOK: "load refresh toggle", WRITE: "add add_list put_in"},
    "steered_state": {WRITE: "take_back"},
    "schedule_state": {LOOK: "load refresh", WRITE: "act back_to_usual skip unskip"},
    "devices_state": {LOOK: "refresh", OWN: "end end_others"},
    "second_step_state": {LOOK: "refresh", OWN: "begin close renew_codes turn_off turn_on"},
    "server_people_state": {LOOK: "refresh", SERVER: "give_password hand_over join remove"},
    "server_state": {LOOK: "refresh", SERVER: "keep keep_origin switch_practice"},
    "back_up_state": {LOOK: "refresh", SERVER: "fetch make_now"},
    "settings_state": {LOOK: "load refresh", OWN: "change_password save"},
    "team_state": {
        LOOK: "refresh",
        OWN: "leave",
        MANAGE: "change_role invite remove rename take_back",
    },
    "templates_state": {
        LOOK: "call find load refresh take_theirs write",
        WRITE: "insist remove save",
    },
    "amend_state": {WRITE: "take_back", APPROVE: "correct"},
    "approval_state": {APPROVE: "approve refuse"},
    "held_state": {APPROVE: "go_on", WRITE: "take_back_rest"},
    "audit_log_state": {MANAGE: "load refresh"},
    "calendar_address_state": {LOOK: "refresh", OWN: "end make"},
    "moving_state": {LOOK: "refresh turn_back", MANAGE: "look move"},
    "alerts_state": {
        LOOK: "edit leave_form load refresh",
        OWN: "remove save save_quiet test",
    },
    "keywords_state": {LOOK: "edit leave_form load refresh", MANAGE: "remove save"},
    "browser_push_state": {OWN: "switch_off switch_on take"},
    "webhooks_state": {MANAGE: "edit leave_form load refresh remove rotate save turn"},
    "webhook_log_state": {MANAGE: "refresh send_again show show_more test"},
    "node_state": {LOOK: "refresh refuse turn_back", SERVER: "bring look take work"},
    "passkeys_state": {OWN: "begin begin_renaming close refresh remove rename take"},
}
"""By State, as the browser calls it without its rooms, and by what its handlers are."""

_SETTER = "setvar"
"""Reflex's own, on every State: it finds nothing to set here."""

_ROUTES: dict[Rule, str] = {
    OPEN: "POST /auth/set-up POST /auth/register POST /auth/sign-in POST /auth/code "
    "POST /auth/new-password POST /auth/forgot GET /healthz GET /readyz "
    "POST /auth/passkey/begin POST /auth/passkey GET /metrics GET /api/docs "
    "GET /calendar/{token}.ics HEAD /calendar/{token}.ics "
    "POST /mcp GET /mcp DELETE /mcp",  # by a key alone: TOOLS says what that opens
    OWN: "POST /auth/sign-out POST /auth/known POST /auth/renew POST /spaces/choose "
    "POST /spaces/join",
    LOOK: "GET /export/messages.csv GET /export/votes.csv "
    "GET /export/people.csv GET /export/people.vcf "
    "GET /media/{media_id} GET /media/{media_id}/thumbnail GET /uploads/{token}",
    PRIVATE: "PATCH /uploads/{token} DELETE /uploads/{token}",
    MANAGE: "GET /export/audit-log.csv",
    SERVER: "GET /export/back-ups/{name}",
    WRITE: "POST /uploads POST /uploads/{token}/finish",
}
"""By what they are, as their methods and paths."""

_TOOLS: dict[Action, str] = {
    LOOK: "find_people find_groups find_lists find_members find_accounts find_messages "
    "read_account_health "
    "read_message find_replies find_keywords find_schedules read_schedule read_votes",
    WRITE: "preview_message schedule_message change_schedule pause_schedule resume_schedule "
    "cancel_schedule cancel_message take_back_message take_back_send "
    "take_back_rest ask_invite_link ask_views",
    APPROVE: "correct_message correct_send go_on_with_send",
}
TOOLS = {name: rule for rule, names in _TOOLS.items() for name in names.split()}
"""What assistants may use with a key: to look is for its scope `read`, all else for `send`."""

_OPERATIONS: dict[Scope, str] = {
    Scope.READ: "GET /messages GET /messages/{message} GET /schedules GET /schedules/{schedule} "
    "GET /replies GET /keywords GET /keywords/{keyword} "
    "GET /messages/{message}/votes GET /schedules/{schedule}/votes "
    "GET /people GET /people/{person} GET /groups GET /groups/{group} "
    "GET /lists GET /lists/{list} GET /lists/{list}/members "
    "GET /templates GET /templates/{template} GET /accounts GET /accounts/{account} GET /events "
    "GET /accounts/{account}/health "
    "GET /media/{media}",
    Scope.SEND: "POST /messages DELETE /messages/{message} POST /schedules:preview "
    "POST /messages/{message}/take-back POST /messages/{message}/correct "
    "POST /schedules/{schedule}/take-back POST /schedules/{schedule}/correct "
    "POST /schedules/{schedule}/go-on POST /schedules/{schedule}/take-back-rest "
    "POST /schedules PATCH /schedules/{schedule} DELETE /schedules/{schedule} "
    "POST /people PATCH /people/{person} DELETE /people/{person} "
    "POST /lists PATCH /lists/{list} DELETE /lists/{list} "
    "POST /templates PATCH /templates/{template} DELETE /templates/{template} "
    "POST /uploads GET /uploads/{upload} PATCH /uploads/{upload} DELETE /uploads/{upload} "
    "POST /uploads/{upload}/finish POST /groups/{group}/invite-link "
    "POST /messages/{message}/views",
    Scope.MANAGE: "POST /keywords PATCH /keywords/{keyword} DELETE /keywords/{keyword} "
    "GET /webhooks POST /webhooks GET /webhooks/{webhook} PATCH /webhooks/{webhook} "
    "DELETE /webhooks/{webhook} POST /webhooks/{webhook}/secret POST /webhooks/{webhook}/test "
    "GET /webhooks/{webhook}/deliveries POST /webhooks/{webhook}/deliveries/{delivery}/again",
}
"""Those of `/api/v1`, by the scope that a key has to have."""

OPERATORS = frozenset(
    {"run", "api", "worker", "check", "doctor", "backup", "restore", "put-back", "roll-back"}
    | {"rehearse-restore", "migrate-database", "forget-secret", "copy-media"}
    | {"import-node", "user list", "user reset"}
    | {"keys create", "keys list", "keys revoke", "alerts list", "alerts test"}
)
"""The commands. Each is for whoever has the shell, and asks nobody who they are."""

PROGRAMS = frozenset(
    {"send", "take-back", "correct", "messages", "replies", "schedules", "votes", "people"}
    | {
        "groups",
        "invite-link",
        "views",
        "lists",
        "accounts",
        "watch",
        "keywords",
        "account-health",
        "go-on",
        "take-back-rest",
    }
)
"""Those that come by `/api/v1`, with a key, as anybody does."""

TASKS = {
    "drain": "account_id", "check": "account_id", "ask_line": "account_id",
    "lay_out": "_schedule_id",
    "convert": "_media_id", "read_people": "import_id", "expect_people": "_user_id",
    "mail": "_number", "sweep": "", "clean_up": "",
}  # fmt: skip
"""The one id that each task takes, if any. It does what is due, whoever put it into the queue."""


def rule_of_event(full_name: str) -> Rule | None:
    """What an event is, by its name in the registry; None if nobody has said."""
    state, _, name = full_name.rpartition(".")
    rules = _EVENTS.get(state.rpartition("____")[2], {})
    if name == _SETTER:
        return LOOK
    return next((rule for rule, names in rules.items() if name in names.split()), None)


def rule_of_route(method: str, path: str) -> Rule | None:
    """What a plain route is; None if nobody has said."""
    for rule, lines in _ROUTES.items():
        words = lines.split()
        if (method, path) in zip(words[::2], words[1::2], strict=True):
            return rule
    return None


def rule_of_operation(method: str, path: str) -> Scope | None:
    """The scope that an operation for programs asks for; None if nobody has said."""
    for scope, lines in _OPERATIONS.items():
        words = lines.split()
        if (method, path) in zip(words[::2], words[1::2], strict=True):
            return scope
    return None


def unruled(doors: Iterable[Door], rule_of: Callable[[Door], Rule | None]) -> list[Door]:
    """The doors about which nobody has said what they are."""
    return [one for one in doors if rule_of(one) is None]


def may_use(walker: Walker, rule: Rule) -> bool:
    """True if a door may do its work for somebody in their own space."""
    if rule is OPEN:
        return True
    if walker.caller is None:
        return False
    return rule is OWN or may(walker.caller, Action(rule))
