"""``explain``, ``rules``, ``who`` and ``status``: what they say, in words a coordinator reads."""

import json

import pytest

from npcs.cli import provision
from npcs.records.hub import Hub
from npcs.rules.registry import RULES
from partnership import Partnership, votes
from running import npcs

CHARTER = """\
**CHR-3** Co-chairs serve for at
most two years. {#chr-3}

**CHR-30** Not this one. {#chr-30}

**DEC-2** If there is no consensus, two-thirds of the committee must agree. {#dec-2}
"""


@pytest.fixture
def partnership():
    return (
        Partnership()
        .charter(CHARTER)
        .parameter("vote-share", ("2027-01-01", "2/3"))
        .parameter("co-chair-limit", ("2027-01-01", "2 years"))
        .seat("ana-ruiz", "2027-01-01", "ohio")
        .seat("bo-lind", "2027-01-01", "utah", ended={"on": "2027-02-10", "reason": "new post"})
        .term("ana-ruiz", "2027-01-15", "co-chair", end="2027-12-31")
        .person("cy-dunn", position="Data lead", leadership=False)
        .term("cy-dunn", "2027-02-01", "advisor")
        .meeting("2027-03-20", status="scheduled")
        .decision("D-2027-001", "2027-02-01", outcome="deferred", votes=votes(1))
        .decision("D-2027-002", "2027-02-01", outcome="deferred", votes=votes(1))
        .decision("D-2027-003", "2027-02-20", about=["D-2027-002"], votes=votes(1))
    )


@pytest.fixture
def root(partnership, tmp_path):
    return partnership.write(tmp_path / "root")


class TestProvision:
    def test_its_text_and_its_rules(self, root):
        done = npcs("explain", "chr-3", "--root", str(root))
        assert done.code == 0
        assert done.out.startswith(
            "The charter, CHR-3:\n    Co-chairs serve for at most two years."
        )
        assert "\n  co-chair-limit  Nobody is co-chair" in done.out

    def test_one_without_a_rule_and_one_that_is_not_there(self, root):
        assert "for people to judge" in npcs("explain", "CHR-30", "--root", str(root)).out
        done = npcs("explain", "CHR-31", "--root", str(root))
        assert done.code == 2
        assert "the charter has no provision CHR-31; did you mean" in done.err

    def test_links_are_words_and_addresses(self):
        from npcs.cli.explain import _unlinked

        assert _unlinked("See [CHR-3](#chr-3) and [it](../a.md).") == "See CHR-3 and it (../a.md)."


class TestUnread:
    TERM = "charter/terms/2027-01-01-bo-lind-member.yml"

    @pytest.mark.parametrize("command", ["who", "status"])
    def test_what_cannot_be_read_is_said(self, command, root):
        day = "--on" if command == "who" else "--as-of"
        whole = npcs(command, "--root", str(root), day, "2027-02-01")
        assert "cannot be read" not in whole.out
        (root / self.TERM).write_text("person: bo-lind\noffice: member\nstart: 2027-01-01\n")
        done = npcs(command, "--root", str(root), day, "2027-02-01")
        line = f"1 term cannot be read: {self.TERM}; what is shown may lack it"
        assert done.out.splitlines()[-1] == line
        told = npcs(command, "--root", str(root), day, "2027-02-01", "--format", "json")
        assert json.loads(told.out)["unread"] == {"term": [self.TERM]}


