"""What all tests share: a cache of their own, so that none sees another run's, and a browser."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# No test fails for the time it takes, nor for that of making up what it is given.
settings.register_profile("npcs", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("npcs")


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


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser. Where there is none its tests are skipped, in CI never: there they fail."""
    program = os.environ.get("NPCS_CHROMIUM") or shutil.which("chromium")
    if not program:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("no Chromium here")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def pytest_sessionfinish() -> None:
    """Throw the keys of the tests away: a worker that ends at once would leave them behind."""
    if approving := sys.modules.get("approving"):
        approving.throw_keys_away()
