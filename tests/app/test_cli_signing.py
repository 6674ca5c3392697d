"""«firmar» and «verificar» on the practice office: what is signed, what a changed byte does, what is refused."""

from pathlib import Path

import pytest
from command_line import NUMBER, Command
from soft_hsm import PIN, SoftHsm
from synthetic_pki import PASSWORD, SyntheticPki

ROUND = ("VB1_OGAJ", "VB2_OGPPYMI", "VB3_GDES", "VB4_SGDSYPV", "VB5_OGACYGD", "AUTOR_GM")
PEOPLE = (
    ("QUISPE ÑAUPARI JUAN JOSÉ", "40000001"),
    ("HUAMÁN PEÑA MARÍA ROSA", "40000002"),
    ("CCORI LÓPEZ ANA LUZ", "40000003"),
    ("MAMANI RÍOS LUIS ABEL", "40000004"),
    ("VARGAS TICONA EVA SOL", "40000006"),
    ("ROJAS MEZA RAÚL IVÁN", "40000007"),
)


@pytest.fixture(autouse=True)
def _own_pc(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "datos"))
    monkeypatch.setenv("SISFOH_P12_CLAVE", PASSWORD)


@pytest.fixture
def base(practice: Path) -> Path:
    return practice


@pytest.fixture
def frozen(run: Command, base: Path, tmp_path: Path) -> Path:
    assert run("informe", "resolucion", "--base", base, "--numero", NUMBER, "-o", tmp_path / "R.pdf") == 0
    return tmp_path / "R.pdf"


@pytest.fixture
def certificate(pki: SyntheticPki, tmp_path: Path) -> Path:
    path = tmp_path / "firmante.p12"
    path.write_bytes(pki.person(*PEOPLE[0]))
    return path


def _sign(run: Command, source: Path, certificate: Path, target: Path, field: str = "VB1_OGAJ") -> int:
    return run(
        "firmar", source, "--p12", certificate, "--motivo", "Doy V° B°", "--campo", field, "-o", target
    )


def test_six_signatures_one_after_the_other(
    run: Command, frozen: Path, pki: SyntheticPki, tmp_path: Path
) -> None:
    source = frozen
    for number, (field, person) in enumerate(zip(ROUND, PEOPLE, strict=True), 1):
        certificate = tmp_path / f"{number}.p12"
        certificate.write_bytes(pki.person(*person))
        target = tmp_path / f"S{number}.pdf"
        reason = "Soy el autor del documento" if field == "AUTOR_GM" else "Doy V° B°"
        arguments = ("--motivo", reason, "--campo", field, "-o", target)
        values = run.json("firmar", source, "--p12", certificate, *arguments)
        assert values["file"] == str(target)
        assert values["signer"] == person[0]
        assert values["signed_at"].endswith("-05:00")
        assert values["accredited"] is False
        source = target
    verified = run.json("verificar", source)
    assert [one["field"] for one in verified["signatures"]] == list(ROUND)
    assert [one["signer"] for one in verified["signatures"]] == [name for name, _ in PEOPLE]
    for one in verified["signatures"]:
        assert one["intact"]
        assert one["covers_whole_revision"]
        assert not one["modified_after"]
        assert (one["trust"], one["revocation"]) == ("unknown", "not_checked")
    assert verified["signatures"][5]["reason"] == "Soy el autor del documento"
    assert verified["unsigned_fields"] == []
    assert verified["last_covers_file"]
    assert run("verificar", source) == 0
    assert "válida" not in run.out


def test_one_byte_changed_is_reported_as_altered(
    run: Command, frozen: Path, certificate: Path, tmp_path: Path
) -> None:
    assert _sign(run, frozen, certificate, tmp_path / "S.pdf") == 0
    data = bytearray((tmp_path / "S.pdf").read_bytes())
    data[3000] ^= 1
    (tmp_path / "X.pdf").write_bytes(data)
    verified = run.json("verificar", tmp_path / "X.pdf", code=3)
    assert not verified["signatures"][0]["intact"]
    assert run("verificar", tmp_path / "X.pdf") == 3
    assert "ALTERADA" in run.out


