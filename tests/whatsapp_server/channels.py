"""Channels: listed for those who follow them, posted to by those who run them, and read back.

What is posted to a channel is not encrypted. Lists are asked for by GraphQL (xmlns "w:mex"), posts
by <iq xmlns="newsletter">; whatsmeow's newsletter.go has both.
"""

from __future__ import annotations

import json
from typing import Any

from wasched.adapters.whatsapp.protocol.jid import Jid
from wasched.adapters.whatsapp.protocol.node import Node

from .connection import Connection
from .delivery import Delivery
from .stanzas import IqError, now
from .world import Channel, Person, Post, World

_SUBSCRIBED = "6388546374527196"  # the query "xwa2_newsletter_subscribed"
_MAY_POST = ("owner", "admin")
_REVOKED = "8"  # the stanza's attribute `edit` (whatsmeow's types/message.go)


class Channels:
    """Answers questions about channels, and takes what is posted to them."""

    def __init__(self, world: World, delivery: Delivery) -> None:
        self._world, self._delivery = world, delivery

    async def query(self, connection: Connection, iq: Node) -> list[Node]:
        """Answer a question of GraphQL: which channels somebody follows."""
        query = iq.child("query")
        if query is None or query.get("query_id") != _SUBSCRIBED:
            raise IqError(501, "feature-not-implemented")
        assert connection.person
        found = [
            _described(channel, connection.person)
            for channel in self._world.channels.values()
            if connection.person.phone in channel.roles
        ]
        answer = {"data": {"xwa2_newsletter_subscribed": found}}
        return [Node("result", {}, json.dumps(answer).encode())]

    async def messages(self, connection: Connection, iq: Node) -> list[Node]:
        """The last posts of a channel, with how many have viewed each."""
        asked = iq.child("messages")
        channel = self._channel(asked.jid("jid") if asked else None)
        count = int(asked.get("count") or 0) if asked else 0
        posts = [_post_node(one) for one in channel.posts[-count:]]
        return [Node("messages", {"jid": channel.jid}, posts)]

    async def post(self, sender: Person, message: Node) -> int:
        """Take a post and show it to all who follow; its number. IqError for who may not."""
        channel, body = self._channel(message.jid("to")), message.child("plaintext")
        if channel.roles.get(sender.phone) not in _MAY_POST:
            raise IqError(403, "forbidden")
        id = message.get("id")
        if message.get("edit") == _REVOKED:
            channel.posts = [one for one in channel.posts if one.id != id]
            return 0
        number = 1 + max((one.server_id for one in channel.posts), default=99)
        made = Post(number, id, message.get("type"), now(), body.bytes if body else b"")
        channel.posts.append(made)
        await self._show(channel, made)
        return number

    async def viewed(self, viewer: Person, receipt: Node) -> None:
        """Count who has viewed posts, each once."""
        channel, items = self._channel(receipt.jid("to")), receipt.child("list")
        seen = {one.get("server_id") for one in items.children} if items else set()
        for post in channel.posts:
            if str(post.server_id) in seen:
                post.viewers.add(viewer.phone)

    async def _show(self, channel: Channel, post: Post) -> None:
        for phone in channel.roles:
            node = _post_node(post)
            node.attrs["from"] = channel.jid
            await self._delivery.to_linked(self._world.person(phone), node)

    def _channel(self, jid: Jid | None) -> Channel:
        channel = self._world.channels.get(jid.user) if jid else None
        if channel is None:
            raise IqError(404, "item-not-found")
        return channel


def _post_node(post: Post) -> Node:
    attrs = {"id": post.id, "server_id": str(post.server_id), "type": post.type, "t": str(post.at)}
    views = Node("views_count", {"count": str(len(post.viewers))})
    return Node("message", {**attrs}, [Node("plaintext", {}, post.plaintext), views])


def _described(channel: Channel, reader: Person) -> dict[str, Any]:
    """A channel as whatsmeow's NewsletterMetadata reads it."""
    text = {"text": channel.name, "id": "1", "update_time": "1700000000000000"}
    thread = {
        "creation_time": "1700000000",
        "invite": "sim",
        "name": text,
        "description": text | {"text": ""},
        "subscribers_count": str(len(channel.roles)),
        "verification": "UNVERIFIED",
        "preview": {"id": "1", "type": "PREVIEW", "direct_path": "/sim"},
        "settings": {"reaction_codes": {"value": "all"}},
    }
    return {
        "id": str(channel.jid),
        "state": {"type": "ACTIVE"},
        "thread_metadata": thread,
        "viewer_metadata": {"mute": "OFF", "role": channel.roles[reader.phone].upper()},
    }
