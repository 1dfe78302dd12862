"""A curriculum as a deck for Anki: an ``.apkg`` file, a database in an archive.

Anki knows a note again by its ``guid``, and takes the newer of two by the time of their change.
Both come from the record: from the ids of curriculum and question, and from the file's last change.
So a new version of a deck updates the cards a learner has, keeps what they have learned, and
doubles none. The form is the one every Anki since 2.1 reads (version 11 of its collection).
"""

import html
import io
import json
import re
import sqlite3
import zipfile
from hashlib import sha1, sha256

from npcs.publish.learning.texts import Course, Question

_MARKS = str.maketrans({"[": "&#91;", "\\": "&#92;", "{": "&#123;"})
_BETWEEN_TAGS = re.compile(r"[^<>]+(?=<|$)")

_NOTE_TYPE = 1_795_000_000_000
"""The id of our form of note. Another set of fields or templates needs another number."""

_FIELDS = ("Question", "Options", "Answer", "Source", "Id")
_FRONT = '<div class="stem">{{Question}}</div>{{Options}}'
_BACK = (
    '{{FrontSide}}<hr id="answer">{{Answer}}{{#Source}}<p class="source">{{Source}}</p>{{/Source}}'
)
_STYLE = """\
.card { font: 18px/1.5 sans-serif; text-align: left; max-width: 40em; margin: 0 auto; }
.stem { font-weight: 600; }
ol { list-style: upper-alpha; }
.source { font-size: 14px; }
"""
_TABLES = """
CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null,
  scm integer not null, ver integer not null, dty integer not null, usn integer not null,
  ls integer not null, conf text not null, models text not null, decks text not null,
  dconf text not null, tags text not null);
CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null,
  mod integer not null, usn integer not null, tags text not null, flds text not null,
  sfld integer not null, csum integer not null, flags integer not null, data text not null);
CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null,
  ord integer not null, mod integer not null, usn integer not null, type integer not null,
  queue integer not null, due integer not null, ivl integer not null, factor integer not null,
  reps integer not null, lapses integer not null, left integer not null, odue integer not null,
  odid integer not null, flags integer not null, data text not null);
CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null,
  ease integer not null, ivl integer not null, lastIvl integer not null, factor integer not null,
  time integer not null, type integer not null);
CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null);
CREATE INDEX ix_notes_usn on notes (usn);
CREATE INDEX ix_cards_usn on cards (usn);
CREATE INDEX ix_revlog_usn on revlog (usn);
CREATE INDEX ix_cards_nid on cards (nid);
CREATE INDEX ix_cards_sched on cards (did, queue, due);
CREATE INDEX ix_revlog_cid on revlog (cid);
CREATE INDEX ix_notes_csum on notes (csum);
"""


