"""Pages of outcome measures: the chart, what it says in words, and what must not be shown."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.partnership import Partnership
from tests.publish.conftest import AS_OF

from npcs.publish import build
from npcs.publish.errors import BuildFailed
from npcs.publish.page import Page
from npcs.publish.render import markdown

PagesOf = Callable[..., dict[str, Page]]
ADDRESS = "workplan/measures/deaths"
SVG = "{http://www.w3.org/2000/svg}"


def measured(figures: str, *lines: str) -> Partnership:
    """A partnership with one measure and its figures."""
    fields = (
        "title: Children who died", "provision: CHR-1", "definition: Children who died.",
        "numerator: Children who died", "denominator: Children who live there", "per: 100000",
        "share: true", "unit: deaths per 100,000 children", "better: lower", *lines,
    )  # fmt: skip
    made = Partnership().put(f"{ADDRESS}.yml", "\n".join(fields) + "\n")
    return made.put(f"{ADDRESS}.csv", figures) if figures else made


def quarters(*counts: int | str, first: int = 2020) -> str:
    rows = [f"{first + at // 4}-Q{at % 4 + 1},{count},2400000" for at, count in enumerate(counts)]
    return "\n".join(["period,numerator,denominator", *rows, ""])


STEP = (60, 64, 58, 66, 62, 61, 63, 44, 41, 47, 42, 46, 45, 43)
CALM = (60, 50, 64, 52, 49, 61, 58, 48, 63, 51, 47, 62, 50, 65)


def text_of(pages_of: PagesOf, figures: str, *lines: str) -> str:
    return markdown(pages_of(measured(figures, *lines))[ADDRESS])


def picture(pages_of: PagesOf, figures: str, *lines: str) -> ElementTree.Element:
    page = pages_of(measured(figures, *lines))[ADDRESS]
    return ElementTree.fromstring(page.files[f"{ADDRESS}.svg"])


def classes(root: ElementTree.Element) -> list[str]:
    return [one.get("class", "") for one in root.iter()]


def test_without_figures_the_page_says_so(pages_of: PagesOf) -> None:
    for figures in ("", "period,numerator,denominator\n"):
        text = text_of(pages_of, figures)
        assert "No figures yet: members have not agreed to publish any." in text
        assert "## Chart" not in text
        assert not pages_of(measured(figures))[ADDRESS].files


def test_of_a_population_the_page_says_that_it_is_one(pages_of: PagesOf) -> None:
    told = "how many people live in a place, and counts no cases"
    assert told in text_of(pages_of, "", "population: true")
    assert told not in text_of(pages_of, "")


def test_a_shift_is_told_in_words_and_which_side_is_better(pages_of: PagesOf) -> None:
    text = text_of(pages_of, quarters(*STEP))
    assert "Shift: 7 in a row above the median, 2020-Q1 to 2021-Q3. That is the worse side" in text
    assert "Shift: 7 in a row below the median, 2021-Q4 to 2023-Q2. That is the better side" in text
    assert "Too few runs: 2, where chance gives 4 to 12 of 14 values off the median." in text
    plan = markdown(pages_of(measured(quarters(*STEP)))["workplan/index"])
    assert "shift, better" in plan


def test_without_a_signal_none_is_claimed(pages_of: PagesOf) -> None:
    text = text_of(pages_of, quarters(*CALM))
    assert "No signal: neither 6 in a row on one side of the median" in text
    assert "it does not prove that nothing changed" in text
    short = text_of(pages_of, quarters(*range(60, 51, -1)))
    assert "With fewer than 10 periods no signal is claimed." in short
    assert "Trend" not in short.partition("## How")[0]


def test_a_control_chart_has_its_limits_and_its_own_rules(pages_of: PagesOf) -> None:
    figures = quarters(*CALM, 99)
    text = text_of(pages_of, figures, "chart: control", "baseline: 2023-Q2")
    assert "Beyond the limits: 2023-Q3 is above the upper limit." in text
    assert "control chart of single values (XmR), five rules" in text
    drawn = picture(pages_of, figures, "chart: control", "baseline: 2023-Q2")
    assert classes(drawn).count("npcs-limit") == 2
    assert "npcs-carried" in classes(drawn)
    told = "With fewer than 12 periods no signal is claimed."
    assert told in text_of(pages_of, quarters(*CALM[:11]), "chart: control")


def test_the_chart_is_whole_by_itself_and_says_what_it_shows(pages_of: PagesOf) -> None:
    drawn = picture(pages_of, quarters(*STEP))
    title, desc = drawn.find(f"{SVG}title"), drawn.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert title.text == "Run chart: Children who died, 2020-Q1 to 2023-Q2"
    assert "Shift: 7 in a row below the median" in (desc.text or "")
    assert drawn.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert drawn.get("role") == "img"
    assert classes(drawn).count("npcs-marked") == 14 + 1  # and once in the legend
    style = drawn.find(f"{SVG}style")
    assert style is not None
    assert "prefers-color-scheme: dark" in (style.text or "")
    assert not [one for one in drawn.iter() if one.tag in (f"{SVG}script", f"{SVG}image")]


def test_what_people_wrote_is_escaped_in_the_chart(pages_of: PagesOf) -> None:
    made = measured(quarters(*CALM))
    made.put(f"{ADDRESS}.yml", made.texts[f"{ADDRESS}.yml"].replace("who died", "& 'more'", 1))
    drawn = ElementTree.fromstring(pages_of(made)[ADDRESS].files[f"{ADDRESS}.svg"])
    assert "Children & 'more', 2020-Q1" in (drawn.findtext(f"{SVG}title") or "")


def test_a_value_that_is_not_shown_is_passed_over_and_not_drawn(pages_of: PagesOf) -> None:
    figures = quarters(*CALM[:6], "suppressed", *CALM[6:])
    text = text_of(pages_of, figures)
    assert "| 2021&#45;Q3 | not shown | 2,400,000 | not shown |" in text
    assert "(`suppressed` in the file)" in text
    assert "Passed over, since not shown: 2021&#45;Q3." in text
    assert "stands for a count of 1 to 10" in text
    drawn = picture(pages_of, figures)
    assert classes(drawn).count("npcs-values") == 2
    assert "2021-Q3" not in "".join(drawn.itertext())


def test_a_denominator_of_zero_gives_no_figure_and_hides_none(pages_of: PagesOf) -> None:
    figures = quarters(*CALM) + "2023-Q3,0,0\n"
    text = text_of(pages_of, figures)
    assert "| 2023&#45;Q3 | 0 | 0 | none |" in text
    assert "Without a figure, since the denominator is zero: 2023&#45;Q3." in text
    assert "not shown" not in text
    assert "not shown" not in "".join(picture(pages_of, figures).itertext())


def test_points_on_the_median_are_told_apart(pages_of: PagesOf) -> None:
    figures = quarters(60, 50, 55, 61, 49, 62, 48, 55, 63, 47, 55)
    assert "3 figures on the median neither count for a row" in text_of(pages_of, figures)
    assert classes(picture(pages_of, figures)).count("npcs-on") == 3 + 1


def test_groups_have_a_table_of_their_own(pages_of: PagesOf) -> None:
    text = text_of(pages_of, (
        "period,group,numerator,denominator\n2026,all,75,300\n2026,under-1,50,100\n"
        "2026,1-to-3,suppressed,100\n2026,4-to-17,suppressed,100\n2027,all,80,300\n"
    ))  # fmt: skip
    assert "| Period | Under 1 | 1 to 3 | 4 to 17 { .npcs-stacks } |" in text
    assert "| 2026 | 50 | not shown | not shown |" in text


def test_what_happened_is_numbered_in_the_chart_and_listed(pages_of: PagesOf) -> None:
    made = measured(
        quarters(*CALM), "annotations:", "  - on: 2021-02-03", "    text: New form <in use",
        "  - on: 2019-12-31", "    text: Before it", "  - on: 2023-07-01", "    text: After it",
        "activities:", "  - reviews",
    )  # fmt: skip
    made.put("workplan/activities/reviews.md", """\
