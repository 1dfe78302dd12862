"""Rules on shared practices: they tell what did not work, and where they come from."""

import re
from collections.abc import Iterator

from npcs.records.findings import Note
from npcs.records.practices import Practice
from npcs.rules.rule import rule

_EMPTY = re.compile(
    r"\W*(?:(?:(?:there (?:was|is) )?(?:none|nothing|no|nil|n/?a|tbd|todo|unknown|not applicable|-)"
    r"(?: (?:so far|yet|known|to report|at all|really|did not work|didn['’]t work|failed))?"
    r"|(?:it |they )?(?:all|everything)(?: (?:of it|it|has))? worked(?: well| out| fine)?"
    r"|no (?:problems?|issues?|failures?|drawbacks?)(?: (?:so far|yet|known|to report))?)\W*)?",
    re.IGNORECASE,
)


@rule("practice-honest", provision="ACT-6", over=Practice, alone=True)
def practice_honest(practice: Practice) -> Iterator[Note]:
    """A shared practice says what did not work.

    Members share successes and lessons learned with candor, and the lessons are what saves others
    the same mistakes. A practice of which only good is told is an advertisement: nobody can judge
    from it what would happen elsewhere.

    An empty `did_not_work` is an error, and so are words that say nothing, such as "none" or
    "everything worked". Where no source tells, a sentence that says so is honest, and stands.

    To put it right, write what was hard, what it cost, for whom it did not work, or what was given
    up on the way. Ask those who had to do it.

    ## Example

    Only good is told:

    ```yaml
    worked: Staff felt heard.
    did_not_work: Nothing so far.
    ```

    The check finds an error:

    > what did not work is not told: “Nothing so far.” says nothing

    Put right: `did_not_work: The notes took an hour a week, and night shifts could not join.`
    """
    hint = "say what was hard, what it cost or for whom it failed; or that no source tells"
    said = " ".join((practice.did_not_work or "").split())
    if not said:
        place = practice.at("did_not_work") if practice.did_not_work else practice.at()
        yield place.error("what did not work is not told: `did_not_work` is missing or empty", hint)
    elif _EMPTY.fullmatch(said):
        yield practice.at("did_not_work").error(
            f"what did not work is not told: “{said}” says nothing", hint
        )
    elif said.casefold() == " ".join(practice.worked.split()).casefold():
        yield practice.at("did_not_work").error(
            "what did not work is told in the same words as what worked", hint
        )


@rule("practice-source", provision="ACT-6", over=Practice, alone=True)
def practice_source(practice: Practice) -> Iterator[Note]:
    """A shared practice names where what it tells comes from.

    Whoever wants to use it must be able to ask further, and to see how old and how strong the
    ground is. The account of the member that tried it is a source as well; it is called what it
    is, with the day of the account.

    A practice without a source is an error. A source with neither an address nor a day, month or
    year is a warning: nobody can find it, or say how old it is.

    To put it right, list under `evidence`, in `sources`, a `title` each, with `address` and
    `as_of` where there are any.

    ## Example

    A practice that names no source:

    ```yaml
    evidence:
      level: promising
    ```

    The check finds an error:

    > this practice names no source

    Put right: `sources` below the level, with the title and the date of a report.
    """
    if not practice.evidence.sources:
        yield practice.at("evidence", key=True).error(
            "this practice names no source",
            "add `sources:` with a `title` each; a member's own account is a source as well",
        )
    for number, one in enumerate(practice.evidence.sources):
        if not one.address and not one.as_of:
            yield practice.at("evidence", "sources", number).warning(
                f"the source “{one.title}” has neither an address nor a date",
                "add `address:` or `as_of:`, so that it can be found and judged",
            )
