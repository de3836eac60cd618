"""The rows of a linked device, as whatsmeow's sqlstore would have written them itself.

Source: whatsmeow's store/sqlstore: container.go (insertDeviceQuery), store.go (putIdentityQuery),
lidmap.go (putLIDMappingQuery), upgrades/00-latest-schema.sql; pair.go: handlePair says which.
The library has made the empty tables before; this file never creates or alters one.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from wasched.adapters.whatsapp.linking.device import NewDevice
from wasched.adapters.whatsapp.linking.errors import LinkEndedError
from wasched.adapters.whatsapp.linking.vouching import Paired
from wasched.adapters.whatsapp.protocol.jid import Jid
from wasched.domain.reasons import Code, Reason

KNOWN_VERSIONS = frozenset({15})
"""The versions of the tables that rows were written into and read back from."""

_COLUMNS = {
    "whatsmeow_device": frozenset(
        {
            "jid",
            "lid",
            "registration_id",
            "noise_key",
            "identity_key",
            "signed_pre_key",
            "signed_pre_key_id",
            "signed_pre_key_sig",
            "adv_key",
            "adv_details",
            "adv_account_sig",
            "adv_account_sig_key",
            "adv_device_sig",
            "platform",
            "business_name",
            "push_name",
        }
    ),
    "whatsmeow_identity_keys": frozenset({"our_jid", "their_id", "identity"}),
    "whatsmeow_lid_map": frozenset({"lid", "pn"}),
}


def check_tables(session: Path) -> None:
    """Raise LinkEndedError unless the tables are empty and of a version that is known."""
    try:
        with closing(sqlite3.connect(session)) as connection:
            (version,) = connection.execute("SELECT version FROM whatsmeow_version").fetchone()
            fits = all(_fits(connection, *one) for one in _COLUMNS.items())
            (linked,) = connection.execute("SELECT count(*) FROM whatsmeow_device").fetchone()
    except (sqlite3.Error, TypeError) as fault:
        raise LinkEndedError(Reason(Code.LINK_UNSUPPORTED)) from fault
    if version not in KNOWN_VERSIONS or not fits:
        raise LinkEndedError(Reason(Code.LINK_UNSUPPORTED))
    if linked:
        raise LinkEndedError(Reason(Code.LINKED_ALREADY))


def write_device(session: Path, device: NewDevice, paired: Paired) -> None:
    """Write the linked device, all of it or nothing, and so that it outlives a power cut."""
    row = _device_row(device, paired)
    columns, marks = ", ".join(row), ", ".join("?" * len(row))
    phone = Jid(paired.lid.user, paired.lid.server)
    with closing(_open(session)) as connection, connection:
        connection.execute(
            f"INSERT INTO whatsmeow_device ({columns}) VALUES ({marks})", tuple(row.values())
        )
        connection.execute(
            "INSERT INTO whatsmeow_identity_keys (our_jid, their_id, identity) VALUES (?, ?, ?)",
            (row["jid"], _signal_address(phone), paired.account_key),
        )
        pair = (paired.lid.user, paired.jid.user)  # may be there from an earlier link
        connection.execute("DELETE FROM whatsmeow_lid_map WHERE lid = ? OR pn = ?", pair)
        connection.execute("INSERT INTO whatsmeow_lid_map (lid, pn) VALUES (?, ?)", pair)


def erase_device(session: Path, paired: Paired) -> None:
    """Take the device out again: WhatsApp did not hear that it was kept."""
    with closing(_open(session)) as connection, connection:
        connection.execute("DELETE FROM whatsmeow_device WHERE jid = ?", (str(paired.jid),))


def _fits(connection: sqlite3.Connection, table: str, ours: frozenset[str]) -> bool:
    """True when a table has our columns, and none besides that has to be filled."""
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    names = {name for _, name, *_ in columns}
    needed = {name for _, name, _, not_null, default, _ in columns if not_null and default is None}
    return needed <= ours <= names


def _device_row(device: NewDevice, paired: Paired) -> dict[str, str | int | bytes]:
    return {
        "jid": str(paired.jid),
        "lid": str(paired.lid),
        "registration_id": device.registration_id,
        "noise_key": device.noise.private,
        "identity_key": device.identity.private,
        "signed_pre_key": device.signed_prekey.private,
        "signed_pre_key_id": device.signed_prekey_id,
        "signed_pre_key_sig": device.signature,
        "adv_key": device.adv_secret,
        "adv_details": paired.details,
        "adv_account_sig": paired.account_signature,
        "adv_account_sig_key": paired.account_key,
        "adv_device_sig": paired.device_signature,
        "platform": paired.platform,
        "business_name": paired.business_name,
        "push_name": "",  # it comes with the first login
    }


def _open(session: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(session, timeout=10)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _signal_address(jid: Jid) -> str:
    """JID.SignalAddress of whatsmeow: LIDs are told from numbers by "_1"."""
    return f"{jid.user}_1:{jid.device}" if jid.server == "lid" else f"{jid.user}:{jid.device}"
