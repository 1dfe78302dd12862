"""What changed between two versions of the core data set, and how much that asks of its users."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal, NamedTuple, TypeVar

from npcs.governance.standard import Standard
from npcs.records.datapackage import DataField, DataPackage, Resource, TableSchema

T = TypeVar("T", bound=DataField | Resource)
Effect = Literal["breaking", "widening", "wording"]

EFFECTS: dict[Effect, str] = {
    "breaking": "What was right by the old version may be wrong, or mean something else, by the "
    "new one: files, programs and agreements have to be looked at",
    "widening": "More is possible than before; files made by the old version stay right",
    "wording": "Only words for people have changed, and links to other standards",
}
"""How much a change asks of the members, the heaviest first."""

_Codes = tuple[str, Mapping[str, str]] | None
_ASKED = ("optional", "conditional", "required")


class Change(NamedTuple):
    """One difference: how much it asks, where it is, and what it is, in words."""

    effect: Effect
    where: str
    what: str


def changes(old: Standard, new: Standard) -> tuple[Change, ...]:
    """All that differs between two versions, the heaviest first, then in the standard's order."""
    found = [*_package(old.package, new.package), *_tables(old, new), *_codes(old, new)]
    order = list(EFFECTS)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: order.index(one.effect)))


def least_version(before: str, found: Iterable[Change]) -> str:
    """The lowest version that may follow one after such changes; itself where there are none.

    After a breaking change the first number rises, else the second. While the first is 0 the
    standard is a proposal, and the second is enough.
    """
    effects = {one.effect for one in found}
    first, second = number(before)
    if not effects:
        return before
    return f"{first + 1}.0" if "breaking" in effects and first else f"{first}.{second + 1}"


def number(version: str) -> tuple[int, int]:
    """A version as numbers that can be compared."""
    first, _, second = version.partition(".")
    return int(first), int(second)


# The package


def _package(old: DataPackage, new: DataPackage) -> Iterator[Change]:
    for name, shown in (("title", "title"), ("description", "description")):
        if _text(getattr(old, name)) != _text(getattr(new, name)):
            yield Change("wording", "the data set", f"its {shown} is reworded")
    before, after = (_missing(one) for one in (old, new))
    yield from _words("the words for what is missing", before, after)
    gone, came = _never(old), _never(new)
    for name in [one for one in gone if one not in came]:
        yield Change("breaking", "never shared", f"`{name}` is no longer kept back")
    for name, why in came.items():
        if name not in gone:
            yield Change("wording", "never shared", f"`{name}` is new here")
        elif why != gone[name]:
            yield Change("wording", "never shared", f"the reason for `{name}` is reworded")
    yield from _checks(old, new)


def _missing(one: DataPackage) -> dict[str, str]:
    tables = [it.table for it in one.tables if it.table]
    return {word.value: word.label for table in tables for word in table.missing}


def _never(one: DataPackage) -> dict[str, str]:
    return {it.name: it.why for it in one.never_shared}


def _checks(old: DataPackage, new: DataPackage) -> Iterator[Change]:
    before = {one.name: one for one in old.checks}
    after = {one.name: one for one in new.checks}
    for name in [*before, *(one for one in after if one not in before)]:
        was, now, where = before.get(name), after.get(name), f"check {name}"
        if now is None:
            yield Change("widening", where, "is gone")
        elif was is None:
            strict = now.severity == "error"
            yield Change("breaking" if strict else "widening", where, f"is new: {now.says}")
        elif (_text(was.breaks), was.table) != (_text(now.breaks), now.table):
            yield Change("breaking", where, "looks for something else")
        elif was.severity != now.severity:
            effect: Effect = "breaking" if now.severity == "error" else "widening"
            yield Change(effect, where, f"gives {_an(now.severity)}, and gave {_an(was.severity)}")
        elif was.says != now.says:
            yield Change("wording", where, "is reworded")


# Tables and fields


