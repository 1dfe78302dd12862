"""Pages in a real browser, examined for what keeps people out: by axe-core, by zoom, by keyboard.

`make accessibility` examines all pages and keeps the results, which the site's accessibility
statement is made of; the tests examine one page of each kind.
"""
