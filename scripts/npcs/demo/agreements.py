"""The members' agreements on data."""

from datetime import date, timedelta

from npcs.demo.world import DAY, World, add_years


def write_agreements(world: World) -> int:
    """Write the members' agreements on data: two years each, renewed in time."""
    dice = world.stream("agreements")
    count = 0
    for member in world.members:
        start = member.joined + timedelta(days=dice.between(70, 110))
        end = min(member.left or date.max, world.as_of)
        while start < end:
            until = add_years(start, 2) - DAY
            signed = start - timedelta(days=dice.between(5, 25))
            narrow = bool(member.limits) or dice.happens(50)
            sharing = "aggregate-only" if narrow else "de-identified"
            data = {
                "title": f"Agreement on data with {member.name} (fictional)",
                "member": member.id,
                "signed": signed,
                "from": start,
                "until": until,
                "purposes": ["Comparison across members", "Quality improvement"],
                "fields_allowed": ["quarter", "kind", "reviewed"],
                "fields_denied": ["age_band"] if member.limits else None,
                "sharing": sharing,
                "reuse": "Only for the purposes named, and never for a single office",
                "ownership": "stays with member",
                "withdrawal": "At any time in writing; figures not yet published are taken out",
                "contact": "Data steward of the member",
            }  # fmt: skip
            world.chronicle.commit(
                signed, member.team_on(signed)[-1].author, f"{member.name} signs on data"
            ).put(f"charter/agreements/{member.id}-{start.year}.yml", data)
            count += 1
            start = until + DAY
    return count
