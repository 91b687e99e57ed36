"""Shapes of the countries of the world: TopoJSON of Natural Earth, read without a package for maps."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import Any

#: Longitude and latitude in degrees of WGS 84.
Point = tuple[float, float]
Ring = tuple[Point, ...]


@cache
def country_rings() -> tuple[Ring, ...]:
    """The outer and inner rings of all countries, each closed."""
    path = resources.files("arabic_news_ner") / "data" / "outlines" / "countries.topo.json"
    return rings(json.loads(path.read_text(encoding="utf-8")))


def rings(topology: dict[str, Any]) -> tuple[Ring, ...]:
    """The rings of the polygons of a topology (TopoJSON 1.0: arcs of differences, shared by neighbours).

    ``~n`` is arc ``n`` from its end to its start.
    """
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    found = []
    for shape in topology["objects"].values():
        for geometry in shape["geometries"]:
            polygons = {"Polygon": [geometry.get("arcs")], "MultiPolygon": geometry.get("arcs")}.get(
                geometry["type"], []
            )
            found += [_ring(numbers, arcs) for polygon in polygons or () for numbers in polygon]
    return tuple(found)


def _arc(steps: list[list[int]], transform: dict[str, list[float]]) -> Ring:
    (across, up), (west, south) = transform["scale"], transform["translate"]
    xs, ys = (accumulate([step[axis] for step in steps]) for axis in (0, 1))
    return tuple((x * across + west, y * up + south) for x, y in zip(xs, ys, strict=True))


def _ring(numbers: list[int], arcs: list[Ring]) -> Ring:
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return tuple(points)
