"""What a list says while nothing is in it: what will come, who can start it, and how."""

from npcs.publish.page import Text
from npcs.publish.site import Site
from npcs.publish.text import Md, link, sentence
from npcs.publish.told import TOLD

ONE_ONLY = ("charter", "parameters", "coverage", "data-package")
"""Kinds of which there is one record: it is changed, and no second one is added."""


def nothing_yet(site: Site, kind: str, text: str, start: str = "") -> Text:
    """In the place of a list of records of a kind; ``text`` says what will stand there.

    ``start`` says who can start it, where that is not so for all of the kind.
    """
    how = "How to propose it" if kind in ONE_ONLY else "How to add one"
    place = "about/propose" if kind in ONE_ONLY else f"about/propose#add-{kind}"
    first = site.text(start or TOLD[kind].start)
    said = sentence(site.text(text), " ", first, " ", link(how, place), ".")
    return Text(Md(f"{said}\n{{: .npcs-empty }}"))
