"""Rules on what lets a notice out: a decision, a look at privacy, and its marking."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import get_args

from npcs.governance.leave import lack
from npcs.governance.memory import per_hub
from npcs.governance.notices import HELD_BY, Version, audience, versions
from npcs.governance.terms import covers, last_day, terms_of
from npcs.records.charter import Decision, Group, Member, Office, Parameters, Person, Term
from npcs.records.findings import Note, Place
from npcs.records.hub import Hub
from npcs.records.notices import Notice, PrivacyReview
from npcs.rules.rule import Scene, rule
from npcs.rules.words import day_in_words, listed, name_of, rests, role_only

_OFFICES = get_args(Office)
_READERS = {
    "public": "everybody can read this hub",
    "members": "all members can read this hub",
    "committee": "the committee and its advisors can read this hub",
}


@rule("notice-approved", provision="ACT-4", over=Notice, waivable=False)
def notice_approved(notice: Notice, scene: Scene) -> Iterator[Note]:
    """The committee decides on every version of a notice before it goes out.

    `decision` names the decision for the first version, and each entry of `revisions` its own. It
    is a decision on a notice, has this one under `about`, was adopted, was made by the day on which
    the version went out, and let out no version before. There is no way to call back what the
    public has read.

    To withdraw a notice needs no decision: bad advice is taken back at once.

    To put it right, name the decision, or bring the notice before the committee.

    ## Example

    The notice went out on the day before the meeting:

    ```yaml
    decision: D-2027-001
    ...
    issued: 2027-03-03
    ```

    The check finds an error:

    > version 1.0 went out on 3 March 2027, and D-2027-001, “A notice on soft bedding”, was decided
    > only on 4 March 2027

    Put right: `issued: 2027-03-04`, if that is when it went out.
    """
    for one in versions(notice):
        yield from _decided(notice, one, scene)


def _decided(notice: Notice, one: Version, scene: Scene) -> Iterator[Note]:
    if one.decision and scene.hub.get(Decision, one.decision) is None:
        return  # told by broken-reference, or by what is wrong with the decision's file
    found = lack(scene.hub, notice, one, scene.as_of)
    if found:
        decided = notice.at(*one.path, "decision")
        nowhere = notice.at(*one.path, "version") if one.path else notice.at("issued")
        yield (decided if one.decision else nowhere).error(found.words, found.hint)


@rule("notice-privacy-review", provision="ACT-4", over=Notice, waivable=False)
def notice_privacy_review(notice: Notice, scene: Scene) -> Iterator[Note]:
    """Somebody other than the author looks at every version for privacy before it goes out.

    A notice tells of a pattern and of no case. Who wrote it knows the case, and no longer sees what
    gives it away. So `author` says who wrote it, and `privacy_review` who looked whether anything
    points to a family or a worker, and on which day; each entry of `revisions` has its own, and
    names its `author` where somebody else wrote it. One person under two ids is one person. Who
    looks takes part on that day: is in an office, of a member or in a group, has not left the
    organization, nor has the member left. The jurisdiction whose learning it is has agreed
    (`source_consent`); `member` there is named only if it agreed to that as well.

    To put it right, let somebody else look at it, and record it.

    ## Example

    The author looked at the notice herself:

    ```yaml
    author: ana-ruiz
    ...
    privacy_review:
      by: ana-ruiz
    ```

    The check finds an error:

    > Ana Ruiz wrote this notice, and cannot be the one who looks at its privacy

    Put right: `by` with somebody else, who has looked at it.
    """
    out = versions(notice)
    if out and notice.author is None:
        yield notice.at("issued").error(
            "nothing says who wrote this notice, so nobody can tell whether somebody else looked "
            "at its privacy",
            "add `author` with the id of a person",
        )
    if out and notice.source_consent is None:
        yield notice.at("issued").error(
            "nothing says that the jurisdiction whose learning this is has agreed",
            "add `source_consent` with `by` (an office or role) and `on` (the day)",
        )
    elif out and notice.source_consent and notice.source_consent.on > out[0].on:
        yield notice.at("source_consent", "on").error(
            f"the jurisdiction agreed on {day_in_words(notice.source_consent.on)}, after the "
            f"notice went out on {day_in_words(out[0].on)}",
            "correct the day that is wrong",
        )
    if notice.source_consent:
        yield from role_only(scene.hub, notice.source_consent.by, notice, "source_consent", "by")
    for number, one in enumerate(notice.actions):
        yield from role_only(scene.hub, one.owner, notice, "actions", number, "owner")
    for version in out:
        yield from _looked(notice, version, scene)
    if notice.in_review and notice.in_review <= scene.as_of and not (out or notice.withdrawn):
        if notice.privacy_review is None:
            yield notice.at("in_review").due(
                "somebody other than the author is to look at the privacy of this notice",
                "add `privacy_review` with `by` and `on`",
            )
        else:
            by = notice.at("privacy_review", "by")
            yield from _own(notice.author, notice.privacy_review.by, by, scene.hub)
            yield from _left(notice.privacy_review, by, scene.hub)


def _looked(notice: Notice, one: Version, scene: Scene) -> Iterator[Note]:
    review = one.privacy_review
    if review is None:
        place = notice.at(*one.path, "version") if one.path else notice.at("issued")
        yield place.error(
            f"version {one.number} went out on {day_in_words(one.on)}, and nobody is recorded as "
            "having looked at its privacy",
            "add `privacy_review` with `by` (not the author) and `on`",
        )
        return
    by = notice.at(*one.path, "privacy_review", "by")
    yield from _own(one.author, review.by, by, scene.hub)
    yield from _left(review, by, scene.hub)
    if review.on > one.on:
        yield notice.at(*one.path, "privacy_review", "on").error(
            f"its privacy was looked at on {day_in_words(review.on)}, after version {one.number} "
            f"went out on {day_in_words(one.on)}",
            "correct the day that is wrong",
        )


def _left(review: PrivacyReview, place: Place, hub: Hub) -> Iterator[Note]:
    """Whether who looked had left by then; whoever holds an office that day takes part."""
    person, day = hub.get(Person, review.by), review.on
    if person is None or hub.unread(Term, Member, Group):
        return
    terms = [one for office in _OFFICES for one in terms_of(hub, person.key, office)]
    offices = {one.office for one in terms if covers(one, day)}
    member = hub.get(Member, person.member)
    last = max((last_day(one) or date.max for one in terms), default=day)
    takes_part = member or person.key in _taking_part(hub)
    if member and member.left and member.left < day and not offices & {"advisor", "coordinator"}:
        why = f"is of {member.name}, which had left on {day_in_words(member.left)}"
    elif offices:
        return
    elif person.left_organization and person.left_organization < day:
        why = f"had left their organization on {day_in_words(person.left_organization)}"
    elif not member and last < day:
        why = f"has held no office since {day_in_words(last)}"
    elif not takes_part:
        why = "was in no office, of no member and in no group"
    else:
        return
    yield place.error(
        f"{person.name} looked at its privacy on {day_in_words(review.on)}, and {why}",
        "let somebody look at it who takes part, and name them; or correct what is wrong here",
    )


@per_hub
def _taking_part(hub: Hub) -> frozenset[str]:
    """Everybody in the team of a member or in a group."""
    teams = {one.person for member in hub.all(Member).values() for one in member.team}
    groups = hub.all(Group).values()
    return frozenset(teams.union(*((it.lead, *it.people, *it.advisors) for it in groups)))


def _own(author: str | None, reviewer: str, place: Place, hub: Hub) -> Iterator[Note]:
    """Whether who looks is who wrote, by the same id or by another."""
    if author is None:
        return
    name = name_of(hub, author)
    if author == reviewer:
        yield place.error(
            f"{name} wrote this notice, and cannot be the one who looks at its privacy",
            "let somebody else look at it, and name them",
        )
        return
    one, other = hub.get(Person, author), hub.get(Person, reviewer)
    if one is None or other is None:
        return
    said = f"{name}, who wrote this notice, and {other.name}, who looked at its privacy, "
    hint = "if they are one person, let somebody else look at it, and keep one file for the person"
    if {*one.signing_keys} & {*other.signing_keys}:
        yield place.error(f"{said}sign with the same key, as one person does", hint)
    elif _words(one.name) == _words(other.name):
        apart = None not in (one.member, other.member) and one.member != other.member
        note = place.warning if apart else place.error
        yield note(f"{said}have the same name under two ids, {author} and {reviewer}", hint)


def _words(name: str) -> frozenset[str]:
    """The words of a name without accents, initials and titles, in whatever order."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = {*re.findall(r"[a-z]{2,}", plain)} - {"dr", "jr", "mr", "mrs", "ms", "sr"}
    return frozenset(words or {name.casefold()})


