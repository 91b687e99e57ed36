"""The library inside other people's pipelines: spaCy, Spark, Ray, Dask, datasets, a web service, an MCP server.

Each module is thin, over one core: a list of texts in, a list of records out (:mod:`arabic_news_ner.integrations.core`).
"""
