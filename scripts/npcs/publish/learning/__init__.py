"""What a curriculum is handed out as: a deck for Anki, a table, a calendar of the sending days.

Each is the same bytes for the same commit. Texts come ready from ``texts``, so that no file holds
more markup than the page does.
"""

from npcs.publish.learning.calendar import calendar
from npcs.publish.learning.deck import deck
from npcs.publish.learning.sheet import sheet
from npcs.publish.learning.texts import Course, course

__all__ = ["Course", "calendar", "course", "deck", "sheet"]
