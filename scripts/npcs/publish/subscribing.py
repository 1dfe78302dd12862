"""How a list is followed: a line with its feed or calendar, and the script that copies addresses.

Staged, a file to subscribe to is a link like any other. Where scripts run, a button beside it
copies its whole address, which feed readers and calendars ask for.
"""

from npcs.publish.page import Text
from npcs.publish.text import Md, joined, link, sentence

SCRIPT = "assets/copy.js"
"""The site's own script that puts the buttons there."""

HOW = "about/reuse"
"""The page that says how to subscribe."""

_MARK = 'class="npcs-copy"'


def offered(words: str, address: str) -> Md:
    """A link to a file to subscribe to."""
    return Md(f"{link(words, address)}{{ .npcs-copy }}")


def subscribe(*ways: tuple[str, str]) -> Text:
    """A line above a list that leads to its feed or calendar, each as words and address."""
    shown = joined(offered(words, address) for words, address in ways)
    line = joined((sentence("Follow: ", shown), link("How to subscribe", HOW)), " · ")
    return Text(Md(f"{line}\n{{: .npcs-follow }}"))


def copying(html: str, name: str) -> str:
    """The page with the script, where it has an address to copy."""
    if _MARK not in html:
        return html
    way = "../" * name.count("/") + SCRIPT
    return html.replace("</head>", f'<script src="{way}" defer></script></head>', 1)
