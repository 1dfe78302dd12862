"""Repositories to attack, made once and copied for each test."""

from pathlib import Path

import pytest

from approving import FIRST, SECOND, Repository


@pytest.fixture(scope="session")
def _one(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    made = Repository(tmp_path_factory.mktemp("one") / "hub")
    decision = made.adopt("1.0", FIRST)
    made.commit(FIRST)
    made.approved(decision, "2027-03-05")
    return made


@pytest.fixture(scope="session")
def _two(_one: Repository, tmp_path_factory: pytest.TempPathFactory) -> Repository:
    made = _one.copy(tmp_path_factory.mktemp("two") / "hub")
    decision = made.adopt("1.1", SECOND, "We keep all children safe.")
    made.commit(SECOND)
    made.approved(decision, "2027-06-04")
    return made


@pytest.fixture
def one(_one: Repository, tmp_path: Path) -> Repository:
    """A repository with one approved text, 1.0."""
    return _one.copy(tmp_path / "hub")


@pytest.fixture
def two(_two: Repository, tmp_path: Path) -> Repository:
    """A repository with two approved texts, 1.0 and 1.1."""
    return _two.copy(tmp_path / "hub")
