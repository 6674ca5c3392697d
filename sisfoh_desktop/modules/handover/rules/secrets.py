"""What a handover never says: it tells where a key is kept, never the key, and nobody's DNI. Plain Python."""

import re
import unicodedata

from sisfoh_desktop.basics.errors import RuleError

# «clave: abc», «clave del wifi = abc», «PIN 4521», «PIN4521»: a word for a secret with what looks like one after it
_WORD = (
    r"(?:contrase(?:ñ|n)as?|claves?|passwords?|passwd|pswd|pwd|pw|pass|pin|puk|otp|token|frase|"
    r"c[óo]digos? de (?:acceso|seguridad|verificaci[óo]n))"
)
_WHERE = (
    r"(?:en|ver|vea|la|lo|el|los|las|se|est[áa]|no|guardad[ao]s?|custodiad[ao]s?|sobre|caja|caj[óo]n|con|por|pedir|"
    r"pida|quien)"
)
_TOLD = re.compile(
    rf"\b{_WORD}\b(?:\s+del?(?:\s+\w+){{1,4}}?)?\s*(?:[:=→]|\bes\b|\bis\b)\s*(?!{_WHERE}\b)\S", re.IGNORECASE
)
_WITH_FIGURES = re.compile(rf"\b{_WORD}\b\W{{0,3}}(?=\S*\d)(?!20\d\d\b)\S{{3,}}", re.IGNORECASE)
_QUOTED = re.compile(rf"\b{_WORD}\s*[«“\"]", re.IGNORECASE)
_JOINED = re.compile(rf"\b{_WORD}\d{{3,}}\b", re.IGNORECASE)
_KEY_FILE = re.compile(r"AGE-SECRET-KEY-|-----BEGIN [A-Z ]*PRIVATE KEY-----", re.IGNORECASE)
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$|^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"\w+://[^\s/@]*:[^\s/@]+@", re.IGNORECASE)  # user:secret@server
_LIKE_A_NUMBER = re.compile(r"^[A-ZÑ0-9.°º/_-]+$")  # of a document or of a room: 237-2024-OGAJ/MPT
_SIGNS = re.compile(r"[^\w\s.,;:()«»\"'/-]")
_LONG = re.compile(r"^[A-Za-z0-9+/=_-]{20,}$")
_SHORTEST, _SHORTEST_MIXED = 6, 10


def looks_like_secret(text: str) -> bool:
    """Whether a text carries what looks like a password, a PIN, a key or a recovery phrase."""
    text = unicodedata.normalize("NFKC", text)  # an ñ of two signs, a wide colon
    if any(sign.search(text) for sign in (_TOLD, _WITH_FIGURES, _QUOTED, _JOINED, _KEY_FILE, _IN_ADDRESS)):
        return True
    if any(_token_is_secret(token.strip("()«»\"',;.")) for token in text.split()):
        return True
    groups = re.findall(r"\b[0-9A-Z]{5}\b", text)
    return len(groups) >= 4 and sum(any(sign.isdigit() for sign in group) for group in groups) >= 2


def check_no_secret(text: str, what: str) -> None:
    """RuleError `looks_like_secret`; `what` names the field with its article."""
    if looks_like_secret(text):
        raise RuleError(
            "looks_like_secret",
            f"En {what} parece haber una contraseña, un PIN o una llave; no se guardó nada. Escriba solo dónde se "
            "guarda y quién la custodia: la clave se entrega en persona.",
        )


def _token_is_secret(token: str) -> bool:
    if len(token) < _SHORTEST or _ADDRESS.match(token) or _LIKE_A_NUMBER.match(token):
        return False
    small = any(sign.islower() for sign in token)
    large = any(sign.isupper() for sign in token)
    figure = any(sign.isdigit() for sign in token)
    sign = _SIGNS.search(token) is not None
    if figure and sign and (small or large):  # Tacna2024!
        return True
    if small and large and figure and len(token) >= _SHORTEST_MIXED:  # aB3dE5gH7j
        return True
    return bool(_LONG.match(token)) and figure and small  # hexadecimal, base 64
