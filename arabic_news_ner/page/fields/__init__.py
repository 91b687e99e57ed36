"""What single lines of a page state: byline, dateline, headline, keywords, source. In: one line; out: its value, or ``None``."""
