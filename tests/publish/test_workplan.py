"""The work plan's pages: status with its reason, drivers as a drawing, and what became of it."""

from datetime import date
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from npcs.publish.charts.drivers import MOST, can_be_drawn, drawing
from npcs.publish.errors import BuildFailed
from npcs.publish.finish import finished
from npcs.publish.later import Later
from npcs.publish.page import Columns, Embed, Page, Table, Text, Tree
from npcs.publish.sections import (
    activities,
    followthrough,
    opportunities,
    plan_in_time,
    priorities,
    workplan,
)
from npcs.publish.site import Settings, Site
from npcs.records.hub import Hub
from npcs.records.workplan import Driver, Priority
from partnership import Partnership, as_yaml

AS_OF = date(2027, 6, 1)
SVG = "{http://www.w3.org/2000/svg}"
SHOWN = "https://example.org/report"


def priority(**fields: object) -> Partnership:
    given_ = {"title": "Staff who stay", "aim": "Five in a hundred more by 2029.",
              "measures": ["stay"]}  # fmt: skip
    measure = "provision: OUT-4\ndefinition: Staff who stay.\nbetter: higher\n"
    text = f"---\n{as_yaml(given_ | fields)}---\nWhy.\n"
    return (
        Partnership()
        .put("workplan/priorities/staff.md", text)
        .put("workplan/measures/stay.yml", measure)
    )


def site(partnership: Partnership) -> Site:
    return Site(partnership.hub(), AS_OF, Settings("A hub"))


def one(partnership: Partnership) -> Priority:
    return partnership.hub().all(Priority)["staff"]


def only(section: ModuleType, there: Site) -> Page:
    """The one page of a section."""
    (found,) = section.pages(there)
    page: Page = found.made(there) if isinstance(found, Later) else found
    return page


def rows(page: Page, heading: int) -> tuple[tuple[str, ...], ...]:
    table = page.find(Table)[heading]
    assert isinstance(table, Table)
    return table.rows


TREE = [
    {"text": "It is safe to speak up", "drivers": [{"text": "Supervisors ask first"}]},
    {"text": "The work can be done & left"},
]


def test_a_priority_shows_its_drivers_as_a_drawing_and_as_a_list():
    page = only(priorities, site(priority(drivers=TREE)))
    (embed,) = page.find(Embed)
    assert isinstance(embed, Embed)
    assert set(page.files) == {embed.address}
    (tree,) = page.find(Tree)
    assert isinstance(tree, Tree)
    said = [depth for depth, _ in tree.lines], [str(line) for _, line in tree.lines]
    assert said == ([0, 1, 0], ["It is safe to speak up", "Supervisors ask first",
                                "The work can be done &amp; left"])  # fmt: skip


def test_the_drawing_says_what_it_is_without_sight_colour_or_script():
    text = drawing(one(priority(drivers=TREE)))
    root = ElementTree.fromstring(text)
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert title.text == "Driver diagram: Staff who stay"
    assert "2 drivers move it: It is safe to speak up; The work can be done & left." in (
        desc.text or ""
    )
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    colours = {part.get(name) for part in root.iter() for name in ("fill", "stroke")}
    assert colours <= {None, "none", "currentColor"}
    assert not {part.tag for part in root.iter()} & {f"{SVG}script", f"{SVG}style"}


NAMES = some.text("abc &<>\"'é ", min_size=1, max_size=70).filter(str.strip)
DRIVERS = some.recursive(
    some.builds(lambda text: Driver(text=text), NAMES),
    lambda below: some.builds(
        lambda text, more: Driver(text=text, drivers=more), NAMES, some.lists(below, max_size=4)
    ),
    max_leaves=14,
)