def test_verificar_without_signatures(run: Command, frozen: Path) -> None:
    verified = run.json("verificar", frozen, code=3)
    assert verified["signatures"] == []
    assert set(verified["unsigned_fields"]) == set(ROUND)
    assert "no tiene ninguna firma" in run.err


def test_verificar_compares_with_the_archive_when_a_base_is_named(
    run: Command, base: Path, frozen: Path, certificate: Path, tmp_path: Path
) -> None:
    assert run.json("verificar", frozen, "--base", base, code=3)["paper"] == NUMBER
    assert _sign(run, frozen, certificate, tmp_path / "S.pdf") == 0
    verified = run.json("verificar", tmp_path / "S.pdf", "--base", base, code=3)
    assert verified["paper"] == ""
    assert verified["signatures"][0]["intact"]
    assert "Ningún papel archivado" in run.err


@pytest.mark.parametrize(
    ("field", "told"),
    [("VB9_NADIE", "no tiene el campo de firma «VB9_NADIE»"), ("VB1_OGAJ", "ya está firmado")],
)
def test_firmar_refuses_other_fields(
    run: Command, frozen: Path, certificate: Path, tmp_path: Path, field: str, told: str
) -> None:
    assert _sign(run, frozen, certificate, tmp_path / "S.pdf") == 0
    assert _sign(run, tmp_path / "S.pdf", certificate, tmp_path / "T.pdf", field) == 4
    assert told in run.err
    assert not (tmp_path / "T.pdf").exists()


def test_firmar_tells_each_fault_and_writes_nothing(
    run: Command,
    frozen: Path,
    certificate: Path,
    pki: SyntheticPki,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "S.pdf"
    before = frozen.read_bytes()
    assert _sign(run, frozen, tmp_path / "no-hay.p12", target) == 4
    assert "No existe" in run.err
    (tmp_path / "vencido.p12").write_bytes(pki.expired())
    assert _sign(run, frozen, tmp_path / "vencido.p12", target) == 4
    assert "venció" in run.err
    assert _sign(run, tmp_path / "no-hay.pdf", certificate, target) == 4
    assert _sign(run, certificate, certificate, target) == 4
    assert "PDF" in run.err
    monkeypatch.setenv("SISFOH_P12_CLAVE", "otra")
    assert _sign(run, frozen, certificate, target) == 4
    assert "otra" not in run.err.replace("otra vez", "")
    assert not target.exists()
    assert frozen.read_bytes() == before


def test_firmar_asks_for_the_password_only_at_a_terminal(
    run: Command, frozen: Path, certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SISFOH_P12_CLAVE")
    assert _sign(run, frozen, certificate, tmp_path / "S.pdf") == 2
    assert "SISFOH_P12_CLAVE" in run.err
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return PASSWORD

    monkeypatch.setattr("getpass.getpass", answer)
    assert _sign(run, frozen, certificate, tmp_path / "S.pdf") == 0
    assert asked == ["Clave del certificado: "]


def test_firmar_with_a_card(
    run: Command,
    frozen: Path,
    pki: SyntheticPki,
    softhsm: SoftHsm,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    label = softhsm.token("DNIe de prueba", pki.identity(*PEOPLE[1], kind="FIR", holder="hard"))
    signing = ("--motivo", "Doy V° B°", "--campo", "VB1_OGAJ", "-o", tmp_path / "S.pdf")
    assert run("firmar", frozen, "--pkcs11", softhsm.library, *signing) == 2
    assert "--etiqueta" in run.err
    monkeypatch.setenv("SISFOH_PIN", "999999")
    assert run("firmar", frozen, "--pkcs11", softhsm.library, "--etiqueta", label, *signing) == 4
    assert "PIN" in run.err
    monkeypatch.setenv("SISFOH_PIN", PIN)
    values = run.json("firmar", frozen, "--pkcs11", softhsm.library, "--etiqueta", label, *signing)
    assert values["signer"] == PEOPLE[1][0]
    assert run("verificar", tmp_path / "S.pdf") == 0
