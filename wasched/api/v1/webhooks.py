"""Webhooks: addresses of other programs that are told what happens."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field
from sqlmodel import Session

from wasched import bootstrap
from wasched.api.v1.callers import KeyRoute, Manager
from wasched.api.v1.ids import DeliveryId, InPath, WebhookId, write_id
from wasched.api.v1.lists_of import After, Limit, Page, link_next, page_of, read_cursor
from wasched.api.v1.once import Once
from wasched.api.v1.times import Body
from wasched.config import settings
from wasched.domain.opaque_ids import Kind
from wasched.domain.outbox import EventKind
from wasched.models import DeliveryState, WebhookState
from wasched.services.caller import Caller
from wasched.services.webhooks import delivery_log, endpoints
from wasched.services.webhooks.delivery_log import DeliveryLine
from wasched.services.webhooks.endpoints import WebhookLine, WebhookRequest

router = APIRouter(prefix="/webhooks", tags=["webhooks"], route_class=KeyRoute)

_Url = Annotated[str, Field(max_length=2000, examples=["https://example.org/hooks/wasched"])]
_Kinds = Annotated[
    list[EventKind], Field(max_length=50, description="What it is told of; none: everything.")
]
_HasTexts = Annotated[bool, Field(description="Whether it is told texts, names and numbers.")]


class WebhookOut(BaseModel):
    """A webhook, without its secret."""

    id: str
    url: str
    events: _Kinds
    texts: _HasTexts
    state: Annotated[
        WebhookState,
        Field(description="`off`: it took nothing for three days; `gone`: it answered 410."),
    ]
    since: Annotated[datetime, Field(description="Since when it is in this state.")]
    failing_since: datetime | None
    waiting: Annotated[int, Field(description="So many deliveries have not been taken yet.")]
    old_secret_until: datetime | None


class NewWebhookOut(WebhookOut):
    """A webhook with its secret, which is shown this once."""

    secret: Annotated[str, Field(examples=["whsec_…"])]


class WebhookIn(Body):
    """A new webhook."""

    url: _Url
    events: _Kinds = Field(default_factory=list)
    texts: _HasTexts = False


class WebhookPatch(Body):
    """What of a webhook is to be another; `state` pauses it and lets it go on."""

    url: _Url | None = None
    events: _Kinds | None = None
    texts: _HasTexts | None = None
    state: Literal["active", "paused"] | None = None


class DeliveryOut(BaseModel):
    """One event for a webhook; `status` and `answer` are of the last try."""

    id: str
    event: str
    type: str
    state: DeliveryState
    tries: int
    happened: datetime
    tried: datetime | None
    next_try: datetime | None
    status: Annotated[int | None, Field(description="null: there was no answer.")]
    answer: Annotated[str, Field(description="Its first KB, or why there was none.")]


@router.get("", summary="List webhooks")
def list_webhooks(program: Manager) -> Page[WebhookOut]:
    """All of them, the oldest first."""
    found = bootstrap.answer(lambda session, now: endpoints.list_webhooks(session, program, now))
    return Page(items=[WebhookOut(**_columns(one)) for one in found], next=None)


@router.post("", status_code=201, summary="Add a webhook")
def add_webhook(program: Manager, asked: Once, body: WebhookIn) -> NewWebhookOut:
    """It is told what happens from now on. Deliveries are signed with `secret` by the Standard
    Webhooks."""

    def add(session: Session, now: datetime) -> tuple[BaseModel, str]:
        wanted = WebhookRequest(body.url, tuple(body.events), body.texts)
        made, secret = endpoints.add_webhook(
            session, program, wanted, now, allows_private=settings().webhooks_to_private
        )
        told = _with_secret(session, program, made, secret, now)
        return told, f"/api/v1/webhooks/{told.id}"

    return asked.do(program, body, add)  # type: ignore[return-value] # written already


@router.get("/{webhook}", summary="One webhook")
def read_webhook(program: Manager, webhook: Annotated[WebhookId, InPath]) -> WebhookOut:
    """Where it leads, and how it stands."""
    return bootstrap.answer(lambda session, now: _told(session, program, webhook, now))


@router.patch("/{webhook}", summary="Change a webhook")
def change_webhook(
    program: Manager, webhook: Annotated[WebhookId, InPath], body: WebhookPatch
) -> WebhookOut:
    """What is not named stays. What happens while it is paused waits, for a week at most."""

    def change(session: Session, now: datetime) -> WebhookOut:
        before = endpoints.read_webhook(session, program, webhook, now)
        wanted = WebhookRequest(
            before.url if body.url is None else body.url,
            before.kinds if body.events is None else tuple(body.events),
            before.has_texts if body.texts is None else body.texts,
        )
        if wanted != WebhookRequest(before.url, before.kinds, before.has_texts):
            allows = settings().webhooks_to_private
            endpoints.change_webhook(session, program, webhook, wanted, now, allows_private=allows)
        if body.state == "paused":
            endpoints.pause_webhook(session, program, webhook, now)
        elif body.state == "active":
            endpoints.resume_webhook(session, program, webhook, now)
        return _told(session, program, webhook, now)

    return bootstrap.transaction(change)


@router.delete("/{webhook}", status_code=204, summary="Remove a webhook")
def remove_webhook(program: Manager, webhook: Annotated[WebhookId, InPath]) -> None:
    """Nothing more is delivered to it, and its deliveries are forgotten."""
    bootstrap.transaction(
        lambda session, now: endpoints.remove_webhook(session, program, webhook, now)
    )


@router.post("/{webhook}/secret", status_code=201, summary="Make another secret")
def rotate_secret(
    program: Manager, asked: Once, webhook: Annotated[WebhookId, InPath]
) -> NewWebhookOut:
    """For a day deliveries are signed with the one before as well."""

    def rotate(session: Session, now: datetime) -> tuple[BaseModel, str]:
        secret = endpoints.rotate_secret(session, program, webhook, now)
        told = _with_secret(session, program, webhook, secret, now)
        return told, f"/api/v1/webhooks/{told.id}"

    return asked.do(program, Body(), rotate)  # type: ignore[return-value] # written already


@router.post("/{webhook}/test", status_code=202, summary="Send a test")
def send_test(program: Manager, webhook: Annotated[WebhookId, InPath]) -> DeliveryOut:
    """Delivers `webhook.test` at once; what became of it stands among the deliveries."""

    def send(session: Session, now: datetime) -> DeliveryOut:
        made = delivery_log.send_test(session, program, webhook, now)
        return _delivery_out(delivery_log.read_delivery(session, program, webhook, made))

    return bootstrap.transaction(send)


@router.get("/{webhook}/deliveries", summary="What was delivered")
def list_deliveries(
    program: Manager,
    request: Request,
    answer: Response,
    webhook: Annotated[WebhookId, InPath],
    limit: Limit = 50,
    after: After = "",
) -> Page[DeliveryOut]:
    """The newest first; kept for a week."""
    before = int(read_cursor(after, Kind.DELIVERY) or 0)
    found = bootstrap.answer(
        lambda session, _now: delivery_log.list_deliveries(
            session, program, webhook, before, limit + 1
        )
    )
    shown = found[:limit]
    cursor = str(shown[-1].id) if len(found) > limit else ""
    items = [_delivery_out(one) for one in shown]
    listed = page_of(items, cursor, Kind.DELIVERY)
    link_next(request, answer, listed.next)
    return listed


@router.post(
    "/{webhook}/deliveries/{delivery}/again", status_code=202, summary="Deliver something again"
)
def send_again(
    program: Manager,
    webhook: Annotated[WebhookId, InPath],
    delivery: Annotated[DeliveryId, InPath],
) -> DeliveryOut:
    """At once, whatever became of it before."""

    def send(session: Session, now: datetime) -> DeliveryOut:
        delivery_log.send_again(session, program, webhook, delivery, now)
        return _delivery_out(delivery_log.read_delivery(session, program, webhook, delivery))

    return bootstrap.transaction(send)


def _told(session: Session, program: Caller, webhook_id: int, now: datetime) -> WebhookOut:
    return WebhookOut(**_columns(endpoints.read_webhook(session, program, webhook_id, now)))


def _with_secret(
    session: Session, program: Caller, webhook_id: int, secret: str, now: datetime
) -> NewWebhookOut:
    line = endpoints.read_webhook(session, program, webhook_id, now)
    return NewWebhookOut(**_columns(line), secret=secret)


def _columns(line: WebhookLine) -> dict[str, Any]:
    return {
        "id": write_id(Kind.WEBHOOK, line.id),
        "url": line.url,
        "events": [EventKind(one) for one in line.kinds],
        "texts": line.has_texts,
        "state": WebhookState(line.state),
        "since": line.state_since,
        "failing_since": line.failing_since,
        "waiting": line.waiting,
        "old_secret_until": line.old_secret_until,
    }


def _delivery_out(line: DeliveryLine) -> DeliveryOut:
    return DeliveryOut(
        id=write_id(Kind.DELIVERY, line.id),
        event=write_id(Kind.EVENT, line.event_id),
        type=line.kind,
        state=DeliveryState(line.state),
        tries=line.tries,
        happened=line.happened_at,
        tried=line.tried_at,
        next_try=line.try_at if line.state == DeliveryState.WAITING else None,
        status=line.status,
        answer=line.answer,
    )
