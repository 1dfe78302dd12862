"""The charter: its text with an anchor for each provision, and how its silences are read."""

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache

from npcs.governance import parameters
from npcs.publish import readings
from npcs.publish.addresses import reading_anchor
from npcs.publish.page import Block, Callout, Heading, Page, Table, Text
from npcs.publish.sections.decisions import state as decided_state
from npcs.publish.site import Site
from npcs.publish.text import Md, chip, day, joined, link, number, sentence
from npcs.records.charter import Charter, Decision, Parameter, Parameters

_PROVISION = re.compile(
    r"^\*\*\[([A-Z]{3}-\d+)\]\(hub:charter/index#([a-z]{3}-\d+)\)\*\*", re.MULTILINE
)
_PARAGRAPH = re.compile(
    r"^\*\*([A-Z]{3}-\d+)\*\*\s+(.*?)\s*\{:?\s*#[a-z]{3}-\d+\s*\}", re.MULTILINE | re.DOTALL
)

ADOPTED_BY_NOBODY = "proposed, not approved"


def pages(site: Site) -> Iterator[Page]:
    """The charter and its readings; each says so where there is none."""
    yield _text(site)
    yield _readings(site)


# The text


def _text(site: Site) -> Page:
    charter = site.hub.get(Charter, "charter")
    if charter is None:
        return Page(
            "charter/index",
            "Charter",
            (site.empty("The text of the charter will stand here, provision by provision."),),
        )
    adopted = adopting(site, charter)
    if adopted:
        chips = [chip("approved", "good")]
        remark = sentence(
            "Approved by ", site.to(adopted, f"{adopted.key} {adopted.title}"),
            " on ", day(adopted.date),
            *([", in effect from ", day(adopted.effective)]
              if adopted.effective and adopted.effective != adopted.date else []),
            ".",
        )  # fmt: skip
        callout = Callout("An approved text", remark, "success")
    else:
        chips = [chip(ADOPTED_BY_NOBODY, "warn")]
        callout = Callout(
            "A proposed text",
            sentence(
                "No decision of the Executive Committee has approved these words as they stand "
                "here",
                last_approved(site),
                ".",
            ),
            "warning",
        )
    text = site.prose(charter.body, charter)
    text = Md(_PROVISION.sub(r"[\1](#\2){ .npcs-provision }", text))
    return site.page(
        charter,
        [callout, Text(text), *_versions(site), *_resting(site)],
        chips=[Md(f"Version {charter.version}"), *chips],
        referring=False,
    )


def adopting(site: Site, charter: Charter) -> Decision | None:
    """The decision that approved the charter's text exactly as it stands, or None."""
    found = [
        one
        for one in site.hub.all(Decision).values()
        if one.charter
        and site.standing(one).holds
        and one.charter.version == charter.version
        and one.charter.digest == _digest(site, charter)
    ]
    return max(found, key=lambda one: (one.date, one.key), default=None)


def last_approved(site: Site) -> Md:
    """Half a sentence on the last text a decision approved, for where it is not the one shown."""
    found = [
        one for one in site.hub.all(Decision).values() if one.charter and site.standing(one).holds
    ]
    last = max(found, key=lambda one: (one.date, one.key), default=None)
    if last is None or last.charter is None:
        return Md()
    return sentence(
        "; the last approved text is version ", last.charter.version, ", by ", site.any(last.key),
        " on ", day(last.date),
    )  # fmt: skip


def _digest(site: Site, charter: Charter) -> str:
    return "sha256:" + hashlib.sha256(site.hub.documents[charter.path].source).hexdigest()


def _versions(site: Site) -> list[Block]:
    found = [one for one in site.hub.all(Decision).values() if one.charter]
    rows = tuple(
        (
            one.charter.version,
            one.charter.change,
            decided_state(site, one),
            day(one.effective or one.date),
            site.to(one, f"{one.key} {one.title}"),
        )
        for one in sorted(found, key=lambda one: (one.date, one.key), reverse=True)
        if one.charter
    )
    table = Table(("Version", "Change", "Outcome", "From", "Decision"), rows) if rows else None
    return site.section("Versions decided on", table, anchor="versions")


