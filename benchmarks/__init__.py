"""Accuracy of the library and of its peers, measured on annotated files. Never imported by the package."""
