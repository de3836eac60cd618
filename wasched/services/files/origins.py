"""Whether photos and films go out without the place and camera that are written beside them."""

from datetime import datetime

from sqlmodel import Session

from wasched.domain.media import Shape
from wasched.domain.reasons import Code, Reason
from wasched.models import Setting
from wasched.services import permissions
from wasched.services.audit_log import record_on_server
from wasched.services.caller import Caller
from wasched.services.permissions import Action

_KEPT = "origin_kept"
_SHOWN = frozenset({"image", "video"})


def is_taken_out(session: Session) -> bool:
    """True unless who runs the server chose to keep it."""
    found = session.get(Setting, _KEPT)
    return found is None or found.value != "yes"


def choose_origin(session: Session, user: Caller, is_kept: bool, now: datetime) -> None:
    """Keep or take out place and camera of what is attached from now on."""
    permissions.require(user, Action.RUN_SERVER)
    if is_taken_out(session) is not is_kept:
        return
    session.merge(Setting(name=_KEPT, value="yes" if is_kept else "no"))
    what = Reason(Code.ORIGIN_KEPT if is_kept else Code.ORIGIN_TAKEN_OUT)
    record_on_server(session, user, what, now)


def must_go(session: Session, shape: Shape, kind: str) -> bool:
    """True if a file cannot be sent as this kind before its place and camera are taken out."""
    return shape.tells_origin and kind in _SHOWN and is_taken_out(session)
