"""Set-up, sign-in and sign-out as plain form posts, which work before any page is live."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlmodel import Session

from wasched import bootstrap
from wasched.api import cookies, doors, renewals
from wasched.api.refused_form import forget_typed, keep_typed
from wasched.config import settings
from wasched.domain.errors import InputError, SignInError
from wasched.domain.passkey import ANSWER_MAX, site_of
from wasched.services.identity import (
    first_run,
    passkey_sign_in,
    password_links,
    password_requests,
    signing_in,
    team,
    users,
)
from wasched.services.identity.passkey_sign_in import AtTheDoor
from wasched.services.identity.signing_in import Browser, HalfSignedIn, OpenedSession
from wasched.services.identity.users import NewUser

router = APIRouter(prefix="/auth")

_Field = Annotated[str, Form(max_length=1000)]
_Answer = Annotated[str, Form(max_length=ANSWER_MAX)]
_CODE_PAGE, _FORGOT_PAGE = "/sign-in/code", "/sign-in/forgot"


@router.post("/set-up")
def set_up(
    request: Request,
    name: _Field = "",
    email: _Field = "",
    password: _Field = "",
    zone: _Field = "",
    token: _Field = "",
) -> Response:
    """Create who runs the server, once, sign them in, and lead to linking a phone."""
    kept = {"name": name, "email": email, "zone": zone}
    try:
        if doors.needs_word(request):
            _check_word(request, token)
        new = _newcomer(name, email, password, zone)
        if bootstrap.answer(lambda session, _now: users.is_set_up(session)):
            raise InputError("", "This server is set up. Sign in.", "set-up-done")
        hashed = bootstrap.passwords().hash(new.password)
        opened = _let_in(request, lambda session, now: users.set_up(session, new, hashed, now))
    except SignInError as refusal:
        return _back(request, "/set-up", _too_many(refusal), kept)
    except InputError as refusal:
        return _back(request, "/set-up", refusal, kept)
    return _signed_in(request, opened, "/set-up/phone")


@router.post("/register")
def register(
    request: Request,
    name: _Field = "",
    email: _Field = "",
    password: _Field = "",
    zone: _Field = "",
    invite: _Field = "",
) -> Response:
    """Create somebody and sign them in, by an invitation or where the settings allow it."""
    kept = {"name": name, "email": email, "zone": zone, "invite": invite}
    try:
        _check_admission(invite)
        new = _newcomer(name, email, password, zone)
        hashed = bootstrap.passwords().hash(new.password)
        opened = _let_in(
            request,
            lambda session, now: (
                team.accept_invitation(session, invite, new, hashed, now)
                if invite
                else users.register_user(session, new, hashed, now)
            ),
        )
    except InputError as refusal:
        return _back(request, "/sign-up", refusal, kept)
    return _signed_in(request, opened, "/")


@router.post("/sign-in")
def sign_in(
    request: Request, email: _Field = "", password: _Field = "", next: _Field = "/"
) -> Response:
    """Sign a person in and lead them where they wanted to go."""
    try:
        opened = signing_in.sign_in(
            bootstrap.database(),
            bootstrap.passwords(),
            bootstrap.secret_key(),
            _browser(request),
            email,
            password,
            bootstrap.clock().now(),
        )
    except SignInError as refusal:
        said = _too_many(refusal) if refusal.minutes else InputError("", "", "no-match")
        return _back(request, "/sign-in", said, {"email": email}, next)
    return _signed_in(request, opened, doors.local_path(next))


@router.post("/code")
def give_code(
    request: Request, code: _Field = "", recovery: _Field = "", next: _Field = "/"
) -> Response:
    """Finish signing in with a code of the app, or a recovery code."""
    now, key = bootstrap.clock().now(), bootstrap.secret_key()
    typed = recovery.strip() or code
    try:
        opened = signing_in.give_code(bootstrap.database(), key, _browser(request), typed, now)
    except SignInError as refusal:
        return _back(request, _CODE_PAGE, _too_many(refusal), {}, next)
    except InputError as refusal:
        page = "/sign-in" if refusal.code == "step-over" else _CODE_PAGE
        return _back(request, page, refusal, {}, next)
    return _signed_in(request, opened, doors.local_path(next))


@router.post("/passkey/begin")
def ask_passkey(request: Request, step: _Field = "") -> Response:
    """What a browser is asked to give a passkey by, and where: as JSON, for scripts/passkeys.js."""
    asked = secrets.token_urlsafe(32)
    door = _door(request, step)
    door = replace(door, browser=replace(door.browser, asked=asked))
    options = bootstrap.transaction(
        lambda session, now: passkey_sign_in.request_options(session, door, now)
    )
    answer = JSONResponse({"origin": door.site.origin, "options": options})
    if not step:
        cookies.give_cookie(answer, cookies.ASKED, asked, is_secure=doors.is_secure(request))
    return answer


@router.post("/passkey")
def give_passkey(
    request: Request, answer: _Answer = "", step: _Field = "", next: _Field = "/"
) -> Response:
    """Sign a person in by a passkey, alone or in the place of the code that they owe."""
    tools = bootstrap.database(), bootstrap.passkey_reader(), bootstrap.secret_key()
    page = _CODE_PAGE if step else "/sign-in"
    try:
        opened = passkey_sign_in.give_passkey(
            *tools, _door(request, step), answer, bootstrap.clock().now()
        )
    except SignInError as refusal:
        return _back(request, page, _too_many(refusal), {}, next)
    except InputError as refusal:
        page = "/sign-in" if refusal.code == "step-over" else page
        return _back(request, page, refusal, {}, next)
    return _signed_in(request, opened, doors.local_path(next))


@router.post("/new-password")
def choose_password(request: Request, link: _Field = "", password: _Field = "") -> Response:
    """Take a new password by a link, and sign its person in here alone."""
    now = bootstrap.clock().now()
    tools = bootstrap.database(), bootstrap.passwords(), bootstrap.strength()
    try:
        user_id = password_links.choose_password(*tools, link, password, now)
    except InputError as refusal:
        return _back(request, "/new-password", refusal, {"link": link})
    return _signed_in(request, _let_in(request, lambda _session, _now: user_id), "/")


@router.post("/forgot")
def forgot(request: Request, email: _Field = "") -> Response:
    """Have a link to a new password mailed; the answer does not tell whether anybody has it."""
    address = doors.caller_address(request)
    try:
        if settings().mail_server is None:
            raise InputError("", "This server sends no e-mail.", "no-mail")
        bootstrap.transaction(
            lambda session, now: password_requests.ask_for_link(session, email, address, now)
        )
    except SignInError as refusal:
        return _back(request, _FORGOT_PAGE, _too_many(refusal), {"email": email})
    except InputError as refusal:
        return _back(request, _FORGOT_PAGE, refusal, {"email": email})
    answer = RedirectResponse(f"{_FORGOT_PAGE}?sent=yes", status_code=303)
    forget_typed(answer, request.cookies)
    return answer


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    """End this browser's session; the browser stays a known one."""
    browser = _browser(request)

    def close(session: Session, now: datetime) -> str:
        known = signing_in.remember_browser(session, bootstrap.secret_key(), browser, now)
        users.close_session(session, browser.session, browser.address, now)
        return known

    known = bootstrap.transaction(close)
    answer = RedirectResponse("/sign-in", status_code=303)
    cookies.take_away(answer, cookies.SESSION, is_secure=doors.is_secure(request))
    _remember(answer, request, known)
    return answer


