"""Fields say what is wrong with them, also to who hears the page."""

from pathlib import Path

import wasched.ui


def test_a_field_of_several_lines_is_marked_where_its_words_were_refused() -> None:
    sources = Path(wasched.ui.__file__).parent.rglob("*.py")
    areas = {one.name: one.read_text() for one in sources if "rx.el.textarea(" in one.read_text()}

    assert set(areas) == {
        "forms.py",
        "nudge.py",
        "words.py",
    }  # the others take theirs from forms.py
    assert all('"aria-invalid"' in source for source in areas.values())
