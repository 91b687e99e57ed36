"""Articles in the formats of other tools, and back from the tools in which people correct them.

In: pairs of an id and an article. Out: CoNLL, BRAT, Label Studio, Prodigy (each read back, too), JSON-LD, FollowTheMoney.
"""
