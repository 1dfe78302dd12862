"""From the bytes of a file to a document, with a remark for everything that is wrong with it."""

import difflib
import re
import unicodedata
from array import array
from typing import Any

from pydantic import ValidationError

from npcs.records.document import Content, Document, Link, Reference, Remark, locate, pack, place_of
from npcs.records.done import latest_done
from npcs.records.kinds import FILE, Kind
from npcs.records.prose import anchors, links
from npcs.records.shape import (
    Path,
    Shape,
    shape_at,
    shape_of,
    size,
    sizes_of,
    text_numbered,
    values,
)
from npcs.records.tree import digest
from npcs.records.yamltext import Parsed, Unreadable, parse

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_CONTROL_BYTES = bytes([*range(9), 11, 12, *range(14, 32), 127])
_CONTROL_BEYOND = re.compile(
    rb"\xc2[\x80-\x9f]|\xe2\x80[\xa8-\xae]|\xe2\x81[\xa6-\xa9]|\xef(?:\xbb\xbf|\xbf[\xbe\xbf])"
)
_MANY = 50
"""How many faults of one file are told at most; who has as many needs no more at once."""
_CLOSING = re.compile(r"^---[ ]*$", re.MULTILINE)


def read(path: str, raw: bytes, kind: Kind, record_id: str, mark: bytes = b"") -> Document:
    """The document in a file of a kind; nothing in the bytes makes it raise.

    ``mark`` is the digest of the bytes, where it is known.
    """
    document = Document(path, kind, record_id, mark or digest(raw))
    remarks: list[Remark] = []
    try:
        text = _decode(raw, remarks)
        front, front_line, body, body_line = _parts(text, kind)
        parsed = parse(front, front_line)
    except Unreadable as error:
        remarks.append(
            Remark("unreadable-file", "error", error.line, error.column, error.message, error.hint)
        )
        document.remarks = tuple(remarks)
        return document
    document.source = raw
    content = Content(parsed.data, parsed.places, body, body_line)
    shape = shape_of(kind.model)
    remarks += _fill(document, shape, content, parsed.sizes, front)
    remarks += _ambiguous(shape, content, parsed)
    document.remarks = tuple(remarks)
    return document


def rewritten(one: Document, data: dict[str, Any], body: str) -> Document:
    """A document with other data and prose, which stand in no file: each at its first line."""
    places = array("I", [1, 1] * size(data)).tobytes()
    content = Content(data, places, body, 1)
    made = Document(one.path, one.kind, one.id, digest(repr((one.digest, data, body)).encode()))
    made.source = one.source
    remarks = _fill(made, shape_of(one.kind.model), content, sizes_of(data), "]")
    made.remarks = tuple(remarks)
    return made


def _fill(
    document: Document, shape: Shape, content: Content, sizes: dict[int, int], front: str
) -> list[Remark]:
    """Put into a document what it says; gives what keeps it from being a record of its kind."""
    document.packed = pack(content)
    document.references = tuple(_references(shape, content, sizes))
    document.links = tuple(
        links(content.body, content.body_line) + _links_in_fields(shape, content, front)
    )
    document.anchors = tuple(anchors(content.body))
    declared = content.data.get("id")
    document.declared = declared if isinstance(declared, str) else None
    invalid = _invalid(document, shape, content)
    document.valid = not invalid
    return invalid


def read_loose(path: str, raw: bytes, mark: bytes = b"") -> Document:
    """The document in a file that is no record: its text, and nothing that it could say as one."""
    document = Document(path, FILE, path, mark or digest(raw))
    remarks: list[Remark] = []
    try:
        text = _decode(raw, remarks) if raw.strip() else ""
    except Unreadable as error:
        remarks.append(
            Remark("unreadable-file", "error", error.line, error.column, error.message, error.hint)
        )
    else:
        document.source = raw
        document.packed = pack(Content({}, array("I", [1, 1]).tobytes(), text, 1))
    document.remarks = tuple(remarks)
    return document


