"""What tells which case a text is about, and what only looks like it."""

import pytest

from npcs.rules.telling import telling


def found(text: str) -> list[str]:
    return [message.partition("”")[0][1:] for message, _ in telling(text)]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Jane D. was seen at home.", "Jane D."),
        ("The worker knew Jane D., who had moved.", "Jane D."),
        ("The worker visited Jane D. She was asleep.", "Jane D."),
        ("The worker visited Jane D.", "Jane D."),
        ("Jane D.'s mother called.", "Jane D."),
        ("Jane D.’s mother called.", "Jane D."),
        ("Nobody asked about Baby J. at the handover.", "Baby J."),
        ("Mrs. K. called twice.", "Mrs. K."),
        ("An infant, 7 weeks of age, slept on a sofa.", "7 weeks of age"),
        ("At seven weeks of age she was seen.", "seven weeks of age"),
        ("He was 3 Months of Age then.", "3 Months of Age"),
    ],
)
def test_signs_of_a_case(text, sign):
    assert found(text) == [sign]


@pytest.mark.parametrize(
    "text",
    [
        "Answer B. is right; see Appendix A. and Part D.",
        "Then take Option C. It is in Table B.",
        "Either A. or B. will do. Choose C. if it fits.",
        "The rule of the U.S. is older, and Washington D.C. has its own.",
        "Vitamin D. and Hepatitis B. are named in Title X.",
        "Children under 7 weeks of age sleep on their back.",
        "Children 0 to 3 years of age, or up to 12 months of age.",
        "Children of 0-3 years of age, and those 14 years of age or older.",
        "At least 3 years of age; younger than 6 months of age; by 2 years of age.",
        "From birth to 12 months of age, and from 6 months of age to 2 years of age.",
        "Coming of age is no case. The age of consent is 16.",
        "In World War I. nobody counted.",
    ],
)
def test_what_only_looks_like_it(text):
    assert found(text) == []
