"""The page of all changes of the committee, as published: with a form that looks a day up.

Staged, the page says that this needs a script, as any generator shows it. Here the form takes its
place, and that remark is kept for where no script runs.
"""

import re

SCRIPT = "assets/days.js"
"""The site's own script that looks a day up in the list of the page."""

_MARK = re.compile(r'<p class="npcs-days">(.*?)</p>', re.DOTALL)
_FORM = """\
<form class="npcs-day" action="./" method="get">
<label for="npcs-day">Who was on the committee on this day?</label>
<p class="npcs-ask"><input id="npcs-day" name="on" type="date" required><button type="submit">\
Look it up</button></p>
<div class="npcs-answer" role="status"></div>
</form>
<noscript><p class="npcs-empty">{}</p></noscript>"""


def picking(html: str, name: str) -> str:
    """The page with the form and its script; any other page as it is."""
    if 'class="npcs-days"' not in html:
        return html
    html = _MARK.sub(lambda found: _FORM.replace("{}", found[1]), html, count=1)
    way = "../" * name.count("/") + SCRIPT
    return html.replace("</head>", f'<script src="{way}" defer></script></head>', 1)
