"""The days on which the questions of a curriculum go out, for any calendar (RFC 5545)."""

from datetime import UTC, date, datetime, timedelta

from npcs.publish.learning.texts import Course, Question


def calendar(course: Course, starts: date) -> bytes:
    """A whole-day event for each sending, from the day on which the first goes out.

    An event keeps its name when the curriculum changes, so a calendar that reads the file again
    moves it instead of adding another.
    """
    from icalendar import Calendar, Event

    moment = datetime.fromtimestamp(course.changed, UTC)
    questions = {one.id: one for one in course.questions}
    out = Calendar()
    out.add("prodid", "-//NPCS hub//Spaced education//EN")
    out.add("version", "2.0")
    out.add("method", "PUBLISH")
    out.add("x-wr-calname", course.title)
    for sending in course.record.sendings:
        question = questions[sending.item.id]
        day = starts + timedelta(days=sending.day)
        event = Event()
        event.add("uid", f"{course.id}.{question.id}.{sending.time}@curricula.npcs")
        event.add("dtstamp", moment)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        again = f", time {sending.time}" if sending.time > 1 else ""
        event.add("summary", f"{course.title}: question {sending.number}{again}")
        event.add("description", _as_asked(question))
        event.add("transp", "TRANSPARENT")
        out.add_component(event)
    written: bytes = out.to_ical()
    return written


def _as_asked(question: Question) -> str:
    options = [f"{one.letter}. {one.text}" for one in question.answers]
    return "\n".join([question.stem, *options])