@rule(
    "notice-marking",
    provision="ACT-4",
    over=Notice,
    readings=("hub-audience",),
    rests_on=(Parameters,),
    waivable=False,
)
def notice_marking(notice: Notice, scene: Scene) -> Iterator[Note]:
    """The hub holds no notice that is marked for fewer people than can read it.

    Notices carry a label of the Traffic Light Protocol 2.0: CLEAR for everybody, GREEN for the
    community, AMBER and AMBER+STRICT for those who need to know, RED for named people only. Who can
    read the hub is an adopted reading, `hub-audience`. A public hub holds CLEAR only, drafts
    included. Git shows later readers what was there before, so a hub that will be public counts as
    public now.

    Changing the label does not help: take the notice out of the repository and its history, with
    the help of whoever runs it, and treat it as read by others. Share it another way.

    ## Example

    The hub is public:

    ```yaml
    kind: warning
    tlp: AMBER
    ```

    The check finds an error:

    > this notice is marked TLP:AMBER, and everybody can read this hub: it may hold TLP:CLEAR only
    """
    readers = audience(scene.hub, scene.as_of)
    held = HELD_BY[readers]
    if notice.tlp not in held:
        yield notice.at("tlp").error(
            f"this notice is marked TLP:{notice.tlp}, and {_READERS[readers]}: it may hold "
            f"{listed(f'TLP:{one}' for one in held)} only",
            "take it out of the repository and its history, and treat it as read by others; a new "
            "label alone changes nothing" + rests(scene.hub, scene.as_of, "hub-audience"),
        )
