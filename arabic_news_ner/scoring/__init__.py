"""Scoring. In: annotated texts and the answers for them. Out: figures.

The command ``score`` and the project's benchmarks use these measures. All are pure functions.
"""
