"""What is remembered for a hub, and that whoever is told it is known to have looked."""

from npcs.governance.memory import per_hub, per_record
from npcs.records.charter import Member, Person
from npcs.records.hub import EVERYTHING, Hub

TEXTS = {
    "charter/members/birch.yml": "name: Birch\nkind: state\nsize: medium\njoined: 2020-01-01\n",
    "charter/people/ana-ruiz.yml": "name: Ana Ruiz\nmember: birch\n",
}


def test_an_answer_is_worked_out_once_for_each_hub() -> None:
    asked = []

    @per_hub
    def names(hub: Hub) -> list[str]:
        asked.append(hub)
        return [one.name for one in hub.all(Member).values()]

    first, second = Hub.of(TEXTS), Hub.of(TEXTS)
    assert names(first) is names(first)
    assert names(second) == names(first)
    assert asked == [first, second]


def test_who_is_given_a_remembered_answer_looked_at_what_it_rests_on() -> None:
    @per_hub
    def names(hub: Hub) -> list[str]:
        return [one.name for one in hub.all(Member).values()]

    @per_record
    def at_home(hub: Hub, person: Person) -> bool:
        return hub.get(Member, person.member) is not None

    hub = Hub.of(TEXTS)
    ana = hub.all(Person)["ana-ruiz"]
    for _ in range(2):
        assert hub.watched(lambda: names(hub)) == (["Birch"], {"member"})
        assert hub.watched(lambda: at_home(hub, ana)) == (True, {"member"})


def test_every_way_to_records_is_noted() -> None:
    hub = Hub.of(TEXTS)
    ways = {
        lambda: hub.get(Member, "birch"): {"member"},
        lambda: list(hub.giving(Member, "joined")): {"member"},
        lambda: hub.exists("member", "none"): {"member"},
        lambda: hub.unread(Member, Person): {"member", "person"},
        lambda: hub.by_kind["group"]: {"group"},
        lambda: list(hub.by_kind.values()): set(hub.by_kind),
        lambda: hub.record("charter/people/ana-ruiz.yml"): {"person"},
        lambda: hub.document("charter/people/nobody.yml"): {"person"},
        lambda: hub.provisions: {"charter"},
        lambda: hub.documents: {EVERYTHING},
        lambda: hub.companions: {EVERYTHING},
        lambda: hub.broken: {EVERYTHING},
        lambda: hub.referrers: {EVERYTHING},
    }
    for way, kinds in ways.items():
        assert hub.watched(way)[1] == kinds
    outer = hub.watched(lambda: [hub.watched(way) for way in list(ways)[:1]])
    assert outer[1] == {"member"}, "what is looked at within is looked at"
