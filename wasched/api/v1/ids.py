"""Ids as programs write them, in addresses and bodies, and the rows that they are of."""

from functools import partial
from typing import Annotated

from fastapi import Path
from pydantic import BeforeValidator, WithJsonSchema

from wasched import bootstrap
from wasched.domain.opaque_ids import LENGTH, Kind

RECIPIENT_KINDS = {
    "person": Kind.PERSON,
    "group": Kind.GROUP,
    "status": Kind.STATUS,
    "channel": Kind.CHANNEL,
}
"""What messages go to, by the kind of the recipient."""


def write_id(kind: Kind, number: int) -> str:
    """The id of a row."""
    return bootstrap.opaque_ids().write(kind, number)


def read_id(kind: Kind, text: object) -> int:
    """The row of an id; 0, which no row has, for what is no id of this kind."""
    return bootstrap.opaque_ids().read(kind, text) if isinstance(text, str) else 0


def recipient_id(kind: str, number: int) -> str:
    """The id of a person, a group, a status or a channel."""
    return write_id(RECIPIENT_KINDS[kind], number)


def _read_recipient(text: object) -> int:
    found = (read_id(kind, text) for kind in RECIPIENT_KINDS.values())
    return next(filter(None, found), 0)


def _schema(*kinds: Kind) -> WithJsonSchema:
    """How ids are described; who reads one says in a sentence what is wrong with another."""
    pattern = f"^({'|'.join(kinds)})_[0-9A-Za-z]{{{LENGTH}}}$"
    example = f"{kinds[0]}_3kT0nGh92Ab"
    return WithJsonSchema({"type": "string", "pattern": pattern, "examples": [example]})


AccountId = Annotated[int, BeforeValidator(partial(read_id, Kind.ACCOUNT)), _schema(Kind.ACCOUNT)]
DeliveryId = Annotated[
    int, BeforeValidator(partial(read_id, Kind.DELIVERY)), _schema(Kind.DELIVERY)
]
GroupId = Annotated[int, BeforeValidator(partial(read_id, Kind.GROUP)), _schema(Kind.GROUP)]
KeywordId = Annotated[int, BeforeValidator(partial(read_id, Kind.KEYWORD)), _schema(Kind.KEYWORD)]
ListId = Annotated[int, BeforeValidator(partial(read_id, Kind.LIST)), _schema(Kind.LIST)]
MediaId = Annotated[int, BeforeValidator(partial(read_id, Kind.MEDIA)), _schema(Kind.MEDIA)]
MessageId = Annotated[int, BeforeValidator(partial(read_id, Kind.MESSAGE)), _schema(Kind.MESSAGE)]
PersonId = Annotated[int, BeforeValidator(partial(read_id, Kind.PERSON)), _schema(Kind.PERSON)]
ReplyId = Annotated[int, BeforeValidator(partial(read_id, Kind.REPLY)), _schema(Kind.REPLY)]
ScheduleId = Annotated[
    int, BeforeValidator(partial(read_id, Kind.SCHEDULE)), _schema(Kind.SCHEDULE)
]
TemplateId = Annotated[
    int, BeforeValidator(partial(read_id, Kind.TEMPLATE)), _schema(Kind.TEMPLATE)
]
WebhookId = Annotated[int, BeforeValidator(partial(read_id, Kind.WEBHOOK)), _schema(Kind.WEBHOOK)]

RecipientId = Annotated[int, BeforeValidator(_read_recipient), _schema(*RECIPIENT_KINDS.values())]

InPath = Path(description="As it came with the thing.")

AccountIdText = Annotated[str, _schema(Kind.ACCOUNT)]
AudienceIdText = Annotated[str, _schema(*RECIPIENT_KINDS.values(), Kind.LIST)]
KeywordIdText = Annotated[str, _schema(Kind.KEYWORD)]
ListIdText = Annotated[str, _schema(Kind.LIST)]
MessageIdText = Annotated[str, _schema(Kind.MESSAGE)]
PersonIdText = Annotated[str, _schema(Kind.PERSON)]
RecipientIdText = Annotated[str, _schema(*RECIPIENT_KINDS.values())]
StatusIdText = Annotated[str, _schema(Kind.STATUS)]
ChannelIdText = Annotated[str, _schema(Kind.CHANNEL)]
ReplyIdText = Annotated[str, _schema(Kind.REPLY)]
ScheduleIdText = Annotated[str, _schema(Kind.SCHEDULE)]
TemplateIdText = Annotated[str, _schema(Kind.TEMPLATE)]
