"""Where people see and change files, made of the one address that the settings name.

GitHub, GitLab and Forgejo keep the pages on a file at addresses that are alike. Where an address
has none of their forms nothing is made up.
"""

import re
from urllib.parse import quote

_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\(){}|?#]+")
_EDIT = re.compile(r"(https?://.+?)/(-/edit|_edit|edit)/(.+?)/?")
_HISTORY = {"-/edit": "-/commits", "_edit": "commits/branch", "edit": "commits"}
_NEW = {"-/edit": "-/new", "_edit": "_new", "edit": "new"}


def edit_file(edit: str, path: str) -> str:
    """Where a file is edited; empty where that is not known."""
    return f"{edit.rstrip('/')}/{quote(path)}" if _ADDRESS.fullmatch(edit) else ""


def history_of_file(edit: str, path: str) -> str:
    """Where all changes of a file are listed; empty where that is not known."""
    return _page(edit, path, _HISTORY)


def new_file(edit: str, folder: str) -> str:
    """Where a file is added to a folder; empty where that is not known."""
    return _page(edit, folder, _NEW)


def _page(edit: str, path: str, forms: dict[str, str]) -> str:
    found = _EDIT.fullmatch(edit) if _ADDRESS.fullmatch(edit) else None
    return f"{found[1]}/{forms[found[2]]}/{found[3]}/{quote(path)}" if found else ""
