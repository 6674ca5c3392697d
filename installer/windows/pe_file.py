"""Reads the two lists of a Windows program file (PE, 64 bits) that the build needs: what it exports, what it imports.

Nothing is executed and no tool is called: objdump's output changes from one version to the next.
"""

import struct
from pathlib import Path

_EXPORTS, _IMPORTS = 0, 1  # places in the table of data directories
_DIRECTORIES = 112  # where that table begins inside the optional header of a 64-bit file


class PeFile:
    """One .dll, .pyd or .exe. Raises ValueError when the file is no 64-bit PE."""

    def __init__(self, path: Path) -> None:
        self._data = data = path.read_bytes()
        header = self._number("I", 0x3C) if data[:2] == b"MZ" else 0
        if data[header : header + 4] != b"PE\0\0" or self._number("H", header + 24) != 0x20B:
            raise ValueError(f"{path.name} is no 64-bit Windows file")
        self._optional = header + 24
        sections = self._optional + self._number("H", header + 20)
        count = self._number("H", header + 6)
        self._sections = [struct.unpack_from("<4I", data, sections + 40 * i + 8) for i in range(count)]

    def exports(self) -> list[str]:
        """The exported names, sorted."""
        table = self._directory(_EXPORTS)
        if not table:
            return []
        count, names = self._number("I", table + 24), self._offset(self._number("I", table + 32))
        return sorted(self._text(self._number("I", names + 4 * i)) for i in range(count))

    def imports(self) -> set[str]:
        """The libraries it asks for when it is loaded, in lower case."""
        place, found = self._directory(_IMPORTS), set()
        while place and (name := self._number("I", place + 12)):
            found.add(self._text(name).lower())
            place += 20
        return found

    def _number(self, kind: str, offset: int) -> int:
        return int(struct.unpack_from(f"<{kind}", self._data, offset)[0])

    def _directory(self, index: int) -> int:
        address = self._number("I", self._optional + _DIRECTORIES + 8 * index)
        return self._offset(address) if address else 0

    def _offset(self, address: int) -> int:
        for virtual_size, virtual, raw_size, raw in self._sections:
            if virtual <= address < virtual + max(virtual_size, raw_size):
                return int(address - virtual + raw)
        raise ValueError(f"address {address:#x} is in no section")

    def _text(self, address: int) -> str:
        start = self._offset(address)
        return self._data[start : self._data.index(b"\0", start)].decode("ascii")
