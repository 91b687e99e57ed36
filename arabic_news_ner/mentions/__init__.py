"""From tagged spans to mentions: cut clitics, correct boundaries, unify labels, find further mentions.

In: the spans of a tagger, with scores. Out: mentions with the bounds of the name and one label for each form.
"""
