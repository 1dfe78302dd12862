"""The search page as it is published: the form, and the scripts that answer.

Staged, the page says that it needs a script, and leads to the lists of all records, as any
generator shows it. Here the form takes the place of the first.
"""

import re
from importlib.resources import files

SCRIPTS = ("page.js", "index.js", "parts.js")
"""The scripts of the search below ``assets/find``; the first brings the others."""

_THEME = re.compile(r'<script (src="[^"]*assets/javascripts/bundle\.)')
_MARK = re.compile(r'<p class="npcs-find">.*?</p>', re.DOTALL)


def asking(html: str, name: str) -> str:
    """The search page with its form; any other page as it is."""
    if 'class="npcs-find"' not in html:
        return html
    form = files("npcs.publish.search").joinpath("form.html").read_text("utf-8")
    top = "../" * name.count("/")
    # Asked for at once, and run as soon as they are there: the theme's own scripts can wait.
    head = [f'<link rel="modulepreload" href="{top}assets/find/{one}">' for one in SCRIPTS]
    head.append('<link rel="preload" as="fetch" crossorigin href="data/index.json">')
    form += f'<script type="module" async src="{top}assets/find/{SCRIPTS[0]}"></script>'
    html = _MARK.sub(lambda _: form, html, count=1)
    html = _THEME.sub(r'<script defer fetchpriority="low" \1', html)
    return html.replace("<head>", "<head>" + "".join(head), 1)
