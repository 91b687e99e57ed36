"""Models of other packages behind the same protocol, each loaded where it is asked for."""
