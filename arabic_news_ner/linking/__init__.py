"""Link entities to the knowledge base: people, organizations, places and countries.

In: entities, tokens and the date of the article. Out: the same entities with identifiers; the countries; described roles.
"""
