"""What a record of each kind is, who answers for it, and how the first one comes about.

Every page of a record says the first two about itself; every list without records says the third.
"""

from typing import NamedTuple

COMMITTEE = "the Executive Committee"
COORDINATOR = "the project coordinator"


class Told(NamedTuple):
    """A kind in plain words: what its records are, who is responsible, and who starts one.

    ``start`` is one or two sentences: who may, and what the first step is.
    """

    what: str
    responsible: str
    start: str


TOLD = {
    "charter": Told(
        "What the partnership is for, and how it governs itself.",
        COMMITTEE,
        "The Executive Committee adopts it; anyone may propose words for it.",
    ),
    "parameters": Told(
        "How questions that the charter leaves open are answered.",
        COMMITTEE,
        "The Executive Committee adopts each reading by a decision; anyone may propose one.",
    ),
    "coverage": Told(
        "How each provision of the charter is held.",
        COORDINATOR,
        "The project coordinator or a maintainer of the hub says for each provision what holds it.",
    ),
    "member": Told(
        "A state or jurisdiction that takes part, with its team.",
        "the member's team",
        "A jurisdiction that joins tells the project coordinator who is on its team, and from "
        "which day it takes part (MEM-2, MEM-3).",
    ),
    "person": Told(
        "Somebody who takes part, with the offices they hold or held.",
        "the member's team",
        "A member's team tells the project coordinator who takes part for it.",
    ),
    "term": Told(
        "One person in one office, from a first day to a last.",
        COMMITTEE,
        "A member nominates, or a leader volunteers (TRM-2, TRM-3). The project coordinator enters "
        "the term with its first and last day.",
    ),
    "group": Told(
        "A subcommittee or workgroup: what it is for, and who works in it.",
        COMMITTEE,
        "Any member may propose a group; the Executive Committee forms it by a decision (EXC-5).",
    ),
    "meeting": Told(
        "When a body met, what was on the agenda, who was there, and the minutes.",
        "the body that met",
        "The project coordinator enters a meeting when its notice goes out, and adds attendance "
        "and minutes afterwards (CRD-1).",
    ),
    "decision": Told(
        "What was decided, how, by whom and why.",
        COMMITTEE,
        "Any member of the committee may bring a matter to a meeting. Once it is decided, the "
        "project coordinator enters the decision.",
    ),
    "recommendation": Told(
        "What a group recommends to the committee, and what became of it.",
        COMMITTEE,
        "A subcommittee or workgroup makes one; the Executive Committee answers it (EXC-6, EXC-7).",
    ),
    "agreement": Told(
        "On what terms a member shares data.",
        "the member",
        "A member and the partnership agree on terms. The member's data steward or the project "
        "coordinator enters them (DAT-2).",
    ),
    "waiver": Told(
        "What the committee accepts for a time, although a rule says otherwise.",
        COMMITTEE,
        "The Executive Committee grants one by a decision that names the rule and a last day.",
    ),
    "activity": Told(
        "Work that members do together, with its milestones.",
        COMMITTEE,
        "Whoever is to lead it proposes its milestones; the Executive Committee follows them "
        "(ACT-0, EXC-4).",
    ),
    "priority": Told(
        "An aim that members improve on together, with what was tried for it.",
        COMMITTEE,
        "Any member may propose an aim that can be measured: what, for whom, how much, by when. "
        "The Executive Committee chooses (ACT-5).",
    ),
    "opportunity": Told(
        "Something that could be made safer, and where that stands.",
        "its owner",
        "A group that reviews incidents, or any member, writes down what could be made safer: the "
        "pattern, never a case (ACT-1).",
    ),
    "measure": Told(
        "What the partnership measures itself by, and the figures there are.",
        COMMITTEE,
        "The Executive Committee chooses measures of the charter's outcomes. A data steward brings "
        "the figures, in totals only.",
    ),
    "definition": Told(
        "What a word means here, so that everybody counts the same.",
        COMMITTEE,
        "Any member or data steward may propose a term with its source; the Executive Committee "
        "adopts it (STG-1).",
    ),
    "data-package": Told(
        "Which fields members gather, what each means, and how private it is.",
        COMMITTEE,
        "Data stewards propose fields and codes; the Executive Committee adopts a version (RES-5).",
    ),
    "instrument": Told(
        "A questionnaire or review tool: its parts, its version and its licence.",
        COMMITTEE,
        "Any member may propose one that it may show; what is licensed is left out.",
    ),
    "notice": Told(
        "What one member learned that others should know. It is advice, and never about a case.",
        COMMITTEE,
        "Any member may propose one: tell the project coordinator. The Executive Committee decides "
        "whether it goes out (ACT-4).",
    ),
    "answer": Told(
        "What a member says it did about a safety notice.",
        "the member",
        "Each member answers a notice once it is issued (ACT-4).",
    ),
    "practice": Told(
        "What was tried, what worked, and what did not.",
        "the members that share it",
        "Any member may share one: tell what was tried, what worked and what did not (ACT-6).",
    ),
    "bundle": Told(
        "A few steps that are all taken together, and are measured together.",
        COMMITTEE,
        "Any member may propose a few steps that belong together (ACT-5).",
    ),
    "curriculum": Told(
        "Short questions, sent out at intervals, so that what was learned stays.",
        COMMITTEE,
        "Any member may write or share one (ACT-3).",
    ),
}
"""Every kind of record."""
