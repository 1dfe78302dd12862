"""Files with very many values or faults: told in time, and not one by one."""

from judging import all_judged
from npcs.records.hub import Hub
from npcs.records.yamltext import MOST

DECISION = (
    "---\ntitle: a\ndate: 2027-01-01\nsubject: other\nmethod: vote\noutcome: adopted\nvotes:\n"
)


def test_more_values_than_any_record_needs() -> None:
    hub = Hub.of(
        {"charter/people/x.yml": "name: a\n" + "".join(f"k{one}: 1\n" for one in range(60_000))}
    )
    (found,) = hub.documents["charter/people/x.yml"].remarks
    assert (found.rule, found.line) == ("unreadable-file", MOST // 2)


def test_very_many_faults_of_one_file() -> None:
    hub = Hub.of(
        {"charter/people/x.yml": "name: a\n" + "".join(f"k{one}: 1\n" for one in range(4_000))}
    )
    assert len(hub.documents["charter/people/x.yml"].remarks) == 50


def test_very_many_votes_of_strangers_and_broken_links() -> None:
    votes = "".join(f"  p{one}: yes\n" for one in range(4_000))
    texts = {f"charter/people/q{one}.yml": "name: a\n" for one in range(2_000)}
    texts["charter/decisions/D-2027-001.md"] = f"{DECISION}{votes}---\n" + "[a](b.md)\n" * 60_000
    found = [one.rule for one in all_judged(Hub.of(texts), "2027-06-01")]
    assert found.count("broken-reference") == 4_000
    assert found.count("broken-link") == 50