---
title: Reviews
provision: CHR-1
lead: Executive Committee
milestones:
  - {id: m1, title: First reviews shared, due: 2022-01-01, done: {on: 2022-05-06, evidence: M}}
  - {id: m2, title: Not yet, due: 2029-01-01}
---
""")  # fmt: skip
    made.put(
        "workplan/priorities/first.md",
        """\
---
title: First priority
aim: Less.
measures: [deaths]
cycles:
  - {plan: Try it., from: 2021-05-01}
  - {plan: Later., from: 2029-05-01}
---
""",
    )
    page = pages_of(made)[ADDRESS]
    text = markdown(page)
    assert "| 1 | 3 February 2021 | New form &lt;in use |" in text.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "| 2 | 1 May 2021 | Cycle 1 of plan, do, study, act begins | [First priority]" in (
        text.replace("\N{NO-BREAK SPACE}", " ")
    )
    assert "First reviews shared | [Reviews]" in text
    assert "Not yet" not in text
    assert "| earlier | 31 December 2019 | Before it |" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "| later | 1 July 2023 | After it |" in text.replace("\N{NO-BREAK SPACE}", " ")
    drawn = ElementTree.fromstring(page.files[f"{ADDRESS}.svg"])
    assert classes(drawn).count("npcs-event") == 3


def test_terms_say_whether_figures_can_be_compared(pages_of: PagesOf) -> None:
    made = measured(quarters(*CALM), "terms: [death]").member("alder")
    made.put(
        "definitions/terms/death.md",
        """\
