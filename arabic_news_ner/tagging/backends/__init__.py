"""Models of other packages with the same protocol; each is imported only when it is used."""
