"""The public files of the kits load nothing heavy: a start-up that imports them stays quick."""

import subprocess
import sys


def test_public_files_load_nothing_heavy() -> None:
    public = (
        "archive certificates fonts letterhead page rendering signature_zone signing tables text verifying"
    )
    imports = [f"sisfoh_desktop.documents.{name}" for name in public.split()] + [
        "sisfoh_desktop.sheets.workbook"
    ]
    heavy = "reportlab pyhanko pyhanko_certvalidator openpyxl pypdfium2 PIL cryptography asn1crypto pkcs11 asyncio"
    code = (
        f"import importlib, sys\n[importlib.import_module(n) for n in {imports!r}]\n"
        f"print(sorted(set({heavy.split()!r}) & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"
