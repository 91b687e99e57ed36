"""The line model of the page reader: pages made around real stories (``generate``), and its training (``train``)."""
