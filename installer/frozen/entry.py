"""Where the program frozen by PyInstaller begins; the same start as `python -m sisfoh_desktop`."""

import multiprocessing
import sys

from sisfoh_desktop.app.start import main

if __name__ == "__main__":
    multiprocessing.freeze_support()  # the process that reads workbooks starts as the program itself
    sys.exit(main())
