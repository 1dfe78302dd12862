"""The search of the site: what can be found, by what, and the files a browser answers from.

`facets.py` says what a page is about, `texts.py` which words it is found by, `index.py` puts the
words of all pages into small files, of which a question needs a few. `places.py` adds places within
pages, `form.py` the form. The scripts in `theme/assets/find/` answer.
"""