def _tables(old: Standard, new: Standard) -> Iterator[Change]:
    before, after = old.package.tables, new.package.tables
    pairs, gone, came = _paired(before, after, lambda was, now: _same(was.title, now.title))
    for table in gone:
        yield Change("breaking", f"table `{table.name}`", "is gone")
    for table in came:
        yield Change("widening", f"table `{table.name}`", f"is new, with {_names(table)}")
    for was, now in pairs:
        where = f"table `{now.name}`"
        if was.name != now.name:
            yield Change("breaking", where, f"was called `{was.name}`")
        if was.path != now.path:
            yield Change("breaking", where, f"stands in {now.path}, and stood in {was.path}")
        for name in ("title", "description"):
            if _text(getattr(was, name)) != _text(getattr(now, name)):
                yield Change("wording", where, f"its {name} is reworded")
        if was.table and now.table:
            yield from _fields(old, new, was, now)
            yield from _keys(where, was.table, now.table)


def _fields(old: Standard, new: Standard, was: Resource, now: Resource) -> Iterator[Change]:
    assert was.table
    assert now.table
    before, after = was.table, now.table

    def alike(one: DataField, other: DataField) -> bool:
        if one.type != other.type or before.codes_of(one.name) != after.codes_of(other.name):
            return False
        return _same(one.title, other.title) or _same(one.description, other.description)

    pairs, gone, came = _paired(before.fields, after.fields, alike)
    for field in gone:
        yield Change("breaking", f"{was.name}.{field.name}", "is gone")
    for field in came:
        effect: Effect = "widening" if field.requirement == "optional" else "breaking"
        how = {"required": "always asked", "optional": "optional"}.get(
            field.requirement, f"asked if {field.asked_when}"
        )
        yield Change(effect, f"{now.name}.{field.name}", f"is new, and {how}")
    for one, other in pairs:
        where = f"{now.name}.{other.name}"
        for effect, what in _field(one, other):
            yield Change(effect, where, what)
        yield from _coded(where, _list(old, before, one), _list(new, after, other))


def _field(was: DataField, now: DataField) -> Iterator[tuple[Effect, str]]:
    if was.name != now.name:
        yield "breaking", f"was called `{was.name}`"
    if was.type != now.type:
        wider = (was.type, now.type) == ("integer", "number")
        yield "widening" if wider else "breaking", f"its type is {now.type}, and was {was.type}"
    if _extra(was, "format") != _extra(now, "format"):
        yield "breaking", f"its format is {_shown(now, 'format')}, and was {_shown(was, 'format')}"
    if was.privacy != now.privacy:
        yield "breaking", f"its class of privacy is {now.privacy}, and was {was.privacy}"
    yield from _requirement(was, now)
    yield from _constraints(was.constraints, now.constraints)
    if was.definition != now.definition:
        shown, before = now.definition or "no term", was.definition or "no term"
        yield "breaking", f"it is defined by {shown}, and was by {before}"
    if was.ncands != now.ncands:
        listed = ", ".join(now.ncands) or "none"
        yield "wording", f"the elements of NCANDS on the same matter are: {listed}"
    for name in ("title", "description"):
        if _text(getattr(was, name)) != _text(getattr(now, name)):
            yield "wording", f"its {name} is reworded"


def _requirement(was: DataField, now: DataField) -> Iterator[tuple[Effect, str]]:
    if was.requirement != now.requirement:
        stricter = _ASKED.index(now.requirement) > _ASKED.index(was.requirement)
        effect: Effect = "breaking" if stricter else "widening"
        yield effect, f"it is {now.requirement}, and was {was.requirement}"
    elif _text(was.asked_when) != _text(now.asked_when):
        yield "breaking", f"it is asked if {now.asked_when}, and was if {was.asked_when}"


def _constraints(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[Effect, str]]:
    for name in sorted(was.keys() | now.keys()):
        before, after = was.get(name), now.get(name)
        if before == after:
            continue
        effect: Effect = "widening" if _looser(name, before, after) else "breaking"
        if after is None:
            yield effect, f"`{name}` is no longer asked for (it was {_value(before)})"
        elif before is None:
            yield effect, f"`{name}` is new: {_value(after)}"
        else:
            yield effect, f"`{name}` is {_value(after)}, and was {_value(before)}"


def _looser(name: str, before: Any, after: Any) -> bool:
    """Whether every value that was right stays so."""
    if after is None:
        return True
    if name in ("required", "unique"):
        return str(after).lower() == "false"
    if before is None:
        return False
    if name == "enum":
        return set(_texts(before)) <= set(_texts(after))
    if name.lower().endswith(("minimum", "minlength", "maximum", "maxlength")):
        try:
            least, most = Fraction(str(before)), Fraction(str(after))
        except (ValueError, ZeroDivisionError):
            return False
        return most <= least if "min" in name.lower() else most >= least
    return False


