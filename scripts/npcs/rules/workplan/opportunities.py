"""The rule on improvement opportunities: each is a pattern, and none tells of a case."""

from collections.abc import Iterator

from npcs.records.findings import Note, Place
from npcs.records.followup import Opportunity
from npcs.rules.rule import Scene, rule
from npcs.rules.telling import naming, telling


def _details(opportunity: Opportunity) -> Iterator[Note]:
    for place, text in _texts(opportunity):
        for message, hint in telling(text):
            yield place.error(message, hint)


@rule("pattern-not-case", provision="ACT-1", over=Opportunity, first=_details, waivable=False)
def pattern_not_case(opportunity: Opportunity, scene: Scene) -> Iterator[Note]:
    """An improvement opportunity is a pattern across reviews, and tells of no case.

    Reviews look at systems and blame nobody (ACT-1). What they have in common helps everybody; what
    one of them found belongs to the member whose review it was, and could point to a family or a
    colleague. So the title, the theme and the text hold no day, no child's exact age, no name, and
    no words that say it happened. The rule knows only these signs. That it is silent does not prove
    that a text is safe: a person must read it too.

    To put it right, say what many reviews have in common. If it has been published already, tell
    the coordinator.

    ## Example

    A day is enough to know which review is meant:

    ```markdown
    On 3 March 2027 a plan was not handed over.
    ```

    The check finds an error:

    > “3 March 2027” is a day, and could tell which case this is

    Put right: plans are not handed over at the change of shift.
    """
    for place, text in _texts(opportunity):
        for message, hint in naming(scene.hub, text):
            yield place.error(message, hint)


def _texts(opportunity: Opportunity) -> Iterator[tuple[Place, str]]:
    yield opportunity.at("title"), opportunity.title
    yield opportunity.at("theme"), opportunity.theme
    line = opportunity.body_line
    for paragraph in opportunity.body.split("\n\n"):
        yield Place(opportunity.path, line), paragraph
        line += paragraph.count("\n") + 2
