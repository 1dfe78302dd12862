"""What a page is examined for, and in which views."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, NamedTuple

from accessibility.tabs import visit, watch

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
WIDE, NARROW = (1280, 800), (320, 640)
"""In CSS pixels. A page of 1280 at 400 % zoom is one of 320."""

VIEWS = ((WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark"))
COLOURS = ("color-contrast", "link-in-text-block")
"""What axe-core has to look at again where only the colours are others."""

_RUN = """given => { window.looked = axe.run(document, given).then(result => ({
  violations: result.violations, incomplete: result.incomplete.map(one => one.id) })) }"""
_SETTLED = """shade => new Promise(done => {
  const scheme = () => document.body.dataset.mdColorScheme;
  const look = tries => !scheme() || (scheme() === "slate") === (shade === "dark") || !tries
    ? done() : setTimeout(look, 20, tries - 1);
  look(100);
})"""
_PLAIN_GROUND = """document.querySelectorAll(".npcs-scroll").forEach(
  one => { one.style.backgroundImage = "none" })"""
"""Takes the shadows from tables that scroll, before which axe-core cannot tell contrasts."""

_SIZE = "[document.documentElement.scrollWidth, document.body.dataset.mdColorScheme]"
_WORDS = """(() => {
  const closed = [...document.querySelectorAll("details:not([open])")];
  for (const one of closed) one.open = true;
  const words = (document.querySelector("article") || document.body).innerText;
  for (const one of closed) one.open = false;
  return words;
})()"""
"""What there is to read, with what opens opened."""

_MOVING = """[...document.querySelectorAll("*")].some(one => {
  const { transitionDuration, animationName } = getComputedStyle(one);
  return animationName !== "none" || transitionDuration.split(",").some(it => parseFloat(it) > 0);
})"""


class Fault(NamedTuple):
    """What is wrong: on which page, in which view, and what."""

    address: str
    view: str
    rule: str
    what: str


@dataclass
class Examined:
    """What came of it: the pages, in how many views, and the faults."""

    axe: str
    pages: list[str] = field(default_factory=list)
    controls: int = 0
    faults: list[Fault] = field(default_factory=list)
    undecided: dict[str, int] = field(default_factory=dict)
    """On how many pages axe-core could not decide a rule by itself."""


def axe_core() -> str:
    """The source of axe-core, as the package that carries it has it."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def examine(
    browser: Any, base: str, addresses: Iterable[str], *, whole: bool = False, tabs: int = 3
) -> Examined:
    """Examine pages of the site at ``base``.

    All rules of axe-core are asked in light colours; in dark ones those on colours, and with
    ``whole`` all of them again.
    """
    source = axe_core()
    version = re.search(r"axe v([\d.]+)", source)
    done = Examined(version[1] if version else "unknown")
    context = browser.new_context(reduced_motion="reduce")
    outside, said = watch(context, base)
    focus = files("accessibility").joinpath("focus.js").read_text("utf-8")

    def look(page: Any, address: str) -> Iterator[None]:
        words: set[str] = set()
        undecided: set[str] = set()

        def fault(view: str, rule: str, what: str) -> None:
            done.faults.append(Fault(address, view, rule, what))

        page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.goto(base + address, wait_until="commit")
        yield
        page.wait_for_load_state()
        page.evaluate(source)
        page.evaluate(_PLAIN_GROUND)
        for (width, height), shade in VIEWS:
            view = f"{width} px, {shade}"
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=shade, reduced_motion="reduce")
            page.evaluate(_SETTLED, shade)
            wanted = (
                {"runOnly": {"type": "rule", "values": COLOURS}}
                if shade == "dark" and not whole
                else {"runOnly": {"type": "tag", "values": TAGS},
                      "rules": {"target-size": {"enabled": True}}}
            )  # fmt: skip
            page.evaluate(_RUN, {**wanted, "resultTypes": ["violations", "incomplete"]})
            yield
            result = page.evaluate("window.looked")
            for one in result["violations"]:
                for node in one["nodes"]:
                    fault(view, one["id"], f"{one['help']}: {' '.join(map(str, node['target']))}")
            if (width, height) == WIDE:  # in a narrow one, parts of a table are out of sight
                undecided |= {*result["incomplete"]}
            across, scheme = page.evaluate(_SIZE)
            if across > width:
                fault(view, "reflow", f"the page is {across} px wide")
            if scheme and (scheme == "slate") != (shade == "dark"):
                fault(view, "scheme", f"the colours are those of “{scheme}”")
            if shade == "light":
                page.keyboard.press("Tab")  # from here on the browser shows where the focus is
                found = page.evaluate(focus)
                done.controls += found["controls"]
                for one in found["faults"]:
                    fault(view, "focus", one)
                words.add("".join(page.evaluate(_WORDS).split()))
                yield
        if len(words) > 1:
            fault("320 px", "loss", "the text is not all there")
        if page.evaluate(_MOVING):
            fault("reduced motion", "motion", "something moves all the same")
        for rule in undecided:
            done.undecided[rule] = done.undecided.get(rule, 0) + 1
        done.pages.append(address)

    visit(context, addresses, look, tabs)
    context.close()
    done.faults += [Fault(one, "", "outside", "is asked of another host") for one in outside]
    for one in said:
        address, text = one.split(": ", 1)
        done.faults.append(Fault(address, "", "console", text))
    return done
