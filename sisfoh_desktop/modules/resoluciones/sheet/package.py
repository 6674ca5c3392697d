"""A .docx from outside, opened with care: it may be anything under that name. Gives its XML, or one sentence.

Nothing is written out, nothing is fetched, no entity is resolved, and no more is unpacked than a long act needs.
"""

import io
import zipfile
import zlib
from posixpath import normpath
from typing import Any

from lxml import etree

from sisfoh_desktop.basics.errors import RuleError

LARGEST_FILE = 20_000_000
LARGEST_UNPACKED = 60_000_000
MOST_ENTRIES = 2_000
_OLE = b"\xd0\xcf\x11\xe0"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


def open_docx(data: bytes) -> tuple[Any, Any | None]:
    """The roots of the text and of the comments (None without); RuleError tells why a file is not taken."""
    if len(data) > LARGEST_FILE:
        raise RuleError(
            "docx_too_big",
            "El archivo pasa de 20 MB y no se leyó; el proyecto de una resolución no llega a tanto. Quítele las "
            "imágenes o elija otro archivo.",
        )
    if data.startswith(_OLE):
        raise RuleError(
            "docx_protected",
            "El archivo tiene contraseña o es de un Word antiguo (.doc), y no se leyó. Ábralo en Word, quítele la "
            "contraseña y guárdelo como «Documento de Word (.docx)».",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_contents(package)
            return _roots(package)
    except RuleError:
        raise
    except _BROKEN:
        raise _unreadable() from None
    except etree.XMLSyntaxError:
        raise _unreadable() from None


def _check_contents(package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise RuleError(
            "docx_bomb",
            "El archivo se despliega en mucho más de lo que ocupa un documento, y no se leyó. Pida otra vez el "
            "proyecto a quien lo envió.",
        )
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise RuleError(
            "docx_protected",
            "El archivo tiene contraseña y no se leyó. Ábralo en Word, quítele la contraseña y guárdelo de nuevo.",
        )
    names = {entry.filename.casefold() for entry in entries}
    kinds = _read(package, "[Content_Types].xml")
    if b"macroenabled" in kinds.lower() or any(
        name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names
    ):
        raise RuleError(
            "docx_macros",
            "El archivo trae macros y no se leyó. En Word use «Guardar como» y elija «Documento de Word (.docx)», sin "
            "macros.",
        )


def _roots(package: zipfile.ZipFile) -> tuple[Any, Any | None]:
    main = _target(package, "_rels/.rels", "/officeDocument", "")
    folder, _, name = main.rpartition("/")
    comments = _target(package, f"{folder}/_rels/{name}.rels".lstrip("/"), "/comments", folder)
    document = _parse(_read(package, main))
    if etree.QName(document).localname != "document" or document.find("{*}body") is None:
        raise _unreadable()
    return document, _parse(_read(package, comments)) if comments else None


def _target(package: zipfile.ZipFile, rels: str, kind: str, folder: str) -> str:
    """The part that a relationship names, inside the package; empty when there is none."""
    if rels not in package.namelist():
        if kind == "/officeDocument":
            raise _unreadable()
        return ""
    for relation in _parse(_read(package, rels)):
        if str(relation.get("Type", "")).endswith(kind) and relation.get("TargetMode") != "External":
            target = str(relation.get("Target", ""))
            inside = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
            return normpath(inside)
    if kind == "/officeDocument":
        raise _unreadable()
    return ""


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    """A part; never more than its entry said, whatever it holds."""
    with package.open(name) as part:
        data = part.read(LARGEST_UNPACKED + 1)
    if len(data) > LARGEST_UNPACKED:
        raise _unreadable()
    return data


def _parse(data: bytes) -> Any:
    if b"<!DOCTYPE" in data.replace(b"\0", b"").upper():
        raise _unreadable()
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise _unreadable()
    return root


def _unreadable() -> RuleError:
    return RuleError(
        "docx_unreadable",
        "El archivo no es un documento de Word (.docx) que se pueda leer; no se cambió nada. Elija el proyecto que se "
        "exportó desde aquí, guardado como .docx.",
    )
