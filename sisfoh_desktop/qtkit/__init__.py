"""Window kit: tasks, row table, forms, messages, dialogs, theme, icons. Knows no office rule and no database."""
