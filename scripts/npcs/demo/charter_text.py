"""The Example Partnership's charter: the provisions every charter of this kind has, in short.

One sentence for each provision id. A revision changes the wording of a few of them; ids stay.
"""

from npcs.demo.yamlout import scalar, wrapped

TITLE = "Charter of the Example Partnership"

_SECTIONS = (
    ("Mission and context", ("MIS", "CTX")),
    ("Review of the charter", ("REV",)),
    ("Values", ("VAL",)),
    ("Goals and outcomes", ("LTG", "STG", "OUT")),
    ("Membership", ("MEM", "RES", "DIS")),
    ("The Executive Committee", ("EXC",)),
    ("Decisions", ("DEC",)),
    ("Terms, co-chairs, advisors and coordinator", ("TRM", "CHR", "ADV", "CRD")),
    ("Activities", ("ACT",)),
    ("Data", ("DAT",)),
)

_TABLE = """\
MIS-1 The mission is to improve child safety and to prevent deaths from maltreatment, by strengthening families and by promoting innovation in child protection.
CTX-1 Children die of abuse and neglect every year. The leaders of several fictional jurisdictions formed this quality improvement collaborative because of it; how many there are is counted from the members' records.
CTX-2 It was formed with the help of the Lantern Foundation, an invented organization that hosted meetings on safety and paid for visits between agencies.
CTX-3 It grew out of the Harrow Bay Safety Gathering, an invented meeting of agencies that wanted to learn together.
CTX-4 Safety science studies how fields such as aviation learn from what goes wrong, and treat no accident as inevitable.
CTX-5 Blame after a death makes staff afraid of risk and adds procedure to systems that already carry too much; a safety culture balances what people and what systems answer for.
CTX-6 Most reviews look back after an incident; this partnership wants quality improvement that looks ahead.
REV-1 The charter describes how the partnership is structured and how its work is developed and applied.
REV-2 The charter is reviewed and approved every year.
REV-3 It is also reviewed and approved whenever structure or function change in a major way.
VAL-1 We share responsibility for the safety of children.
VAL-2 We examine ideas and practices rigorously.
VAL-3 We seek better practice within frameworks that include families.
VAL-4 We share between agencies and individuals, to build support inside and outside them.
VAL-5 We collect, share and analyse data to inform practice.
VAL-6 We respect each other and each other's perspectives.
VAL-7 We build on the sciences of safety, reliability and improvement.
VAL-8 We build a team culture that advances learning and spreads tools.
LTG-1 In the long term we build a learning system that promotes a shift toward prevention.
LTG-2 In the long term we improve safety through best practice, standard definitions, safety science, data and research.
LTG-3 In the long term we foster quality improvement that looks ahead and prevents critical incidents.
LTG-4 In the long term we raise psychological safety and build a resilient workforce.
LTG-5 In the long term we model technical excellence, first in child welfare and later beyond it.
STG-1 In the short term we agree on standard definitions, share data among members and set up a common repository of critical incident data.
STG-2 In the short term we support the leaders of a system in which a critical incident has happened.
OUT-1 We measure whether there are fewer child deaths and near deaths.
OUT-2 We measure whether there is less repeat maltreatment.
OUT-3 We measure whether the ratio of entries to exits gets better.
OUT-4 We measure whether a culture of safety keeps staff and makes organizations reliable.
MEM-1 The partnership follows a membership model, as quality improvement does in other fields where safety is critical.
MEM-2 A member is a team that represents the child welfare system of a jurisdiction; it has at least child welfare leaders and members of the executive team.
MEM-3 Other jurisdictions can join over time.
MEM-4 Other organizations may take part as the partnership decides.
RES-1 Members bring expertise, influence and knowledge.
RES-2 Members attend all meetings or are represented at them, and take part in groups as needed.
RES-3 Members keep communication and feedback active and timely.
RES-4 Members make an effort in good faith to complete the core activities.
RES-5 Members commit to gathering and providing the core data set.
RES-6 Members serve on the Executive Committee, and rotate off with their highest level of leadership.
DIS-1 No dissolution is planned.
EXC-1 The Executive Committee is open to leadership representatives of all members.
EXC-2 It meets monthly, and its members attend and take part unless something unforeseeable prevents it.
EXC-3 Attendance at its meetings is recorded and monitored.
EXC-4 It monitors progress toward the goals.
EXC-5 It decides when subcommittees and workgroups are formed, with the help of technical advisors.
EXC-6 It reviews recommendations of these groups, and gives feedback and guidance.
EXC-7 It decides which recommendations are adopted.
EXC-8 Its composition includes the range of jurisdictions that take part: counties and states, large and small.
EXC-9 Its members may take part in any activity and event of the partnership.
EXC-10 It may choose technical advisors and other organizations to sustain the work.
DEC-1 The Executive Committee decides by consensus.
DEC-2 Where consensus cannot be reached, two-thirds of the Executive Committee must agree.
DEC-3 Decisions are shared outside the partnership only once the process of deciding is complete.
TRM-1 Members of the Executive Committee serve a term of one year.
TRM-2 When a member leaves the committee or the organization, a new one may be appointed from among volunteers.
TRM-3 Member jurisdictions may nominate.
TRM-4 Every new member starts a term clock of their own, also one who replaces somebody.
CHR-1 Two co-chairs lead the Executive Committee.
CHR-2 Any member of the Executive Committee may be a co-chair, and nobody else.
CHR-3 A co-chair holds the position for at most two consecutive years.
CHR-4 The co-chairs develop the agenda with the technical advisors and lead the meetings together.
CHR-5 The co-chairs regularly review attendance.
CHR-6 The co-chairs communicate the committee's decisions to all members.
ADV-1 Technical advisors give resources, guidance and support, and work closely with the committee.
ADV-2 They receive every written notice and all information given to the committee.
ADV-3 They may attend all meetings, activities and events.
ADV-4 They hold no office and do not vote.
CRD-1 A project coordinator coordinates meetings, helps to prepare agendas, takes minutes and sees that they reach the members.
CRD-2 The coordinator manages communication and feedback.
ACT-0 Members take part in these activities; the work plan shows the state of each.
ACT-1 A standardized platform for the review of critical incidents, with a focus on systems and without blame.
ACT-2 Collecting and sharing comparative data on critical incidents and on team culture.
ACT-3 Access to a library of spaced education.
ACT-4 Sharing safety notices across jurisdictions.
ACT-5 Partnering on quality improvement priorities, such as a bundle of care for the youngest children.
ACT-6 Sharing practices, tools and policies, with successes and lessons learned.
DAT-1 The partnership collects and shares data within its goals.
DAT-2 Members have differing limits on the detail they can give; these are recorded and honoured.
DAT-3 An encrypted and protected platform holds the data.
DAT-4 Members keep ownership of their data, also on the platform.
DAT-5 Agreements on data sharing and business rules govern analytics.
DAT-6 An appendix holds more on data, analytics, evaluation and research.
"""

