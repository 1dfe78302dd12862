"""Questions on a finished page: answers that open to what they say back, and the script for more.

Staged, the answers are a list of definitions, as any generator shows it. Here each becomes a
``details`` element, so that one can think first, also where no script runs.
"""

import re

SCRIPT = "assets/practise.js"
"""The site's own script that lets a reader choose, check and go on later."""

_LIST = re.compile(r'<dl>\s*(<dt><em class="npcs-option">.*?)\s*</dl>', re.DOTALL)
_OPTION = re.compile(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", re.DOTALL)


def opening(text: str) -> str:
    """The text of a page with its answers closed until a reader opens them."""
    if 'class="npcs-option"' not in text:
        return text
    return _LIST.sub(lambda found: f'<div class="npcs-options">{_closed(found[1])}</div>', text)


def _closed(options: str) -> str:
    return _OPTION.sub(r"<details><summary>\1</summary><div>\2</div></details>", options)


def scripted(html: str, name: str) -> str:
    """The page with the script, where it has answers to choose from."""
    if '<div class="npcs-options">' not in html:
        return html
    way = "../" * name.count("/") + SCRIPT
    return html.replace("</head>", f'<script src="{way}" defer></script></head>', 1)
