"""From tagged spans to mentions: cut clitics, correct boundaries, unify labels, find further mentions."""