---
term: Death
version: "1.0"
status: approved
definition: It.
source: {title: A}
crosswalk:
  alder: {mapping: broader, compared_with: "1.0", note: More., source: {title: B}}
---
""",
    )
    text = markdown(pages_of(made)[ADDRESS])
    assert "## Can figures be compared?" in text
    assert "counts more cases, so its figures are too high beside the others" in text


def test_the_chart_stands_in_the_page_and_as_a_file(root: Path, copy: Path, tmp_path: Path) -> None:
    for path, text in measured(quarters(*STEP)).texts.items():
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_text(text)
    out = build(copy, tmp_path / "site", AS_OF).out
    html = (out / f"{ADDRESS}/index.html").read_text("utf-8")
    frame = r'<div class="npcs-scroll npcs-drawing" role="region"[^>]*><svg .*?</svg></div>'
    found = re.search(frame, html, re.DOTALL)
    assert found
    assert "<style>" not in found[0]
    assert "npcs-embed" not in html
    assert (out / f"{ADDRESS}.svg").read_bytes().startswith(b"<svg ")
    assert (out / f"{ADDRESS}.csv").read_text() == quarters(*STEP)
    assert (out / "assets/charts.css").exists()
    assert "charts.css" in html


def test_the_chart_fits_a_narrow_screen_and_follows_the_colours(
    copy: Path, tmp_path: Path, served: Callable[[Path], str], chromium: Any
) -> None:
    for path, text in measured(quarters(*STEP)).texts.items():
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_text(text)
    address = served(build(copy, tmp_path / "site", AS_OF).out)
    inks = []
    for scheme in ("light", "dark"):
        context = chromium.new_context(viewport={"width": 320, "height": 800}, color_scheme=scheme)
        page = context.new_page()
        page.goto(f"{address}{ADDRESS}/")
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        inks.append(page.evaluate(
            "getComputedStyle(document.querySelector('.npcs-chart text')).fill"
        ))  # fmt: skip
        context.close()
    assert inks[0] != inks[1]


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (quarters(*CALM, 7), "`numerator` is a count of 1 to 10"),
        (quarters(*CALM, "x"), "is no count"),
    ],
)
def test_no_site_is_built_with_figures_that_may_not_be_shown(
    figures: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(BuildFailed, match=re.escape(said)):
        build(measured(figures).write(tmp_path / "hub"), tmp_path / "site", AS_OF)


def test_a_row_of_figures_ends_where_one_is_not_shown(pages_of: PagesOf) -> None:
    shift = "Shift: 7 in a row above the median"
    parted = quarters(*STEP[:4], "suppressed", *STEP[4:])
    assert shift in text_of(pages_of, quarters(*STEP))
    text = text_of(pages_of, parted)
    assert shift not in text
    assert "nobody knows what its figure was: no row of figures goes on beyond it." in text
    assert "no row of figures goes on" not in text_of(pages_of, quarters(*STEP))
    assert "If it did not, there would be 2: too few are judged by the first number" in text


def test_the_page_says_how_the_limits_of_runs_come_about(pages_of: PagesOf) -> None:
    text = text_of(pages_of, quarters(*CALM))
    assert "worked out exactly, so that the limits can differ by one from the table" in text


def test_figures_that_are_all_the_same_are_told_so(pages_of: PagesOf) -> None:
    for chart, line in (("run", "median"), ("control", "mean")):
        text = text_of(pages_of, quarters(*[50] * 14), f"chart: {chart}")
        assert f"No signal: all figures are the same, and lie on the {line}." in text
        assert f"All figures are on the {line}, so that there is no row on one side of it." in text
    few = text_of(pages_of, quarters(50, 50, 50, 50, 50, 60, 40, 60, 40, 60, 40, 50, 50))
    assert "it takes 10 figures off the median, and there are 6." in few
