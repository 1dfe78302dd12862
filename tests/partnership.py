"""The smallest partnership a test needs, made of texts as they would stand in the repository."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any, Self

import yaml

from npcs.records.hub import Hub

DAY = timedelta(days=1)


class _Dumper(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def as_yaml(fields: dict[str, Any]) -> str:
    return yaml.dump(fields, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000)


def day(text: str | date) -> date:
    return date.fromisoformat(text) if isinstance(text, str) else text


def a_year_from(start: date) -> date:
    """The last day of a year that starts on a day, found without the code under test."""
    try:
        return start.replace(year=start.year + 1) - DAY
    except ValueError:
        return date(start.year + 1, 2, 28)


class Partnership:
    """Collects records; every method gives the partnership itself, so that calls can be chained.

    Fields are given by their names in the files; a name that Python keeps for itself takes an
    underscore at its end (``from_``), as do the kinds of members (``kind_``).
    """

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self._parameters: dict[str, dict[str, Any]] = {}

    def put(self, path: str, text: str) -> Self:
        """Any file, as it is."""
        self.texts[path] = text
        return self

    def _yaml(self, path: str, fields: dict[str, Any]) -> Self:
        return self.put(path, as_yaml(_plain(fields)))

    def _markdown(self, path: str, fields: dict[str, Any], body: str) -> Self:
        return self.put(path, f"---\n{as_yaml(_plain(fields))}---\n{body}")

    def member(self, id: str, **fields: Any) -> Self:
        """A state of medium size that joined on 1 January 2020, unless said otherwise."""
        given = {"name": title(id), "kind": "state", "size": "medium", "joined": date(2020, 1, 1)}
        return self._yaml(f"charter/members/{id}.yml", given | _plain(fields))

    def person(self, id: str, **fields: Any) -> Self:
        """Somebody in a leadership position, unless said otherwise."""
        given = {"name": title(id), "leadership": True}
        return self._yaml(f"charter/people/{id}.yml", given | fields)

    def term(self, person: str, start: str | date, office: str = "member", **fields: Any) -> Self:
        """A term; that of a member or co-chair lasts a year unless ``end`` says otherwise."""
        first = day(start)
        given: dict[str, Any] = {"person": person, "office": office, "start": first}
        if office in ("member", "co-chair"):
            given["end"] = a_year_from(first)
        return self._yaml(f"charter/terms/{term_id(person, first, office)}.yml", given | fields)

    def seat(
        self, person: str, start: str | date, member: str | None = None, **fields: Any
    ) -> Self:
        """A person with a seat on the committee, and the member it is for, if not there yet."""
        member = member or f"state-of-{person}"
        if f"charter/members/{member}.yml" not in self.texts:
            self.member(member)
        if f"charter/people/{person}.yml" not in self.texts:
            self.person(person, member=member)
        return self.term(person, start, represents=member, **fields)

    def committee(self, size: int, start: str | date = "2027-01-01", **fields: Any) -> Self:
        """A committee of so many people, p01 and on, each for a member of their own."""
        for person in people(size):
            self.seat(person, start, **fields)
        return self

    def meeting(
        self, on: str | date, body: str = "executive-committee", text: str = "", **fields: Any
    ) -> Self:
        """A meeting that was held, unless ``status`` says otherwise; ``text`` is its minutes."""
        given = {"date": day(on), "body": body, "status": "held"}
        return self._markdown(f"charter/meetings/{meeting_id(on, body)}.md", given | fields, text)

    def decision(self, id: str, on: str | date, text: str = "", **fields: Any) -> Self:
        """A decision by vote on some other subject, adopted, unless said otherwise."""
        given = {
            "title": f"Decision {id}", "date": day(on), "subject": "other", "method": "vote",
            "outcome": "adopted",
        }  # fmt: skip
        return self._markdown(f"charter/decisions/{id}.md", given | fields, text)

    def group(self, id: str, formed_by: str, lead: str, **fields: Any) -> Self:
        given = {
            "title": title(id), "purpose": "To look into it.", "kind": "workgroup",
            "formed_by": formed_by, "lead": lead,
        }  # fmt: skip
        return self._markdown(f"charter/groups/{id}.md", given | _plain(fields), "")

    def recommendation(self, id: str, group: str, proposed: str | date, **fields: Any) -> Self:
        given = {"title": f"Recommendation {id}", "from": group, "proposed": day(proposed)}
        return self._markdown(f"charter/recommendations/{id}.md", given | fields, "")

    def opportunity(self, id: str, raised: str | date, **fields: Any) -> Self:
        given = {
            "title": title(id), "theme": "Teamwork", "level": "team", "raised": day(raised),
            "owner": "Coordinator",
        }  # fmt: skip
        return self._markdown(f"workplan/opportunities/{id}.md", given | fields, "")

    def activity(self, id: str, provision: str = "ACT-1", **fields: Any) -> Self:
        given = {"title": title(id), "provision": provision, "lead": "Executive Committee"}
        return self._markdown(f"workplan/activities/{id}.md", given | fields, "")

    def parameter(self, name: str, *history: tuple[str | date, str], **fields: Any) -> Self:
        """A parameter with its values, each with the day from which it holds."""
        settings = [
            {"from": day(first), "value": text, "provisional": True} for first, text in history
        ]
        given = {"provision": "DEC-2", "silent": True, "reading": f"How {name} is read."}
        self._parameters[name] = given | fields | {"history": settings}
        return self._yaml("charter/parameters.yml", {"parameters": self._parameters})

    def charter(self, text: str = "", version: str = "1.0") -> Self:
        fields = {"title": "Charter", "version": version}
        return self._markdown("charter/charter.md", fields, text)

    def hub(self) -> Hub:
        """All of it as a hub, which must be free of faults: a case with a typo proves nothing."""
        hub = Hub.of(self.texts)
        faults = [
            f"{path}:{remark.line}: {remark.message}"
            for path, one in hub.documents.items()
            for remark in one.remarks
            if remark.severity == "error"
        ]
        assert not faults, "\n".join(faults)
        return hub

    def write(self, folder: Path) -> Path:
        """All of it as files below a folder."""
        for path, text in self.texts.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        return folder


def people(size: int) -> list[str]:
    """The ids of the people of a committee of some size."""
    return [f"p{number:02}" for number in range(1, size + 1)]


def votes(yes: int, no: int = 0, abstain: int = 0, recused: int = 0) -> dict[str, str]:
    """Votes of the people of a committee, in the order of their ids."""
    cast = ["yes"] * yes + ["no"] * no + ["abstain"] * abstain + ["recused"] * recused
    return dict(zip(people(len(cast)), cast, strict=True))


def term_id(person: str, start: str | date, office: str = "member") -> str:
    return f"{day(start)}-{person}-{office}"


def meeting_id(on: str | date, body: str = "executive-committee") -> str:
    return f"{day(on)}-{body}"


def title(id: str) -> str:
    return " ".join(word.capitalize() for word in id.split("-"))


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    return {name.removesuffix("_"): value for name, value in fields.items()}
