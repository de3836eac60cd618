"""Reading the library's events and answers as plain values."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from wasched.adapters.whatsapp import neonize_api as api
from wasched.adapters.whatsapp import states
from wasched.adapters.whatsapp.states import Report
from wasched.domain.chats import is_for_all
from wasched.domain.link import (
    GroupsChanged,
    Heard,
    IncomingDeleted,
    IncomingEdited,
    IncomingSeen,
    PhoneHeard,
    ReactionSeen,
    ReceiptKind,
    ReceiptSeen,
    VoteSeen,
    WroteOnPhone,
)
from wasched.domain.reply import ReplyKind
from wasched.services.ports import ChannelSeen, GroupSeen, MemberSeen

News = Report | ReceiptSeen | Heard | PhoneHeard | GroupsChanged
Reader = Callable[[Any], Iterator[News]]

# whatsmeow's failure reasons, which neonize renumbers (ConnectFailureReason).
_REASONS = {
    1: "400",
    2: "401",
    3: "402",
    4: "403",
    5: "406",
    6: "405",
    7: "409",
    8: "500",
}
_REASONS |= {9: "501", 10: "503"}
_BANS = {1: "101", 2: "102", 3: "103", 4: "104", 5: "106"}  # TempBanReason likewise
_RECEIPTS = {1: ReceiptKind.DELIVERED, 4: ReceiptKind.READ, 6: ReceiptKind.PLAYED}
_PAIRED = 2
_KINDS = {
    "audioMessage": ReplyKind.AUDIO,
    "contactMessage": ReplyKind.CONTACT,
    "contactsArrayMessage": ReplyKind.CONTACT,
    "documentMessage": ReplyKind.DOCUMENT,
    "imageMessage": ReplyKind.PHOTO,
    "liveLocationMessage": ReplyKind.LOCATION,
    "locationMessage": ReplyKind.LOCATION,
    "ptvMessage": ReplyKind.VIDEO,
    "stickerMessage": ReplyKind.STICKER,
    "videoMessage": ReplyKind.VIDEO,
}
"""What a person sends instead of words, by the message's field."""

_REVOKE, _EDIT = 0, 14  # ProtocolMessage.Type


def parse_jid(jid: str) -> api.JID:
    """The library's form of `<user>@<server>`."""
    user, _, server = jid.partition("@")
    return api.JID(User=user, Server=server, Device=0, RawAgent=0, Integrator=0, IsEmpty=False)


def parse_device(jid: str) -> api.JID:
    """The library's form of `<user>:<device>@<server>`, a device of an account."""
    account, _, server = jid.partition("@")
    user, _, device = account.partition(":")
    found = parse_jid(f"{user}@{server}")
    found.Device = int(device or 0)
    return found


def bare_jid(jid: api.JID) -> str:
    """The address without its device part; empty for none."""
    return f"{jid.User}@{jid.Server}" if jid.User else jid.Server


def full_jid(jid: api.JID) -> str:
    """The address with its device part."""
    return f"{jid.User}:{jid.Device}@{jid.Server}" if jid.Device else bare_jid(jid)


def text_of(fault: BaseException) -> str:
    """The library's own words, which come as text, as bytes or as bytes in text."""
    said = fault.args[0] if fault.args else ""
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)


def read_group(info: Any, mine: set[str]) -> GroupSeen:
    """A group; `mine` are the account's own addresses."""
    admins = {
        bare_jid(address)
        for one in info.Participants
        if one.IsAdmin or one.IsSuperAdmin
        for address in (one.JID, one.LID, one.PhoneNumber)
    }
    members = [read_member(one) for one in info.Participants]
    return GroupSeen(
        jid=bare_jid(info.JID),
        name=info.GroupName.Name,
        size=len(info.Participants),
        announce_only=info.GroupAnnounce.IsAnnounce,
        is_admin=bool(admins & mine),
        members=tuple(one.phone or one.jid for one in members),
        lids=tuple((one.phone, one.lid) for one in members if one.phone and one.lid),
    )


def read_channel(info: Any) -> ChannelSeen:
    """A channel by its name, and how many follow it."""
    meta = info.ThreadMeta
    return ChannelSeen(bare_jid(info.ID), meta.Name.Text, meta.SubscriberCount)


