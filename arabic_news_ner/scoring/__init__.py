"""How good an answer is: annotated texts and the answers to them in, figures out.

The measures of the command ``score`` and of the project's own benchmarks are these, in one copy; pure functions.
"""
