"""What every test has: pages as tests, and laws that are tried the same way each time in CI."""

import os
import shutil

import pytest
from hypothesis import HealthCheck, Phase, settings
from pages import pytest_addoption, pytest_configure
from running import DEMO, git

__all__ = ["pytest_addoption", "pytest_configure"]

pytest_plugins = ["pytester"]

# A clock would fail on a busy machine, so there is none.
_COMMON = settings(
    deadline=None,
    max_examples=60,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("here", _COMMON)
settings.register_profile("long", _COMMON, max_examples=3_000)  # --hypothesis-profile=long
settings.register_profile("ci", _COMMON, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture
def plan(tmp_path):
    """The demonstration plan, to be written in."""
    return shutil.copytree(DEMO, tmp_path / "plan")


@pytest.fixture
def folder(plan):
    """A folder that holds the demonstration plan."""
    return plan.parent


@pytest.fixture
def repository(folder):
    """The same, as a repository's first commit."""
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "The plan")
    return folder