PROVISIONS: dict[str, str] = {
    key: text for key, _, text in (line.partition(" ") for line in _TABLE.strip().splitlines())
}
"""The sentence of each provision in the first revision, by its id."""

_REWORDED = (
    ("MIS-1", "The mission is to keep children safe and to prevent deaths from maltreatment, by strengthening families and by promoting innovation in child protection."),
    ("VAL-3", "We seek better practice together with families, and not only for them."),
    ("EXC-2", "It meets monthly; its members attend and take part unless something unforeseeable prevents it, and then say so in time."),
    ("ACT-4", "Sharing safety notices across jurisdictions, each answered by every member."),
    ("RES-3", "Members keep communication and feedback active, timely and candid."),
    ("CTX-4", "Safety science studies how fields such as aviation learn from what goes right as well as from what goes wrong."),
    ("DAT-2", "Members have differing limits on the detail they can give; these are written down, honoured, and looked at again every year."),
    ("VAL-6", "We respect each other, and we ask for views that differ from our own."),
    ("STG-2", "In the short term we support the leaders and the staff of a system in which a critical incident has happened."),
    ("ACT-6", "Sharing practices, tools and policies, with what worked and what did not."),
    ("CRD-2", "The coordinator manages communication and feedback, and keeps one list of what is due."),
    ("LTG-4", "In the long term we raise psychological safety and build a workforce that stays."),
)  # fmt: skip


def changed(revision: int) -> tuple[str, ...]:
    """The ids of the provisions that a revision, counted from 0, words anew."""
    if revision == 0:
        return ()
    first = 2 * (revision - 1) % len(_REWORDED)
    return tuple(one[0] for one in _REWORDED[first : first + 2])


def charter(version: str, revision: int) -> str:
    """The charter file of a revision, counted from 0."""
    texts = dict(PROVISIONS)
    for number in range(1, revision + 1):
        back = (number - 1) // (len(_REWORDED) // 2) % 2
        for key in changed(number):
            texts[key] = PROVISIONS[key] if back else dict(_REWORDED)[key]
    lines = [
        "---", f"title: {scalar(TITLE)}", f'version: "{version}"', "---", "",
        *wrapped(
            "This charter is fictional. It belongs to the Example Partnership, which was made up to "
            "show what a living partnership looks like; no person, agency or place in it exists."
        ),
    ]  # fmt: skip
    for heading, prefixes in _SECTIONS:
        lines += ["", f"## {heading}"]
        for key, text in texts.items():
            if key[:3] in prefixes:
                lines += ["", *wrapped(f"**{key}** {text} {{#{key.lower()}}}")]
    return "\n".join(lines) + "\n"