def may_post(info: Any) -> bool:
    """True for a channel that the account runs and WhatsApp has not suspended."""
    is_active = info.State.Type == api.WrappedNewsletterState.ACTIVE
    return is_active and info.ViewerMeta.Role in (
        api.NewsletterRole.OWNER,
        api.NewsletterRole.ADMIN,
    )


def read_member(one: Any) -> MemberSeen:
    """A member of a group, by the address that the group uses."""
    addresses = [
        bare_jid(address) for address in (one.JID, one.PhoneNumber, one.LID) if address.User
    ]
    numbers = [jid for jid in addresses if jid.endswith("@s.whatsapp.net")]
    lids = [jid for jid in addresses if jid.endswith("@lid")]
    return MemberSeen(
        jid=addresses[0],
        phone=f"+{numbers[0].partition('@')[0]}" if numbers else None,
        lid=lids[0] if lids else None,
        is_admin=one.IsAdmin or one.IsSuperAdmin,
    )


def is_chat(info: Any) -> bool:
    """False for the parent of a community, to which nobody can write."""
    return not info.GroupParent.IsParent


def _receipt(event: Any) -> Iterator[ReceiptSeen | PhoneHeard]:
    kind = _RECEIPTS.get(event.Type)
    yield from _phone(event.MessageSource, event.Timestamp)
    if kind is None or event.MessageSource.IsFromMe:
        return
    yield ReceiptSeen(
        message_ids=tuple(event.MessageIDs),
        kind=kind,
        chat=bare_jid(event.MessageSource.Chat),
        by=bare_jid(event.MessageSource.Sender),
        at=_instant(event.Timestamp),
    )


def _message(event: Any) -> Iterator[News]:
    """What a message is to us: words, a vote, a reaction, or nothing."""
    yield from _phone(event.Info.MessageSource, event.Info.Timestamp)
    if is_for_all(bare_jid(event.Info.MessageSource.Chat)):
        return  # a status of somebody's, or a channel: said to everybody, and no answer to us
    if event.Message.HasField("pollUpdateMessage"):
        yield from _vote(event)
    elif event.Message.HasField("reactionMessage"):
        yield from _reaction(event)
    else:
        yield from _incoming(event)


def _vote(event: Any) -> Iterator[VoteSeen]:
    update, source = event.Message.pollUpdateMessage, event.Info.MessageSource
    if not update.HasField("vote"):
        return
    yield VoteSeen(
        message_id=event.Info.ID,
        poll_id=update.pollCreationMessageKey.ID,
        chat=bare_jid(source.Chat),
        author=_author(event, update.pollCreationMessageKey),
        sender=bare_jid(source.Sender),
        at=_instant(update.senderTimestampMS or event.Info.Timestamp),
        iv=update.vote.encIV,
        body=update.vote.encPayload,
        sender_alt=bare_jid(source.SenderAlt) or None,
        name=event.Info.Pushname,
    )


def _reaction(event: Any) -> Iterator[ReactionSeen]:
    reaction, source = event.Message.reactionMessage, event.Info.MessageSource
    yield ReactionSeen(
        message_id=event.Info.ID,
        about_id=reaction.key.ID,
        chat=bare_jid(source.Chat),
        author=_author(event, reaction.key),
        sender=bare_jid(source.Sender),
        at=_instant(reaction.senderTimestampMS or event.Info.Timestamp),
        emoji=reaction.text,
        sender_alt=bare_jid(source.SenderAlt) or None,
        name=event.Info.Pushname,
    )


def _author(event: Any, key: Any) -> str:
    """Who wrote what a message is about; empty for the other one of two in a chat."""
    if key.fromMe:
        return bare_jid(event.Info.MessageSource.Sender)
    return str(key.participant)


def _phone(source: Any, timestamp: int) -> Iterator[PhoneHeard]:
    """The account's own device of number 0 is the phone; others are linked, as this one is."""
    if source.IsFromMe and not source.Sender.Device:
        yield PhoneHeard(_instant(timestamp))


