"""Plain Python that every floor may use: errors, dates, money, words, numbers, paths. Knows nobody above it."""
