"""Tagged spans to mentions: clitics cut off, boundaries set, labels made consistent, other occurrences found."""
