"""Plain sentences about safety in child welfare work, put together from phrases of our own.

They speak of teams, tools and habits in general. Nothing here is about any child, family or worker,
real or invented.
"""

from npcs.demo.dice import Dice

TOPICS = (
    "teamwork", "supervision", "handover", "safety planning", "safe sleep", "documentation",
    "workload", "psychological safety", "home visits", "intake", "training", "family engagement",
    "medical partners", "schools", "court preparation", "after-hours work", "data quality",
    "peer learning", "fatigue", "plans of safe care",
)  # fmt: skip

AGES = ("0 to 1", "0 to 3", "0 to 5", "all ages", "6 to 12", "13 to 17")

TOOLS = (
    "one-page checklist", "conversation guide", "shared calendar", "huddle board", "handover sheet",
    "review template", "map of services", "short video", "question cards", "weekly figure",
    "decision tree", "debriefing guide", "coaching log", "template letter",
)  # fmt: skip

DEVICES = (
    "Morning huddles",
    "A second reader",
    "Paired visits",
    "A handover sheet",
    "A pause before closing",
    "Question cards",
    "A weekly case conference",
    "Shared calendars",
    "A debriefing guide",
    "A workload board",
    "Peer coaching",
    "A map of services",
    "Protected learning hours",
    "A quiet hour",
    "A call-back within a day",
    "Joint visits with nurses",
    "A red-flag list",
    "Supervision in pairs",
    "A checklist for absences",
    "Family meetings before decisions",
    "A standing agenda",
    "Short simulations",
    "A look-ahead for weekends",
    "Plain-language letters",
    "A buddy for new staff",
    "Cross-county meetings",
    "A direct line to the hospital",
    "Reviews of near misses",
    "A glossary at every desk",
    "Story rounds",
)

FOCI = (
    "safety plans",
    "first visits",
    "handovers between shifts",
    "safe sleep talks",
    "closing decisions",
    "reports from schools",
    "plans of safe care",
    "visits to infants",
    "supervision notes",
    "repeat reports",
    "night cover",
    "transfers between counties",
    "kinship placements",
    "medical follow-up",
    "reunification plans",
    "urgent responses",
    "missed visits",
    "screening decisions",
    "court reports",
    "return to work after an incident",
)

SETTINGS = (
    "intake teams",
    "rural offices",
    "a large urban office",
    "after-hours teams",
    "a hospital liaison unit",
    "new supervisors",
    "a tribal child welfare team",
    "regional leadership",
    "a county with few staff",
    "foster care teams",
    "a training unit",
    "assessment teams",
    "an island office",
    "contracted providers",
)

_WHO = (
    "the team", "supervisors", "the intake unit", "two offices", "the night shift", "new staff",
    "the quality unit", "a small group of caseworkers", "the regional leaders", "both shifts",
)  # fmt: skip
_WHEN = (
    "for three months", "over one summer", "in two cycles", "from one quarter to the next",
    "for half a year", "on weekdays only", "in the weeks after the training", "for sixty days",
)  # fmt: skip
_GOOD = (
    "questions came up earlier",
    "fewer tasks fell between two people",
    "notes were shorter and clearer",
    "staff said that they spoke up more often",
    "supervisors knew sooner what was stuck",
    "handovers took less time",
    "families were asked the same thing only once",
    "partners knew whom to call",
    "plans named who does what by when",
    "people looked at the same picture",
    "delays became visible",
    "new staff found their way faster",
)
_BAD = (
    "it faded when the first enthusiasm was over", "the form grew until nobody filled it in",
    "it did not reach the night shift", "in weeks of high workload it was the first thing to go",
    "partners outside the agency were told too late", "it depended on one person",
    "the figures came too late to act on", "some took it for another control",
    "it needed a room that was seldom free", "the training came a month after the start",
    "offices with few staff could not spare the time", "the old form was still in use beside it",
)  # fmt: skip
_CAUSE = (
    "information is spread over several systems",
    "workload leaves no time to look ahead",
    "decisions are made under pressure and alone",
    "nobody is sure who has the next step",
    "what one shift knows does not reach the next",
    "partners use the same word for different things",
    "doubts are hard to voice in front of leaders",
    "the policy does not fit the work as it is done",
    "reviews end with a report and not with a change",
    "experienced staff leave and take their knowledge along",
)
_LESSON = (
    "start small and write down what changes", "let those who do the work shape the form",
    "agree on a day to stop and look back", "tell partners before the first day",
    "keep it to one page", "ask what made sense at the time before asking what went wrong",
    "make the easy way the safe way", "name a role, not a person, as the owner",
    "measure one thing and show it every week", "drop something old for everything new",
)  # fmt: skip

