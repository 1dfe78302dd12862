"""What search engines are told: which pages there are, and what they may look at."""

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from npcs.publish.addresses import page_address
from npcs.publish.site import Site

MAP = "sitemap.xml"


def sitemap_files(site: Site, sources: Mapping[str, str]) -> dict[str, bytes]:
    """``robots.txt`` and, where the address of the site is known, its map.

    A map may hold whole addresses only. Search engines stay away from what is made up.
    """
    base = site.settings.address
    lines = ["User-agent: *", "Disallow: /" if site.settings.banner else "Disallow:"]
    files = {}
    if base:
        lines.append(f"Sitemap: {base}{MAP}")
        files[MAP] = ("\n".join(_lines(site, sources)) + "\n").encode()
    files["robots.txt"] = ("\n".join(lines) + "\n").encode()
    return files


def _lines(site: Site, sources: Mapping[str, str]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    for name, source in sorted(sources.items()):
        address = escape(site.settings.address + page_address(name.removesuffix(".md")))
        known = site.recorded(source)
        changed = f"<lastmod>{known.last.on}</lastmod>" if known else ""
        yield f"<url><loc>{address}</loc>{changed}</url>"
    yield "</urlset>"
