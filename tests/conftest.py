"""What all tests share: a cache of their own, so that none sees what another run has kept."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def _cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder: Path = tmp_path_factory.mktemp("cache")
    before = os.environ.get("NPCS_CACHE_DIR")
    os.environ["NPCS_CACHE_DIR"] = str(folder)
    yield
    if before is None:
        del os.environ["NPCS_CACHE_DIR"]
    else:
        os.environ["NPCS_CACHE_DIR"] = before


def pytest_sessionfinish() -> None:
    """Throw the keys of the tests away: a worker that ends at once would leave them behind."""
    if approving := sys.modules.get("approving"):
        approving.throw_keys_away()
