"""What stops a site from being built, in words for the person who asked for it."""


class BuildFailed(Exception):  # noqa: N818 - it says what happened
    """The site was not built; the message says why. An earlier site stays as it was."""
