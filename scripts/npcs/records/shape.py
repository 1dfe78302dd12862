"""The shape of a record model: which fields refer to other records or hold free text.

Read off the models once, so that references and texts can be found in a record's data without
knowing its kind.
"""

import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel

from npcs.records.fields import Founding, Plain, Refers, Since

Path = tuple[str | int, ...]
T = TypeVar("T")


@dataclass
class Shape:
    """What stands at a place of a record: a part with fields, a list, a table or a single value.

    ``required`` are the fields without which there is no part, ``since`` those that are known from
    the day of another on; ``happened`` tells that a value is a day that is known from itself on.
    """

    form: Literal["part", "list", "table", "value"]
    fields: "dict[str, Shape]" = field(default_factory=dict)
    item: "Shape | None" = None
    key: "Shape | None" = None
    refers: tuple[str, ...] = ()
    plain: Plain | None = None
    choices: tuple[str, ...] = ()
    required: frozenset[str] = frozenset()
    since: Mapping[str, str] = field(default_factory=dict)
    happened: bool = False
    holds: frozenset[str] = frozenset()
    """Whether ``references`` and ``texts`` stand here or below."""

    @cached_property
    def leading(self) -> "dict[str, dict[str, Shape]]":
        """The fields that lead to ``references``, and those that lead to ``texts``."""
        return {
            what: {name: one for name, one in self.fields.items() if what in one.holds}
            for what in ("references", "texts")
        }


@cache
def shape_of(model: type[BaseModel]) -> Shape:
    """The shape of a model."""
    known: dict[type[BaseModel], Shape] = {}
    shape = _of_model(model, known)
    changed = True
    while changed:  # a model may hold itself, so what stands below is found by repeating
        changed = any([_mark(one) for one in [*known.values(), shape]])
    return shape


def _mark(shape: Shape) -> bool:
    before = shape.holds
    own = {"references"} if shape.refers else set()
    if shape.refers or shape.plain:
        own.add("texts")
    for below in filter(None, (*shape.fields.values(), shape.item, shape.key)):
        if below.form != "part":
            _mark(below)
        own |= below.holds
    shape.holds = frozenset(own)
    return shape.holds != before


def _of_model(model: type[BaseModel], known: dict[type[BaseModel], Shape]) -> Shape:
    if model in known:
        return known[model]
    shape = known[model] = Shape("part")
    if not model.__pydantic_fields_complete__:  # it names a model that is defined after it
        model.model_rebuild()
    since, required = {}, set()
    for field_name, info in model.model_fields.items():
        name = info.alias or field_name
        shape.fields[name] = _of(info.annotation, list(info.metadata), known)
        if info.is_required() or _mark_of(Founding, info.metadata) is not None:
            required.add(name)
        if (mark := _mark_of(Since, info.metadata)) and mark.field:
            since[name] = mark.field
    shape.since, shape.required = since, frozenset(required)
    return shape


def _mark_of(kind: type[T], marks: Iterable[Any]) -> T | None:
    return next((one for one in marks if isinstance(one, kind)), None)


def _of(annotation: Any, marks: list[Any], known: dict[type[BaseModel], Shape]) -> Shape:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        return _of(inner, [*more, *marks], known)
    if origin in (Union, types.UnionType):
        inner = next(one for one in get_args(annotation) if one is not type(None))
        return _of(inner, marks, known)
    if origin is tuple:
        return Shape("list", item=_of(get_args(annotation)[0], [], known))
    if origin is dict:
        key, value = get_args(annotation)
        return Shape("table", key=_of(key, [], known), item=_of(value, [], known))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _of_model(annotation, known)
    refers = _mark_of(Refers, marks)
    since = _mark_of(Since, marks)
    return Shape(
        "value",
        refers=refers.kinds if refers else (),
        plain=_mark_of(Plain, marks),
        choices=get_args(annotation) if origin is Literal else (),
        happened=since is not None and not since.field,
    )


class Value(NamedTuple):
    """A single value in a record's data, with the path that leads to it.

    ``number`` counts the values of the record in the order of its file; ``is_key`` tells a key of a
    table from the value that stands under it.
    """

    path: Path
    text: str
    shape: Shape
    number: int
    is_key: bool = False


def values(
    shape: Shape,
    data: Any,
    what: Literal["references", "texts"],
    sizes: Mapping[int, int] | None = None,
) -> list[Value]:
    """All references, or all texts and references, of a record in the order of its file.

    What does not fit the shape is passed over: the model itself reports it. ``sizes`` are those of
    the record's lists and mappings by their numbers, where they are known.
    """
    found: list[Value] = []
    _collect(shape, data, (), 0, what, sizes_of(data) if sizes is None else sizes, found)
    return found


def _collect(
    shape: Shape,
    data: Any,
    path: Path,
    index: int,
    what: str,
    sizes: Mapping[int, int],
    found: list[Value],
) -> None:
    if shape.form == "value":
        if type(data) is str:
            found.append(Value(path, data, shape, index))
    elif shape.form == "list":
        if type(data) is list and shape.item:
            index += 1
            for number, one in enumerate(data):
                _collect(shape.item, one, (*path, number), index, what, sizes, found)
                index += sizes[index] if type(one) in _MANY else 1
    elif type(data) is dict:
        fields = shape.leading[what] if shape.fields else None
        keyed = shape.key if shape.key and what in shape.key.holds else None
        below = shape.item if shape.item and what in shape.item.holds else None
        index += 1
        for key, one in data.items():
            if fields is not None:
                below = fields.get(key)
            elif keyed:
                found.append(Value((*path, key), key, keyed, index, True))
            index += 1
            if below:
                _collect(below, one, (*path, key), index, what, sizes, found)
            index += sizes[index] if type(one) in _MANY else 1


_MANY = frozenset((list, dict))


def text_numbered(
    shape: Shape | None, data: Any, number: int, sizes: Mapping[int, int]
) -> str | None:
    """The text or reference that is a record's value with a number, or None where it is neither."""
    at = 0
    while shape:
        if at == number:
            return data if type(data) is str and "texts" in shape.holds else None
        at += 1
        if type(data) is dict:
            steps: Iterable[tuple[Any, Any]] = data.items()
        else:
            steps = ((None, one) for one in data) if type(data) is list else ()
        for key, one in steps:
            if key is not None:
                if at == number:
                    return key if shape.key and "texts" in shape.key.holds else None
                at += 1
            after = at + (sizes[at] if type(one) in _MANY else 1)
            if number < after:
                shape, data = shape.fields.get(key) if shape.fields else shape.item, one
                break
            at = after
        else:
            return None
    return None


def size(data: Any) -> int:
    """How many keys and values a piece of data holds, itself included."""
    if isinstance(data, dict):
        return 1 + len(data) + sum([size(value) for value in data.values()])
    if isinstance(data, list):
        return 1 + sum([size(value) for value in data])
    return 1


def sizes_of(data: Any) -> dict[int, int]:
    """The size of each list and mapping in a piece of data, by its number among the values."""
    sizes: dict[int, int] = {}

    def count(one: Any, number: int) -> int:
        if type(one) not in _MANY:
            return 1
        after = number + 1
        for value in one.values() if isinstance(one, dict) else one:
            after += isinstance(one, dict)
            after += count(value, after)
        sizes[number] = after - number
        return after - number

    count(data, 0)
    return sizes


def shape_at(shape: Shape, path: Path) -> Shape | None:
    """The shape a path leads to, or None where it leads nowhere."""
    for step in path:
        below = shape.fields.get(str(step)) if shape.form == "part" else shape.item
        if below is None:
            return None
        shape = below
    return shape
