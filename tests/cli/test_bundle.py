"""``npcs bundle``: figures and a run chart from a table, of which nothing stays anywhere."""

import json
import os
from pathlib import Path

import pytest
from tests.governance.test_bundles import BUNDLE, PATH

from running import npcs

HEAD = "period,age_months,plan,sleep,nurse,excluded\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    file = tmp_path / "hub" / PATH
    file.parent.mkdir(parents=True)
    file.write_text(BUNDLE)
    (tmp_path / "hub/charter").mkdir()
    return tmp_path / "hub"


def asked(root: Path, text: str | bytes, *options: str) -> tuple[int, str, str]:
    data = root.parent / "data.csv"
    data.write_bytes(text.encode() if isinstance(text, str) else text)
    return npcs("bundle", "first-steps", str(data), "--root", str(root), *options)


def rows(*shares: int) -> str:
    """Ten children of four months in each month, of whom so many slept safely."""
    return HEAD + "".join(
        f"2027-{month:02},4,,{'yes' if number < share else 'no'},,\n"
        for month, share in enumerate(shares, start=1)
        for number in range(10)
    )


def test_figures_and_what_is_counted_apart(root: Path) -> None:
    text = HEAD + (
        "2027-01,0,yes,yes,,\n"
        "2027-01,0,n/a,YES,no,\n"
        "2027-01,8,,yes,,\n"
        "2027-02,30,,,,\n"
        "2027-02,3,,no,,moved\n"
    )
    code, out, err = asked(root, text)
    assert (code, err) == (0, "")
    assert "  Candidate, not adopted. 5 children in the table.\n" in out
    assert "All or none: each element that applies was done\n  2 of 3   66.7 %\n" in out
    assert "  sleep  3 of 3   100.0 %        birth to under 1 year\n" in out
    assert "  1 child left out: Moved away\n" in out
    assert "  1 child to whom no element applies\n" in out
    assert "  1 time nothing is recorded of an element that applies, which counts as not" in out
    assert "  1 answer for an element at an age it is not for, which counts nowhere\n" in out
    assert "With fewer than 10 periods no signal is claimed." in out


def test_a_run_chart_tells_a_shift(root: Path) -> None:
    _, out, _ = asked(root, rows(4, 5, 4, 3, 4, 5, 8, 9, 8, 9, 8, 9))
    assert "Run chart of all or none; the median is 65.0 %, drawn as |" in out
    bar = "#" * 16 + " " * 10 + "|"
    assert f"  2027-01       4 of 10   40.0 %  {bar}\n" in out
    assert "  Shift: 6 in a row below the median, 2027-01 to 2027-06.\n" in out
    assert "  Shift: 6 in a row above the median, 2027-07 to 2027-12.\n" in out


def every_other(*shares: int) -> str:
    """The same for every other month only."""
    months = [f"{year}-{month:02}" for year in (2026, 2027) for month in range(1, 13, 2)]
    return HEAD + "".join(
        f"{month},4,,{'yes' if number < share else 'no'},,\n"
        for month, share in zip(months, shares, strict=True)
        for number in range(10)
    )


def test_where_no_month_follows_another_no_signal_can_be_told(root: Path) -> None:
    _, out, _ = asked(root, every_other(1, 1, 1, 9, 9, 9, 1, 1, 9, 9, 1, 9))
    assert (
        "No signal can be told: a period is missing before each figure; nor can it be told how "
        "many runs there are."
    ) in " ".join(out.split())
    _, out, _ = asked(root, every_other(1, 9, 1, 9, 1, 9, 1, 9, 1, 9, 1, 9))
    assert "Too many runs: 12, where chance gives 4 to 10" in out


def test_months_without_a_row_leave_a_gap_that_ends_a_row_of_figures(root: Path) -> None:
    low, high = rows(4, 5, 4), rows(8, 9, 8, 9, 8, 9).removeprefix(HEAD).replace("2027", "2028")
    _, out, _ = asked(root, low + rows(4, 5, 4).removeprefix(HEAD).replace("2027", "2029") + high)
    lines = out[out.index("Run chart") :].splitlines()
    assert [line.strip() for line in lines if "nobody to count" in line] == [
        "2027-04 to 2027-12: nobody to count", "2028-07 to 2028-12: nobody to count",
    ]  # fmt: skip
    assert "Shift: 6 in a row above the median, 2028-01 to 2028-06." in out
    whole = rows(4, 5, 4, 5, 4, 5, 8, 9, 8, 9, 8, 9)
    assert "Shift: 6 in a row above the median" in asked(root, whole)[1]
    _, out, _ = asked(root, whole.replace("2027-10", "2028-01"))
    assert "2027-10: nobody to count" in out
    assert "in a row above" not in out


