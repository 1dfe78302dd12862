"""The Example Partnership's parameters: how it reads its charter, and since when."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from npcs.demo.yamlout import Folded

_TABLE = """
vote-share|DEC-2|2/3|What share of the committee must agree when consensus cannot be reached?|The charter fixes two-thirds; exactly two-thirds is enough.
vote-base|DEC-2|in-office|Two-thirds of whom?|Everyone in office that day is counted, present or not. A vacant seat is nobody and is not counted.
quorum|DEC-1|more than 1/2|How many members of the committee must take part for a decision to count?|More than half of those in office must take part.
consensus|DEC-1|no-unresolved-objection|When is there consensus?|There is consensus when nobody in office upholds an objection. Doubts are written down with the decision.
abstentions|DEC-2|recorded as such, not in agreement|How does an abstention count?|An abstention is recorded as what it is and does not help to reach two-thirds.
ballots|DEC-1|allowed|May the committee decide outside a meeting?|A ballot between meetings is allowed. It has a first and a last day, and the same two-thirds.
proxies|DEC-2|not-allowed|May somebody else vote in place of a member of the committee?|Nobody votes for somebody else.
conflict-of-interest|DEC-2|declare and recuse|What does somebody do whose own interest is at stake?|They declare it and are recused; they stay in the base of the vote.
committee-size|EXC-1|no fixed number|How many seats does the committee have?|There is no fixed number; who is in office is counted from the terms.
seats-per-member|EXC-1|1|How many seats may one jurisdiction hold at a time?|One seat for each member, also for a member within another.
committee-term|TRM-1|1 year|How long is a term on the committee?|The charter fixes one year, the last day included.
hold-over|TRM-1|not-allowed|Does somebody stay in office after the term until another follows?|Nobody does; the term ends on its last day.
reappointment-limit|TRM-1|none|How often in a row may a person serve on the committee?|There is no limit for members of the committee.
seat-vacancy|TRM-2|no set time|How soon is a vacant seat filled?|There is no set time; the next meeting looks at it.
removal|TRM-2|none|Can somebody be removed before the term ends?|Nobody can be removed.
rotation-trigger|RES-6|change of the member's child welfare leader|When does a representative rotate off with the highest level of leadership?|When the member's child welfare leader changes.
rotation-grace|RES-6|90 days|How long after a change of leadership does the representative rotate off?|Within 90 days, so that work can be handed over.
co-chairs|CHR-1|2|How many co-chairs lead the committee?|The charter fixes two.
co-chair-selection|CHR-2|decision of the committee|How are co-chairs chosen?|The committee chooses them by a decision like any other.
co-chair-term|CHR-3|until the own term on the committee ends|For how long is a co-chair chosen?|Until their own term on the committee ends; they may be chosen again up to the limit.
co-chair-limit|CHR-3|2 years|How long may a person be co-chair without a break?|The charter fixes two consecutive years. The clock is the person's.
co-chair-break|CHR-3|1 year|How long must a break be before the two years start anew?|One year. A shorter break does not stop the clock.
co-chair-vacancy|CHR-1|60 days|For how long may there be fewer than two co-chairs?|For 60 days, the time of two monthly meetings.
acting-chair|CHR-4|coordinator calls, the meeting chooses|Who leads a meeting when there is no co-chair?|The coordinator calls it, and those present choose one of them.
meeting-interval|EXC-2|1 month|How often does the committee meet?|The charter fixes monthly: a meeting in every calendar month.
meeting-notice|ADV-2|7 days|How long before a meeting does its notice go out?|At least 7 days before, to advisors and members of the committee alike.
absences|EXC-3|3|How many unexcused absences in a row are a pattern to look at?|Three in a row without an excuse are a reason to talk.
attendance-review|CHR-5|90 days|How often do the co-chairs review attendance?|At least every 90 days.
minutes-due|CRD-1|14 days|How soon do the minutes reach the members?|Within 14 days of the meeting.
communication-due|CHR-6|14 days|How soon do the co-chairs tell all members what was decided?|Within 14 days of the decision.
recommendation-due|EXC-6|90 days|How soon does the committee answer a recommendation?|Within 90 days, the time of three monthly meetings.
charter-review|REV-2|1 year|How often is the charter reviewed and approved?|The charter fixes every year, counted from the last approval.
amendment-vote|REV-2|as any decision|How is a change to the charter adopted?|As any decision: by consensus, or else by two-thirds.
hub-audience|ACT-4|public|Who can read this hub?|It is public, so it holds only what anyone may read.
"""

_FIXED = ("vote-share", "committee-term", "co-chairs", "co-chair-limit", "meeting-interval",
          "charter-review")  # fmt: skip
"""What the charter decides itself."""

CHANGES = (
    ("minutes-due", "10 days", "Minutes within ten days", "Members asked to read the minutes well before the next meeting."),
    ("quorum", "at least 2/3", "A quorum of two-thirds", "A few decisions had been made by a bare majority of those in office."),
)  # fmt: skip
"""Readings that change later: the parameter, its new value, the decision's title, and why."""


class Setting(NamedTuple):
    """A value in force from a day on, and the id of the decision that adopted it."""

    name: str
    since: date
    value: str
    decision: str | None


def parameters(settings: Sequence[Setting]) -> Mapping[str, Any]:
    """The record of parameters with the settings that follow the founding ones.

    The first setting, whose name is empty, gives the day and decision of all founding values.
    """
    founding, *later = settings
    table: dict[str, Any] = {}
    for line in _TABLE.strip().splitlines():
        name, provision, value, question, reading = line.split("|")
        history = [Setting(name, founding.since, value, founding.decision)]
        history += [one for one in later if one.name == name]
        table[name] = {
            "provision": provision,
            "question": question,
            "silent": name not in _FIXED,
            "reading": Folded(reading),
            "history": [
                {"from": one.since, "value": one.value, "decision": one.decision}
                for one in history
            ],
        }
    return {"title": "Parameters of the Example Partnership (fictional)", "parameters": table}
