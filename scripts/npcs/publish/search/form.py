"""The search page as it is published: the form, and the scripts that answer.

Staged, the page says that it needs a script, and leads to the lists of all records, as any
generator shows it. Here the form takes the place of the first.
"""

import re
from importlib.resources import files

SCRIPTS = ("asked.js", "index.js", "page.js", "parts.js")
"""The scripts of the search below ``assets/find``: the first begins to ask, ``page.js`` shows."""

_THEME = re.compile(r'<script (src="[^"]*assets/javascripts/bundle\.)')
_UNUSED = re.compile(r'\s*<link rel="stylesheet" href="[^"]*assets/(?:redline|charts)\.css">')
_PRINT = re.compile(r'(<link rel="stylesheet") (href="[^"]*assets/print\.css">)')
_MARK = re.compile(r'<p class="npcs-find">.*?</p>', re.DOTALL)


def form(top: str) -> str:
    """The form, with the script that answers, for a page from which ``top`` leads to the top."""
    text = files("npcs.publish.search").joinpath("form.html").read_text("utf-8")
    return f'{text}<script type="module" async src="{top}assets/find/page.js"></script>'


def asking(html: str, name: str) -> str:
    """The search page with its form; any other page as it is."""
    if 'class="npcs-find"' not in html:
        return html
    top = "../" * name.count("/")
    # Asked for at once, and run as soon as they are there: the first without waiting for the
    # text and the style of the page. The theme's own script, five times as large, waits until the
    # first answer is shown: `page.js` starts it.
    head = [f'<script type="module" async src="{top}assets/find/{SCRIPTS[0]}"></script>']
    head += [f'<link rel="modulepreload" href="{top}assets/find/{one}">' for one in SCRIPTS[1:]]
    head.append('<link rel="preload" as="fetch" crossorigin href="data/index.json">')
    html = _MARK.sub(lambda _: form(top), html, count=1)
    html = _THEME.sub(r'<script type="later" \1', html)
    html = _PRINT.sub(r'\1 media="print" \2', _UNUSED.sub("", html))  # nothing waits for these
    return html.replace("<head>", "<head>" + "".join(head), 1)
