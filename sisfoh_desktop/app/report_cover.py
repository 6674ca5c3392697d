"""What a log, a fault or a message must not carry to the technician besides known names: folders, passwords, DNI.

Names that the base knows are taken out in `technician_report`, which uses this for every text.
"""

import re
import unicodedata

_QUOTES = "\"'«»"
# The folders of a file from a drive, a server or the root on; folders may have spaces in their names.
_FOLDERS = re.compile(
    rf"(?:\b[A-Za-z]:[\\/]|\\\\)(?:[^\\/\n{_QUOTES}<>|:]*[^\\/\s{_QUOTES}<>|:][\\/])*"
    rf"|(?<![\w~./:<])/(?:[^/\n{_QUOTES},;:<>]*[^/\s{_QUOTES},;:<>]/)+"
)
_PROGRAM = re.compile(
    r"(?:.*[\\/])?((?:site-packages|sisfoh_desktop|lib[\\/]python[\d.]+)[\\/].*)\Z", re.DOTALL
)
_SIGN_IN = re.compile(r"(?<=://)[^\s/]*@")  # user:password@server; a password may hold an @
_KEY_FILE = re.compile(r"AGE-SECRET-KEY-\S+", re.IGNORECASE)
# «password=x», «user "ana"», «Key (login)=(ana)», «frase: luna sol»: a word and what it is
_TOLD = re.compile(
    r"\b(password|passwd|pwd|contraseña|clave|pin|user|usuario|role|login)\b"
    r"(\)?\s*[:=]\s*\(?|\s+(?=[\"'«0-9]))(\"[^\"\n]*\"|'[^'\n]*'|«[^»\n]*»|[^\s,;)\"']+)",
    re.IGNORECASE,
)
_PHRASE = re.compile(r"\b(frase|phrase)\b\s*[:=].*", re.IGNORECASE)
_QUOTED = re.compile(r"'([^'\n]*)'|\"([^\"\n]*)\"|«([^»\n]*)»")
_LIKE_DATA = re.compile(r"[A-ZÁÉÍÓÚÑÜ]|[^\W\d_]\s+[^\W\d_]")  # a capital, or two words
_FILE = re.compile(r"[\w./\\~…<>-]+\.(?:py|db|dll|so|toml|json|pyc)\Z")
_OTHER_FIGURE = re.compile(r"[^\D0-9]")  # wide or Arabic: the same DNI
_SPACED_DNI = re.compile(r"(?<!\d)(?:\d{2}([ .-])\d{3}\1\d{3}|\d{4}[ .]\d{4}|\d(?:[ .-]\d){7})(?!\d)")
# the RUC of a person with its parts apart, wherever: 10 (15, 17), the DNI, a check digit
_SPACED_RUC = re.compile(r"(?<!\d)1[057](?:[ .-]?\d){9}(?!\d)")
_PHONE = re.compile(r"(?<!\d)9\d{2}([ .-]?)\d{3}\1\d{3}(?!\d)")
# What a server says of a row that it refused: «Key (lower(name))=(ana ruiz)», «Failing row contains (12, ana ruiz)»
_ROW = re.compile(r"(\)=|Failing row contains |La fila que falla contiene )\(.*", re.IGNORECASE)
_FOREIGN_FILE = re.compile(rf"(?<=…/)([^\n/\\{_QUOTES}<>|:]*?)(\.[A-Za-z0-9]{{2,5}})(?![\w.])")


def without_places_and_secrets(text: str) -> str:
    """The text without folders and names of files outside the program, accounts, passwords, quoted data, rows that a
    server refused, phones, RUC of people and DNI written with spaces.
    """
    text = unicodedata.normalize("NFC", text)
    text = _OTHER_FIGURE.sub(lambda found: str(unicodedata.decimal(found[0])), text)
    text = _KEY_FILE.sub("…", _SIGN_IN.sub("…@", text))
    text = _PHRASE.sub(r"\1 …", _TOLD.sub(r"\1\2…", _ROW.sub(r"\1(…)", text)))
    text = _QUOTED.sub(_quoted, _FOREIGN_FILE.sub(_foreign, _FOLDERS.sub(_folders, text)))
    text = _SPACED_DNI.sub("********", _SPACED_RUC.sub("********", text))
    return _PHONE.sub("*********", text)


def _folders(found: re.Match[str]) -> str:
    """Of the program's own files the way from the program on, of others only their names."""
    own = _PROGRAM.match(found[0])
    return own[1] if own else "…/"


def _foreign(found: re.Match[str]) -> str:
    """A file outside the program keeps its name only where nobody's can be in it; its kind is told."""
    return f"…{found[2]}" if _LIKE_DATA.search(found[1]) else found[0]


def _quoted(found: re.Match[str]) -> str:
    """Names of columns and files stay; what may be somebody's words goes."""
    said = next(part for part in found.groups() if part is not None)
    keep = _FILE.fullmatch(said) or not _LIKE_DATA.search(said)
    return found[0] if keep else f"{found[0][0]}…{found[0][-1]}"