@settings(deadline=None)
@given(NAMES, some.lists(DRIVERS, min_size=1, max_size=4))
def test_no_box_of_a_drawing_covers_another_or_leaves_it(aim, drivers):
    plain = one(priority())
    drawn = plain.model_copy(update={"aim": aim, "drivers": tuple(drivers)})
    drawn._document = plain._document
    root = ElementTree.fromstring(drawing(drawn))
    width, height = (float(root.get(name) or 0) for name in ("width", "height"))
    boxes = [
        tuple(float(part.get(name) or 0) for name in ("x", "y", "width", "height"))
        for part in root.iter(f"{SVG}rect")
    ]
    for x, y, wide, high in boxes:
        assert 0 <= x <= x + wide <= width
        assert 30 <= y <= y + high <= height + 1
    for at, (x, y, _, high) in enumerate(boxes):
        for other_x, other_y, _, other_high in boxes[at + 1 :]:
            assert x != other_x or y + high <= other_y or other_y + other_high <= y


def test_too_many_drivers_stand_in_the_list_alone():
    many = [{"text": f"Driver {number}"} for number in range(MOST + 1)]
    assert can_be_drawn(one(priority(drivers=many[:-1])))
    page = only(priorities, site(priority(drivers=many)))
    assert not page.find(Embed)
    assert page.files == {}
    assert len(page.find(Tree)) == 1


HTML = '<article class="a"><h2>Drivers</h2><p><a class="npcs-embed" href="d.svg">Drivers</a></p>\
</article>'


def test_a_drawing_stands_in_the_page_in_a_frame_that_the_keyboard_reaches(tmp_path: Path):
    (tmp_path / "d.svg").write_text(drawing(one(priority(drivers=TREE))), "utf-8")
    html = finished(HTML, "page.html", tmp_path)
    assert '<div class="npcs-scroll npcs-drawing" role="region" tabindex="0"' in html
    assert "<svg" in html
    assert "npcs-embed" not in html


def test_a_drawing_whose_name_tells_days_stands_in_the_page_too(tmp_path: Path):
    (tmp_path / "d.svg").write_text(drawing(one(priority(drivers=TREE))), "utf-8")
    named = HTML.replace(">Drivers</a>", ">Drivers, 1 May 2027 to 2 June 2027</a>")
    html = finished(named, "page.html", tmp_path)
    assert 'aria-label="Drivers, 1 May 2027 to 2 June 2027"><svg' in html
    assert "npcs-embed" not in html


@pytest.mark.parametrize("harm", ["<script>1</script>", '<rect onload="x"></rect>', "<image/>"])
def test_a_drawing_with_anything_else_in_it_is_refused(tmp_path: Path, harm: str):
    (tmp_path / "d.svg").write_text(f"<svg>{harm}</svg>", "utf-8")
    with pytest.raises(BuildFailed, match="could be harmful"):
        finished(HTML, "page.html", tmp_path)


def test_cycles_tell_what_was_learnt_and_whether_they_are_open():
    cycles = [
        {"title": "A buddy", "plan": "Try it", "do": "Tried", "study": "Two years are needed",
         "act": "Ask others", "from": date(2027, 1, 1), "to": date(2027, 2, 1)},
        {"plan": "Try more", "from": date(2027, 5, 1), "to": date(2027, 6, 1)},
        {"plan": "Later", "from": date(2027, 6, 2)},
    ]  # fmt: skip
    page = only(priorities, site(priority(cycles=cycles)))
    first, second = rows(page, 0)
    assert first[0].startswith("[Cycle 1: A buddy]")
    assert ("closed" in first[2], first[3]) == (True, "Two years are needed")
    assert ("open" in second[2], second[3]) == (True, "")
    assert page.chips == ("2 cycles, 1 open",)


def activity() -> Partnership:
    steps = [
        {"id": "a", "title": "Agree", "due": date(2027, 4, 1),
         "done": {"on": date(2027, 3, 4), "evidence": "2027-03-04-executive-committee"}},
        {"id": "b", "title": "Train", "due": date(2027, 5, 1),
         "done": {"on": date(2027, 5, 1), "evidence": "Minutes"}, "depends_on": ["a"]},
        {"id": "c", "title": "Share", "due": date(2027, 9, 1), "depends_on": ["b"]},
    ]  # fmt: skip
    return Partnership().meeting("2027-03-04").activity("review", milestones=steps)


