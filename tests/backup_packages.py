"""Copies of an office as the tests make them, and the ways in which somebody may have forged one."""

import hashlib
import json
import zipfile
from pathlib import Path

from sisfoh_desktop.modules.safekeeping.service import backups

PASSWORD = "una frase larga ñ"


def made(db, archive, actor, now, stick, **more):
    return backups.make_backup(db, archive, actor=actor, now=now, folder=stick, **more)


def files_in(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def rewritten(package: Path, change) -> Path:
    """The same package with its members changed by `change(names -> bytes)`."""
    with zipfile.ZipFile(package) as source:
        members = {info.filename: source.read(info) for info in source.infolist()}
    change(members)
    forged = package.with_name("forjado.sisfoh")
    with zipfile.ZipFile(forged, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in members.items():
            target.writestr(name, data)
    return forged


def with_manifest(members, **changes):
    values = json.loads(members["manifiesto.json"])
    values.update(changes)
    members["manifiesto.json"] = json.dumps(values).encode()
    return values


def swap_paper(members):
    name = next(name for name in members if name.startswith("archivo/"))
    members[name] = members[name][:-1] + b"!"


def slip(members):
    members["../../etc/malo"] = b"x"


def slip_in_list(members):
    values = json.loads(members["manifiesto.json"])
    values["papers"].append(
        {"name": "../../malo", "byte_count": 1, "sha256": hashlib.sha256(b"x").hexdigest()}
    )
    members["manifiesto.json"] = json.dumps(values).encode()
    members["../../malo"] = b"x"


def fewer_entries(members):
    with_manifest(members, entries=0, head="0" * 64)


def one_row_more(members):
    values = json.loads(members["manifiesto.json"])
    values["tables"][0]["rows"] += 1
    members["manifiesto.json"] = json.dumps(values).encode()


def other_base(members):
    data = members["base.db"] = b"SQLite format 3\x00" + b"\x00" * 4096
    base = {"name": "base.db", "byte_count": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    with_manifest(members, base=base)


def no_base(members):
    del members["base.db"]


def no_list(members):
    del members["manifiesto.json"]


def text_list(members):
    members["manifiesto.json"] = b"[" * 100_000


def said_encrypted(members):
    with_manifest(members, encrypted=True)


def old_revision(members):
    with_manifest(members, revision="0001")


FORGERIES = (
    swap_paper,
    slip,
    slip_in_list,
    fewer_entries,
    one_row_more,
    other_base,
    no_base,
    no_list,
    text_list,
    said_encrypted,
    old_revision,
)
