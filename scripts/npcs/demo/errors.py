"""What a person can put right when a demo cannot be made."""


class DemoError(Exception):
    """The demo cannot be made as asked; the message says why and what to do."""
