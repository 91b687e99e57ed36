"""Views of the results for people.

In: articles, or an index of them. Out: HTML, tables (data frames, Excel, a terminal's text) and pictures.
"""
