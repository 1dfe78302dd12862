"""Charts, drawn when the site is built: plain SVG, without script and without colours of their own.

``svg.py`` writes elements, ``scale.py`` places numbers and days, ``timeline.py`` draws what lasts,
``presence.py`` who was at which meeting, ``lines.py`` run charts and
control charts, ``drivers.py`` driver diagrams. A chart stands in a file of its own, which a page
offers and shows (``Embed``): in the page it takes on the colours of the page, as a file those of
the reader's system. What a chart tells it tells by shape, never by colour alone, and the table
below it says the same.
"""

from npcs.publish.charts.lines import Drawing, Mark, Note, drawn

__all__ = ["Drawing", "Mark", "Note", "drawn"]
