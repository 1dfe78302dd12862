"""Sentences of the demo that are longer than a line of code, one a line."""

from importlib.resources import files


def text_lines(name: str) -> list[str]:
    """The lines of one of the files here."""
    return files(__name__).joinpath(name).read_text("utf-8").splitlines()
