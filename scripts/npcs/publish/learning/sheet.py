"""A curriculum as a table, one row for each question, for whoever sends them with a mail merge."""

from npcs.publish.learning.texts import Course
from npcs.publish.spreadsheet import as_csv


def sheet(course: Course) -> bytes:
    """The questions as CSV that spreadsheets open, one row for each.

    ``days`` gives the days of sending, counted from the first.
    """
    most = max(len(one.answers) for one in course.questions)
    letters = [one.letter for one in max(course.questions, key=_size).answers]
    days: dict[str, list[str]] = {}
    for sending in course.record.sendings:
        days.setdefault(sending.item.id, []).append(str(sending.day))
    names = ["id", "number", "days", "question"]
    names += [f"option_{letter.lower()}" for letter in letters]
    names += ["right"]
    names += [f"feedback_{letter.lower()}" for letter in letters]
    rows = []
    for one in course.questions:
        empty = [""] * (most - len(one.answers))
        texts = [it.text for it in one.answers]
        feedback = [it.feedback for it in one.answers]
        row = [one.id, str(one.number), " ".join(days[one.id]), one.stem, *texts, *empty]
        row += [one.right, *feedback, *empty, one.source]
        rows.append(row)
    return as_csv([*names, "source"], rows)


def _size(one: object) -> int:
    return len(getattr(one, "answers", ()))
