"""Secrets kept by the system: kept and found, and a clear answer where no keyring is there or it is closed."""

from collections.abc import Iterator

import keyring
import pytest
from keyring.backends.null import Keyring as NullKeyring
from memory_keyring import MemoryKeyring

from sisfoh_desktop.basics.secrets import NoKeyring, find_secret, forget_secret, has_keyring, remember_secret


@pytest.fixture
def another_keyring() -> Iterator[None]:
    """Leaves the keyring as it was, whichever the test sets."""
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_a_secret_is_kept_found_replaced_and_forgotten(memory_keyring: dict[tuple[str, str], str]) -> None:
    assert has_keyring()
    assert find_secret("base") is None
    remember_secret("base", "uno")
    remember_secret("base", "dos")
    assert find_secret("base") == "dos"
    forget_secret("base")
    forget_secret("base")
    assert find_secret("base") is None
    assert not memory_keyring


def test_without_a_keyring_nothing_is_kept_and_that_is_said() -> None:
    assert not has_keyring()
    assert find_secret("base") is None
    forget_secret("base")
    with pytest.raises(NoKeyring, match=r"no tiene un llavero.*la pedirá cada vez"):
        remember_secret("base", "uno")


def test_a_keyring_that_keeps_nothing_is_none(another_keyring: None) -> None:
    keyring.set_keyring(NullKeyring())
    assert not has_keyring()
    with pytest.raises(NoKeyring):
        remember_secret("base", "uno")


def test_a_closed_keyring_is_told_when_keeping_and_asks_when_looking(another_keyring: None) -> None:
    closed = MemoryKeyring()
    keyring.set_keyring(closed)
    remember_secret("base", "uno")
    closed.closed = True
    assert find_secret("base") is None
    with pytest.raises(NoKeyring, match="no se abrió"):
        remember_secret("base", "dos")
    with pytest.raises(NoKeyring):
        forget_secret("base")
    closed.closed = False
    assert find_secret("base") == "uno"


def test_a_keyring_that_answers_yes_and_keeps_another_thing_is_not_believed(another_keyring: None) -> None:
    class Forgetful(MemoryKeyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            self.kept[(service, username)] = password[:3]

    keyring.set_keyring(Forgetful())
    with pytest.raises(NoKeyring):
        remember_secret("base", "una clave larga")
