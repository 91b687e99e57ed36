"""Annotated texts to batches: corpora, documents of labelled units, windows of pieces."""
