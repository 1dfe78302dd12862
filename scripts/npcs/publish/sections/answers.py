"""What members answered to safety notices: by notice, by member, and over all (ACT-4).

A page says what a member answered only where `governance.answers.named` lets it; every other member
stands in totals, on every page.
"""

from collections.abc import Iterator

from npcs.governance.answers import NO_ANSWER, Board, Line, tells_totals
from npcs.governance.notices import state
from npcs.publish.empty import nothing_yet
from npcs.publish.listing import Row, listing
from npcs.publish.page import Block, Fact, Facts, Page, Table, Text
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, chip, day, link, number, sentence, words
from npcs.records.charter import Member
from npcs.records.notices import Answer

BOARD = "notices/answers/index"
_TONES = {
    "complete": "good",
    "equivalent-measure": "good",
    "not-applicable": "past",
    "not-received": "warn",
    NO_ANSWER: "warn",
}
_ORDER = (
    "complete", "equivalent-measure", "not-applicable", "under-way", "assessing", "acknowledged",
    "not-received", NO_ANSWER,
)  # fmt: skip
OWN_WORD = "An answer is a member's own word; nobody else certifies it."


def pages(site: Site) -> Iterator[Page]:
    """The answers to all notices at a glance, in totals."""
    page = Page(
        BOARD,
        "Answers to safety notices",
        (),
        path=(("Notices", "notices/index"),),
        lead=sentence(
            "How many members have answered each notice, and how many are still asked. To see what "
            "one member is asked, ",
            link("choose the member", "members/index"),
            f": its page tells that once it has agreed to be named. {OWN_WORD}",
        ),
    )
    if not site.boards:
        text = "No notice has been issued yet, so there is nothing to answer."
        yield Page(
            page.address,
            page.title,
            (nothing_yet(site, "notice", text),),
            path=page.path,
            lead=page.lead,
        )
        return
    ordered = sorted(site.boards.values(), key=lambda one: one.notice.key, reverse=True)
    rows = [
        Row(one.notice.key.split("-")[2], _row(site, one))
        for one in sorted(ordered, key=lambda one: not one.live)
    ]
    columns = ("Notice", "Version", "Asked", "Settled", "No answer", "State", "Answer by")
    yield from listing(page, columns, rows, ("notice", "notices"))


def _row(site: Site, one: Board) -> tuple[str, ...]:
    settled, open_ = str(sum(line.settled for line in one.lines)), str(one.open)
    silent = str(one.silent)
    late = [" ", chip(f"{one.late} overdue", "bad")] if one.late else []
    stands = sentence(f"{open_} open", *late)
    if not tells_totals(site.hub, one, site.as_of):
        settled, silent, stands = "not told", "not told", Md("open")
    asked = str(len(one.lines) + one.elsewhere)
    return (
        site.to(one.notice, f"{one.notice.key} {one.notice.title}"),
        one.version,
        f"{asked}, {one.elsewhere} elsewhere" if one.elsewhere else asked,
        settled,
        silent,
        stands if one.live else state(site.hub, one.notice, site.as_of),
        site.day(one.respond_by),
    )


def on_notice(site: Site, key: str) -> list[Block]:
    """The answers to a notice: totals, and the members that may be named."""
    board = site.boards.get(key)
    if board is None:
        return [site.empty("Members answer once it is issued.")] if key in site.answers_to else []
    elsewhere = _elsewhere(board)
    if not board.lines:
        return [site.empty(elsewhere or "There was no member to ask.")]
    if not tells_totals(site.hub, board, site.as_of):
        asked = number(len(board.lines), "member is", "members are")
        said = f"{capital(asked)} asked. Totals of so few would tell what each of them answered."
        return [site.empty(f"{said} {elsewhere}".rstrip())]
    totals = board.totals
    rows = tuple((capital(words(one)), str(totals[one])) for one in _ORDER if one in totals)
    blocks: list[Block] = [Text(_said(board)), Table(("Answer", "Members"), rows)]
    blocks += [Text(Md(elsewhere))] if elsewhere else []
    may = site.named_on(board)
    given = {one.member: one for one in site.answers_to.get(key, ())}
    facts = [Fact(*_named(site, board, one, given.get(one.member))) for one in board.lines
             if one.member in may]  # fmt: skip
    unnamed = len(board.lines) - len(facts)
    if unnamed:
        agreed = "have" if unnamed != 1 else "has"
        few = "; where only one or two have not, nobody is" if not facts else ""
        said = (
            f"A member is named here once it has agreed to that{few}. "
            f"{capital(number(unnamed, 'member'))} {agreed} a place in the totals only."
        )
        blocks.append(Text(Md(said)))
    return [*blocks, Facts(tuple(facts))] if facts else blocks