def _keys(where: str, was: TableSchema, now: TableSchema) -> Iterator[Change]:
    if _extra(was, "primaryKey") != _extra(now, "primaryKey"):
        yield Change("breaking", where, "its rows are told apart by other fields (`primaryKey`)")
    before, after = _links(was), _links(now)
    for link in sorted(before - after):
        yield Change("widening", where, f"{link} no longer has to lead anywhere")
    for link in sorted(after - before):
        yield Change("breaking", where, f"{link} has to be there")


def _links(table: TableSchema) -> set[str]:
    """What has to stand in another table that members fill in."""
    return {
        f"`{', '.join(key.fields)}` in `{key.reference.resource}`"
        for key in table.foreign_keys
        if "code" not in key.reference.fields
    }


# Codes


def _codes(old: Standard, new: Standard) -> Iterator[Change]:
    for name, now in new.codes.items():
        if name in old.codes:
            yield from _words(f"list `{name}`", old.codes[name], now)


def _coded(where: str, was: _Codes, now: _Codes) -> Iterator[Change]:
    """What changes where a field takes its codes from another list than before."""
    if (was and was[0]) == (now and now[0]):
        return
    if now is None:
        yield Change("widening", where, "it no longer has a list of codes")
    elif was is None:
        yield Change("breaking", where, f"its values are now those of the list `{now[0]}`")
    else:
        lost = was[1].keys() - now[1].keys()
        what = f"its codes are those of the list `{now[0]}`, and were of `{was[0]}`"
        lacks = f"; no longer among them: {', '.join(sorted(lost))}" if lost else ""
        yield Change("breaking" if lost else "widening", where, what + lacks)


def _words(where: str, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Change]:
    """Codes that came, went, got another name or another meaning."""
    gone = [code for code in was if code not in now]
    came = [code for code in now if code not in was]
    for code in gone:
        heirs = [one for one in came if _same(was[code], now[one])]
        if len(heirs) == 1:
            came.remove(heirs[0])
            yield Change("breaking", where, f"`{code}` is now called `{heirs[0]}`")
        else:
            yield Change("breaking", where, f"`{code}` is gone ({was[code]})")
    for code in came:
        yield Change("widening", where, f"`{code}` is new: {now[code]}")
    for code, meaning in now.items():
        if code in was and _text(was[code]) != _text(meaning):
            yield Change("wording", where, f"`{code}` reads “{meaning}”, and read “{was[code]}”")


# Helpers


def _paired(
    was: Sequence[T], now: Sequence[T], alike: Callable[[T, T], bool]
) -> tuple[list[tuple[T, T]], list[T], list[T]]:
    """What is still there, what is gone, and what came; by name, former name, or likeness."""
    before = {part.name: part for part in was}
    pairs: list[tuple[T, T]] = []
    left: list[T] = []
    for part in now:
        known = [name for name in (part.name, *part.formerly) if name in before]
        if known:
            pairs.append((before.pop(known[0]), part))
        else:
            left.append(part)
    came: list[T] = []
    for one in left:
        like = [part for part in before.values() if alike(part, one)]
        if len(like) == 1:
            pairs.append((before.pop(like[0].name), one))
        else:
            came.append(one)
    order = {part.name: at for at, part in enumerate(now)}
    pairs.sort(key=lambda pair: order[pair[1].name])
    return pairs, list(before.values()), came


def _list(of: Standard, table: TableSchema, field: DataField) -> _Codes:
    name = table.codes_of(field.name)
    return (name, of.codes.get(name, {})) if name else None


def _names(table: Resource) -> str:
    fields = table.table.fields if table.table else ()
    return ", ".join(f"`{one.name}`" for one in fields) or "no field"


def _extra(part: DataField | TableSchema, name: str) -> Any:
    return (part.model_extra or {}).get(name)


def _shown(part: DataField, name: str) -> str:
    return str(_extra(part, name) or "the usual")


def _value(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _texts(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _same(one: str | None, other: str | None) -> bool:
    return bool(one) and _text(one) == _text(other)


def _text(value: str | None) -> str:
    """A text as words, however its lines are broken."""
    return " ".join((value or "").split())


def _an(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"