def _resting(site: Site) -> list[Block]:
    """For each provision the rules and readings that rest on it."""
    from npcs.rules.registry import RULES

    rows = []
    resting: dict[str, list[Md]] = {}
    for rule in RULES:
        for key in filter(None, [rule.provision]):
            resting.setdefault(key, []).append(link(rule.name, f"rules/{rule.name}"))
    open_: dict[str, list[Md]] = {}
    for name, parameter in site.parameters.items():
        place = link(parameter.question or name, site.place_of_reading(name))
        open_.setdefault(parameter.provision, []).append(place)
    for key in site.hub.provisions:
        if key in resting or key in open_:
            rules = joined(resting.get(key, []))
            rows.append((site.provision(key), rules, joined(open_.get(key, []), "; ")))
    table = Table(("Provision", "Rules that check it", "Questions it leaves open"), tuple(rows))
    return site.section("What rests on the provisions", table if rows else None, anchor="rests")


@lru_cache(maxsize=4)
def _quotable(body: str) -> dict[str, str]:
    return {key: " ".join(text.split()) for key, text in _PARAGRAPH.findall(body)}


def quoted(site: Site, key: str) -> list[Block]:
    """The words of a provision, for a page that rests on it."""
    charter = site.hub.get(Charter, "charter")
    words = _quotable(charter.body).get(key) if charter else None
    if not words or charter is None:
        return []
    return [Text(sentence(Md("> "), site.provision(key), " ", site.line(words, charter)))]


# The readings


def _readings(site: Site) -> Page:
    record = site.hub.get(Parameters, "parameters")
    if record is None:
        return Page(
            "charter/parameters",
            "Readings of the charter",
            (site.empty("How the questions the charter leaves open are read will stand here."),),
            path=(("Charter", "charter/index"),),
        )
    blocks: list[Block] = []
    provisional = 0
    for name, parameter in record.parameters.items():
        known = parameters.in_force(site.hub, name, site.as_of)
        provisional += known.provisional
        blocks += _reading(site, record, name, parameter, known)
    about = Text(
        sentence(
            "The charter leaves some questions open, and fixes others in a number. Here is how "
            "each is "
            "read, so that everybody counts in the same way. "
            f"Of {number(len(record.parameters), 'answer')}, {provisional or 'none'} "
            f"{'is' if provisional == 1 else 'are'} provisional: used for now, adopted by nobody. "
            "The Executive Committee may adopt or change any of them by a decision."
        )
    )
    return site.page(
        record,
        [about, *blocks],
        title="Readings of the charter",
        kind="How its questions are answered",
        path=(("Charter", "charter/index"),),
        referring=False,
    )


def _reading(
    site: Site, record: Parameters, name: str, parameter: Parameter, known: parameters.Reading
) -> Iterator[Block]:
    yield Heading(parameter.question or name, reading_anchor(name))
    states = [
        readings.state(site, known),
        chip("the charter is silent") if parameter.silent else chip("set by the charter"),
    ]
    yield Text(
        sentence(joined(states, " "), " ", Md(f"`{name}`"), ", on ",
                 site.provision(parameter.provision))
    )  # fmt: skip
    yield Text(site.prose(parameter.reading, record, 3))
    facts = site.facts(
        ("In force", readings.value_shown(known.text)),
        ("Since", known.since),
        ("Adopted by", site.any(known.decision) if known.decision else None),
        ("Over time", _history(site, parameter)),
        ("It could also be", [site.text(one) for one in parameter.alternatives]),
        ("Rules that use it", [joined(_users(name))] if _users(name) else []),
    )
    if facts:
        yield facts


def _history(site: Site, parameter: Parameter) -> list[Md]:
    """Each value of a reading from its first day, where there was more than one."""
    if len(parameter.history) < 2:
        return []
    return [
        sentence(
            "From ", day(one.from_), ": ", readings.value_shown(one.value),
            sentence(", by ", site.any(one.decision)) if one.decision else ", provisional",
        )
        for one in parameter.history
    ]  # fmt: skip


def _users(name: str) -> list[Md]:
    from npcs.rules.registry import RULES

    return [link(one.name, f"rules/{one.name}") for one in RULES if name in one.readings]
