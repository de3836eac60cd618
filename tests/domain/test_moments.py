# ruff: noqa: RUF001 - patterns are written in other scripts as well
"""Dates and times in texts, in the patterns that people know from other programs."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wasched.domain.moments import layout_fault, read_layout
from wasched.domain.templates import parse_template

AT = datetime(2026, 3, 5, 9, 0, 4)
EVENING = datetime(2026, 12, 31, 21, 30)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # Unicode (Java), .NET
        ("{date:dd.MM.yyyy}", "05.03.2026"),
        ("{date:d.M.yy}", "5.3.26"),
        ("{date:EEEE, d MMMM yyyy}", "Thursday, 5 March 2026"),
        ("{date:EEE d MMM}", "Thu 5 Mar"),
        ("{date:yyyy-MM-dd'T'HH:mm:ss}", "2026-03-05T09:00:04"),
        ("{date:d 'de' MMMM}", "5 de March"),
        ("{time:hh 'o''clock'}", "09 o'clock"),
        ("{time:h:mm tt}", "9:00 AM"),
        # moment, Day.js
        ("{date:D MMM YYYY}", "5 Mar 2026"),
        ("{date:dddd}", "Thursday"),
        ("{date:ddd, D MMM}", "Thu, 5 Mar"),
        ("{date:dddd, MMMM Do YYYY}", "Thursday, March 5th 2026"),
        ("{date:D [of] MMMM}", "5 of March"),
        ("{date:YYYYMMDD}", "20260305"),
        ("{time:hh:mm A}", "09:00 AM"),
        ("{time:h:mma}", "9:00am"),
        ("{time:HH[h]mm}", "09h00"),
        ("{time:HH:mm:ss}", "09:00:04"),
        # strftime
        ("{date:%d.%m.%Y}", "05.03.2026"),
        ("{date:%A, %-d %B %Y}", "Thursday, 5 March 2026"),
        ("{date:%a %e de %b '%y}", "Thu 5 de Mar '26"),
        ("{date:%F} {date:%D}", "2026-03-05 03/05/26"),
        ("{time:%H:%M} {time:%I:%M %p}", "09:00 09:00 AM"),
        ("{time:%-I%P 100%%}", "9am 100%"),
        # spreadsheets, and capitals that nobody minded
        ("{date:dd/mm/yyyy}", "05/03/2026"),
        ("{date:mm/dd/yyyy hh:mm}", "03/05/2026 09:00"),
        ("{date:d mmm yyyy}", "5 Mar 2026"),
        ("{date:mmmm}", "March"),
        ("{date:mm}", "03"),
        ("{time:HH:MM:SS}", "09:00:04"),
        ("{date:DD.MM.YYYY HH:MM}", "05.03.2026 09:00"),
        ("{time:h:mm AM/PM}", "9:00 AM"),
        ("{time:h:mm am/pm}", "9:00 am"),
        ("{Date:Dd.Mm.Yyyy}", "05.03.2026"),
        ("{Time:Hh:mm}", "09:00"),
        ("{time:mm} {time:mm:ss}", "00 00:04"),
        # what stands between
        ("{date:YYYY年MM月DD日}", "2026年03月05日"),
        ("{date:D. MMMM}", "5. March"),
    ],
)
def test_a_pattern_is_understood(text: str, said: str) -> None:
    pattern = parse_template(text)

    assert pattern.render({}, AT) == said
    assert pattern.faults() == ()


def test_an_evening_is_pm() -> None:
    assert parse_template("{time:h:mm a} {time:hh A} {time:%I %p}").render({}, EVENING) == (
        "9:30 pm 09 PM 09 PM"
    )


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("{date:TT.MM.JJJJ}", "TT, JJJJ"),
        ("{date:JJ/MM/AAAA}", "JJ, AAAA"),
        ("{date:ДД.ММ.ГГГГ}", "ДД, ММ, ГГГГ"),
        ("{date:DD.MM.ÅÅÅÅ}", "ÅÅÅÅ"),
        ("{date:D de MMMM}", "de"),
        ("{date:DDDD}", "DDDD"),
        ("{date:LLLL}", "LLLL"),
        ("{date:Q}", "Q"),
        ("{date:w}", "w"),
        ("{date:short}", "short"),
        ("{date:l, jS F Y}", "l, jS, F"),
        ("{date:%j}", "%j"),
        ("{time:HH:mm z}", "z"),
        ("{time:HH:mm Uhr}", "Uhr"),
        ("{time:LT}", "LT"),
        ("{time:H:i}", "i"),
    ],
)
def test_what_is_not_understood_is_told_with_what_to_write(text: str, wrong: str) -> None:
    (fault,) = parse_template(text).faults()

    assert fault.startswith(f"In {text} this stands for no part of a ")
    assert f": {wrong}. Write " in fault


@pytest.mark.parametrize(
    "text", ["{date:02.01.2006}", "{time:15.04}", "{date:[today]}", "{date:年}"]
)
def test_a_pattern_without_anything_of_the_moment_is_told(text: str) -> None:
    (fault,) = parse_template(text).faults()

    assert fault.startswith(f"{text} says nothing of the ")


@given(
    st.text(alphabet="YyMmDdHhsaAEo%[]' .:/-é年", max_size=40), st.sampled_from(("date", "time"))
)
def test_any_pattern_is_read(layout: str, kind: str) -> None:
    read_layout(layout, kind).write(AT)
    layout_fault(layout, layout, kind)
