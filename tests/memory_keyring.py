"""A keyring for tests: what the system's own would keep, in memory, and able to refuse."""

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class MemoryKeyring(KeyringBackend):
    """Keeps secrets in `kept`; `closed` makes it behave like one that the person did not unlock."""

    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.closed = False

    def get_password(self, service: str, username: str) -> str | None:
        self._check_open()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check_open()
        self.kept[(service, username)] = password

    def delete_password(self, service: str, username: str) -> None:
        self._check_open()
        if (service, username) not in self.kept:
            raise PasswordDeleteError("nothing there")
        del self.kept[(service, username)]

    def _check_open(self) -> None:
        if self.closed:
            raise KeyringLocked("closed")
