"""How to follow what happens here, and how to use what stands here again."""

from collections.abc import Iterator

from npcs.publish.addresses import DATA, PLACES, data_folder
from npcs.publish.api import kinds, schema_of
from npcs.publish.api.tables import TABLES
from npcs.publish.calendars import CALENDARS
from npcs.publish.feeds import FEEDS
from npcs.publish.licence import LICENCE
from npcs.publish.page import Block, Heading, Items, Page, Table, Text
from npcs.publish.site import Site
from npcs.publish.subscribing import HOW, offered
from npcs.publish.text import Md, capital, day, link, outside, plain, sentence

HERE = (("About", "about/index"),)
REUSE = HOW
PROGRAMS = f"{DATA}/index"


_TELLS = {
    "activity": "The activities of the work plan, their leads and goals",
    "agreement": "On what terms members share data",
    "bundle": "Care bundles, with whom each is for",
    "curriculum": "Spaced-education curricula, with their audience and objectives",
    "decision": "What was decided, when and how, with the count of votes",
    "definition": "What each term means, its version and its source",
    "group": "Subcommittees and workgroups",
    "instrument": "Instruments, their versions and licences",
    "measure": "Outcome measures: what is counted, and which way is better",
    "meeting": "When each body met, and what became of notices and minutes",
    "member": "The states and jurisdictions, by kind and size",
    "notice": "Safety notices: hazard, dates, state, answers in totals",
    "opportunity": "What could be made safer, and what came of it",
    "person": "People who take part, and their positions",
    "practice": "What was tried, what worked and what did not",
    "priority": "Aims that members improve on together",
    "recommendation": "What groups recommended, and when",
    "term": "Who served in which office, from when to when",
    "waiver": "What the committee accepted for a time",
}
"""What the table of a kind tells."""


def pages(site: Site) -> Iterator[Page]:
    """A page for people, and one for those who write programs."""
    yield Page(
        REUSE,
        "Subscribe and reuse",
        (*_follow(site), *_calendars(site), *_tables(site), *_cite(site)),
        lead="Get the news as it happens, put the dates into your own calendar, and take the lists "
        "into a spreadsheet. No account is needed, and nobody is told that you do.",
        path=HERE,
    )
    yield Page(
        PROGRAMS,
        "Data for programs",
        tuple(_programs()),
        lead=sentence("Every public record as JSON, with a schema for each form. For tables, feeds "
                      "and calendars see ", link("subscribe and reuse", REUSE), "."),
        path=(*HERE, ("Subscribe and reuse", REUSE)),
    )  # fmt: skip


COPY = (
    "“Copy address” copies the whole address. Where you see no such button, right-click the link "
)
COPY += "and choose “Copy link address”; on a phone, press and hold it."


def _offered(site: Site, words: str, address: str) -> Md:
    """A link to a file, and its whole address where that is known."""
    shown = offered(words, address)
    base = site.settings.address
    return sentence(shown, ": ", Md(f"`{base}{address}`")) if base else shown


def _follow(site: Site) -> Iterator[Block]:
    yield Heading("Get the news", "news")
    yield Text(
        Md(
            "A feed brings each new item to a feed reader. Many mail programs and browsers can "
            "read feeds as well. Choose what you want to hear of."
        )
    )
    yield Table(
        ("News of", "What it brings", "Feed"),
        tuple(
            (
                name,
                said,
                sentence(
                    _offered(site, "Atom", f"{address}.xml"),
                    " ",
                    link("JSON", f"{address}.json"),
                ),
            )
            for address, (name, said) in FEEDS.items()
        ),
        stacks=True,
    )
    yield Items(
        (
            Md(f"{COPY} Paste it where your reader asks for the address of a feed. Take Atom if "
               "you do not know which."),
            Md("Classic Outlook for Windows: right-click “RSS Feeds” in the list of folders, "
               "choose “Add a New RSS Feed”, and paste the address. The new Outlook for Windows "
               "and Outlook on the web read no feeds: take a feed reader, or the calendars below."),
            Md("A feed holds everything of this year and of the last 90 days, so nothing is lost "
               "if you look in now and then. Older news stands in one file for each year, which "
               "the feed names."),
        )
    )  # fmt: skip


def _calendars(site: Site) -> Iterator[Block]:
    yield Heading("Put the dates into your calendar", "calendars")
    yield Text(
        Md(
            "Subscribe, and new dates appear by themselves; what is cancelled is marked so. If you "
            "import the file instead, you get the dates of today only."
        )
    )
    yield Table(
        ("Calendar", "What is in it", "Address"),
        tuple(
            (name, said, _offered(site, "iCalendar", address))
            for address, (name, said) in CALENDARS.items()
        ),
        stacks=True,
    )
    yield Items(
        (
            Md(COPY),
            Md("New Outlook for Windows, and Outlook on the web: open the calendar, choose “Add "
               "calendar”, then “Subscribe from web”. Paste the address there and give it a name."),
            Md("Classic Outlook for Windows: open the calendar, choose “Add Calendar”, then “From "
               "Internet”, and paste the address."),
            Md("Google Calendar: beside “Other calendars” choose the plus sign, then “From URL”, "
               "and paste the address. Google looks for changes about once a day."),
            Md("Apple Calendar: choose “File”, then “New Calendar Subscription”, and paste the "
               "address."),
            Md("All dates are whole days. A meeting has no hour here: the notice that the "
               "coordinator sends has it."),
        )
    )  # fmt: skip