def test_an_activity_says_where_it_stands_and_why():
    page = only(activities, site(activity()))
    (chip,) = page.chips
    assert "late" in chip
    said = page.blocks[0]
    assert isinstance(said, Text)
    assert said.text == (
        "“Train” was due on 1 May 2027, 31 days ago, and is not done; one of 3 milestones is done. "
        "“Train” is said to be done, and nothing shows it."
    )


def test_milestones_show_evidence_and_what_they_wait_for():
    page = only(activities, site(activity()))
    done, unshown, waiting = rows(page, 0)
    assert "hub:meetings/2027-03-04-executive-committee" in done[4]
    assert ("not shown" in unshown[3], unshown[4], unshown[5]) == (True, "Minutes", "Agree")
    assert ("waits for others" in waiting[3], waiting[5]) == (True, "Train")


def follow() -> Partnership:
    made = Partnership()
    for number, (raised, due, strength) in enumerate(
        [("2026-01-01", "2026-03-01", "weak"), ("2027-01-01", "2027-05-31", "strong"),
         ("2027-05-01", "2027-06-01", "strong"), ("2027-05-02", None, "strong")]
    ):  # fmt: skip
        step = {"text": "Do", "owner": f"Owner {number % 2}", "strength": strength,
                "due": due and date.fromisoformat(due)}  # fmt: skip
        made.opportunity(f"o{number}", raised, actions=[step] if due else [])
    return made


def test_the_ageing_view_counts_by_state_age_owner_and_strength():
    page = only(followthrough, site(follow()))
    assert "Of 4 in all, 4 are open, and 2 are overdue." in [
        str(it.text) for it in page.find(Text) if isinstance(it, Text)
    ]
    assert rows(page, 0) == (("Nothing planned", "0", "1", ""), ("Under way", "0", "3", "2"))
    assert [row[1:] for row in rows(page, 1)] == [
        ("0", "2", "0"), ("0", "1", "1"), ("0", "0", "0"), ("0", "1", "1"),
    ]  # fmt: skip
    assert [(row[2], row[3], row[5]) for row in rows(page, 2)] == [
        ("Owner 0", "Weak", "457 days"), ("Owner 1", "Strong", "1 day"),
    ]  # fmt: skip
    assert rows(page, 3) == (("Owner 0", "2", "1"), ("Coordinator", "1", "0"),
                             ("Owner 1", "1", "1"))  # fmt: skip
    assert rows(page, 4) == (("Strong", "2", "2", "1"), ("Intermediate", "0", "0", "0"),
                             ("Weak", "1", "1", "1"))  # fmt: skip


def test_the_ageing_view_tells_of_how_many_it_is_known_what_came_of_them():
    made = Partnership()
    done = {"on": date(2027, 5, 1), "evidence": SHOWN}
    step = {"text": "Do", "owner": "All", "strength": "strong", "due": date(2027, 5, 1),
            "done": done}  # fmt: skip
    for number, told in enumerate((None, date(2027, 6, 1), date(2027, 6, 2))):
        result = told and {"on": told, "text": "It helped", "evidence": SHOWN}
        more = {"result": result} if result else {}
        made.opportunity(f"o{number}", "2027-04-01", actions=[step], **more)
    page = only(followthrough, site(made))
    assert "Of 3 in all, none is open, and none is overdue. Of 3 that are done, 1 tell" in str(
        page.blocks
    )


def test_what_is_overdue_is_named_up_to_a_number_and_then_counted():
    made = Partnership()
    for number in range(followthrough.MOST + 5):
        step = {"text": "Do", "owner": "All", "strength": "strong", "due": date(2027, 5, 1)}
        made.opportunity(f"o{number}", "2027-04-01", actions=[step])
    page = only(followthrough, site(made))
    assert len(rows(page, 2)) == followthrough.MOST
    assert "And 5 more" in str(page.blocks)


def test_pages_say_so_where_there_is_nothing_yet():
    empty = Site(Hub.of({}), AS_OF, Settings("A hub"))
    assert "There is nothing to follow yet" in str(only(followthrough, empty).blocks)
    assert "None has been written down yet" in str(only(opportunities, empty).blocks)
    plan = str(next(workplan.pages(empty)).blocks)
    assert "No priority has been chosen yet" in plan
    assert "0 open, none is overdue" in plan


