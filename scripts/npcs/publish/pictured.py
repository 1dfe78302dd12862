"""Pictures on a finished page: each with its size, so that nothing jumps when it comes.

They are asked for only when a reader comes near: a page opens as fast as one without pictures.
"""

import re
import struct
from html import unescape
from os.path import normpath
from pathlib import Path

_PICTURE = re.compile(r'<img alt="([^"]*)" src="([\w./-]+\.webp)" ?/?>')


def sized(text: str, page: Path) -> str:
    """The HTML of a page with the size of its pictures; their files stand beside the page's."""
    if ".webp" not in text:
        return text

    def replaced(found: re.Match[str]) -> str:
        width, height = size(Path(normpath(page.parent / unescape(found[2]))).read_bytes()[:30])
        return (
            f'<img alt="{found[1]}" src="{found[2]}" width="{width}" height="{height}" '
            'loading="lazy" class="npcs-screen">'
        )

    return _PICTURE.sub(replaced, text)


def size(start: bytes) -> tuple[int, int]:
    """Width and height of a WebP picture in pixels, from its first 30 bytes.

    Raises ``ValueError`` for anything else. See RFC 9649, sections 2.5 to 2.7.
    """
    form = start[12:16]
    if start[:4] != b"RIFF" or start[8:12] != b"WEBP" or len(start) < 30:
        raise ValueError("no WebP picture")
    if form == b"VP8 ":
        width, height = struct.unpack("<HH", start[26:30])
        return width & 0x3FFF, height & 0x3FFF
    if form == b"VP8X":
        return (
            int.from_bytes(start[24:27], "little") + 1,
            int.from_bytes(start[27:30], "little") + 1,
        )
    raise ValueError("a form of WebP in which no pictures are taken here")
