"""What stops a site from being built, in words for the person who asked for it."""

from npcs.records.personal import without


class BuildFailed(Exception):  # noqa: N818 - it says what happened
    """The site was not built; the message says why. An earlier site stays as it was.

    What the message quotes is told without what identifies a person: logs are read by many.
    """

    def __init__(self, message: str) -> None:
        super().__init__(without(message))
