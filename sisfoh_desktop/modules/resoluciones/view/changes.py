"""What a change made on the page of the resoluciones touches, so that every page that shows it reads again."""

TOUCHES = frozenset({"resoluciones", "papers", "expedientes"})
ISSUED_TOUCHES = TOUCHES | {"plans", "responsibilities"}  # the plan is held, approved or given back
