"""Places within pages that are found by themselves: provisions of the charter and its readings."""

from collections.abc import Iterator

from npcs.charter.provisions import provisions
from npcs.governance.dates import day_in_words
from npcs.publish.page import Facets
from npcs.publish.search.index import Entry
from npcs.publish.search.texts import shown
from npcs.publish.site import Site


def places(site: Site) -> Iterator[Entry]:
    """Each provision of the charter, and each reading of one."""
    for document in site.hub.by_kind["charter"].values():
        for one in provisions(document.body).all:
            if one.id in site.hub.provisions:
                yield Entry(
                    site.place_of_provision(one.id),
                    "A provision of the charter",
                    Facets("Provision", "Withdrawn" if one.withdrawn else "", said=shown(one.text)),
                    one.text,
                    one.id,
                )
    for name, parameter in site.parameters.items():
        on = max((one.from_ for one in parameter.history), default=None)
        title = parameter.question or name
        said = f"{parameter.reading} {f'Since {day_in_words(on)}.' if on else ''}"
        yield Entry(
            site.place_of_reading(name),
            title,
            Facets("Reading", on=on, roles=(name,), said=shown(said)),
            f"{name} {parameter.provision}",
        )
