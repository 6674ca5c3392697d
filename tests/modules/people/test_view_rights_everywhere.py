"""Every page as each role sees it: nothing on view leads to a change that the role may not make.

Which change is refused below the window is tested in test_service_rights_everywhere.py.
"""

from dataclasses import replace

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QPushButton, QTabWidget

from sisfoh_desktop.app.pages import PAGES
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.rights import RIGHTS
from sisfoh_desktop.modules.people.rules.roles import ROLES, rights_of

# The modules whose every order is told below; the others have their own tests.
WALKED = ("expedientes", "plans", "responsibilities", "resoluciones", "kardex", "poi", "papers", "office")


def words_of(told):
    """What stands between the strokes."""
    return set(told.split(" / "))


# Orders that change nothing, by page.
READS = {
    "expedientes": words_of(
        "Abrir / Abrir la resolución / Carátula e índice foliado / Expedientes / Hoja de ruta "
        "/ Línea de tiempo"
    ),
    "plans": words_of("Abrir el plan / Ir a Resoluciones / Planes / Vista previa"),
    "responsibilities": words_of(
        "39 brechas / Anexo N° 01 / Brechas / Comparar versiones / Elegir en el calendario "
        "(F4) / Guardar libro de Excel / Historial / Hoja de esta unidad, con cargo / Hojas "
        "por unidad, con cargo / Informe de brechas / Ir a Resoluciones / Unidad anterior / "
        "Unidad siguiente"
    ),
    "resoluciones": words_of(
        "Abrir / Abrir el borrador / Resoluciones / Parte anterior / Parte siguiente / Ver "
        "observaciones / Verificar / Vista previa"
    ),
    "kardex": words_of(
        "Ajustes por aprobar / Arqueos y archivos / Buscar / Copiar rangos / Exportar / "
        "Exportar el registro a Excel / Historial / Hoja de control del día / Hoja de control "
        "diario / Imprimir varios / Inventario / Tarjeta / Tarjeta kardex del formulario / Ver el movimiento / "
        "Ver en Rastreo"
    ),
    "poi": words_of(
        "Cierres y reaperturas / Copiar imagen / Excel del plan / Excel del trimestre / "
        "Historial de la versión / Historial del POI / Informe / Ir a Seguimiento / "
        "Puntualidad / Ver actividad / Ver la actividad / Vista previa / Vista previa en "
        "grises"
    ),
    "papers": words_of(
        "Abrir origen / Guardar copia / Historial / Historial de la serie / Imprimir varios / Libro de Excel / "
        "Reporte de correlativos / Verificar firmas / Vista previa"
    ),
    "office": words_of("Elegir en el calendario (F4) / Historial"),
}
# Orders that change something, by page and by the right that they need; several rights: one is enough.
CHANGES = {
    "expedientes": {
        "expedientes.edit": words_of(
            "Adjuntar archivo / Archivar / Corregir / Corregir respuesta / Datos del expediente / "
            "Nuevo expediente / Pedir ampliación / Pedir opinión / Registrar documento / Retirar "
            "documento"
        ),
    },
    "resoluciones": {
        "resoluciones.draft": words_of(
            "Aceptar con motivo / Agregar firmante / Agregar un artículo / Agregar un "
            "considerando / Agregar una parte / Bajar / Cambiar / Datos del acto / Exportar a "
            "Word / Guardar como modelo / Insertar dato / Modelos de acto / Nueva resolución / "
            "Quitar / Traer de Word"
        ),
    },
    "papers": {
        "papers.numbers": words_of("Anular número sin usar / Registrar documento hecho fuera"),
        "papers.numbers office.manage": words_of("Nueva serie / Números anteriores"),
        "papers.sign": words_of("Firmar / Marcar para firmar a la vez / Observar"),
        "papers.sign papers.export": words_of(
            "Exportar para firmar fuera / Ir a firmar / Registrar firma en tinta / Traer de vuelta"
        ),
    },
    "poi": {
        "poi.close": words_of("Cerrar el mes"),
        "poi.plan": words_of(
            "Días de cierre / Importar / Importar un archivo / Nueva versión / Nuevo POI / "
            "Semáforo y tolerancias / Unidades de medida"
        ),
        "poi.record": words_of("Ir a la primera"),
        "poi.report": words_of("Emitir"),
    },
    "plans": {
        "plans.edit": words_of("Copiar plan / Nuevo plan"),
    },
    "responsibilities": {
        "matrix.edit": words_of(
            "Cambiar estado / Copiar esta matriz / Copiar responsable y plazo hacia abajo / Crear "
            "desde la directiva o una anterior / Editar / Editar la norma / Elegir responsable / "
            "Norma que la manda / Nueva matriz / Proponer enlaces y frecuencias / Registrar / "
            "Registrar evidencia"
        ),
    },
    "kardex": {
        "kardex.catalogue": words_of("Cerrar campaña / Editar / Nueva campaña"),
        "kardex.move": words_of(
            "Acta de cierre / Constancia de no adeudo / Explicar / Hacer acta / Importar / "
            "Importar lo digitado / Proponer un ajuste / Registrar arqueo / Retorno del día / "
            "Revertir"
        ),
    },
    "office": {
        "office.manage": words_of(
            "Anotar verificación / Cambiar nombre / Editar / Editar datos / Nueva unidad / Nuevo "
            "día / Nuevo registro / Nuevo responsable / Poner fin / Retirar un día mal registrado"
        ),
    },
}


