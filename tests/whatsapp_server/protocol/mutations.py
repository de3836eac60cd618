"""The records of app state: what the phone and the linked devices agree on, one by one."""

from __future__ import annotations

from dataclasses import dataclass

from wasched.adapters.whatsapp.protocol.jid import Jid

from .protobufs import sync_action

Index = tuple[str, ...]


class AppStateError(Exception):
    """A patch does not follow from the state before it, or was not made with the account's key."""


@dataclass(frozen=True)
class Mutation:
    """One record to set or to remove: its index, such as ("contact", jid), and its value."""

    index: Index
    value: sync_action.SyncActionValue
    remove: bool = False


def contact(
    jid: Jid, full_name: str, first_name: str | None = None, lid: Jid | None = None
) -> Mutation:
    """A name in the phone's address book (collection critical_unblock_low)."""
    value = sync_action.SyncActionValue()
    value.contactAction.fullName = full_name
    value.contactAction.firstName = first_name or full_name.partition(" ")[0]
    if lid:
        value.contactAction.lidJID = str(lid)
    return Mutation(("contact", str(jid)), value)


def push_name(name: str) -> Mutation:
    """The name the account shows to others (collection critical_block)."""
    value = sync_action.SyncActionValue()
    value.pushNameSetting.name = name
    return Mutation(("setting_pushName",), value)