def _decode(raw: bytes, remarks: list[Remark]) -> str:
    if not raw.strip():
        raise Unreadable("the file is empty", "fill it in, or remove it")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("the file is written in UTF-16", "save it again as UTF-8")
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
        remarks.append(
            Remark(
                "unreadable-file", "error", 1, 1,
                "the file starts with a byte order mark, three bytes nobody sees",
                "save it as “UTF-8 without BOM”",
            )
        )  # fmt: skip
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise Unreadable(
            f"the byte {raw[error.start]:#04x} is no part of a UTF-8 text",
            "save the file again as UTF-8",
            line,
            column,
        ) from None
    if "\r" in text:
        at = text.index("\r")
        line = text.count("\n", 0, at) + 1
        remarks.append(
            Remark(
                "unreadable-file", "error", line, at - (text.rfind("\n", 0, at) + 1) + 1,
                "lines end in CR LF, the way of Windows",
                "choose the line ends LF in the editor (most name them at the foot of the window) "
                "and save again; in Git, `git add --renormalize .` does it for all files",
            )
        )  # fmt: skip
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    hidden = len(raw.translate(None, _CONTROL_BYTES)) < len(raw)
    hidden = hidden or (not raw.isascii() and _CONTROL_BEYOND.search(raw) is not None)
    if hidden and (control := _CONTROL.search(text)):
        at = control.start()
        raise Unreadable(
            f"a character nobody can see stands here: {_character(control.group())}",
            "remove it; it often comes with text copied from elsewhere",
            text.count("\n", 0, at) + 1,
            at - (text.rfind("\n", 0, at) + 1) + 1,
        )
    return text


def _character(one: str) -> str:
    return f"U+{ord(one):04X} {unicodedata.name(one, '')}".strip()


def _parts(text: str, kind: Kind) -> tuple[str, int, str, int]:
    if kind.form == "yaml":
        return text, 1, "", 1
    opening, _, rest = text.partition("\n")
    if opening.rstrip() != "---":
        raise Unreadable(
            "the file does not start with its fields",
            "begin with a line `---`, then the fields, then another line `---`, then the text",
        )
    closing = _CLOSING.search(rest, 0 if rest.startswith("---") else max(rest.find("\n---"), 0))
    if not closing:
        raise Unreadable(
            "the line `---` that opens the fields has no line `---` that closes them",
            "add a line `---` between the fields and the text",
        )
    front = rest[: closing.start()]
    body_line = front.count("\n") + 3
    return front, 2, rest[closing.end() :].removeprefix("\n"), body_line


def _references(shape: Shape, content: Content, sizes: dict[int, int]) -> list[Reference]:
    found = []
    for value in values(shape, content.data, "references", sizes):
        line, column = place_of(content.places, value.number)
        names = [step for step in value.path if type(step) is str]
        field = ".".join(names[:-1] if value.is_key else names)
        found.append(Reference(value.shape.refers, value.text, field, line, column))
    return found


def _ambiguous(shape: Shape, content: Content, parsed: Parsed) -> list[Remark]:
    return [
        Remark(
            "invalid-field",
            "warning",
            *place_of(content.places, number),
            f"`{text}` without quotes is a text here, but other programs read it as "
            f"{_misread(text)}",
            f'write "{text}"',
        )
        for number in parsed.ambiguous
        if (text := text_numbered(shape, content.data, number, parsed.sizes)) is not None
    ]


def _misread(text: str) -> str:
    if re.fullmatch(r"[a-z]+", text, re.IGNORECASE):
        return "true or false"
    if ":" in text:
        return "a number of seconds or minutes"
    return "a number" if "." in text else "another number"


def _invalid(document: Document, shape: Shape, content: Content) -> list[Remark]:
    """Make the typed record of a document, or say what keeps it from being one."""
    kind = document.kind
    try:
        record = kind.model.model_validate(content.data)
        document.hold(record)
        document.done = latest_done(record)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
        missing = {one["loc"] for one in details if one["type"] == "missing"}
        unknown = [one["loc"] for one in details if one["type"] == "extra_forbidden"]
        meant = {
            loc: (*loc[:-1], near)
            for loc in unknown[:_MANY]
            if (near := _near(str(loc[-1]), _siblings(missing, loc)))
        }
        return [
            _remark(kind, shape, content, detail, str(meant.get(detail["loc"], ("",))[-1]))
            for detail in details[: 2 * _MANY]
            if detail["loc"] not in meant.values()  # told where the misspelt name stands
        ][:_MANY]
    except RecursionError:
        return [Remark("invalid-field", "error", 1, 1, "values are nested too deeply", "")]
    return []


