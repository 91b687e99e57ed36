"""Articles in the formats of other tools, and back from the tools in which people correct them.

In: pairs of an id and an article. Out: CoNLL, BRAT, Label Studio, Prodigy (each read back, too), JSON-LD, FollowTheMoney.
"""

#: The formats that can be read, with what each is.
READABLE = {
    "brat": "a folder of .txt and .ann files",
    "conll": "word and BIO tag a line",
    "label-studio": "JSON of Label Studio",
    "prodigy": "JSON lines of Prodigy",
    "json": "what Article.to_json writes, an article a line",
    "spans": 'a text a line with "entities", "spans" and "roles"',
}
