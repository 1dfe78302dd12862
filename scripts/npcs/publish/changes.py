"""What lies between two texts of the charter, as pages show it."""

from collections.abc import Iterator
from dataclasses import dataclass

from npcs.charter.redline import Redline, provisions_changed
from npcs.charter.redline.inline import safe_address
from npcs.charter.redline.page import as_page
from npcs.charter.redline.provisions import ProvisionChange
from npcs.charter.revisions import Revision
from npcs.charter.texts import Text as Named
from npcs.charter.texts import parted
from npcs.publish.approvals import compared
from npcs.publish.page import Block, Embed, Items, Text
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, joined, number, sentence


@dataclass(frozen=True, slots=True)
class Changes:
    """All that lies between two texts of the charter."""

    old: Named
    new: Named
    redline: Redline
    provisions: tuple[ProvisionChange, ...]

    @property
    def title(self) -> str:
        """Between what the changes lie."""
        return f"What changed since {self.old.name}"

    @property
    def page(self) -> bytes:
        """The text with its changes marked, as a page that needs no other."""
        page = as_page(self.redline, self.old, self.new, self.provisions, address=_within)
        return page.encode()

    def summary(self, site: Site) -> Iterator[Block]:
        """How many words changed, and what became of which provision."""
        if self.redline.is_empty:
            yield Text(Md("The two texts are the same in every word."))
            return
        inserted, deleted, moved = self.redline.counts
        sums = [f"{number(inserted, 'word')} inserted", f"{number(deleted, 'word')} deleted"]
        sums += [f"{number(moved, 'word')} moved"] if moved else []
        yield Text(sentence(capital(", ".join(sums)), "."))
        if self.provisions:
            yield Items(tuple(_changed(site, one) for one in self.provisions))

    def embedded(self, address: str) -> Iterator[Block]:
        """The text with its changes marked, from the file at an address."""
        if not self.redline.is_empty:
            yield Embed(f"The text of {self.new.name} with its changes marked", address)


def between(site: Site, old: Named, new: Named) -> Changes:
    """What lies between two texts, with the provisions it concerns."""
    found = compared(old.body, new.body)
    return Changes(old, new, found, provisions_changed(found, site.hub))


def named(site: Site, revision: Revision) -> Named | None:
    """The text of a revision by its name; None where Git does not have it."""
    raw = site.approvals.bytes_of(revision)
    return parted(raw, f"version {revision.version}") if raw else None


def _within(address: str) -> str | None:
    """Where a link in a redline leads: to a place of the text, or to the web."""
    return f"./{address}" if address.startswith("#") else safe_address(address)


def _changed(site: Site, one: ProvisionChange) -> Md:
    said = sentence(site.provision(one.id), " ", capital(one.said), ".")
    if not one.rules:
        return sentence(said, " No rule holds it; it is for people to judge.")
    rules = joined(map(site.rule, one.rules))
    check = "check" if len(one.rules) > 1 else "checks"
    verb = "stays as it is" if one.change == "moved" else "changes with it"
    refer = "record refers" if len(one.records) == 1 else "records refer"
    touched = f" {len(one.records):,} {refer} to it." if one.records else ""
    return sentence(said, " What ", rules, f" {check} {verb}.", touched)