def _incoming(event: Any) -> Iterator[News]:
    """What somebody wrote, edited or deleted, and what the phone's owner wrote by themselves."""
    source, message = event.Info.MessageSource, event.Message
    if message.HasField("protocolMessage"):
        yield from _about_another(source, message.protocolMessage, event.Info)
        return
    text, kind = text_in(message), _kind_of(message)
    if not (text or kind):
        return
    at, quotes = _instant(event.Info.Timestamp), _quoted_id(message)
    if source.IsFromMe:
        chat_alt = bare_jid(source.RecipientAlt) or None
        yield WroteOnPhone(bare_jid(source.Chat), at, chat_alt, quotes)
        return
    yield IncomingSeen(
        message_id=event.Info.ID,
        chat=bare_jid(source.Chat),
        sender=bare_jid(source.Sender),
        text=text,
        at=at,
        sender_alt=bare_jid(source.SenderAlt) or None,
        name=event.Info.Pushname,
        kind=kind or ReplyKind.TEXT,
        quotes=quotes,
    )


def _about_another(source: Any, said: Any, info: Any) -> Iterator[News]:
    """An edit, or a deletion for everyone, of a message of theirs."""
    if source.IsFromMe or not said.key.ID:
        return
    who = {
        "message_id": said.key.ID,
        "chat": bare_jid(source.Chat),
        "sender": bare_jid(source.Sender),
        "at": _instant(info.Timestamp),
        "sender_alt": bare_jid(source.SenderAlt) or None,
    }
    if said.type == _EDIT:
        yield IncomingEdited(text=text_in(said.editedMessage), **who)
    elif said.type == _REVOKE:
        yield IncomingDeleted(**who)


def _kind_of(message: api.Message) -> ReplyKind | None:
    """What a person sent instead of words, None for words alone and for what says nothing."""
    if message.HasField("audioMessage") and message.audioMessage.PTT:
        return ReplyKind.VOICE
    return next((kind for name, kind in _KINDS.items() if message.HasField(name)), None)


def _quoted_id(message: api.Message) -> str:
    """The id of the message that this one quotes; empty for none."""
    for field, part in message.ListFields():
        if field.message_type and "contextInfo" in field.message_type.fields_by_name:
            quoted: str = part.contextInfo.stanzaID
            return quoted
    return ""


def text_in(message: api.Message) -> str:
    """The words of a message: its text, or the caption of its picture, video or document."""
    return message.conversation or api.extract_text(message) or ""


def _groups_changed(_event: Any) -> Iterator[GroupsChanged]:
    yield GroupsChanged(datetime.now(UTC))


def _paired(event: Any) -> Iterator[Report]:
    if event.Status == _PAIRED:
        yield states.Paired(full_jid(event.ID))


def _one(make: Callable[[Any], Report]) -> Reader:
    def read(event: Any) -> Iterator[Report]:
        yield make(event)

    return read


def _instant(seconds: int) -> datetime:
    """WhatsApp's instant, unless it gave none; some events count milliseconds."""
    if seconds <= 0:
        return datetime.now(UTC)
    return datetime.fromtimestamp(seconds / 1000 if seconds > 10**11 else seconds, UTC)


EVENTS: dict[type[Any], Reader] = {
    api.ConnectedEv: _one(lambda _: states.LoggedIn()),
    api.DisconnectedEv: _one(lambda _: states.Disconnected()),
    api.StreamErrorEv: _one(lambda event: states.Disconnected(event.Code)),
    api.KeepAliveTimeoutEv: _one(lambda _: states.Silent()),
    api.KeepAliveRestoredEv: _one(lambda _: states.Heard()),
    api.OfflineSyncCompletedEv: _one(lambda _: states.AllTold()),
    api.LoggedOutEv: _one(lambda event: states.LoggedOut(_REASONS.get(event.Reason, ""))),
    api.StreamReplacedEv: _one(lambda _: states.Replaced()),
    api.TemporaryBanEv: _one(lambda event: states.Banned(_BANS.get(event.Code, ""), event.Expire)),
    api.ClientOutdatedEv: _one(lambda _: states.Outdated()),
    api.ConnectFailureEv: _one(
        lambda event: states.LoginFailed(_REASONS.get(event.Reason, ""), event.Message)
    ),
    api.PairStatusEv: _paired,
    api.JoinedGroupEv: _groups_changed,
    api.GroupInfoEv: _groups_changed,
    api.NewsletterJoinEv: _groups_changed,
    api.NewsletterLeaveEv: _groups_changed,
    api.ReceiptEv: _receipt,
    api.MessageEv: _message,
}