def test_the_plan_is_a_board_by_state_what_needs_attention_first():
    made = (
        activity()
        .activity("rest")
        .activity(
            "share", "ACT-2", milestones=[{"id": "a", "title": "Begin", "due": date(2027, 9, 1)}]
        )
    )
    (board,) = next(workplan.pages(site(made))).find(Columns)
    assert isinstance(board, Columns)
    found = {str(one.title): [str(it.title) for it in one.entries] for one in board.columns}
    assert list(found) == ["**late**{ .npcs-chip .npcs-warn }", "**not started**{ .npcs-chip }"]
    assert [len(some) for some in found.values()] == [1, 2]
    said = board.columns[0].entries[0].lines
    assert str(said[0]).startswith("ACT-1, led by Executive Committee")
    assert "was due on 1 May 2027" in said[1]


def test_milestones_are_drawn_listed_and_given_as_a_file():
    made = activity().activity("share", "ACT-2", milestones=[
        {"id": "a", "title": "Begin", "due": date(2027, 9, 1)},
    ])  # fmt: skip
    page = only(plan_in_time, site(made))
    drawn = ElementTree.fromstring(page.files["workplan/timeline.svg"])
    titles = [one.text for one in drawn.iter(f"{SVG}title")][1:]
    assert titles == [
        "Agree: done, on 4 March 2027", "Train: late, due 1 May 2027",
        "Share: waits for others, due 1 September 2027", "Begin: open, due 1 September 2027",
    ]  # fmt: skip
    texts = [one.text for one in drawn.iter(f"{SVG}text")]
    assert {"ACT-1 Review: late", "ACT-2 Share: not started", "1", "4", "late"} <= {*texts}
    assert [row[0] for at in (0, 1) for row in rows(page, at)] == ["1", "2", "3", "4"]
    assert rows(page, 0)[2][5] == "No. 2"
    table = page.files["workplan/timeline.csv"].decode("utf-8-sig").splitlines()
    assert table[2] == "review,b,Train,2027-05-01,late,2027-05-01,Minutes,a"
    own = only(activities, site(activity()))
    assert set(own.files) == {"workplan/activities/review.svg", "workplan/activities/review.csv"}


def test_a_pause_by_a_decision_that_holds_is_drawn():
    pause = {"from": date(2027, 5, 10), "decision": "D-2027-001", "reason": "No money"}
    steps = [{"id": "a", "title": "Begin", "due": date(2027, 5, 20)}]
    made = Partnership().activity("share", milestones=steps, pauses=[pause])
    for committee, words in ((True, "paused"), (False, "late")):
        if committee:
            holds = (
                made.committee(3, "2027-01-01")
                .decision(
                    "D-2027-001",
                    "2027-05-04",
                    method="consensus",
                    consensus={"sought_on": date(2027, 5, 4)},
                    meeting="2027-05-04-executive-committee",
                    about=["share"],
                )
                .meeting("2027-05-04", attendance=dict.fromkeys(["p01", "p02", "p03"], "present"))
            )
        else:
            holds = made.decision("D-2027-001", "2027-05-04", outcome="rejected")
        page = only(plan_in_time, site(holds))
        drawn = ElementTree.fromstring(page.files["workplan/timeline.svg"])
        bars = [one for one in drawn.iter() if one.get("class") == "npcs-bar-rest"]
        assert bool(bars) == committee
        assert f"ACT-1 Share: {words}" in [one.text for one in drawn.iter(f"{SVG}text")]


def test_of_very_many_milestones_those_near_the_day_are_drawn():
    made = Partnership()
    for number in range(12):
        steps = [
            {"id": str(at), "title": "Do", "due": date(2016 + number, 1, 1 + at)}
            for at in range(10)
        ]
        made.activity(f"a{number}", milestones=steps)
    page = only(plan_in_time, site(made))
    assert len(page.find(Table)) == 1
    assert "11 activities are left out here" in str(page.blocks)