def test_programs_get_exact_shares(root: Path) -> None:
    _, out, _ = asked(root, rows(1, 2, 2), "--format", "json")
    told = json.loads(out)
    assert told["all_or_none"] == {"done": 5, "of": 30, "share": "1/6"}
    assert (told["median"], told["signals"], told["adopted_by"]) == ("1/5", [], None)


def test_nothing_is_stored(root: Path) -> None:
    def everything() -> dict[str, int]:
        return {
            str(Path(where) / name): (Path(where) / name).stat().st_mtime_ns
            for where, _, names in os.walk(root.parent)
            for name in names
        }

    data = root.parent / "data.csv"
    data.write_text(rows(3))
    before = everything()
    assert npcs("bundle", "first-steps", str(data), "--root", str(root)).code == 0
    assert everything() == before


def test_the_template_holds_the_columns_and_counts_to_nobody(root: Path) -> None:
    done = npcs("bundle", "first-steps", "--template", "--root", str(root))
    assert done.out == HEAD
    code, out, _ = asked(root, done.out)
    assert code == 0
    assert "0 of 0   nobody to count" in out
    assert "No run chart: there is nobody to whom the bundle applies." in out


def test_a_column_too_many_is_refused_and_not_repeated(root: Path) -> None:
    code, out, err = asked(root, "name," + HEAD + "Dana Doe,2027-01,4,,yes,,\n")
    assert (code, out) == (1, "")
    assert "line 1: 1 column in it is not asked for. Take it out, so that" in err
    assert "Dana" not in err
    _, _, err = asked(root, "name,born," + HEAD)
    assert "line 1: 2 columns in it are not asked for. Take them out, so that" in err


@pytest.mark.parametrize(("mark", "word"), [(";", "semicolons"), ("\t", "tabs")])
def test_cells_parted_by_something_else_are_all_there_is_to_say(
    root: Path, mark: str, word: str
) -> None:
    code, out, err = asked(root, HEAD.replace(",", mark))
    assert (code, out) == (1, "")
    assert err.splitlines()[1:] == [
        f"  line 1: the cells are parted by {word}: save the table with commas"
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "2027-13,4,,yes,,\n", "line 2: `period` is a month, a quarter or a year"),
        (HEAD + "2027-01,4,,yes,,\n2027,4,,yes,,\n", "line 3: `period` is one of years, and above"),
        (HEAD + "2027-01,4.5,,yes,,\n", "line 2: `age_months` is the age in whole months"),
        (HEAD + "2027-01,4,,Dana,,\n", "line 2: `sleep` is yes, no, not-applicable or unknown"),
        (HEAD + "2027-01,4,,yes,,gone\n", "line 2: `excluded` is empty or a reason of the bundle"),
        (HEAD + "2027-01,4,,yes\n", "line 2: it has 4 cells, and the table 6 columns"),
        (HEAD.replace("sleep,", ""), "line 1: the column `sleep` is missing"),
        (HEAD.replace("excluded", "plan"), "line 1: the column `plan` stands there twice"),
        ("", "line 1: the column `period` is missing"),
        (HEAD.encode() + b"2027-01,4,,\xff,,\n", "the file is not UTF-8"),
        (HEAD + '2027-01,4,,"yes,,\n', "the file is no table in CSV"),
        (HEAD + "2027-01,4,," + "y" * 1_000_000, "a line of it has no end"),
    ],
)
def test_what_cannot_be_counted_is_told_by_its_line(
    root: Path, text: str | bytes, said: str
) -> None:
    code, out, err = asked(root, text)
    assert (code, out) == (1, "")
    assert said in err
    assert "Dana" not in err


def test_very_many_faults_end_the_reading(root: Path) -> None:
    code, _, err = asked(root, HEAD + "x,4,,yes,,\n" * 100_000)
    assert code == 1
    assert "20 things or more in" in err
    assert len(err.splitlines()) == 21


def test_a_table_of_a_spreadsheet_is_read(root: Path) -> None:
    text = "\ufeff" + HEAD + "2027-q1,4,,Yes,,\n,,,,,\n"
    code, out, _ = asked(root, text.replace("\n", "\r\n"))
    assert code == 0
    assert "1 of 1   100.0 %" in out


def test_what_is_not_there_is_told(root: Path) -> None:
    def told(*arguments: str) -> str:
        done = npcs("bundle", *arguments, "--root", str(root))
        assert (done.code, done.out) == (2, "")
        return done.err

    assert "there is no bundle “first-step”; did you mean" in told("first-step", "data.csv")
    assert "there is first-steps" in told("zzz", "data.csv")
    assert "does not exist" in told("first-steps", "nowhere.csv")
    assert "is not a file" in told("first-steps", str(root))
    assert "ask for its columns with --template" in told("first-steps")
