"""Window kit: tasks, row table, forms, messages, dialogs, theme, icons. Knows no office rule and no database."""

from sisfoh_desktop.qtkit.interpreter_guard import keep_none_alive

keep_none_alive()
