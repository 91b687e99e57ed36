"""Models of other packages behind the same protocol, each loaded where it is asked for.

In: the name or the path of a model of CAMeL Tools, Stanza or transformers. Out: a tagger, as ``tagging/protocol.py`` says.
"""
