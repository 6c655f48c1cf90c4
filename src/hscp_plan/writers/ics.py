"""Writes a plan's events as a calendar that others subscribe to. The only module that loads
icalendar, which folds lines and orders what stands in them; the texts are escaped here."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import icalendar

from ..words import one_line, safe

if TYPE_CHECKING:
    from ..reports.events import Calendar, Event

MADE_BY = "-//hscp//hscp//EN"
A_DAY = timedelta(days=1)


def draw(calendar: Calendar) -> str:
    """The calendar, its lines folded at 75 octets and ended with CR LF."""
    made = icalendar.Calendar()
    made.add("version", "2.0")
    made.add("prodid", MADE_BY)
    # The standard's names, and what calendar programs read that are older than it.
    for name in ("name", "x-wr-calname"):
        made.add(name, _Text(one_line(calendar.name)))
    for name in ("description", "x-wr-caldesc"):
        made.add(name, _Text(one_line(calendar.about)))
    made.add("refresh-interval", A_DAY, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "P1D")
    for event in calendar.events:
        made.add_component(_event(event))
    written: bytes = made.to_ical()
    return written.decode()


def _event(event: Event) -> icalendar.Event:
    made = icalendar.Event()
    made.add("uid", event.id)
    made.add("dtstamp", datetime.combine(event.changed, time(), UTC))
    made.add("dtstart", event.day)
    made.add("dtend", event.day + A_DAY)
    made.add("summary", _Text(one_line(event.title)))
    made.add("description", _Text("\n".join(map(safe, event.about))))
    made.add("sequence", event.moves)
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    made.add("transp", "TRANSPARENT")
    return made


class _Text(icalendar.vText):
    r"""A text escaped as the standard says. icalendar itself takes the \N of C:\New for a line
    end, and escapes nothing in a property that it does not know."""

    def to_ical(self) -> bytes:
        """Its bytes as they stand in the calendar."""
        made = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return made.replace("\n", "\\n").encode("utf-8", "backslashreplace")
