"""The charter as pages to print: an accessible, tagged PDF that says what it is on every page."""

from npcs.publish.pdf.about import MARKS, About, about
from npcs.publish.pdf.elements import CannotSet
from npcs.publish.pdf.setting import Paper, charter_pdf

__all__ = ["MARKS", "About", "CannotSet", "Paper", "about", "charter_pdf"]