@router.post("/known")
def know_browser(request: Request) -> Response:
    """Make a browser that is signed in a known one, as after a new password."""
    browser, key = _browser(request), bootstrap.secret_key()
    known = bootstrap.answer(
        lambda session, now: signing_in.remember_browser(session, key, browser, now)
    )
    answer = Response(status_code=204)
    _remember(answer, request, known)
    return answer


@router.post("/renew")
def renew(request: Request, tab: _Field = "") -> Response:
    """Give this browser's session another token; `tab` is whose live line goes on by it."""
    before = request.cookies.get(cookies.SESSION, "")

    def renew_token(session: Session, now: datetime) -> str:
        token = users.renew_session(session, before, now)
        if token:  # noted before it counts, so that the tab has one of both at any moment
            renewals.note_renewal(before, tab, token)
        return token

    answer, token = Response(status_code=204), bootstrap.transaction(renew_token)
    if token:
        cookies.give_cookie(answer, cookies.SESSION, token, is_secure=doors.is_secure(request))
    return answer


def _check_word(request: Request, typed: str) -> None:
    """InputError or SignInError unless it is the word in the log."""
    right, address = first_run.setup_word(bootstrap.secret_key()), doors.caller_address(request)
    first_run.check_word(bootstrap.database(), typed, right, address, bootstrap.clock().now())


