"""The rule that open work stays on record until it is done or given up, and is not just deleted."""

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from npcs.governance.evidence import shown
from npcs.governance.followup import given_up, opportunity, recommendation
from npcs.governance.memory import per_hub
from npcs.governance.standing import holds
from npcs.governance.tally import decision_day
from npcs.records.charter import Decision, Meeting, Member, Term
from npcs.records.findings import Note, Place
from npcs.records.followup import Action, Opportunity, Recommendation
from npcs.records.hub import Hub
from npcs.records.record import Record
from npcs.records.workplan import Activity
from npcs.rules.rule import Scene, rule
from npcs.rules.words import day_in_words

if TYPE_CHECKING:
    from npcs.charter.approved import Released

_PUT_BACK = "put it back, and record how it ended: `done` with the day and the `evidence`"


@rule(
    "step-vanished",
    provision="ACT-0",
    also=("EXC-4", "EXC-6", "EXC-7"),
    rests_on=(Activity, Recommendation, Opportunity, Decision, Meeting, Term, Member),
)
def step_vanished(scene: Scene) -> Iterator[Note]:
    """Work that is not done stays on record until it is done or given up.

    What became of work follows from its steps. Whoever deletes an open step makes the rest look
    done, and nobody ever hears of it again. So open work is compared with how it stood at the last
    tag of the repository: a release, or an approved revision of the charter. A milestone that was
    not shown to be done is still there, under its id or its title. So is an open action, or one
    that came in its place: it may be reworded, or move to a recommendation under `carried_by`. A
    recommendation or an improvement opportunity that was open keeps its file.

    The committee may drop a step. Then a decision adopted since that tag names the activity,
    recommendation or opportunity under `about`, and the title of the milestone or the words of the
    action in its text. A recommendation or opportunity can be given up as a whole under
    `set_aside`, with the reason; its steps need not stay then, nor those of a recommendation that
    was not adopted.

    To put it right, put back what is gone, and record how it ended.

    ## Example

    At the last release this activity had a second milestone, which was late. Now it has one:

    ```yaml
    milestones:
    - id: form
      title: Agree on the form
    ```

    The check warns:

    > at release-1.0 the milestone “Train reviewers” was to be reached by 1 May 2027; it is gone
    > now, and nothing shows that it was done

    Put right: the milestone as it was, with `done` once it is; or a decision that drops it.
    """
    if scene.released is None:
        return
    hub, day, then = scene.hub, scene.as_of, scene.released.hub
    for activity in then.all(Activity).values():
        yield from _milestones(scene, scene.released, activity)
    for one in then.all(Recommendation).values():
        turned_down = one.key in _rejected(hub) and not hub.exists(one.kind, one.key)
        if recommendation(hub, one, day).is_open and not turned_down:
            yield from _actions(scene, scene.released, one, hub.get(Recommendation, one.key))
    for it in then.all(Opportunity).values():
        if opportunity(hub, it, day).is_open:
            yield from _actions(scene, scene.released, it, hub.get(Opportunity, it.key))


def _milestones(scene: Scene, released: "Released", before: Activity) -> Iterator[Note]:
    hub = scene.hub
    now = hub.get(Activity, before.key)
    others = (it for it in hub.all(Activity).values() if it.provision == before.provision)
    known: set[str] = set()
    for it in (now,) if now else others:  # the file may have another name
        known.update(name for step in it.milestones for name in (step.id, _plain(step.title)))
    gone = [
        one
        for one in before.milestones
        if one.id not in known
        and _plain(one.title) not in known
        and not shown(hub, before, one.done, scene.as_of)
    ]
    dropped = _decided(scene, released, before) if gone else ""
    for one in gone:
        if f" {_plain(one.title)} " in dropped:
            continue
        yield (now.at("milestones", key=True) if now else Place(before.path)).warning(
            f"at {released.tag} the milestone “{one.title}” was to be reached by "
            f"{day_in_words(one.due)}; it is gone now, and nothing shows that it was done",
            f"{_PUT_BACK}, or another day that was agreed on; if the committee dropped it, let its "
            f"decision name {before.key} under `about`, and the milestone in its text",
        )


