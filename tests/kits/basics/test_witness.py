"""What this PC remembers of each base's trail, whatever befalls the file it is kept in."""

import pytest

from sisfoh_desktop.basics.witness import Sighting, Witness

SEEN = Sighting(12, "ab" * 32, "2024-03-08T10:00:00-05:00", "/datos/oficina.db")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "datos" / "testigo.json"


def test_each_base_has_its_own_sighting(path):
    Witness(path).remember("una", SEEN)
    other = Sighting(3, "cd" * 32, "2024-03-09T10:00:00-05:00", "/datos/práctica.db")
    Witness(path).remember("otra", other)
    assert Witness(path).find("una") == SEEN
    assert Witness(path).find("otra") == Witness(path).find_at("/datos/práctica.db") == other
    assert Witness(path).find("ninguna") is None
    assert Witness(path).find_at("/ninguna") is None


def test_a_later_sighting_takes_the_place_of_the_earlier(path):
    Witness(path).remember("una", SEEN)
    later = Sighting(80, "ef" * 32, "2024-03-10T10:00:00-05:00", "/usb/oficina.db")
    Witness(path).remember("una", later)
    assert Witness(path).find("una") == later


def test_what_lay_in_the_same_place_before_is_forgotten(path):
    Witness(path).remember("una", SEEN)
    Witness(path).remember("otra", SEEN)
    assert Witness(path).find("una") is None


def told(entries: str) -> bytes:
    return (
        b'{"una": {"entries": %s, "hash": "h", "at": "2024-03-08T10:00:00-05:00", "place": "p"}}'
        % entries.encode()
    )


@pytest.mark.parametrize(
    "kept",
    [b"", b"\xff", b"[]", b'{"una": 3}', b'{"una": {"entries": "x"}}', b"{", b"[" * 200_000]
    + [told(forged) for forged in ("Infinity", "NaN", "-1", "1e30", "9" * 30, "true", '"7"', "null")],
)
def test_a_damaged_file_is_forgotten_and_written_anew(path, kept):
    path.parent.mkdir()
    path.write_bytes(kept)
    assert Witness(path).find("una") is None
    Witness(path).remember("una", SEEN)
    assert Witness(path).find("una") == SEEN


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path):
    blocked = tmp_path / "archivo"
    blocked.write_text("")
    Witness(blocked / "testigo.json").remember("una", SEEN)
    assert Witness(blocked / "testigo.json").find("una") is None


def test_by_itself_it_lies_with_the_persons_own_data(tmp_path, monkeypatch):
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path))
    Witness().remember("una", SEEN)
    assert (tmp_path / "testigo.json").exists()
