"""SVG as text: elements whose content is escaped, and numbers without a float among them."""

from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from html import escape
from importlib.resources import files

Number = Fraction | int


def number(value: Number) -> str:
    """A length to a tenth of a unit, as short as it can be written."""
    tenths = round(value * 10)
    whole, rest = divmod(abs(tenths), 10)
    return f"{'-' * (tenths < 0)}{whole}{f'.{rest}' if rest else ''}"


def element(name: str, *inside: str, **attributes: str | Number) -> str:
    """An element: what is inside must be SVG already; attributes are escaped.

    A name of Python's own takes an underscore behind it, a hyphen is written as one within:
    ``class_``, ``text_anchor``.
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="'
        f'{escape(value) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{told}>{''.join(inside)}</{name}>" if inside else f"<{name}{told}/>"


def text(
    words: str, x: Number, y: Number, anchor: str = "start", class_: str = "", title: str = ""
) -> str:
    """A line of text at a place; ``title`` is told when the pointer rests on it."""
    more = {"class_": class_} if class_ else {}
    inside = escape(words, quote=False) + (element("title", escape(title)) if title else "")
    return element("text", inside, x=x, y=y, text_anchor=anchor, **more)


def line(x1: Number, y1: Number, x2: Number, y2: Number, class_: str) -> str:
    """A straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def path(points: Iterable[tuple[Number, Number]], class_: str, closed: bool = False) -> str:
    """A line through points; where ``closed`` it comes back to the first."""
    through = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return element("path", d=f"M{through}{'Z' if closed else ''}", class_=class_)


def picture(key: str, title: str, told: str, width: Number, height: Number, body: str) -> bytes:
    """A whole picture with its title and what it shows in words, as a file that needs no other.

    ``key`` makes its ids its own among all on a page.
    """
    names = f"{key}-title", f"{key}-desc"
    whole = element(
        "svg",
        "\n",
        element("title", escape(title, quote=False), id=names[0]),
        "\n",
        element("desc", escape(told, quote=False), id=names[1]),
        f"\n<style>{_alone()}</style>\n",
        body,
        "\n",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        class_="npcs-chart",
        role="img",
        aria_labelledby=" ".join(names),
    )
    return f"{whole}\n".encode()


@cache
def _alone() -> str:
    """The style of a picture that stands by itself."""
    return f"{_ALONE}{style()}"


@cache
def style() -> str:
    """The style of all pictures, in a page or alone."""
    return files("npcs.publish.charts").joinpath("charts.css").read_text("utf-8")


_ALONE = """
:root { color: #1b1f20; background: #fff; font-family: sans-serif; }
@media (prefers-color-scheme: dark) { :root { color: #e6eced; background: #1e2529; } }
"""