def deck(course: Course) -> bytes:
    """The deck of a curriculum, a card for each question, the same bytes for the same texts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in (("collection.anki2", _collection(course)), ("media", b"{}")):
            archive.writestr(zipfile.ZipInfo(name), content)  # stored, with no time of its own
    return out.getvalue()


def guid(curriculum: str, question: str) -> str:
    """What Anki knows a question by, whatever becomes of its words."""
    return sha256(f"npcs:{curriculum}/{question}".encode()).hexdigest()[:20]


def _collection(course: Course) -> bytes:
    deck_id = _number(f"deck:{course.id}")
    base = sqlite3.connect(":memory:")
    try:
        base.execute("PRAGMA page_size = 512")
        base.executescript(_TABLES)
        base.execute(
            "INSERT INTO col VALUES (1,?,?,?,11,0,0,0,?,?,?,?,'{}')", _col(course, deck_id)
        )
        for one in course.questions:
            fields = _fields(course, one)
            note = _number(f"note:{course.id}/{one.id}")
            first = html.unescape(re.sub(r"<[^>]*>", "", fields[0]))
            base.execute(
                "INSERT INTO notes VALUES (?,?,?,?,-1,'',?,?,?,0,'')",
                (note, guid(course.id, one.id), _NOTE_TYPE, course.changed, "\x1f".join(fields),
                 first, _checksum(first)),
            )  # fmt: skip
            base.execute(
                "INSERT INTO cards VALUES (?,?,?,0,?,-1,0,0,?,0,0,0,0,0,0,0,0,'')",
                (note, note, deck_id, course.changed, one.number),
            )
        base.commit()
        raw = bytearray(base.serialize())
    finally:
        base.close()
    raw[96:100] = bytes(4)  # the version of SQLite: no reader needs it, and it varies
    return bytes(raw)


def _fields(course: Course, one: Question) -> tuple[str, ...]:
    options = "".join(f"<li>{html.escape(it.text)}</li>" for it in one.answers)
    told = "".join(
        f"<li>{'<b>Right.</b> ' if it.is_right else ''}{_in_line(it.feedback_html)}</li>"
        for it in one.answers
    )
    answer = f"<p><b>{html.escape(one.right)}</b> is right.</p><ol>{told}</ol>"
    texts = (one.stem_html, f"<ol>{options}</ol>", answer, one.source_html)
    return (*map(_inert, texts), f"{course.id}/{one.id}")


def _inert(text: str) -> str:
    """HTML in which Anki finds no command of its own, such as one to play, to set or to run."""
    return _BETWEEN_TAGS.sub(lambda found: found[0].translate(_MARKS), text)


def _in_line(text: str) -> str:
    return re.sub(r"^<p>(.*?)</p>", r"\1", text, flags=re.DOTALL)


def _number(name: str) -> int:
    """A number of a name, as Anki numbers things: like a moment in milliseconds since 1970."""
    return 1_000_000_000_000 + int.from_bytes(sha256(name.encode()).digest()[:8], "big") % 10**11


def _checksum(text: str) -> int:
    return int(sha1(text.encode(), usedforsecurity=False).hexdigest()[:8], 16)  # as Anki does


def _col(course: Course, deck_id: int) -> tuple[object, ...]:
    moment = course.changed
    name = f"{course.publisher}: {course.title}".replace("::", ": ")
    decks = {"1": _deck(1, "Default", 0), str(deck_id): _deck(deck_id, name, moment)}
    conf = {"nextPos": 1, "sortType": "noteFld", "sortBackwards": False, "addToCur": True,
            "curDeck": 1, "activeDecks": [1], "newSpread": 0, "collapseTime": 1200, "timeLim": 0,
            "estTimes": True, "dueCounts": True, "curModel": None, "newBury": True}  # fmt: skip
    texts = (conf, {str(_NOTE_TYPE): _note_type(deck_id)}, decks, {"1": _OPTIONS})
    return (moment, moment * 1000, 0, *(json.dumps(one, ensure_ascii=False) for one in texts))


def _deck(number: int, name: str, moment: int) -> dict[str, object]:
    none = [0, 0]
    return {"id": number, "name": name, "mod": moment, "usn": -1, "conf": 1, "dyn": 0, "desc": "",
            "collapsed": False, "browserCollapsed": False, "extendNew": 10, "extendRev": 50,
            "newToday": none, "revToday": none, "lrnToday": none, "timeToday": none}  # fmt: skip


def _note_type(deck_id: int) -> dict[str, object]:
    return {
        "id": _NOTE_TYPE, "name": "Spaced education question", "type": 0, "mod": 1, "usn": -1,
        "sortf": 0, "did": deck_id, "css": _STYLE, "latexPre": "", "latexPost": "", "tags": [],
        "vers": [], "req": [[0, "any", [0]]],
        "flds": [
            {"name": name, "ord": place, "sticky": False, "rtl": False, "font": "Arial", "size": 20,
             "media": []}
            for place, name in enumerate(_FIELDS)
        ],
        "tmpls": [
            {"name": "Question", "ord": 0, "qfmt": _FRONT, "afmt": _BACK, "did": None, "bqfmt": "",
             "bafmt": ""}
        ],
    }  # fmt: skip


_OPTIONS = {
    "id": 1, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "autoplay": True, "timer": 0,
    "replayq": True, "dyn": False,
    "new": {"bury": True, "delays": [1, 10], "initialFactor": 2500, "ints": [1, 4, 7], "order": 1,
            "perDay": 20, "separate": True},
    "rev": {"bury": True, "ease4": 1.3, "fuzz": 0.05, "ivlFct": 1, "maxIvl": 36500, "minSpace": 1,
            "perDay": 100},
    "lapse": {"delays": [10], "leechAction": 0, "leechFails": 8, "minInt": 1, "mult": 0},
}  # fmt: skip
"""Anki's own options for a deck, which every collection has."""