_PATTERNS = (
    "{Who} tried it {when}, and {good}.",
    "It began because {cause}; {who} wanted to see whether a small change helps.",
    "What helped most was to {lesson}.",
    "At first {bad}, so the plan was changed after a month.",
    "Where it was kept up {when}, {good}.",
    "The advice to others is to {lesson}, and to {lesson2}.",
    "In the words of those who took part, {good}, although {bad}.",
    "{Who} looked at it together every second week and asked why {cause}.",
    "It is tempting to blame a person here, but {cause}.",
    "Nothing in it needs new software; it needs {who} and half an hour.",
    "After the trial {good}, and {good2}.",
    "One lesson stands out: {lesson}.",
)

_TALK = (
    "{A} reported on {focus}: {good}, though {bad}.",
    "The committee discussed why {cause}.",
    "{A} asked how other members deal with {focus}; three of them described what they do.",
    "Technical advisors suggested to {lesson}.",
    "It was noted that {good} where the change had been tried {when}.",
    "{A} reminded everyone that reviews look at systems, not at persons.",
    "Members agreed to {lesson} before the next meeting.",
    "The coordinator will send the material on {focus} to all members.",
    "There was a doubt whether it reaches small offices, since {bad}.",
    "{A} thanked the members who had shared what did not work.",
)  # fmt: skip


class Writer:
    """Writes texts by chance, from one stream of it."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice

    def sentence(self) -> str:
        """A sentence on how a change in practice went."""
        return self._fill(self.dice.choice(_PATTERNS))

    def paragraph(self, sentences: int) -> str:
        """Several different sentences in a row."""
        patterns = self.dice.sample(_PATTERNS, sentences)
        return " ".join(self._fill(one) for one in patterns)

    def talk(self, names: list[str], sentences: int) -> str:
        """What was said at a meeting, by people of these names."""
        patterns = self.dice.sample(_TALK, sentences)
        return " ".join(self._fill(one, self.dice.choice(names)) for one in patterns)

    def problem(self) -> str:
        """What is wrong, in a sentence."""
        focus, cause = self.dice.choice(FOCI), self.dice.choice(_CAUSE)
        return f"Reviews of {focus} kept coming back to one thing: {cause}."

    def good(self) -> str:
        """What worked."""
        first, second = self.dice.pair(_GOOD)
        return f"{_capital(first)}, and {second}."

    def bad(self) -> str:
        """What did not work."""
        first, second = self.dice.pair(_BAD)
        return f"{_capital(first)}. Also, {second}."

    def tried(self, device: str, focus: str) -> str:
        """What was tried."""
        who, when = self.dice.choice(_WHO), self.dice.choice(_WHEN)
        return (
            f"{_capital(who)} used {device[0].lower()}{device[1:]} for {focus} {when}, and wrote "
            f"down each time what got in the way. {self.sentence()}"
        )

    def lesson(self) -> str:
        """A piece of advice, without capital and full stop."""
        return self.dice.choice(_LESSON)

    def cause(self) -> str:
        """Why something goes wrong, without capital and full stop."""
        return self.dice.choice(_CAUSE)

    def _fill(self, pattern: str, name: str = "") -> str:
        dice = self.dice
        who = dice.choice(_WHO)
        lesson, lesson2 = dice.pair(_LESSON)
        good, good2 = dice.pair(_GOOD)
        return pattern.format(
            A=name, who=who, Who=_capital(who), when=dice.choice(_WHEN), good=good, good2=good2,
            bad=dice.choice(_BAD), cause=dice.choice(_CAUSE), lesson=lesson, lesson2=lesson2,
            focus=dice.choice(FOCI),
        )  # fmt: skip


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
