"""Channels: who follows them is shown what is posted, and whoever runs them posts."""

from __future__ import annotations

import pytest

from tests.whatsapp_server.driven import DrivenError

from .conftest import ALICE, BOB, CAROL

pytestmark = pytest.mark.torture


def test_a_post_is_shown_to_who_follows_and_its_views_are_counted(world, alice, client):
    news = world.add_channel(name="News", roles={ALICE: "owner", BOB: "subscriber"})
    bob = client().link(BOB)
    assert alice.do("channels") == bob.do("channels") == {news: "News"}

    id = alice.send(news, {"conversation": "open until six"})

    seen = bob.wait("Message", id=id)
    assert (seen["text"], seen["chat"]) == ("open until six", news)
    [post] = bob.do("channel_posts", jid=news)
    bob.do("view", jid=news, server_id=post["server_id"])
    assert alice.do("channel_posts", jid=news) == [post | {"views": 1}]
    assert world.channel_posts(channel=news) == [{"id": id, "text": "open until six", "views": 1}]


def test_who_only_follows_a_channel_posts_nothing(world, alice):
    theirs = world.add_channel(name="Theirs", roles={CAROL: "owner", ALICE: "subscriber"})

    with pytest.raises(DrivenError, match="server returned error 403"):
        alice.send(theirs, {"conversation": "me too"})

    assert world.channel_posts(channel=theirs) == []