class TestExplain:
    @pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
    def test_every_rule(self, rule, root):
        done = npcs("explain", rule.name, "--root", str(root), "--as-of", "2027-03-01")
        assert done.code == 0
        assert done.out.startswith(f"{rule.summary}\n{rule.name} ({rule.subject}; ")
        assert rule.details in done.out
        said = " ".join(done.out.split())
        for line in rule.example.splitlines():
            if not line.startswith("```"):
                assert " ".join(line.removeprefix(">").split()) in said
        assert not [line for line in done.out.splitlines() if line.startswith((">", "#", "```"))]
        assert f"rules/{rule.name}/" in done.out
        for reading in rule.readings:
            assert f"  {reading}: " in done.out

    def test_with_the_charter_and_the_readings_of_the_day(self, root, same_as):
        given = ("explain", "co-chair-limit", "--root", str(root))
        same_as("explain.text", npcs(*given, "--as-of", "2027-03-01").out)
        before = npcs(*given, "--as-of", "2026-12-31").out
        assert "co-chair-limit: 2 years (set by the charter)" in before

    def test_without_a_charter_the_page_alone(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        done = npcs("explain", "co-chair-limit")
        assert done.code == 0
        assert "The charter, " not in done.out

    def test_a_rule_misspelt(self):
        done = npcs("explain", "unknown-fil")
        assert done.code == 2
        assert done.err.startswith(
            "npcs explain: there is no rule `unknown-fil`; did you mean `unknown-file`"
        )

    def test_the_text_of_a_provision_is_that_of_no_other(self):
        hub = Hub.of({"charter/charter.md": f"---\ntitle: x\nversion: '1.0'\n---\n{CHARTER}"})
        assert provision.text_of(hub, "CHR-3") == "Co-chairs serve for at most two years."
        assert provision.text_of(hub, "CHR-30") == "Not this one."
        assert provision.text_of(hub, "DEC-2").startswith("If there is no consensus, two-thirds")
        assert provision.text_of(hub, "DEC-9") == ""
        assert provision.text_of(Hub.of({}), "DEC-2") == ""


class TestRules:
    def test_lists_all_by_subject(self):
        done = npcs("rules")
        assert done.code == 0
        for rule in RULES:
            assert any(
                line.split()[0] == rule.name and line.endswith(rule.summary)
                for line in done.out.splitlines()
                if line.startswith("  ")
            )
        for subject in {rule.subject for rule in RULES}:
            assert done.out.count(f"\n{subject}:\n") + done.out.startswith(f"{subject}:\n") == 1

    def test_json(self):
        told = json.loads(npcs("rules", "--format", "json").out)
        assert told["version"] == 1
        assert [one["name"] for one in told["rules"]] == [rule.name for rule in RULES]
        assert list(told["rules"][0]) == ["name", "subject", "provision", "readings", "summary"]


class TestWho:
    def test_on_a_day(self, root, same_as):
        same_as("who.text", npcs("who", "--on", "2027-03-01", "--root", str(root)).out)

    def test_first_and_last_days_count(self, root):
        def members(day):
            done = npcs("who", "--on", day, "--root", str(root), "--format", "json")
            return [one["person"] for one in json.loads(done.out)["members"]]

        assert members("2026-12-31") == []
        assert members("2027-01-01") == ["ana-ruiz", "bo-lind"]
        assert members("2027-02-10") == ["ana-ruiz", "bo-lind"]
        assert members("2027-02-11") == ["ana-ruiz"]
        assert members("2027-12-31") == ["ana-ruiz"]
        assert members("2028-01-01") == []

    def test_json(self, root):
        done = npcs("who", "--on", "2027-03-01", "--root", str(root), "--format", "json")
        told = json.loads(done.out)
        assert told["version"] == 1
        assert told["co_chairs"] == [
            {
                "person": "ana-ruiz", "name": "Ana Ruiz", "first": "2027-01-15",
                "last": "2027-12-31", "serving_since": "2027-01-15", "days_served": 46,
                "limit": "2 years", "limit_last": "2029-01-14",
            }
        ]  # fmt: skip

    def test_a_seat_filled_again_is_not_vacant(self, partnership, tmp_path):
        partnership.seat("dee-moss", "2027-02-20", "utah")
        root = partnership.write(tmp_path / "root")

        def vacant(day):
            done = npcs("who", "--on", day, "--root", str(root), "--format", "json")
            return [one for one in json.loads(done.out)["vacant"] if "seat" in one]

        assert vacant("2027-02-10") == []
        assert vacant("2027-02-11") == [
            "a seat: for Utah, left by Bo Lind after 10 February 2027, "
            "planned until 31 December 2027"
        ]
        assert vacant("2027-02-20") == []

    def test_nobody_yet(self, tmp_path, same_as):
        root = Partnership().member("ohio").write(tmp_path / "root")
        same_as("who-nobody.text", npcs("who", "--on", "2027-03-01", "--root", str(root)).out)


class TestStatus:
    def test_one_screen(self, root):
        done = npcs("status", "--as-of", "2027-03-01", "--root", str(root))
        assert done.code == 0
        lines = done.out.splitlines()
        assert lines[0] == "15 records as of 2027-03-01"
        assert "  1 decision deferred" in lines
        assert "    2027-02-01  D-2027-001  Decision D-2027-001" in lines
        assert "  1 meeting scheduled" in lines
        assert "    2027-03-20  2027-03-20-executive-committee  Executive Committee" in lines
        assert any(line.startswith("  ") and "not yet adopted" in line for line in lines)
        assert len(lines) < 60

    def test_days_are_counted_from_the_day_asked_for(self, root):
        def due(day):
            done = npcs("status", "--as-of", day, "--root", str(root), "--format", "json")
            return json.loads(done.out)

        told = due("2027-03-01")
        assert list(told) == [
            "version", "as_of", "records", "counts", "crashed", "due", "deferred", "scheduled",
            "provisional", "unread", "later",
        ]  # fmt: skip
        assert told["due"] == sorted(told["due"], key=lambda one: one["on"])
        notice = next(one for one in told["due"] if "meeting on 20 March" in one["what"])
        assert (notice["on"], notice["days"]) == ("2027-03-13", 12)
        assert notice["provision"] == "ADV-2"
        assert [one["id"] for one in told["deferred"]] == ["D-2027-001"]
        assert due("2027-03-21")["scheduled"] == []

    def test_a_day_before_the_newest_records(self, root):
        def last(day):
            done = npcs("status", "--as-of", day, "--root", str(root))
            return done.out.splitlines()[-1]

        assert last("2027-01-31").startswith("  3 records are dated after this day")
        assert last("2027-02-19").startswith("  1 record is dated after this day")
        assert "error" in last("2027-02-20")

    def test_many_of_a_kind_are_counted(self, tmp_path):
        partnership = Partnership()
        for number in range(30):
            partnership.member(f"state-{number:02}")
        root = partnership.write(tmp_path / "root")
        done = npcs("status", "--as-of", "2027-03-01", "--root", str(root))
        assert done.out.count("has named nobody") == 3
        assert "  and 27 more of member-team: npcs check --select member-team" in done.out
