"""What the command palette offers: what one does, where one goes, and what has the name."""

from wasched.services.address_book.lists import ListCard
from wasched.services.messages.find_anything import Found
from wasched.services.permissions import ALL, Action
from wasched.ui.frame import palette_text
from wasched.ui.frame.stopping import STOPS, stop_everything

CHOIR = Found(lists=(ListCard(4, "Whole choir", 12),))


def test_without_words_it_offers_all_deeds_and_pages() -> None:
    offered = palette_text.palette_hits("", Found())

    assert offered[0].name == "New message"
    assert {one.kind for one in offered} == {"deed", "page"}
    assert len({one.key for one in offered}) == len(offered)


def test_a_page_is_found_by_its_name_and_by_what_it_is_for() -> None:
    assert [one.href for one in palette_text.palette_hits("temPL", Found())] == ["/templates"]
    assert [one.name for one in palette_text.palette_hits("zone password", Found())] == ["Settings"]


def test_everything_can_be_stopped_where_something_goes_out() -> None:
    assert [one.name for one in palette_text.palette_hits("stop", Found())] == ["Stop everything"]
    assert palette_text.palette_hits("stop", Found(), ALL - {Action.STOP}) == []
    assert f"data-{palette_text.STOP[1:]}" == STOPS  # which presses this button
    assert STOPS in str(stop_everything("item").render())


def test_what_has_the_name_leads_to_its_page_and_is_counted() -> None:
    [choir] = palette_text.palette_hits("whole", CHOIR)

    assert (choir.name, choir.about, choir.href) == (
        "Whole choir",
        "List of 12 people",
        "/lists/4",
    )
    assert palette_text.palette_said("whole", 1) == "1 found"
    assert palette_text.palette_said(" xyz ", 0) == "Nothing is called “xyz”."
