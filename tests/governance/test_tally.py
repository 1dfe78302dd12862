"""Whether a vote carried, and whether enough took part."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from npcs.governance.standing import holds
from npcs.governance.tally import decision_day, in_the_way, quorum, tally, upheld
from npcs.records.charter import Decision
from partnership import Partnership, meeting_id, people, votes

D = date.fromisoformat
ID = "D-2027-001"
ON = "2027-03-04"


def made(partnership):
    hub = partnership.hub()
    return hub, hub.get(Decision, ID)


def count(partnership):
    return tally(*made(partnership))


def voted(size, cast, **fields):
    """A committee of some size that votes on a day of its year."""
    return Partnership().committee(size).decision(ID, ON, votes=cast, **fields)


@pytest.mark.parametrize("size", range(1, 61))
def test_exactly_two_thirds_carries_and_one_less_does_not(size):
    least = next(yes for yes in range(size + 1) if 3 * yes >= 2 * size)
    partnership = Partnership().committee(size)
    partnership.decision("D-2027-001", ON, votes=votes(least, size - least))
    partnership.decision("D-2027-002", ON, votes=votes(least - 1, size - least + 1))
    partnership.decision("D-2027-003", ON, votes=votes(least))
    partnership.decision("D-2027-004", ON, votes=votes(size))
    hub = partnership.hub()
    enough, short, rest_absent, all_of_them = (
        tally(hub, one) for one in hub.all(Decision).values()
    )
    assert (enough.base, enough.needed, enough.carried) == (size, least, True)
    assert (short.base, short.needed, short.carried) == (size, least, False)
    assert rest_absent.carried
    assert rest_absent.absent == size - least
    assert all_of_them.carried


def test_what_the_smaller_committees_need():
    need = {size: count(voted(size, {})).needed for size in range(3, 13)}
    assert need == {3: 2, 4: 3, 5: 4, 6: 4, 7: 5, 8: 6, 9: 6, 10: 7, 11: 8, 12: 8}


@pytest.mark.parametrize(
    ("case", "size", "cast", "carried"),
    [
        ("6 of 9", 9, votes(6), True),
        ("5 of 9", 9, votes(5), False),
        ("5 of 7", 7, votes(5), True),
        ("4 of 6", 6, votes(4), True),
        ("2 of 3, where 0.67 would ask for 3", 3, votes(2), True),
        ("33 of 50, where 0.66 would do", 50, votes(33), False),
        ("34 of 50", 50, votes(34), True),
        ("5 of 8, where rounding would do", 8, votes(5), False),
        ("the only one in office agrees", 1, votes(1), True),
        ("the only one in office is silent", 1, {}, False),
        ("all abstain", 6, votes(0, abstain=6), False),
        ("an abstention stays in the base", 6, votes(3, abstain=3), False),
        ("being recused stays in the base", 6, votes(3, recused=3), False),
        ("enough agree, the others abstain", 6, votes(4, abstain=2), True),
        ("enough agree, the others are recused", 6, votes(4, recused=2), True),
        ("nobody votes", 9, {}, False),
    ],
)
def test_two_thirds_of_everyone_in_office(case, size, cast, carried):
    assert count(voted(size, cast)).carried is carried


def test_everyone_in_office_is_counted_in_one_way_only():
    attendance = dict.fromkeys(people(7), "present") | {"p08": "absent", "p09": "excused"}
    partnership = voted(9, votes(3, 1, 1, 1), meeting=meeting_id(ON))
    found = count(partnership.meeting(ON, attendance=attendance))
    assert (found.yes, found.no, found.abstaining, found.recused) == (3, 1, 1, 1)
    assert (found.unvoted, found.absent, found.base) == (1, 2, 9)


@pytest.mark.parametrize(
    ("size", "cast", "sentence"),
    [
        (9, votes(6, 2), "6 of the 9 in office agreed; two-thirds of 9 is 6, so it carried "
         "(2 against, 1 absent)"),
        (9, votes(5, 4), "5 of the 9 in office agreed; two-thirds of 9 is 6, so it did not carry "
         "(4 against)"),
        (8, votes(6, 1, 1), "6 of the 8 in office agreed; two-thirds of 8 is 5 1/3, which takes 6, "
         "so it carried (1 against, 1 abstaining)"),
        (1, votes(1), "1 of the 1 in office agreed; two-thirds of 1 is 2/3, which takes 1, so it "
         "carried"),
        (3, votes(2, recused=1), "2 of the 3 in office agreed; two-thirds of 3 is 2, so it carried "
         "(1 recused)"),
    ],
)  # fmt: skip
def test_the_arithmetic_in_a_sentence(size, cast, sentence):
    assert count(voted(size, cast)).sentence == sentence


def test_a_vacant_seat_is_nobody_and_is_not_in_the_base():
    partnership = Partnership().committee(8)
    partnership.seat("p09", "2027-01-01", ended={"on": D("2027-03-03"), "reason": "Left"})
    assert count(partnership.decision(ID, ON, votes=votes(6))).base == 8


@pytest.mark.parametrize(
    ("day", "base", "carried", "why"),
    [
        ("2027-06-30", 3, True, []),
        ("2027-07-01", 2, False, [("dia", "left office on 30 June 2027")]),
    ],
    ids=["votes on the last day of the term", "votes on the day after"],
)
def test_somebody_whose_term_ends(day, base, carried, why):
    partnership = Partnership().committee(2, "2027-02-01")
    partnership.seat("dia", "2026-07-01")
    partnership.decision(ID, day, votes={"p01": "yes", "dia": "yes"})
    found = count(partnership)
    assert (found.base, found.carried) == (base, carried)
    assert [tuple(one) for one in found.not_counted] == why


def test_a_vote_before_the_first_day_of_a_term():
    partnership = voted(2, votes(2) | {"dia": "no"}).seat("dia", "2027-03-05")
    found = count(partnership)
    assert (found.base, found.no, found.carried) == (2, 0, True)
    assert found.not_counted == (("dia", "in office only from 5 March 2027"),)


def test_who_is_not_on_the_committee_is_named_and_not_counted():
    partnership = voted(
        3,
        votes(1) | dict.fromkeys(["adv", "chair", "clerk", "guest", "ghost"], "yes"),
    )
    partnership.person("adv", name="Ada Vance").term("adv", "2020-01-01", "advisor")
    partnership.person("chair").term("chair", "2027-01-01", "co-chair")
    partnership.person("clerk").term("clerk", "2020-01-01", "coordinator")
    partnership.person("guest")
    found = count(partnership)
    assert (found.yes, found.base, found.carried) == (1, 3, False)
    assert found.sentence == (
        "1 of the 3 in office agreed; two-thirds of 3 is 2, so it did not carry (2 absent); "
        "not counted: Ada Vance (technical advisor, who has no vote), "
        "Chair (co-chair without a seat on the committee), "
        "Clerk (project coordinator, who has no vote), "
        "Guest (never on the committee), ghost (nobody on record)"
    )


def test_strangers_alone_carry_nothing():
    found = count(Partnership().person("guest").decision(ID, ON, votes={"guest": "yes"}))
    assert (found.base, found.needed, found.carried) == (0, 0, False)
    assert found.sentence == (
        "nobody was in office on 4 March 2027, so nothing could carry; "
        "not counted: Guest (never on the committee)"
    )


def test_somebody_with_two_terms_has_one_vote_and_counts_once():
    found = count(voted(3, votes(2)).term("p01", "2027-02-01"))
    assert (found.yes, found.base, found.carried) == (2, 3, True)


def test_a_replacement_votes_in_place_of_the_one_replaced():
    partnership = Partnership().committee(2)
    partnership.seat("old", "2027-01-01", "ohio", ended={"on": D("2027-02-28"), "reason": "Left"})
    partnership.seat("new", "2027-03-01", "ohio", replaces="2027-01-01-old-member")
    found = count(partnership.decision(ID, ON, votes={"p01": "yes", "new": "yes", "old": "no"}))
    assert (found.yes, found.no, found.base, found.carried) == (2, 0, 3, True)


def test_a_ballot_is_counted_on_its_last_day():
    ballot = {"opened": D("2027-06-28"), "closed": D("2027-07-02")}
    partnership = Partnership().committee(2, "2027-02-01").seat("dia", "2026-07-01")
    partnership.decision(ID, "2027-06-28", ballot=ballot, votes=votes(2) | {"dia": "no"})
    hub, decision = made(partnership)
    assert decision_day(decision) == D("2027-07-02")
    assert (tally(hub, decision).base, tally(hub, decision).day) == (2, D("2027-07-02"))


# The base and the share may change between two decisions


@pytest.mark.parametrize(
    ("base", "expected", "carried"),
    [("in-office", 9, False), ("present", 7, True), ("cast", 6, True)],
)
def test_two_thirds_of_whom(base, expected, carried):
    attendance = dict.fromkeys(people(7), "present") | dict.fromkeys(["p08", "p09"], "absent")
    partnership = voted(9, votes(5, 1, 1), meeting=meeting_id(ON))
    partnership.meeting(ON, attendance=attendance).parameter("vote-base", ("2027-01-01", base))
    found = count(partnership)
    assert (found.base, found.carried) == (expected, carried)


def test_sixty_present_thirty_for_fifteen_against_and_fifteen_abstaining():
    attendance = dict.fromkeys(people(60), "present")
    for base, carried in (("cast", True), ("present", False)):
        partnership = voted(60, votes(30, 15, 15), meeting=meeting_id(ON))
        partnership.meeting(ON, attendance=attendance).parameter("vote-base", ("2027-01-01", base))
        assert count(partnership).carried is carried


def test_sentences_for_other_bases():
    partnership = voted(9, votes(5, 1, 1)).parameter("vote-base", ("2027-01-01", "cast"))
    assert count(partnership).sentence == (
        "5 of the 6 votes cast for or against agreed; two-thirds of 6 is 4, so it carried "
        "(1 against, 1 abstaining, 2 absent)"
    )
    partnership = voted(9, votes(5, 1, 1)).parameter("vote-base", ("2027-01-01", "present"))
    assert count(partnership).sentence == (
        "5 of the 7 in office who took part agreed; two-thirds of 7 is 4 2/3, which takes 5, "
        "so it carried (1 against, 1 abstaining, 2 absent)"
    )
    partnership = voted(3, votes(0, 0, 2)).parameter("vote-base", ("2027-01-01", "cast"))
    assert count(partnership).sentence == (
        "nobody in office voted yes or no, so nothing could carry (2 abstaining, 1 absent)"
    )
    partnership = voted(3, {}).parameter("vote-base", ("2027-01-01", "present"))
    assert count(partnership).sentence == (
        "nobody in office took part, so nothing could carry (3 absent)"
    )


def two_decisions(name, *history, cast, size=9):
    """The same votes on the last day of one value and the first day of the next."""
    partnership = Partnership().committee(size).parameter(name, *history)
    partnership.decision("D-2027-001", "2027-05-31", votes=cast)
    partnership.decision("D-2027-002", "2027-06-01", votes=cast)
    hub = partnership.hub()
    return hub, hub.get(Decision, "D-2027-001"), hub.get(Decision, "D-2027-002")


@pytest.mark.parametrize(
    ("name", "before", "after", "cast", "carried"),
    [
        ("vote-share", "2/3", "3/4", votes(6, 3), [True, False]),
        ("vote-share", "2/3", "1/2", votes(5, 4), [False, True]),
        ("vote-base", "in-office", "cast", votes(5, 2), [False, True]),
        ("vote-base", "present", "in-office", votes(5, 2), [True, False]),
    ],
)
def test_each_decision_is_counted_by_what_was_in_force_that_day(name, before, after, cast, carried):
    history = [("2027-01-01", before), ("2027-06-01", after)]
    hub, first, second = two_decisions(name, *history, cast=cast)
    assert [tally(hub, first).carried, tally(hub, second).carried] == carried


def test_the_quorum_is_the_one_in_force_that_day():
    history = [("2027-01-01", "more than 1/2"), ("2027-06-01", "at least 2/3")]
    hub, first, second = two_decisions("quorum", *history, cast=votes(5))
    assert [quorum(hub, first).met, quorum(hub, second).met] == [True, False]


@pytest.mark.parametrize(
    ("size", "present", "met"),
    [(9, 5, True), (9, 4, False), (8, 4, False), (8, 5, True), (1, 1, True), (1, 0, False),
     (2, 1, False), (2, 2, True)],
)  # fmt: skip
def test_more_than_half_must_be_there(size, present, met):
    attendance = dict.fromkeys(people(size), "absent") | dict.fromkeys(people(present), "present")
    partnership = voted(size, {}, meeting=meeting_id(ON)).meeting(ON, attendance=attendance)
    found = quorum(*made(partnership))
    assert (found.present, found.base, found.met) == (present, size, met)


def test_being_there_counts_for_the_quorum_and_advisors_do_not():
    attendance = {"p01": "present", "p02": "present", "p03": "excused", "adv": "present"}
    partnership = voted(4, votes(0, recused=1), meeting=meeting_id(ON))
    partnership.person("adv").term("adv", "2020-01-01", "advisor")
    found = quorum(*made(partnership.meeting(ON, attendance=attendance)))
    assert (found.present, found.needed, found.met) == (2, 3, False)
    assert found.sentence == (
        "2 of the 4 in office took part; more than half of 4 takes 3, so there was no quorum"
    )


def test_whoever_cast_a_vote_of_any_kind_took_part_in_a_ballot():
    ballot = {"opened": D("2027-03-01"), "closed": D(ON)}
    partnership = voted(5, votes(1, 0, 1, 1), ballot=ballot)
    found = quorum(*made(partnership))
    assert (found.present, found.met) == (3, True)


def test_a_meeting_says_nothing_of_a_ballot():
    ballot = {"opened": D("2027-03-01"), "closed": D(ON)}
    partnership = voted(5, votes(1), ballot=ballot, meeting=meeting_id(ON))
    partnership.meeting(ON, attendance=dict.fromkeys(people(5), "present"))
    assert quorum(*made(partnership)).present == 1


def test_no_quorum_asked_for_and_nobody_in_office():
    partnership = voted(3, {}).parameter("quorum", ("2027-01-01", "none"))
    found = quorum(*made(partnership))
    assert found.met
    assert found.sentence == "0 of the 3 in office took part; no quorum is asked for"
    nobody = quorum(*made(Partnership().decision(ID, ON)))
    assert not nobody.met
    assert nobody.sentence == "nobody was in office on 4 March 2027, so there was no quorum"


@pytest.mark.parametrize(
    ("by", "resolved", "reached"),
    [("p01", False, False), ("p01", True, True), ("adv", False, True), ("former", False, True)],
    ids=["upheld", "resolved", "an advisor's", "a former member's"],
)
def test_an_objection_stands_when_somebody_in_office_upholds_it(by, resolved, reached):
    objection = {"by": by, "text": "Too soon", "resolved": resolved}
    consensus = {"sought_on": D(ON), "objections": [objection]}
    partnership = voted(3, {}, method="consensus", consensus=consensus)
    partnership.person("adv").term("adv", "2020-01-01", "advisor")
    partnership.seat("former", "2025-01-01")
    hub, decision = made(partnership)
    assert len(upheld(hub, decision)) == (not reached)


def test_by_unanimity_everyone_in_office_says_yes():
    for cast, silent in (({}, 3), (votes(2, 0, 1), 1), (votes(2, 1), 1), (votes(3), 0)):
        partnership = voted(3, cast, method="consensus")
        hub, decision = made(partnership)
        assert in_the_way(hub, decision) == ()
        partnership.parameter("consensus", ("2020-01-01", "unanimity"))
        hub, decision = made(partnership)
        assert len(in_the_way(hub, decision)) == silent
        assert holds(hub, decision, D(ON)) == (not silent and bool(cast))


def test_without_a_word_on_consensus_no_objection_is_on_record():
    assert not upheld(*made(voted(3, votes(3))))


kinds = st.sampled_from(["yes", "no", "abstain", "recused", None])
presences = st.sampled_from(["present", "excused", "absent", None])


@settings(deadline=None, max_examples=120)
@given(
    st.lists(st.tuples(st.booleans(), kinds, presences), max_size=9),
    st.integers(1, 12), st.integers(1, 12),
    st.sampled_from(["in-office", "present", "cast"]),
)  # fmt: skip
def test_the_count_agrees_with_fractions_and_one_person_at_a_time(folk, part, whole, base):
    part, whole = min(part, whole), max(part, whole)
    partnership = Partnership()
    cast, attendance = {}, {}
    for number, (seated, vote, presence) in enumerate(folk):
        who = f"q{number}"
        if seated:
            partnership.seat(who, "2027-01-01")
        else:
            partnership.person(who)
        cast |= {who: vote} if vote else {}
        attendance |= {who: presence} if presence else {}
    partnership.parameter("vote-share", ("2027-01-01", f"{part}/{whole}"))
    partnership.parameter("vote-base", ("2027-01-01", base))
    partnership.decision(ID, ON, votes=cast, meeting=meeting_id(ON))
    found = count(partnership.meeting(ON, attendance=attendance))

    agreeing = size = 0
    seen = []
    for seated, vote, presence in folk:
        if not seated:
            continue
        there = vote is not None or presence == "present"
        seen.append(vote or ("unvoted" if there else "absent"))
        agreeing += vote == "yes"
        size += {"in-office": True, "present": there, "cast": vote in ("yes", "no")}[base]
    assert found.base == size
    assert found.carried == (size > 0 and Fraction(agreeing, size) >= Fraction(part, whole))
    assert [found.yes, found.no, found.abstaining, found.recused, found.unvoted, found.absent] == [
        seen.count(one) for one in ("yes", "no", "abstain", "recused", "unvoted", "absent")
    ]
    assert len(found.not_counted) == sum(not seated and bool(vote) for seated, vote, _ in folk)
    if size:
        enough = [n for n in range(size + 1) if Fraction(n, size) >= Fraction(part, whole)]
        assert found.needed == enough[0]
        assert ("so it carried" in found.sentence) == found.carried