def rights_for(page, words):
    """The rights of which one is enough for an order."""
    return {key for keys, told in CHANGES[page].items() if words in told for key in keys.split()}


def plain(words):
    return words.partition("\t")[0].replace("&", "").replace("…", "").strip()


def orders_on_view(page):
    """The words of all that can be clicked or chosen now: actions of the bar and of menus, buttons."""
    # The actions of the bar, those of the lists' menus, and whatever else hangs on a visible widget.
    actions = list(page.page_actions())
    for widget in [page, *page.findChildren(QTabWidget)]:
        actions += widget.actions()
    for action in page.findChildren(QAction):
        parents = [one for one in action.associatedObjects() if getattr(one, "isVisible", bool)()]
        if parents:
            actions.append(action)
    table = page.table()
    actions += getattr(table, "menu_actions", [])
    shown = {plain(one.text()) for one in actions if one.isVisible() and one.isEnabled()}
    shown |= {
        plain(one.text()) for one in page.findChildren(QPushButton) if one.isVisible() and one.isEnabled()
    }
    step = page.next_step()
    if step is not None and step.enabled and step.run is not None:
        shown.add(plain(step.button))
    return shown - {""}


def settle(desk):
    for _ in range(2):
        QApplication.processEvents()
        desk.tasks.wait_idle()
    QApplication.processEvents()


def every_view(page, spec, desk):
    """The page as it opens, each of its tabs, and then its first record with each of that one's."""
    shown = set()
    settle(desk)
    for record in (False, True):
        if record:
            table = page.table()
            rows = table.rows() if hasattr(table, "rows") else []
            if spec.key not in ("expedientes", "plans", "resoluciones") or not rows:
                break
            page.show_record(spec.key, rows[0].id)
            settle(desk)
        for tabs in page.findChildren(QTabWidget):
            for number in range(tabs.count()):
                if tabs.isTabVisible(number):
                    tabs.setCurrentIndex(number)
                    settle(desk)
                    shown |= orders_on_view(page)
        shown |= orders_on_view(page)
    return shown


_SEEN = {}  # by the rights: what one sees does not depend on the test that looks


@pytest.fixture
def look(practice_desk, qtbot):
    def see(actor):
        if actor.rights not in _SEEN:
            _SEEN[actor.rights] = walk(actor)
        return _SEEN[actor.rights]

    def walk(actor):
        desk = replace(practice_desk, actor=actor)
        seen = {}
        for spec in PAGES:
            if spec.key in WALKED and spec.is_for(actor):
                page = spec.load()(desk)
                qtbot.addWidget(page)
                page.resize(1100, 700)
                page.show()
                seen[spec.key] = every_view(page, spec, desk)
                page.hide()
        return seen

    return see


@pytest.mark.parametrize("role", ROLES, ids=lambda one: one.key)
def test_a_role_sees_no_order_that_it_may_not_give(look, role):
    for page, shown in look(Actor("prueba", "ULE", role.rights)).items():
        foreign = {words for words in shown - READS[page] if not role.rights & rights_for(page, words)}
        assert not foreign, (page, sorted(foreign))


def test_readers_change_nothing_and_nobody_misses_an_order(look):
    """All that can be ordered is told in one of the tables, and the one without users sees it all."""
    everything = look(Actor("prueba", "ULE"))
    for page, shown in everything.items():
        untold = {words for words in shown - READS[page] if not rights_for(page, words)}
        assert not untold, (page, sorted(untold))
    every_right = frozenset(one.key for one in RIGHTS)
    assert look(Actor("prueba", "ULE", every_right)) == everything


@pytest.mark.parametrize(
    ("role", "own", "not_theirs"),
    [
        ("kardex_clerk", {"kardex"}, {"poi", "resoluciones", "plans", "office"}),
        ("poi_clerk", {"poi"}, {"kardex", "resoluciones", "office"}),
        ("legal", {"expedientes", "resoluciones"}, {"kardex", "poi", "office"}),
        ("administrator", {"office"}, {"kardex", "poi", "resoluciones"}),
    ],
)
def test_each_has_the_pages_of_their_work(look, role, own, not_theirs):
    seen = look(Actor("prueba", "ULE", rights_of([role])))
    assert own <= set(seen)
    assert not not_theirs & set(seen)
    for page in own:
        if role != "poi_clerk":  # of the practice office's POI nothing waits to be recorded
            assert seen[page] - READS[page], page


@pytest.mark.parametrize("key", [key for key in WALKED if key != "papers"])
def test_control_n_and_control_s_answer_no_reader(practice_desk, qtbot, key):
    desk = replace(practice_desk, actor=Actor("prueba", "ULE", rights_of(["reader"])))
    spec = next(one for one in PAGES if one.key == key)
    page = spec.load()(desk)
    qtbot.addWidget(page)
    page.show()
    settle(desk)
    for tabs in page.findChildren(QTabWidget):
        for number in range(tabs.count()):
            tabs.setCurrentIndex(number)
            settle(desk)
            assert not page.new_record(), (key, tabs.tabText(number))
            assert not page.save(), (key, tabs.tabText(number))
    assert not page.new_record()
    assert not page.save()
