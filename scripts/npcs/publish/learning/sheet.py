"""A curriculum as a table, one row for each question, for whoever sends them with a mail merge."""

import csv
import io

from npcs.publish.learning.texts import Course

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sheet(course: Course) -> bytes:
    """The questions as CSV that spreadsheets open: UTF-8 with its mark, one row for each.

    ``days`` gives the days of sending, counted from the first. A text that a spreadsheet would
    take for a formula gets an apostrophe in front.
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
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*names, "source"])
    for one in course.questions:
        empty = [""] * (most - len(one.answers))
        texts = [it.text for it in one.answers]
        feedback = [it.feedback for it in one.answers]
        row = [one.id, str(one.number), " ".join(days[one.id]), one.stem, *texts, *empty]
        row += [one.right, *feedback, *empty, one.source]
        writer.writerow([_plain(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _size(one: object) -> int:
    return len(getattr(one, "answers", ()))


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
