"""Waivers: what the committee has decided to accept for a time, and whether it may.

A finding that a waiver covers is reported as waived and fails nothing. The rule here sees what all
other rules have found, so it is the last of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from npcs.governance.obligation import CHARTER
from npcs.governance.standing import doubt
from npcs.governance.tally import decision_day
from npcs.records.charter import Decision, Meeting, Person, Term, Waiver
from npcs.records.findings import Finding, Note, Place, Waived
from npcs.records.hub import Hub
from npcs.records.kinds import KINDS
from npcs.records.personal import without
from npcs.rules.rule import Rule, Scene, rule
from npcs.rules.words import day_in_words, listed


@rule("waiver", provision="DEC-1", waivable=False)
def waiver(scene: Scene) -> Iterator[Note]:
    """A waiver rests on a decision of the committee, and covers something it may cover.

    With a waiver the committee accepts for a time what a rule finds in some records. The finding is
    then reported as waived, with the decision and the last day, and fails nothing. The decision is
    one on a waiver, names this one under `about`, was adopted, and its record bears that out; until
    its day nothing is waived. What was approved with a revision of the charter stays: another rule,
    other records or another last day take a new decision.

    Not everything is the committee's to accept. No waiver covers a rule on how records are written:
    what must not be public stays out, and what cannot be read cannot be judged. None covers a rule
    on how a decision is made, since what was not carried is decided again; nor one that guards what
    was approved.

    A waiver that covers nothing is a warning, and so is one whose last day has passed: what it
    covered counts again. To put it right, put right what it covers, or let the committee decide
    anew. When a waiver is no longer needed, write the day under `ended`; the file stays.

    ## Example

    It is 1 June 2027:

    ```yaml
    rule: minutes
    records:
    - 2027-03-04-executive-committee
    decision: D-2027-002
    until: 2027-05-31
    ```

    The check warns:

    > this waiver of `minutes` ended on 31 May 2027, and what it covered is still there

    Put right: a decision of the committee on a new waiver, or `ended: 2027-05-31` here.
    """
    found = None if scene.found is None else _by_place(scene.found)
    for one in scene.hub.all(Waiver).values():
        against = list(faults(one, scene.hub, scene.as_of))
        yield from against
        if not against and found is not None and _starts(one, scene.hub) <= scene.as_of:
            yield from _use(one, _covered(one, scene.hub, found), scene)
    yield from _since_approved(scene)


def waive(findings: Iterable[Finding], hub: Hub, as_of: date) -> tuple[list[Finding], list[Waived]]:
    """The findings that stand on a day, and those that the committee has accepted."""
    standing = list(findings)
    accepted: dict[Finding, Waiver] = {}
    found = _by_place(standing)
    for one in hub.all(Waiver).values():
        if in_force(one, hub, as_of):
            accepted |= dict.fromkeys(_covered(one, hub, found), one)
    waived = [
        Waived(one, by.key, by.decision, by.until, without(by.reason))
        for one in standing
        if (by := accepted.get(one))
    ]
    return [one for one in standing if one not in accepted], waived


def in_force(one: Waiver, hub: Hub, as_of: date) -> bool:
    """Whether a waiver covers on a day what its rule finds in its records."""
    if not _starts(one, hub) <= as_of <= min(one.until, one.ended or one.until):
        return False
    return not any(True for _ in faults(one, hub, as_of))


def _starts(one: Waiver, hub: Hub) -> date:
    """The first day a waiver can hold: that of its decision, or the one the decision names."""
    decision = hub.get(Decision, one.decision)
    return decision.effective or decision_day(decision) if decision else date.max


# What it covers


def _by_place(findings: Iterable[Finding]) -> Mapping[tuple[str, str], list[Finding]]:
    """Findings by their rule and file."""
    table: dict[tuple[str, str], list[Finding]] = {}
    for one in findings:
        table.setdefault((one.rule, one.path), []).append(one)
    return table


def _covered(
    one: Waiver, hub: Hub, found: Mapping[tuple[str, str], list[Finding]]
) -> Sequence[Finding]:
    """The findings of the waiver's rule that stand in one of its records.

    What concerns no single record stands at a provision of the charter; a waiver names that one.
    """
    covered: list[Finding] = []
    for key in one.records:
        for documents in hub.by_kind.values():
            if key in documents:
                covered += found.get((one.rule, documents[key].path), ())
        if key in hub.provisions:
            at_charter = found.get((one.rule, CHARTER.path), ())
            covered += [finding for finding in at_charter if finding.provision == key]
    return covered


def _use(one: Waiver, covered: Sequence[Finding], scene: Scene) -> Iterator[Note]:
    """A remark on a waiver that is over, or that covers nothing; none on one that was put away.

    While a file cannot be read, what its rule would find may be there unseen.
    """
    if one.ended and one.ended <= scene.as_of:
        return
    if not covered and scene.hub.unread(*(kind.model for kind in KINDS.values())):
        return
    if scene.as_of > one.until:
        rest = "what it covered is still there" if covered else "covers nothing any more"
        yield one.at("until").warning(
            f"this waiver of `{one.rule}` ended on {day_in_words(one.until)}, and {rest}",
            "put right what it covered, or let the committee decide on a new waiver; then write "
            f"`ended: {one.until}` here"
            if covered
            else f"write `ended: {one.until}` here; the file stays",
        )
    elif not covered:
        records = listed((f"“{key}”" for key in one.records), "or") if one.records else "no record"
        yield one.at("records", key=True).warning(
            f"this waiver covers nothing: `{one.rule}` finds nothing in {records}",
            "name the record in which the finding stands; if there is none any more, write "
            "`ended` with the day, and the file stays",
        )


# Whether it may


def faults(one: Waiver, hub: Hub, as_of: date) -> Iterator[Note]:
    """What keeps a waiver from covering anything, whatever the rule finds."""
    from npcs.rules.registry import RULES, rule_named

    named = rule_named(one.rule)
    if named is None:
        near = get_close_matches(one.rule, [it.name for it in RULES], n=1)
        yield one.at("rule").error(
            f"there is no rule “{one.rule}”",
            f"did you mean `{near[0]}`?" if near else "`npcs rules` lists them",
        )
    elif not named.waivable:
        yield one.at("rule").error(
            f"no waiver can cover `{named.name}`: {_why_not(named)}",
            "put right what it finds; the waiver has no effect",
        )
    yield from _decided(one, hub, as_of)


def _since_approved(scene: Scene) -> Iterator[Note]:
    """What is different in a waiver since it was approved, by no decision that is new."""
    for tag, before in scene.approved.stood if scene.approved else ():
        for key, was in before.all(Waiver).items():
            now = scene.hub.get(Waiver, key)
            if now is None:
                if not scene.hub.exists("waiver", key):
                    yield Place(was.path).error(
                        f"this waiver is gone; at {tag} it was there, and nothing is deleted",
                        "bring it back, with `ended` if it is no longer needed",
                    )
                continue
            changed = [
                name
                for name in ("rule", "records", "until")
                if getattr(was, name) != getattr(now, name)
            ]
            if changed and was.decision == now.decision:
                yield now.at(changed[0]).error(
                    f"`{changed[0]}` is not what it was at {tag}, and the decision is the same, "
                    f"{now.decision}",
                    "put back what the committee granted; if it has decided anew, name that "
                    "decision under `decision`",
                )


def _why_not(named: Rule) -> str:
    if not named.provision:
        return "it keeps records safe and readable, which is nobody's to give up"
    if named.subject == "decisions" and named.name != "correction":
        return "what was not rightly decided is decided again"
    if named.subject == "notices":
        return "what the public has read cannot be called back"
    return "it guards what was approved"


def _decided(one: Waiver, hub: Hub, as_of: date) -> Iterator[Note]:
    decision = hub.get(Decision, one.decision)
    if decision is None:
        return  # told by broken-reference, or by what is wrong with the decision's file
    place, title = one.at("decision"), f"{decision.key}, “{decision.title}”,"
    day = decision_day(decision)
    if decision.subject != "waiver":
        yield place.error(
            f"the subject of {title} is {decision.subject} and not a waiver",
            "name the decision that grants it, or correct its `subject`",
        )
    elif one.key not in decision.about:
        yield place.error(
            f"{title} does not name this waiver under `about`, so it waives nothing here",
            f"if the committee granted this waiver by it, add `{one.key}` to its `about`; else "
            "name the decision that did",
        )
    elif decision.outcome != "adopted":
        yield place.error(
            f"{title} was {decision.outcome}, so it waives nothing",
            "name the decision that was adopted, or bring the matter before the committee again",
        )
    elif one.until < day or (one.ended and one.ended < day):
        yield one.at("ended" if one.until >= day else "until").error(
            f"this waiver ends before it was decided on {day_in_words(day)}",
            "correct the day",
        )
    elif day <= as_of and not hub.unread(Term, Meeting, Person):
        against = doubt(hub, decision, as_of)
        if against:
            yield place.error(
                f"{title} is recorded as adopted{against.words}, so it waives nothing",
                "put the decision right first; `npcs check` says what is wrong with it",
            )


__all__ = ["faults", "in_force", "waive", "waiver"]
