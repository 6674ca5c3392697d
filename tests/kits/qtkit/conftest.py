"""The window kit is tested in its own light theme, with its own worker."""

from collections.abc import Iterator

import pytest

from sisfoh_desktop.qtkit.tasks import Tasks
from sisfoh_desktop.qtkit.theme import theme


@pytest.fixture(autouse=True)
def dressed(qapp) -> Iterator[None]:
    theme().start(qapp, "light", scale=100)
    theme().set_practice(False)
    yield
    theme().set_practice(False)
    theme().set_scale(100)


@pytest.fixture
def tasks(qapp) -> Iterator[Tasks]:
    worker = Tasks()
    yield worker
    worker.close()
