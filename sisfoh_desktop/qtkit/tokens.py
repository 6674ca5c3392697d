"""The colours of the visual language by role, light and dark. Nobody else names a colour.

Nothing of Qt is needed here: the first paint of the window uses them before the theme is loaded.
"""

from dataclasses import dataclass
from typing import Literal

Tone = Literal["ok", "warn", "danger", "dim", "accent", "practice"]


@dataclass(frozen=True)
class Tokens:
    """Colours by role, as #RRGGBB."""

    surface: str
    surface_2: str
    line: str
    text: str
    text_dim: str
    accent: str
    ok: str
    warn: str
    danger: str
    practice: str
    on_accent: str
    dark: bool = False
    high_contrast: bool = False

    def tone(self, tone: Tone) -> str:
        """The colour of a state; in high contrast that of text, for a selection's may be unreadable as one."""
        if self.high_contrast:
            return self.text
        return self.text_dim if tone == "dim" else str(getattr(self, tone))


LIGHT = Tokens(
    surface="#FFFFFF",
    surface_2="#F4F5F7",
    line="#D9DCE1",
    text="#1B1F24",
    text_dim="#5B6470",
    accent="#1D5FA8",
    ok="#1B7A4B",
    warn="#9A5B00",
    danger="#B3261E",
    practice="#6D3FA0",
    on_accent="#FFFFFF",
)
DARK = Tokens(
    surface="#1E2124",
    surface_2="#26292D",
    line="#3A3F45",
    text="#E8EAED",
    text_dim="#A3ABB5",
    accent="#6FB1FF",
    ok="#5CC98F",
    warn="#F2B04C",
    danger="#FF8A80",
    practice="#C39BEB",
    on_accent="#14171A",
    dark=True,
)
