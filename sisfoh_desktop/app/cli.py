"""The command line: the same services without a window, and never Qt.

Here are the commands' arguments, what their exit codes mean and how errors are told; what a command does is in
its neighbours (cli_base.py, cli_papers.py, cli_people.py…). Each command imports what it needs when it runs, so that
help and mistakes are quick.

Exit codes: 0 done; 2 wrong usage; 3 the office's rules refused; 4 the environment failed.
"""

import argparse
import logging
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from sisfoh_desktop import __version__
from sisfoh_desktop.app.cli_desk import DONE, FAILED, REFUSED, USAGE, Outcome, add_common, refusal, tell
from sisfoh_desktop.app.cli_parser import SpanishParser, UsageError, readable, typed, whole_number
from sisfoh_desktop.basics.clock import Clock, SystemClock
from sisfoh_desktop.basics.dates import parse_date
from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.basics.ubigeo import check_scope

PROGRAM = "sisfoh-desktop"
_BUG = (
    "El programa encontró un error propio y se detuvo; no dejó nada a medias. "
    "Anote qué orden escribió y avise a su técnico."
)
_log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None, *, clock: Clock | None = None) -> int:
    """Run one command and return its exit code; never raises and never prints a traceback."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a redirected stream on Windows would lose accents
            reconfigure(encoding="utf-8", errors="replace")
    if not logging.getLogger().handlers:  # what libraries have to say belongs in no command's output
        logging.getLogger().addHandler(logging.NullHandler())
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    try:
        return tell(_outcome(arguments, clock or SystemClock()), as_json="--json" in options)
    except KeyboardInterrupt:  # while the result was being told
        return FAILED


def _outcome(arguments: Sequence[str], clock: Clock) -> Outcome:
    """What the command did, or why it did not."""
    try:
        args = build_parser(clock).parse_args(arguments)
        outcome: Outcome = args.run(args, clock)
    except SystemExit as finished:  # --ayuda, which has told everything itself
        return Outcome(None, code=int(finished.code or DONE))
    except UsageError as error:
        return refusal(error.sentence, USAGE)
    except RuleError as error:
        return refusal(error.sentence, REFUSED)
    except SisfohError as error:
        return refusal(error.sentence, FAILED)
    except KeyboardInterrupt:
        return refusal("Se interrumpió la orden; lo que no terminó quedó como estaba.", FAILED)
    except Exception:  # our own bug: the log has the details, the person gets a sentence
        _note_bug()
        return refusal(_BUG, FAILED)
    return outcome


def build_parser(clock: Clock) -> SpanishParser:
    """All commands with their arguments; `clock` gives `hoy` its date."""
    from sisfoh_desktop.app import (
        cli_backup,
        cli_base,
        cli_files,
        cli_kardex,
        cli_papers,
        cli_people_orders,
        cli_poi,
    )

    today = clock.now().date()

    def day(text: str) -> date:
        return parse_date(text, today)

    parser = SpanishParser(
        prog=PROGRAM, description="Órdenes de SISFOH Desktop; sin ninguna se abre la ventana del programa."
    )
    add_common(parser, nested=False)
    parser.add_argument(
        "--version",
        action="version",
        version=f"SISFOH Desktop {__version__}",
        help="muestra la versión y termina",
    )
    parser.add_argument(  # `start` runs it before any command: here it is only told in the help
        "--autoprueba",
        metavar="CARPETA",
        help="prueba esta instalación en esa carpeta, que no toca sus datos",
    )
    commands = parser.add_subparsers(
        title="órdenes", metavar="ORDEN", required=True, parser_class=SpanishParser
    )

    practica = _command(commands, "practica", cli_base.run_practica, "crea la oficina de práctica Tacna 2024")
    practica.add_argument("folder", metavar="CARPETA", help="carpeta donde quedará practica.db")
    practica.add_argument(
        "--reemplazar", dest="replace", action="store_true", help="reemplaza una práctica anterior"
    )

    informe = commands.add_parser("informe", help="escribe un papel en PDF")
    add_common(informe, nested=True)
    papers = informe.add_subparsers(
        title="papeles", metavar="PAPEL", required=True, parser_class=SpanishParser
    )
    resolucion = _command(
        papers, "resolucion", cli_papers.run_resolucion, "la resolución congelada con su Anexo N° 01"
    )
    resolucion.add_argument(
        "--numero",
        dest="number",
        type=readable,
        metavar="N",
        help="por ejemplo 091-2024-GM/MPT",
    )
    resolucion.add_argument(
        "--proyecto", dest="draft", action="store_true", help="el borrador, con la marca PROYECTO"
    )
    _output(resolucion, "F.pdf")
    anexo = _command(papers, "anexo01", cli_papers.run_anexo01, "solo la matriz del Anexo N° 01")
    anexo.add_argument(
        "--plan", type=whole_number, required=True, metavar="ID", help="número del plan en el programa"
    )
    _output(anexo, "F.pdf")
    for name, run, does in (
        ("expediente", cli_files.run_expediente, "la carátula del expediente con su índice foliado"),
        ("hoja-ruta", cli_files.run_hoja_ruta, "la hoja de ruta del expediente"),
        (
            "linea-tiempo",
            cli_files.run_linea_tiempo,
            "en una página, adónde se fueron los días del expediente",
        ),
    ):
        paper = _command(papers, name, run, does)
        meant = paper.add_mutually_exclusive_group()
        meant.add_argument(
            "--expediente", type=whole_number, metavar="ID", help="número del expediente en el programa"
        )
        meant.add_argument(
            "--numero", dest="number", type=readable, metavar="N", help="número de su resolución"
        )
        _output(paper, "F.pdf")
    cargos = _command(papers, "cargos", cli_files.run_cargos, "los cargos de notificación, dos por hoja")
    _number(cargos)
    cargos.add_argument(
        "--preparar", dest="prepare", action="store_true", help="antes prepara las notificaciones propuestas"
    )
    _output(cargos, "F.pdf")
    card = _command(papers, "kardex", cli_kardex.run_informe_kardex, "la tarjeta kardex de un formulario")
    card.add_argument(
        "--tipo", dest="form_type", type=readable, metavar="T", required=True, help="por ejemplo FSU"
    )
    card.add_argument(
        "--tenedor", dest="holder", type=readable, metavar="P", help="una persona; si falta, el almacén"
    )
    for name, dest, does in (("--desde", "since", "primer día"), ("--hasta", "until", "último día")):
        card.add_argument(name, dest=dest, type=typed(day), metavar="FECHA", help=does)
    _campaign(card)
    _output(card, "F.pdf")

    quarter = _command(papers, "poi", cli_poi.run_informe_poi, "la ejecución del POI hasta un trimestre")
    _year(quarter)
    quarter.add_argument(
        "--trimestre", dest="quarter", type=whole_number, metavar="T", required=True, help="de 1 a 4"
    )
    _output(quarter, "F.pdf|F.xlsx")

    importar = commands.add_parser("importar", help="trae datos de una hoja de cálculo")
    add_common(importar, nested=True)
    sheets = importar.add_subparsers(
        title="qué se importa", metavar="QUÉ", required=True, parser_class=SpanishParser
    )
    kardex = _command(
        sheets, "kardex", cli_kardex.run_importar_kardex, "una existencia inicial o un año de movimientos"
    )
    kardex.add_argument("file", metavar="F", help="archivo .xlsx, .xls, .ods, .csv o .txt")
    kardex.add_argument(
        "--solo-revisar", dest="check_only", action="store_true", help="dice qué cuadra y no registra nada"
    )
    _campaign(kardex)

    poi = _command(sheets, "poi", cli_poi.run_importar_poi, "la tabla del POI de un año, con su ejecución")
    poi.add_argument("file", metavar="F", help="archivo .xlsx, .xls, .ods, .csv, .tsv o .txt")
    _year(poi)
    poi.add_argument(
        "--solo-revisar", dest="check_only", action="store_true", help="dice qué cuadra y no guarda nada"
    )
    poi.add_argument(
        "--como",
        dest="as_version",
        choices=("aprobado", "ajustado", "consistente", "modificado"),
        metavar="VERSION",
        help="el archivo es una versión nueva: aprobado, ajustado, consistente o modificado",
    )

    revisar = commands.add_parser("revisar", help="busca contradicciones")
    add_common(revisar, nested=True)
    subjects = revisar.add_subparsers(
        title="qué se revisa", metavar="QUÉ", required=True, parser_class=SpanishParser
    )
    _number(
        _command(
            subjects,
            "resolucion",
            cli_files.run_revisar_resolucion,
            "lo que no concuerda en una resolución y su expediente",
        )
    )

    firmar = _command(commands, "firmar", cli_papers.run_firmar, "firma un PDF en uno de sus campos")
    firmar.add_argument("file", metavar="E.pdf", help="PDF con campos de firma")
    means = firmar.add_mutually_exclusive_group(required=True)
    means.add_argument(
        "--p12", metavar="C.p12", help="archivo del certificado; su clave, en SISFOH_P12_CLAVE"
    )
    means.add_argument(
        "--pkcs11", metavar="LIB", help="biblioteca de la tarjeta o del DNIe; su PIN, en SISFOH_PIN"
    )
    firmar.add_argument("--etiqueta", dest="label", type=readable, metavar="L", help="etiqueta de la tarjeta")
    firmar.add_argument(
        "--motivo",
        dest="reason",
        type=readable,
        metavar="M",
        required=True,
        help="por ejemplo «Doy V° B°»",
    )
    firmar.add_argument(
        "--campo", dest="field", type=readable, metavar="CAMPO", required=True, help="por ejemplo VB1_OGAJ"
    )
    _output(firmar, "S.pdf")

    verificar = _command(commands, "verificar", cli_papers.run_verificar, "revisa todas las firmas de un PDF")
    verificar.add_argument("file", metavar="S.pdf", help="PDF firmado")

    plazo = _command(commands, "plazo", cli_base.run_plazo, "último día de un plazo en días hábiles")
    plazo.add_argument(
        "--desde", dest="start", type=typed(day), required=True, metavar="FECHA", help="día del hecho"
    )
    plazo.add_argument(
        "--dias", dest="days", type=whole_number, required=True, metavar="N", help="días hábiles del plazo"
    )
    plazo.add_argument(
        "--ambito",
        dest="scope",
        type=typed(check_scope),
        metavar="UBIGEO",
        default="",
        help="ubigeo INEI de los feriados",
    )
    plazo.add_argument(
        "--desde-notificacion",
        dest="from_notification",
        action="store_true",
        help="la fecha es la de una notificación",
    )

    respaldar = _command(
        commands, "respaldar", cli_backup.run_respaldar, "hace una copia comprobada de la base y sus papeles"
    )
    cli_backup.add_respaldar(respaldar)
    restaurar = _command(
        commands, "restaurar", cli_backup.run_restaurar, "abre una copia de respaldo en un lugar nuevo"
    )
    cli_backup.add_restaurar(restaurar)
    trasladar = _command(
        commands, "trasladar", cli_backup.run_trasladar, "copia la oficina entera a otra base y las compara"
    )
    cli_backup.add_trasladar(trasladar)
    _command(commands, "comprobar", cli_base.run_comprobar, "revisa la base, su archivo y sus correlativos")
    _command(commands, "migrar", cli_base.run_migrar, "lleva la base al esquema de este programa")
    cli_people_orders.add_usuarios(commands, day)
    return parser


def _command(
    commands: "argparse._SubParsersAction[SpanishParser]",
    name: str,
    run: Callable[[argparse.Namespace, Clock], Outcome],
    does: str,
) -> SpanishParser:
    parser = commands.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.")
    add_common(parser, nested=True)
    parser.set_defaults(run=run)
    return parser


def _campaign(parser: SpanishParser) -> None:
    parser.add_argument(
        "--campania", dest="campaign", type=readable, metavar="C", help="su nombre; si falta, la actual"
    )


def _year(parser: SpanishParser) -> None:
    parser.add_argument(
        "--anio", dest="year", type=whole_number, metavar="A", required=True, help="año del POI"
    )


def _number(parser: SpanishParser) -> None:
    parser.add_argument(
        "--numero",
        dest="number",
        type=readable,
        metavar="N",
        required=True,
        help="por ejemplo 091-2024-GM/MPT",
    )


def _output(parser: SpanishParser, name: str) -> None:
    parser.add_argument("-o", dest="output", metavar=name, required=True, help="archivo que se escribe")


def _note_bug() -> None:
    """The way through the code, into the log that the window also writes; one that cannot be written costs no more.

    Without the messages of the exceptions: they may quote what was typed.
    """
    from sisfoh_desktop.basics.log import start_logging, stop_logging
    from sisfoh_desktop.basics.paths import user_data_dir

    with suppress(SisfohError):
        start_logging(user_data_dir() / "registro")
        _log.error("command failed\n%s", "\n".join(_steps_of(sys.exception())))
        stop_logging()


def _steps_of(error: BaseException | None) -> list[str]:
    lines = []
    while error is not None:
        lines.append(type(error).__name__)
        lines += [
            f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return lines
