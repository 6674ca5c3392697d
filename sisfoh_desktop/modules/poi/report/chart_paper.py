"""A chart of the POI on a page of its own, in greys. Loads reportlab: import it inside functions."""

from typing import TYPE_CHECKING

from sisfoh_desktop.documents.page import A4_WIDE, BuiltPaper, PaperFormat, build_paper
from sisfoh_desktop.documents.text import paragraph
from sisfoh_desktop.modules.poi.report.charts import CumulativeLines, HeatGrid, MonthBars
from sisfoh_desktop.modules.poi.rules.charts import HeatMap, Series
from sisfoh_desktop.modules.poi.rules.report_words import (
    chart_noun,
    chart_title,
    heat_words,
    scope_words,
)
from sisfoh_desktop.modules.poi.rules.reports import ChartKind, version_words

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead
    from sisfoh_desktop.modules.poi.rules.facts import PoiYear

_TALL = 330.0


def chart_paper_pdf(
    year: "PoiYear",
    kind: ChartKind,
    shown: Series | HeatMap,
    letterhead: "Letterhead",
    *,
    watermark: str = "",
) -> BuiltPaper:
    """The chart with its title, what it looks at and the version it tells."""
    title = chart_title(kind, year.plan.year)
    drawing: Flowable
    below = ""
    if isinstance(shown, HeatMap):
        drawing = HeatGrid(shown)
        below = heat_words(shown, year.plan.bands)
    elif kind is ChartKind.MONTHS:
        drawing = MonthBars(shown, chart_noun(kind, shown), _TALL)
    else:
        drawing = CumulativeLines(shown, chart_noun(kind, shown), _TALL)
    about = scope_words(shown.scope)
    told = f"{about} {version_words(year.poi_version)}."
    story: list[Flowable] = [paragraph(title.upper(), "act"), paragraph(told, "centred"), drawing]
    if below:
        story.append(paragraph(below, "note"))
    around = PaperFormat(
        letterhead=letterhead,
        title=title,
        author=letterhead.entity,
        foot_number=title,
        watermark=watermark,
        continuation_head=title,
        sheet=A4_WIDE,
    )
    return build_paper(story, around)
