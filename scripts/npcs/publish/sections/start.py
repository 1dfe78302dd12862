"""Ways in: for each role its tasks, with the minutes they take, and a guide of five minutes."""

from collections.abc import Iterator

from npcs.publish.guides import GUIDES, START, Guide, guide, pictures
from npcs.publish.page import Fact, Facts, Heading, Items, Page, Text
from npcs.publish.site import Site
from npcs.publish.text import Md, link, sentence

HERE = (("Start here", START),)


def pages(_: Site) -> Iterator[Page]:
    """The page that names all roles, and for each role its tasks and its guide."""
    ways = []
    for name in GUIDES:
        one = guide(name)
        ways.append(
            sentence(link(one.title, f"start/{name}"), f". {one.card} ",
                     link(f"Five-minute guide for {one.whom}", f"start/{name}/guide"))
        )  # fmt: skip
        yield _tasks(name, one)
        yield _guide(name, one)
    yield Page(
        START,
        "Start here",
        (
            Items(tuple(ways)),
            Heading("For everybody", "everybody"),
            Items(
                (
                    link("Find anything", "find/index"),
                    link("Propose a change", "about/propose"),
                    link("Subscribe and reuse", "about/reuse"),
                    link("What the labels mean", "about/index"),
                )
            ),
        ),
        lead="Choose what you are. Each page names what you can do here, how long it takes, and "
        "where.",
    )


def _tasks(name: str, one: Guide) -> Page:
    rows = tuple(
        Fact(link(task.do, task.page), (sentence(Md(f"**{task.minutes} min.** "), task.how),))
        for task in one.tasks
    )
    read = sentence("New here? ", link("Five-minute guide", f"start/{name}/guide"),
                    ", with pictures. The minutes below are rough.")  # fmt: skip
    return Page(
        f"start/{name}",
        one.title,
        (
            Text(read),
            Heading("What you can do here", "tasks"),
            Facts(rows),
        ),
        lead=one.lead,
        path=HERE,
        weight=0.8,  # who looks for an office wants those who hold it, and its own page, first
    )


def _guide(name: str, one: Guide) -> Page:
    return Page(
        f"start/{name}/guide",
        f"Five-minute guide for {one.whom}",
        (Text(one.text),),
        lead=Md("The pictures show a partnership that is made up."),
        path=(*HERE, (one.title, f"start/{name}")),
        files=pictures(one.text),
        weight=0.8,
    )