def _elsewhere(board: Board) -> str:
    """A word on the members whose answers have no place in a public repository."""
    if not board.elsewhere:
        return ""
    asked = number(board.elsewhere, "member", "members")
    are, have, its = ("is", "has", "its") if board.elsewhere == 1 else ("are", "have", "their")
    answers = "answer is" if board.elsewhere == 1 else "answers are"
    return (
        f"{capital(asked)} {are} asked and {have} not agreed to be named. Everybody can read the "
        f"files behind these pages, so {its} {answers} kept elsewhere and counted nowhere here."
    )


def _said(board: Board) -> Md:
    settled = sum(one.settled for one in board.lines)
    asked = number(len(board.lines), "member is", "members are")
    if not board.live:
        asked = number(len(board.lines), "member was", "members were")
    said = [f"{capital(asked)} asked about version {board.version}; {settled} settled it"]
    if board.live:
        said.append(f", {board.open} open")
        said.append(f", {board.late} of them overdue" if board.late else "")
    elif board.silent:
        said.append(f", {board.silent} never answered")
    verb = " Answers are asked by " if board.live else " Answers were asked by "
    by = sentence(verb, day(board.respond_by), ".") if board.respond_by else ""
    return sentence("".join(said), ".", by, f" {OWN_WORD}")


def _named(
    site: Site, board: Board, line: Line, answer: Answer | None
) -> tuple[Md, tuple[Md, ...]]:
    """A member's answer as a field: the member, then what it said, and its file."""
    anchor = Md(f"{{ #answer-{line.member} }}")
    parts: list[object] = [_state(line, board.live)]
    if line.on:
        parts += [" ", day(line.on)]
    if line.on and answer and answer.lead:
        parts += [". Lead: ", site.text(answer.lead)]
    values = [sentence(*parts)]
    if answer and answer.on == line.on:
        values += [site.line(answer.reason, answer), Md(f"*File* `{answer.path}`")]
    return sentence(site.member(line.member), anchor), tuple(one for one in values if one)


def _state(line: Line, live: bool) -> Md:
    yet = " yet" if live and line.said == NO_ANSWER else ""
    said = chip(words(line.said) + yet, _TONES.get(line.said, ""))
    parts: list[object] = [said]
    if line.reopened:
        parts.append(" asked again since the notice was amended")
    if line.late:
        parts += [" ", chip("overdue", "bad")]
    return sentence(*parts)


def on_member(site: Site, member: Member) -> list[Block]:
    """A member's own board, where it may be named: open notices, and those it never answered."""
    mine = [(site.boards[key], line) for key, line in site.lines_of.get(member.key, [])]
    if not mine:
        return _untold(site, member)
    open_ = [(board, line) for board, line in mine if board.live and not line.settled]
    silent = [
        (board, line)
        for board, line in mine
        if line.said == NO_ANSWER and state(site.hub, board.notice, site.as_of) == "closed"
    ]
    late = sum(line.late for _, line in open_)
    ended = f", {len(silent)} closed without an answer" if silent else ""
    said = (
        f"Asked about {number(len(mine), 'notice')}: {len(open_)} open, {late} overdue{ended}. "
        f"{OWN_WORD} "
    )
    rows = tuple(
        (
            site.to(board.notice, f"{board.notice.key} {board.notice.title}"),
            board.version,
            _state(line, board.live),
            site.day(board.respond_by),
        )
        for board, line in (*open_, *silent)
    )
    every = link("All notices, in totals", BOARD)
    blocks: list[Block] = [Text(sentence(said, every, "."))]
    return [*blocks, Table(("Notice", "Version", "State", "Answer by"), rows)] if rows else blocks


def _untold(site: Site, member: Member) -> list[Block]:
    """What stands in the place of a member's board where no page may name what it answered."""
    here = member.left is None or member.left > site.as_of
    if not here or not any(board.live for board in site.boards.values()):
        return []
    said = sentence(
        "Every member is asked about ",
        link("the open notices", BOARD),
        ". What this one answered "
        "is told on no page: a member shows here once it has agreed to be named. Its own "
        "people ask ",
        site.coordinator(),
        " which answers are still wanted.",
    )
    return [Text(said)]