def _rows(count: int) -> str:
    return f"{count:,}" if count else "none yet"


def _tables(site: Site) -> Iterator[Block]:
    yield Heading("Open the lists in a spreadsheet", "tables")
    yield Text(
        Md(
            "Each table opens in Excel, LibreOffice or Google Sheets with a click. Days are "
            "written year-month-day, so that they sort. Lists within a cell are separated by "
            "semicolons."
        )
    )
    rows = [
        (
            link(capital(one.plural), f"{data_folder(one.name)}.csv"),
            _TELLS[one.name],
            _rows(len(site.hub.by_kind[one.name])),
        )
        for one in kinds()
        if "{id}" in PLACES.get(one.name, "")
    ]
    rows += [
        (
            link(capital(name), f"{DATA}/{name}.csv"),
            one.about,
            _rows(sum(1 for _ in one.rows(site))),
        )
        for name, one in TABLES.items()
    ]
    yield Table(("Table (CSV)", "What it tells", "Rows"), tuple(rows), stacks=True)
    yield Text(
        sentence(
            "Figures of each outcome measure stand on the page of the measure, under ",
            link("work plan", "workplan/index"), ". The glossary and the templates of the core "
            "data set are under ", link("definitions", "definitions/index"), ".",
        )
    )  # fmt: skip


def _cite(site: Site) -> Iterator[Block]:
    yield Heading("Use it and cite it", "licence")
    yield Text(
        sentence(
            "You may copy, change and share all content of this site, also for money, under ",
            outside(f"Creative Commons Attribution 4.0 ({LICENCE.name})", LICENCE.address),
            ". Say where it is from, link to the page, and say what you changed. What is quoted "
            "from others keeps the terms of its source.",
        )
    )
    yield Text(
        sentence(
            f"To cite a page, name {site.settings.name}, the title, the number if it has one, the "
            "day on which it was last changed, and its address. Addresses stay valid. For example: "
            f"{site.settings.name}, “Subscribe and reuse”, as of ", day(site.as_of), ". Citation "
            "managers such as Zotero read these from the page of a record.",
        )
    )  # fmt: skip
    yield Text(
        sentence(
            "What no page shows is in no file either: an answer to a safety notice, for one, "
            "stands in totals only until the member has agreed to be named. If you write "
            "programs, read on under ", link("data for programs", PROGRAMS), ".",
        )
    )  # fmt: skip


def _programs() -> Iterator[Block]:
    yield Text(
        sentence(
            "Begin with ", link("index.json", f"{DATA}/index.json"), ": it names everything below "
            "with its count and schema, the day it holds for, and the licence. Addresses in the "
            "data are given from the top of the site.",
        )
    )  # fmt: skip
    yield Heading("Records", "records")
    yield Table(
        ("Kind", "List", "One record", "Schema", "Table"),
        tuple(
            (
                capital(one.plural),
                link("JSON", f"{data_folder(one.name)}.json"),
                Md(f"`{data_folder(one.name)}/ID.json`"),
                link("Schema", schema_of(one.name)),
                link("CSV", f"{data_folder(one.name)}.csv"),
            )
            for one in kinds()
        ),
    )
    yield Heading("Tables across records", "tables")
    yield Table(
        ("Table", "What it tells", "JSON", "Schema", "CSV"),
        tuple(
            (
                capital(name),
                plain(one.about),
                link("JSON", f"{DATA}/{name}.json"),
                link("Schema of a row", schema_of(name)),
                link("CSV", f"{DATA}/{name}.csv"),
            )
            for name, one in TABLES.items()
        ),
    )
    yield Heading("What you can rely on", "stable")
    yield Items(
        (
            sentence("Below ", Md(f"`{DATA}/`"), " fields may be added. None is taken away, none "
                     "changes its type: that would be another version, beside this one. A test "
                     "holds every change of the site to that."),
            Md("Ids and addresses stay. What has moved is still found at its old address."),
            sentence(Md("`record`"), " holds the fields as they stand in the file, ",
                     Md("`facts`"), " what follows from them by the rules, ", Md("`text`"),
                     " the prose in Markdown."),
            sentence(Md("`labels`"), " are words for people and may be reworded. Programs take ",
                     Md("`facts`"), "."),
            Md("A field without a value is left out. Text may hold characters that mean something "
               "in HTML: escape it before you show it."),
            Md("The files change when a record does. The same commit gives the same bytes; ask "
               "with If-None-Match or If-Modified-Since."),
        )
    )  # fmt: skip