def _actions(
    scene: Scene,
    released: "Released",
    before: Recommendation | Opportunity,
    now: Recommendation | Opportunity | None,
) -> Iterator[Note]:
    if now is None:
        if _mark(before) not in _marks(scene.hub):
            yield Place(before.path).warning(
                f"at {released.tag} “{before.title}” was open; its file is gone now, and nothing "
                "says what came of it",
                "put the file back; what is given up says so under `set_aside`, with the day and "
                "the reason",
            )
        return
    if given_up(now, scene.as_of):
        return
    gone = _gone(scene, before, now)
    dropped = _decided(scene, released, before) if gone else ""
    for one in gone:
        if f" {_plain(one.text)} " not in dropped:
            yield now.at("actions", key=True).warning(
                f"at {released.tag} the action “{one.text}” ({one.owner}) was to be done by "
                f"{day_in_words(one.due)}; it is gone now, and nothing shows that it was done",
                f"{_PUT_BACK}; give the whole up under `set_aside`, with the reason; or, if the "
                f"committee dropped it, let its decision name {before.key} under `about`, and the "
                "action in its text",
            )


def _gone(
    scene: Scene, before: Recommendation | Opportunity, now: Recommendation | Opportunity
) -> list[Action]:
    """The open actions of then in whose place nothing stands now.

    An action stands in the place of another that has half of its words, or that is open itself.
    """
    hub, day = scene.hub, scene.as_of
    here: list[tuple[Recommendation | Opportunity, Action]] = [(now, one) for one in now.actions]
    if isinstance(now, Opportunity) and isinstance(before, Opportunity):
        taken_up = set(now.carried_by) - set(before.carried_by)
        carrying = [it for key in sorted(taken_up) if (it := hub.get(Recommendation, key))]
        here += [(it, one) for it in carrying for one in it.actions]
    there = {_plain(one.text) for _, one in here}
    gone = [one for one in before.actions
            if _plain(one.text) not in there and not shown(hub, before, one.done, day)]  # fmt: skip
    if not gone:
        return []
    old = {_plain(one.text) for one in before.actions}
    new = [(set(_plain(one.text).split()), not shown(hub, it, one.done, day))
           for it, one in here if _plain(one.text) not in old]  # fmt: skip
    left = []
    for one in gone:
        words = set(_plain(one.text).split())
        alike = next((it for it in new[:_NEAR] if 2 * len(words & it[0]) >= len(words)), None)
        if alike:
            new.remove(alike)
        else:
            left.append(one)
    return left[sum(is_open for _, is_open in new) :]


_NEAR = 100
"""With how many new actions one that is gone is compared."""


def _mark(one: Recommendation | Opportunity) -> tuple[str, str, date]:
    """By what a record is known again in a file of another name."""
    return one.kind, one.title, one.proposed if isinstance(one, Recommendation) else one.raised


@per_hub
def _marks(hub: Hub) -> frozenset[tuple[str, str, date]]:
    recommended, raised = hub.all(Recommendation).values(), hub.all(Opportunity).values()
    return frozenset((*map(_mark, recommended), *map(_mark, raised)))


@per_hub
def _rejected(hub: Hub) -> frozenset[str]:
    """What the committee did not adopt, be there a file of it or not."""
    decisions = hub.all(Decision).values()
    return frozenset(key for one in decisions if one.outcome == "rejected" for key in one.about)


def _decided(scene: Scene, released: "Released", before: Record) -> str:
    """What decisions on a record say that were adopted since the tag, in plain words."""
    found = [
        _plain(f"{one.title} {one.body}")
        for one in scene.hub.all(Decision).values()
        if before.key in one.about
        and decision_day(one) >= released.day
        and holds(scene.hub, one, scene.as_of)
    ]
    return "".join(f" {one} " for one in found)


def _plain(text: str) -> str:
    """A text as words alone, however it is broken into lines and marked."""
    return " ".join(_WORD.findall(text.lower()))


_WORD = re.compile(r"\w+")
