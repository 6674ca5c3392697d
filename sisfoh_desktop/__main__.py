"""`python -m sisfoh_desktop`: the window, or a command when one is given."""

from sisfoh_desktop.app.start import main

raise SystemExit(main())