def _siblings(missing: set[Path], loc: Path) -> list[str]:
    return sorted(str(one[-1]) for one in missing if one[:-1] == loc[:-1])


def _remark(kind: Kind, shape: Shape, content: Content, detail: Any, meant: str) -> Remark:
    is_key = bool(detail["loc"]) and detail["loc"][-1] == "[key]"
    path: Path = tuple(detail["loc"][:-1] if is_key else detail["loc"])
    fault = detail["type"]
    parent = shape_at(shape, path[:-1])
    known = sorted(parent.fields) if parent and parent.form == "part" else []
    name = str(path[-1]) if path else ""
    where = ".".join(str(step) for step in path if not isinstance(step, int))
    hint = ""
    if fault == "missing":
        owner = f"`{_owner(path)}`" if len(path) > 1 else kind.one
        if len(path) > 1 and isinstance(path[-2], int):
            owner = f"each entry of {owner}"
        message, hint = f"{owner} needs `{name}`", f"add `{name}:` and its value"
        path = path[:-1]
    elif fault == "extra_forbidden":
        message = f"`{name}` is not a field here"
        if name in ("state", "status") and kind.model.state_from:
            message = f"nobody types a `{name}`: it follows from {kind.model.state_from}"
            hint = "take the line out, and record what was done and what shows it"
        else:
            hint = _nearest(name, [meant] if meant else known)
            hint = hint or "the fields are " + ", ".join(known)
        is_key = True
    elif fault == "literal_error":
        here = shape_at(shape, path)
        choices = list(here.choices) if here else []
        given = _shown(detail["input"])
        message = f"`{where}` is {given}, which is not one of its values"
        if detail["input"] is None:
            message = f"`{where}` is empty"
        hint = _nearest(str(detail["input"]), choices) or "the values are " + ", ".join(choices)
    elif detail["input"] is None or fault == "string_pattern_mismatch":
        message, hint = f"`{where}` is empty", "write its value, or remove the line"
    elif fault == "value_error":
        said = str(detail["ctx"]["error"])
        hint = getattr(detail["ctx"]["error"], "hint", "")
        message = f"`{where}`: {said}" if where else said
    elif fault == "too_short":
        there, least = detail["ctx"]["actual_length"], detail["ctx"]["min_length"]
        message = f"`{where}` has only {there}" if there else f"`{where}` is empty"
        hint = f"it needs at least {least}"
    else:
        expected = _EXPECTED.get(fault, "something else")
        message = f"`{where}` should be {expected}, but is {_shown(detail['input'])}"
    line, column = locate(content.data, content.places, path, is_key)
    return Remark("invalid-field", "error", line, column, message, hint)


_EXPECTED = {
    "string_type": "a single text",
    "tuple_type": "a list",
    "dict_type": "a group of `name: value` lines",
    "model_type": "a group of `field: value` lines",
    "date_type": "a date",
    "int_type": "a whole number",
    "bool_type": "true or false",
}


def _owner(path: Path) -> str:
    return next((str(step) for step in reversed(path[:-1]) if not isinstance(step, int)), "")


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a group of fields"
    if isinstance(value, list):
        return "a list"
    from npcs.records.personal import begun

    return f"“{begun(str(value), 60)}”"


def _near(name: str, known: list[str]) -> str:
    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.7)), "")


def _nearest(name: str, known: list[str]) -> str:
    near = _near(name, known)
    return f"did you mean `{near}`?" if near else ""


def _links_in_fields(shape: Shape, content: Content, front: str) -> list[Link]:
    if "]" not in front:
        return []
    return [
        Link(link.target, *place_of(content.places, value.number))
        for value in values(shape, content.data, "texts")
        if value.shape.plain and value.shape.plain.prose
        for link in links(value.text, 1)
    ]
