"""Options of the commands on the charter's approval."""

from npcs.cli.options import root_key_option

__all__ = ["root_key_option"]
