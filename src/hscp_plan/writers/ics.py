"""Writes a plan's events as a calendar that others subscribe to: RFC 5545, with what calendar
programs read that are older than its names."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ..words import one_line, safe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..reports.events import Calendar, Event

MADE_BY = "-//hscp//hscp//EN"
MOST = 75
"""How many octets a line holds; the rest follows on lines that begin with a blank."""
A_DAY = timedelta(days=1)


def pieces(calendar: Calendar) -> Iterator[str]:
    """The calendar, piece by piece: its lines folded at 75 octets and ended with CR LF."""
    return (f"{_fold(line)}\r\n" for line in _lines(calendar))


def _lines(calendar: Calendar) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:{MADE_BY}"
    for name in ("DESCRIPTION", "X-WR-CALDESC"):
        yield f"{name}:{_text(one_line(calendar.about))}"
    for name in ("NAME", "X-WR-CALNAME"):
        yield f"{name}:{_text(one_line(calendar.name))}"
    yield "REFRESH-INTERVAL;VALUE=DURATION:P1D"
    yield "X-PUBLISHED-TTL:P1D"
    for event in calendar.events:
        yield from _event(event)
    yield "END:VCALENDAR"


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"SUMMARY:{_text(one_line(event.title))}"
    yield f"DTSTART;VALUE=DATE:{_day(event.day)}"
    yield f"DTEND;VALUE=DATE:{_day(event.day + A_DAY)}"
    yield f"DTSTAMP:{_day(event.changed)}T000000Z"
    yield f"UID:{_text(event.id)}"
    yield f"SEQUENCE:{event.moves}"
    about = "\n".join(map(safe, event.about))
    yield f"DESCRIPTION:{_text(about)}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _text(text: str) -> str:
    """A text escaped as the standard says."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def _fold(line: str) -> str:
    data = line.encode("utf-8", "backslashreplace")
    if len(data) <= MOST:
        return data.decode()
    parts, at, room = [], 0, MOST
    while at < len(data):
        end = at + room
        # No character is parted.
        while end < len(data) and data[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(data[at:end].decode())
        at, room = end, MOST - 1
    return "\r\n ".join(parts)