def _too_many(refusal: SignInError) -> InputError:
    return InputError("", str(refusal), f"wait-{refusal.minutes}")


def _newcomer(name: str, email: str, password: str, zone: str) -> NewUser:
    """What a form says of somebody; who is quicker than the guess of their zone gets the server's.

    InputError names the field that cannot be taken.
    """
    said = NewUser(name, email, password, zone.strip() or settings().zone)
    return users.check_user(said, bootstrap.strength())


def _check_admission(invite: str) -> None:
    """InputError unless an invitation, or the server's settings, let somebody sign up."""
    if invite and not bootstrap.answer(lambda session, now: team.is_invited(session, invite, now)):
        raise InputError("", "This invitation is over. Ask for a new one.", "invitation")
    if not invite and not settings().allow_registration:
        raise InputError("", "Signing up is closed here. Ask for an invitation.", "closed")


def _browser(request: Request) -> Browser:
    """Who is at the door."""
    return Browser(
        doors.caller_address(request),
        request.headers.get("user-agent", ""),
        request.cookies.get(cookies.SESSION, ""),
        request.cookies.get(cookies.KNOWN, ""),
        request.cookies.get(cookies.HALF, ""),
        request.cookies.get(cookies.ASKED, ""),
    )


def _door(request: Request, step: str) -> AtTheDoor:
    """Who gives a passkey, and where; `step`: they owe a code."""
    site = site_of(doors.own_origin(request))
    return AtTheDoor(_browser(request), site, owes_code=bool(step))


def _let_in(
    request: Request, admit: Callable[[Session, datetime], int]
) -> OpenedSession | HalfSignedIn:
    """Sign in whom `admit` returns the id of, in the same transaction, as far as they may."""
    browser, key = _browser(request), bootstrap.secret_key()
    return bootstrap.transaction(
        lambda session, now: signing_in.open_for(session, key, browser, admit(session, now), now)
    )


def _signed_in(request: Request, opened: OpenedSession | HalfSignedIn, path: str) -> Response:
    """To where they wanted to go, or to the question for the code that they still owe."""
    if isinstance(opened, HalfSignedIn):
        return _owes_code(request, opened, path)
    answer, is_secure = RedirectResponse(path, status_code=303), doors.is_secure(request)
    cookies.give_cookie(answer, cookies.SESSION, opened.session, is_secure=is_secure)
    _remember(answer, request, opened.known)
    forget_typed(answer, request.cookies)
    if cookies.HALF in request.cookies:
        cookies.take_away(answer, cookies.HALF, is_secure=is_secure)
    return answer


def _owes_code(request: Request, opened: HalfSignedIn, path: str) -> Response:
    answer = RedirectResponse(f"{_CODE_PAGE}?{urlencode({'next': path})}", status_code=303)
    cookies.give_cookie(answer, cookies.HALF, opened.half, is_secure=doors.is_secure(request))
    forget_typed(answer, request.cookies)
    return answer


def _remember(answer: Response, request: Request, known: str) -> None:
    if known:
        cookies.give_cookie(answer, cookies.KNOWN, known, is_secure=doors.is_secure(request))


def _back(
    request: Request, path: str, refusal: InputError, typed: dict[str, str], next: str = ""
) -> Response:
    """To the form again, with the refusal's code in the address, and beside it what was typed."""
    query = urlencode({"error": refusal.code, **({"next": next} if next else {})})
    answer = RedirectResponse(f"{path}?{query}", status_code=303)
    keep_typed(answer, path, typed, secure=doors.is_secure(request))
    return answer
