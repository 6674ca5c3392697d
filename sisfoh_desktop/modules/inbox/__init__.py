"""Mi bandeja: what is overdue, due today, due this week, waiting for others, and the open drafts."""
