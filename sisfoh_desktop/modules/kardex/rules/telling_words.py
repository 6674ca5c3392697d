"""The sentences of each kind of difference: what was found, what to do. `{n}`, `{s}`, `{o}` and `{io}` are endings
that follow the number of forms."""

from collections.abc import Mapping

from sisfoh_desktop.modules.kardex.rules.differences import DifferenceKind

WORDS: Mapping[DifferenceKind, tuple[str, str]] = {
    DifferenceKind.LEDGER_UNBALANCED: (
        (
            "de {holder}, {condition}, el saldo dice {balance}, los movimientos suman {summed} y los formularios son "
            "{placed}."
        ),
        "Esto no debe ocurrir: no registre más movimientos de este formulario, ejecute «comprobar» y pida ayuda.",
    ),
    DifferenceKind.USED_NOT_DIGITISED: (
        "usado{s} por {holder} el {used_on}, no está{n} entre lo digitado hasta el {cut}.",
        "Búsquelo{s}: entréguelo{s} a digitación si todavía no lo{s} tiene, o pida que lo{s} digiten.",
    ),
    DifferenceKind.DIGITISED_NOT_USED: (
        "digitado{s}{declared} y nadie registró su uso.",
        "Registre el uso con su día, o pida a digitación que revise el número.",
    ),
    DifferenceKind.DIGITISED_IN_STORE: (
        "digitado{s}{declared} y {where}.",
        (
            "Cuente el almacén: si no está{n}, falta registrar la distribución y el uso; si está{n}, lo digitado tiene "
            "otro número."
        ),
    ),
    DifferenceKind.DIGITISED_UNKNOWN: (
        "digitado{s}{declared} y nunca se recib{io}.",
        "Revise el número con digitación; si existe, falta registrar su recepción.",
    ),
    DifferenceKind.DIGITISED_TWICE: (
        "digitado{s} dos veces: {first} y {second}.",
        "Pida a digitación que deje uno solo y anule el otro.",
    ),
    DifferenceKind.DIGITISED_ANNULLED: (
        "digitado{s}{declared} y está{n} anulado{s} por {holder}.",
        "Aclare cuál vale: pida que retiren lo digitado, o proponga un ajuste con dos aprobaciones.",
    ),
    DifferenceKind.DIGITISED_LOST: (
        "reaparece{n}: digitado{s}{declared} y figura{n} como extraviado{s} por {holder}.",
        "Recupere el papel y revierta el extravío o proponga un ajuste; avise a quien recibió el informe de extravío.",
    ),
    DifferenceKind.DIGITISED_DAMAGED: (
        "digitado{s}{declared} y figura{n} como deteriorado{s} por {holder}.",
        "Si se pudo leer, proponga un ajuste a usado; si no, pida que retiren lo digitado.",
    ),
    DifferenceKind.DIGITISED_WRITTEN_OFF: (
        "digitado{s}{declared} y figura{n} de baja.",
        "Revise el documento de la baja: pida que retiren lo digitado, o proponga un ajuste con dos aprobaciones.",
    ),
    DifferenceKind.DIGITISED_BY_ANOTHER: (
        "lo{s} tenía {holder} y lo digitado dice que lo{s} aplicó {applied_by}.",
        "Si hubo un cambio de manos, registre la transferencia; si no, pida a digitación que corrija el nombre.",
    ),
    DifferenceKind.DIGITISED_BEFORE_HANDED_OUT: (
        "lo digitado dice que se aplic{o} el {declared_on}, antes de entregarse a {holder} el {handed_on}.",
        "Pida a digitación que revise el día y el número; si son ciertos, la distribución lleva otra fecha.",
    ),
    DifferenceKind.DIGITISED_OTHER_DAY: (
        "lo digitado dice que se aplic{o} el {declared_on} y {holder} lo{s} declaró usado{s} el {used_on}.",
        "Compare con la hoja de control diario y corrija el lado que esté mal.",
    ),
    DifferenceKind.COUNTED_MISSING: (
        "en el arqueo de {holder} del {counted_on} ({source}) no se encontr{o} y debía{n} estar {condition_s}.",
        "Pregunte a {holder}: registre la devolución, el uso o el extravío con su informe.",
    ),
    DifferenceKind.COUNTED_SURPLUS: (
        "en el arqueo de {holder} del {counted_on} ({source}) se encontr{o} en su poder.",
        "Registre el movimiento que falta entre {other} y {holder}, o repita el arqueo.",
    ),
    DifferenceKind.COUNTED_LOST: (
        (
            "reaparece{n}: en el arqueo de {holder} del {counted_on} ({source}) se encontr{o} y figura{n} como "
            "extraviado{s}."
        ),
        "Guarde el papel y revierta el extravío o proponga un ajuste; avise a quien recibió el informe de extravío.",
    ),
    DifferenceKind.COUNTED_UNKNOWN: (
        "en el arqueo de {holder} del {counted_on} ({source}) se encontr{o} y nunca se recib{io}.",
        "Revise el número impreso; si es ese, falta registrar su recepción.",
    ),
    DifferenceKind.COUNTED_TWICE: (
        "se encontr{o} en dos arqueos: el de {holder} del {counted_on} y el de {other} del {other_on}.",
        "Un papel no está en dos manos: repita los dos arqueos el mismo día.",
    ),
    DifferenceKind.COUNTED_OTHER_CONDITION: (
        "en el arqueo de {holder} del {counted_on} ({source}) se encontr{o} {condition_s}.",
        "Registre el movimiento que falta, o repita el arqueo.",
    ),
    DifferenceKind.HELD_TOO_LONG: (
        "en blanco con {holder} desde el {held_since}, más de {most_days} días.",
        "Pida que lo{s} use o lo{s} devuelva.",
    ),
    DifferenceKind.USED_KEPT: (
        "usado{s} el {used_on} y {holder} lo{s} tiene todavía, más de {most_days} días después.",
        "Pida que lo{s} entregue a digitación.",
    ),
    DifferenceKind.HOLDER_OUT_OF_FORCE: (
        "lo{s} tiene {holder}, que ya no está en funciones: {reason}",
        "Registre la devolución, o el extravío con su informe; mientras tanto no hay constancia de no adeudo.",
    ),
    DifferenceKind.ANNULLED_TOO_MANY: (
        "{holder} anuló {count} de {spent} ({percent} %), más del {most} % de la campaña.",
        "Revise los motivos de anulación y si hace falta repasar la capacitación.",
    ),
    DifferenceKind.GAP_IN_BUNDLE: (
        "nunca sal{io} del almacén y los demás del paquete {bundle} se usaron.",
        "Cuente el paquete: si no está{n}, registre lo que pasó; si está{n}, explíquelo para el cierre.",
    ),
}

QUANTITY_WORDS = (
    (
        "en el arqueo de {holder} del {counted_on} ({source}) se contó {found} en la condición «{condition}» y el "
        "libro tenía {expected}."
    ),
    "Repita el arqueo; si se confirma, registre lo que falta o proponga un ajuste con dos aprobaciones.",
)
"""For forms without numbers, more or fewer than the ledger has."""
