"""Rules on reviewing the charter: every year, and whenever its structure or function changes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from npcs.charter.digest import fits
from npcs.charter.provisions import Provision, body_of, provisions, words
from npcs.governance.parameters import KNOWN
from npcs.records.charter import CharterChange, Decision, Meeting, Parameters, Term
from npcs.records.findings import Note
from npcs.rules.rule import Scene, rule
from npcs.rules.words import dues, listed

_SLIP = 5
"""From how many letters on a word is long enough for one wrong letter to be a slip of the pen."""


@rule(
    "review-due",
    provision="REV-2",
    readings=("charter-review",),
    rests_on=(Decision, Meeting, Term),
    waivable=False,
)
def review_due(scene: Scene) -> Iterator[Note]:
    """The charter is reviewed and approved every year.

    The year is counted from the last decision that approved the charter as a whole: one that was
    adopted, whose `change` is `annual` or `major`. The correction of a slip of the pen
    (`editorial`) is no review. The review is *due* from 90 days before the year has passed, and
    stays so until it is done; that alone fails no change. A text that nobody has approved yet is
    due to be approved.

    To put it right, look at the whole text, and let the committee decide on it: a decision with
    `subject: charter`, which names the text under `charter`, also if not a word of it changes.

    ## Example

    The last approval was on 4 March 2027, and it is 1 March 2028:

    ```yaml
    date: 2027-03-04
    subject: charter
    ...
      change: annual
    ```

    The check reminds:

    > the charter, last approved on 4 March 2027, is to be reviewed and approved; due by 4 March
    > 2028

    Put right: a decision on the charter, by 4 March 2028.
    """
    yield from dues(
        scene,
        "review-due",
        "put the charter on the agenda, and record the decision with `subject: charter`",
    )


@rule("major-change", provision="REV-3", rests_on=(Decision,), waivable=False)
def major_change(scene: Scene) -> Iterator[Note]:
    """A change of structure or function is decided as one, and a slip of the pen is no more.

    A decision on the charter says what kind of change it makes. Whether a change is major is for
    the committee to judge. What can be seen from the texts and the records is compared with the
    version approved before:

    - An `editorial` change leaves all words as they were, in the provisions and outside them. It
      may change punctuation, capitals and lines, and correct one wrong letter where the rest of the
      text has the word right. All else is an error, since it would go by without a review.
    - An `annual` review may change words. A new or a withdrawn provision, other words in a
      provision that gives the rules a number, or another number, is a change of structure or
      function. It is a warning, unless the decision names the provision under `about`: then the
      committee has looked at it.
    - A `major` change is a review of the whole, and the year begins anew (`review-due`).

    To put it right, correct `change`, or take what goes beyond it out of the text.

    ## Example

    In version 1.0, DEC-2 asked for two-thirds. The text that this decision adopts asks for
    three-quarters:

    ```yaml
    charter:
      version: '1.1'
      ...
      change: editorial
    ```

    The check finds an error:

    > classed as editorial, and it changes the words of DEC-2: “two thirds” is “three quarters” now

    Put right: `change: major`, if the committee has reviewed the whole charter.
    """
    texts = _texts(scene)
    for number, one in enumerate(texts):
        change = one.decision.charter
        if change and change.change != "major":
            before = texts[number - 1].text if number else {}
            changed = _changed(before, one.text) if number else []
            if number and change.change == "editorial":
                changed += _around(texts[number - 1], one)
            yield from _classed(one.decision, change, changed, scene)


class _Text(NamedTuple):
    """A text of the charter: the decision that adopted it, its provisions by id, and the rest."""

    decision: Decision
    text: Mapping[str, Provision]
    rest: str


class _Change(NamedTuple):
    """What is different about a provision: in words, and whether structure or function is."""

    provision: str
    words: str
    structural: bool


_FIXED = frozenset(one.provision for one in KNOWN.values() if one.fixed)
"""The provisions that give the rules a number or a length of time."""


def _texts(scene: Scene) -> list[_Text]:
    """The adopted texts that can be seen, the earliest first: those approved, then that of now."""
    approved = scene.approved
    if approved is None:
        return []
    found = [
        _text(decision, approved.texts[one.tag])
        for one in approved.revisions.revisions
        if one.tag in approved.texts and (decision := scene.hub.get(Decision, one.decision))
    ]
    known = {one.decision.key for one in found}
    waiting = [
        one
        for one in scene.hub.giving(Decision, "charter")
        if one.charter
        and one.outcome == "adopted"
        and one.key not in known
        and approved.text is not None
        and fits(approved.text, one.charter.digest)
    ]
    return [*found, *(_text(one, approved.text or b"") for one in waiting)]


def _text(decision: Decision, raw: bytes) -> _Text:
    found = provisions(body_of(raw))
    return _Text(decision, found.by_id, found.rest.replace("#", " "))


def _changed(before: Mapping[str, Provision], now: Mapping[str, Provision]) -> list[_Change]:
    """The provisions whose words differ, in the order of the text."""
    rare = Counter(word for one in before.values() for word in words(one.text))
    found = []
    for key, one in now.items():
        was = before.get(key)
        if was is None:
            found.append(_Change(key, f"adds {key}", True))
        elif one.withdrawn and not was.withdrawn:
            found.append(_Change(key, f"withdraws {key}", True))
        elif was.text != one.text and (said := _said(words(was.text), words(one.text), rare)):
            told = f"changes the words of {key}: {said}"
            found.append(_Change(key, told, key in _FIXED))
    found += [_Change(key, f"leaves {key} out", True) for key in before if key not in now]
    return found


def _around(before: _Text, now: _Text) -> list[_Change]:
    """What is different in the words outside the provisions."""
    was, is_ = words(before.rest), words(now.rest)
    known = Counter(was)
    for one in before.text.values():
        known.update(words(one.text))
    said = _said(was, is_, known)
    return [_Change("", f"changes words outside the provisions: {said}", False)] if said else []


def _said(was: Sequence[str], now: Sequence[str], known: Mapping[str, int]) -> str:
    """Where two texts differ, in words; nothing where it is slips of the pen at most."""
    same = _alike(was, now, known)
    was, now = was[same:], now[same:]
    tail = _alike(was[::-1], now[::-1], known)
    old, new = was[: len(was) - tail], now[: len(now) - tail]
    if not (old or new):
        return ""
    if not new:
        return f"“{_few(old)}” is gone"
    return f"“{_few(old)}” is “{_few(new)}” now" if old else f"“{_few(new)}” is new"


def _alike(was: Sequence[str], now: Sequence[str], known: Mapping[str, int]) -> int:
    """How many words from the first on are the same but for slips of the pen."""
    for at, (old, new) in enumerate(zip(was, now, strict=False)):
        if old != new and not _is_slip(old, new, known):
            return at
    return min(len(was), len(now))


def _few(some: Sequence[str]) -> str:
    return " ".join(some if len(some) <= 8 else [*some[:7], "…"])


def _is_slip(was: str, now: str, known: Mapping[str, int]) -> bool:
    """Whether a word had one wrong letter, and stands elsewhere in the text without it."""
    if min(len(was), len(now)) < _SLIP or known[was] > 1 or not known[now]:
        return False
    start = next((at for at, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), None)
    at = min(len(was), len(now)) if start is None else start
    rest, other = was[at:], now[at:]
    return (
        rest[1:] == other[1:]  # another letter
        or rest[1:] == other  # one too many
        or rest == other[1:]  # one too few
        or (rest[:2] == other[1::-1] and rest[2:] == other[2:])  # two the wrong way round
    )


def _classed(
    decision: Decision, change: CharterChange, changed: Sequence[_Change], scene: Scene
) -> Iterator[Note]:
    every = [*changed, *_numbers(decision, scene)]
    place = decision.at("charter", "change")
    if change.change == "editorial" and every:
        yield place.error(
            f"classed as editorial, and it {_all(every)}",
            "write `change: annual` or `change: major` if the committee has reviewed the whole; "
            "else take what goes beyond a slip of the pen out of the text",
        )
    elif change.change == "annual":
        unseen = [one for one in every if one.structural and one.provision not in decision.about]
        if unseen:
            yield place.warning(
                f"classed as annual, and it {_all(unseen)}",
                "write `change: major` if that changes structure or function; if it does not, add "
                f"{listed(dict.fromkeys(f'`{one.provision}`' for one in unseen))} to `about`, so "
                "that all see it was looked at",
            )


def _all(changed: Sequence[_Change]) -> str:
    shown = [one.words for one in changed[:3]]
    if len(changed) > 3:
        shown.append(f"changes {len(changed) - 3} more")
    return listed(shown)


def _numbers(decision: Decision, scene: Scene) -> Iterator[_Change]:
    """The numbers of the charter that a decision changes."""
    record = scene.hub.get(Parameters, "parameters")
    for name, known in KNOWN.items():
        parameter = record.parameters.get(name) if record and known.fixed else None
        value = known.founding
        for setting in sorted(parameter.history, key=lambda one: one.from_) if parameter else ():
            if setting.decision == decision.key and setting.value != value:
                told = f"makes `{name}` {setting.value} instead of {value} ({known.provision})"
                yield _Change(known.provision, told, True)
            value = setting.value


__all__ = ["major_change", "review_due"]
