"""Curricula of spaced questions: what to say and do so that a team learns (fictional)."""

from datetime import timedelta
from typing import Any, NamedTuple

from npcs.demo.dice import Dice
from npcs.demo.library import slug
from npcs.demo.prose import TOPICS, Writer
from npcs.demo.world import World
from npcs.demo.yamlout import Folded


class _Question(NamedTuple):
    """A question by its id, its right answer and two others, each with what it says back."""

    id: str
    stem: str
    right: tuple[str, str]
    others: tuple[tuple[str, str], tuple[str, str]]


_QUESTIONS = (
    _Question(
        "own-mistake",
        "A colleague tells you of a mistake of their own. What do you do first?",
        ("Thank them, and ask what made sense at the time",
         "Yes. It keeps the talk open, and shows what made the mistake likely."),
        (("Find out who else is to blame", "Blame ends the talk before anything is learned."),
         ("Send a reminder to all", "A reminder changes nothing about how the work is set up.")),
    ),
    _Question(
        "taking-over",
        "You take over from the shift before you. What helps most?",
        ("Say back in your own words what you heard",
         "Yes. What was left out or misheard shows at once."),
        (("Read the notes when there is time", "Notes answer no questions, and time seldom comes."),
         ("Trust that they would have said it", "People leave out what they take for granted.")),
    ),
    _Question(
        "unknown-partner",
        "A safety plan depends on somebody you have not met. What comes next?",
        ("Call them, and write down what they agreed to",
         "Yes. A plan holds when each person knows their part in it."),
        (("Send them the plan", "That it was sent does not mean that it was read or agreed to."),
         ("Leave that to the family", "They may not know what the plan needs of this person.")),
    ),
    _Question(
        "no-doubts",
        "In a meeting nobody says a word of doubt. What do you do?",
        ("Ask each person what they would worry about",
         "Yes. A question to each makes it ordinary to have doubts."),
        (("Take it for agreement", "Silence can also be fatigue, or fear of the one who leads."),
         ("Decide it yourself", "Then what the others know stays unsaid.")),
    ),
    _Question(
        "bad-form",
        "You notice that a form does not fit the work. What do you do?",
        ("Tell the owner of the form, with an example",
         "Yes. Who can change it learns where it fails."),
        (("Fill it in somehow", "It saves a minute, and the record says what nobody meant."),
         ("Make a form of your own", "It helps you alone, and others cannot read along.")),
    ),
    _Question(
        "same-question",
        "A supervisor is asked the same question every week. What could help?",
        ("Look at what in the work makes people ask",
         "Yes. A question that comes back points at the system, not at those who ask."),
        (("Answer it in a message to all", "New staff will not find it, and others forget it."),
         ("Ask people to be more careful", "They do ask: it shows that they are careful.")),
    ),
    _Question(
        "quite-sure",
        "You feel sure of a decision after a minute. What is worth a pause?",
        ("Look for one thing that would change your mind",
         "Yes. A first view finds what fits it; what speaks against it has to be looked for."),
        (("Collect more that supports it", "It makes you surer and not righter."),
         ("Nothing, experience counts", "Experience is quick, also where things are new.")),
    ),
    _Question(
        "two-at-once",
        "Two reports reach you within an hour. How do you begin?",
        ("Say to your team what cannot be done in time",
         "Yes. The team can share the load only when it knows of it."),
        (("Take the one that came first", "The order of arrival says nothing of the danger."),
         ("Do both, a little at a time", "Each is interrupted, and steps get lost.")),
    ),
)  # fmt: skip


def write_curricula(world: World, number: int) -> int:
    """Write curricula of spaced questions."""
    dice, writer = world.stream("curricula"), world.writer("curricula/prose")
    span = (world.as_of - world.start).days - 90
    for place in range(number):
        day = world.start + timedelta(days=60 + span * place // number)
        topic = TOPICS[place % len(TOPICS)]
        edition = place // len(TOPICS)
        name = f"{topic}-{edition + 1}" if edition else topic
        data = {
            "title": f"Five minutes on {topic}" + (f", part {edition + 1}" if edition else ""),
            "audience": dice.choice(("Caseworkers", "Supervisors", "New staff", "Leaders")),
            "objectives": [f"Know what helps with {topic}", "Speak up early"],
            "items": [_item(dice, one) for one in dice.sample(_QUESTIONS, 4)],
            "spacing": {"every": 7, "again": [28, 84]},
            "starts": day + timedelta(days=14 - day.weekday()),
            "discussion_guide": Folded(_discussion(writer)),
        }
        author = dice.choice(world.members_on(day)).team_on(day)[-1].author
        world.chronicle.commit(day, author, f"Add a curriculum on {topic}").put(
            f"practices/curricula/{slug(name)}.yml", data
        )
    return number


def _discussion(writer: Writer) -> str:
    return f"Ask the team where {writer.cause()}. {writer.sentence()}"


def _item(dice: Dice, one: _Question) -> dict[str, Any]:
    text, why = one.right
    options: list[dict[str, Any]] = [
        {"text": text, "correct": True, "feedback": Folded(why)},
        *({"text": other, "feedback": Folded(said)} for other, said in one.others),
    ]
    return {"id": one.id, "stem": Folded(one.stem), "options": dice.shuffled(options)}
