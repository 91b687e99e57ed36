"""Pictures of an archive: people over time, who appears with whom, places on a map, the most named.

In: an :class:`arabic_news_ner.archive.EntityIndex`, or articles (an index is then made in memory). Out: a :class:`Chart`, which a
notebook shows as SVG and :meth:`Chart.save` writes as SVG, PNG or PDF. Matplotlib joins and orders Arabic letters by itself from
3.11 on; text must not be reshaped before.
"""

from __future__ import annotations

import io
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, Literal

from arabic_news_ner.archive.index import EntityIndex
from arabic_news_ner.archive.records import IndexedEntity
from arabic_news_ner.errors import InputError, MissingExtraError
from arabic_news_ner.show.frames import ArticleId, with_ids
from arabic_news_ner.show.html import escape
from arabic_news_ner.show.outlines import Ring, country_rings
from arabic_news_ner.show.wording import Wording
from arabic_news_ner.types import Article

Source = EntityIndex | Iterable[Article] | Iterable[tuple[ArticleId, Article]] | Mapping[str, Article]
Period = Literal["day", "week", "month"]

#: The colours of a view's marks, which colour-blind people tell apart, and a shape for each.
_COLOUR: Final = {"PER": "#003f87", "ORG": "#b34700", "LOC": "#007a5c"}
_MARKER: Final = {"PER": "o", "ORG": "s", "LOC": "^"}
#: Rows of :func:`people_over_time` that fit on one page.
_MOST_ROWS: Final = 20
#: More entities than an index holds.
_ALL: Final = 2**31
_OLDEST_MATPLOTLIB: Final = (3, 11)
_SOFT: Final = "#555555"
#: So that one picture is always the same file.
_SALT: Final = "arabic_news_ner"


@dataclass(frozen=True, slots=True, repr=False)
class Chart:
    """A picture. ``figure`` is a ``matplotlib.figure.Figure``, to be changed or added to; ``description`` says in words what the
    picture shows, for those who do not see it."""

    figure: Any
    description: str

    def __repr__(self) -> str:
        return f"<Chart: {self.description}>"

    def to_svg(self) -> str:
        """The picture as SVG. Letters are drawn as shapes: it looks the same without the font."""
        import matplotlib

        buffer = io.StringIO()
        with matplotlib.rc_context({"svg.hashsalt": _SALT, "svg.fonttype": "path"}):
            self.figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches="tight")
        svg = buffer.getvalue()
        return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(self.description)}" ', 1)

    def _repr_svg_(self) -> str:
        svg = self.to_svg()
        return svg[svg.index("<svg ") :]

    def save(self, path: str | Path, *, dpi: int = 150) -> None:
        """Write the picture. The suffix says how: ``.svg``, ``.png`` or ``.pdf``.

        :param dpi: dots an inch of a PNG.
        :raises InputError: for another suffix.
        """
        target = Path(path)
        suffix = target.suffix.lower()
        if suffix == ".svg":
            target.write_text(self.to_svg(), encoding="utf-8", newline="\n")
        elif suffix in (".png", ".pdf"):
            self.figure.savefig(target, dpi=dpi, bbox_inches="tight")
        else:
            raise InputError(f"{target.name!r} ends in {suffix!r}; a picture is written as .svg, .png or .pdf")


def people_over_time(
    source: Source,
    people: Sequence[int | str] | None = None,
    *,
    top: int = 5,
    since: str | None = None,
    until: str | None = None,
    by: Period = "day",
    language: str = "en",
) -> Chart:
    """In how many articles people appear, over time: a row of bars each, all to one scale.

    :param source: an index, or articles with dates.
    :param people: ids of the index, or names (the most frequent match is used); by default the people of most articles.
    :param top: how many people where ``people`` is not given, at most 20.
    :param since: and ``until``: only articles of these days (ISO dates, both included).
    :param by: ``"day"``, ``"week"`` (from Monday) or ``"month"``.
    :raises InputError: if nothing has a date, a name is unknown, or a parameter does not fit.
    :raises MissingExtraError: without matplotlib 3.11 (``pip install 'arabic-news-ner[plot]'``).
    """
    words = Wording(language)
    if by not in ("day", "week", "month"):
        raise InputError(f"by is {by!r}; it is 'day', 'week' or 'month'")
    if not 1 <= (top if people is None else len(people)) <= _MOST_ROWS:
        raise InputError(
            f"{top if people is None else len(people)} people are asked for; a picture takes 1 to {_MOST_ROWS}"
        )
    with _index(source) as index:
        if people is None:
            chosen = index.entities("PER", since=since, until=until, limit=top)
        else:
            chosen = [_entity(index, person) for person in people]
        counts: list[Counter[date]] = []
        undated = 0
        for person in chosen:
            count: Counter[date] = Counter()
            for day in index.daily(person.id, since=since, until=until):
                start = _period_start(day.date, by)
                if start is None:
                    undated += day.articles
                else:
                    count[start] += day.articles
            counts.append(count)
    days = [day for count in counts for day in count]
    if not days:
        raise InputError(
            "no article of these people has a date; pass dates: index.add(article, id=..., date='2025-05-14')"
        )
    periods = list(_periods(min(days), max(days), by))
    figure = _figure(9, 1.2 + 0.75 * len(chosen))
    rows = figure.subplots(len(chosen), 1, sharex=True, sharey=True, squeeze=False)[:, 0]
    days_of = {"day": 1, "week": 7, "month": 28}
    for axes, person, count in zip(rows, chosen, counts, strict=True):
        axes.bar(periods, [count[period] for period in periods], width=0.8 * days_of[by], color=_COLOUR["PER"])
        axes.set_ylabel(person.name, rotation=0, ha="right", va="center", labelpad=12)
        axes.yaxis.get_major_locator().set_params(integer=True, nbins=2)
        axes.tick_params(axis="y", labelsize=8)
        axes.grid(axis="y", color="#dddddd", linewidth=0.8)
        axes.set_axisbelow(True)
        _bare(axes, "top", "right")
    _dates(rows[-1], periods)
    title = f"{words['people over time']} · {words[f'articles a {by}']}"
    figure.suptitle(title, fontsize=13)
    if undated:
        figure.supxlabel(words["undated"].format(count=undated), fontsize=8, color=_SOFT)
    totals = ", ".join(f"{p.name} {sum(c.values())}" for p, c in zip(chosen, counts, strict=True))
    return _chart(figure, f"{words['people over time']} ({periods[0]} – {periods[-1]}): {totals}")


def appearing_together(
    source: Source,
    label: str | None = "PER",
    *,
    top: int = 30,
    least: int = 1,
    since: str | None = None,
    until: str | None = None,
    language: str = "en",
) -> Chart:
    """Who appears with whom: a network of the most frequent entities, joined where they appear in one article.

    :param source: an index, or articles.
    :param label: ``"PER"``, ``"ORG"``, ``"LOC"``, or ``None`` for all.
    :param top: how many entities, those of most articles; those that appear alone are left out of the picture.
    :param least: articles in which two must appear together.
    :param since: and ``until``: only articles of these days (ISO dates, both included).
    :raises InputError: if no two appear together, or a parameter does not fit.
    :raises MissingExtraError: without matplotlib and networkx (``pip install 'arabic-news-ner[plot]'``).
    """
    words = Wording(language)
    graph = graph_of(source, label, top=top, least=least, since=since, until=until)
    alone = [node for node in graph if graph.degree(node) == 0]
    graph.remove_nodes_from(alone)
    if not graph:
        raise InputError(f"no two of the {top} most frequent appear together in {least} articles; pass a lower least=")
    places = _laid_out(graph)
    figure = _figure(9, 7, layout=None)
    axes = figure.add_subplot()
    most = max(data["articles"] for _, _, data in graph.edges(data=True))
    for one, two, data in graph.edges(data=True):
        (x0, y0), (x1, y1) = places[one], places[two]
        axes.plot([x0, x1], [y0, y1], color="#9aa3b0", linewidth=0.6 + 3.4 * data["articles"] / most, zorder=1)
    sizes = _draw_nodes(axes, graph, places, words)
    axes.set_axis_off()
    axes.margins(0.08)
    axes.set_title(words["appearing together"], loc="right" if language == "ar" else "left", fontsize=13, pad=18)
    if label is None:
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.04), ncols=3, frameon=False, markerscale=0.5)
    order = sorted(graph.nodes, key=lambda node: -graph.nodes[node]["articles"])
    _label(axes, [(*places[node], sizes[node], graph.nodes[node]["name"]) for node in order])
    strongest = sorted(graph.edges(data=True), key=lambda edge: -edge[2]["articles"])[:3]
    pairs = ", ".join(f"{graph.nodes[a]['name']} + {graph.nodes[b]['name']} {d['articles']}" for a, b, d in strongest)
    return _chart(figure, f"{words['appearing together']}: {len(graph)}. {pairs}")


def _draw_nodes(axes: Any, graph: Any, places: Mapping[int, tuple[float, float]], words: Wording) -> dict[int, float]:
    """Draw the entities of a network, and return the size of each, in square points."""
    largest = max(data["articles"] for _, data in graph.nodes(data=True))
    size_of = {node: 60 + 440 * float(data["articles"] / largest) for node, data in graph.nodes(data=True)}
    for kind in ("PER", "ORG", "LOC"):
        nodes = [node for node, data in graph.nodes(data=True) if data["label"] == kind]
        if nodes:
            xs, ys = zip(*(places[node] for node in nodes), strict=True)
            sizes = [size_of[node] for node in nodes]
            look = {"color": _COLOUR[kind], "marker": _MARKER[kind], "label": words[kind]}
            axes.scatter(xs, ys, s=sizes, edgecolor="white", zorder=2, **look)
    return size_of


def graph_of(
    source: Source,
    label: str | None = "PER",
    *,
    top: int = 30,
    least: int = 1,
    since: str | None = None,
    until: str | None = None,
) -> Any:
    """The network of :func:`appearing_together` as a ``networkx.Graph``, for measures and for other programs.

    Nodes are ids of the index with ``name``, ``label``, ``subtype`` and ``articles``; edges have ``articles``, the number in
    which both appear.

    :raises MissingExtraError: without networkx (``pip install 'arabic-news-ner[plot]'``).
    """
    try:
        import networkx
    except ImportError as error:
        raise MissingExtraError("graph_of", "networkx", "plot") from error
    graph = networkx.Graph()
    with _index(source) as index:
        chosen = index.entities(label, since=since, until=until, limit=top)
        for entity in chosen:
            graph.add_node(
                entity.id, name=entity.name, label=entity.label, subtype=entity.subtype, articles=entity.articles
            )
        marks = ",".join("?" * len(chosen))
        sql = f"""SELECT a.entity, b.entity, count(*) FROM appearances a
                  JOIN appearances b ON b.article = a.article AND a.entity < b.entity
                  JOIN articles t ON t.id = a.article
                  WHERE a.entity IN ({marks}) AND b.entity IN ({marks})
                    AND (? IS NULL OR t.date >= ?) AND (? IS NULL OR substr(t.date, 1, 10) <= ?)
                  GROUP BY 1, 2 HAVING count(*) >= ? ORDER BY 1, 2"""
        ids = [entity.id for entity in chosen]
        values = (*ids, *ids, since, since, until, until, least)
        for one, two, articles in index.connection.execute(sql, values):
            graph.add_edge(one, two, articles=articles)
    return graph


def places_on_map(
    source: Source,
    *,
    top: int = 40,
    since: str | None = None,
    until: str | None = None,
    bounds: tuple[float, float, float, float] | None = None,
    countries: bool = False,
    language: str = "en",
) -> Chart:
    """Places on a map of the countries, as large as the number of their articles. No network: the shapes are in the package.

    :param source: an index, or articles.
    :param top: how many places, those of most articles.
    :param since: and ``until``: only articles of these days (ISO dates, both included).
    :param bounds: west, south, east, north in degrees; by default around the places.
    :param countries: also whole countries, as a ring in the middle of each.
    :raises InputError: if no place has coordinates, or the bounds do not fit.
    :raises MissingExtraError: without matplotlib 3.11 (``pip install 'arabic-news-ner[plot]'``).
    """
    words = Wording(language)
    with _index(source) as index:
        found = [
            e
            for e in index.entities("LOC", since=since, until=until, limit=_ALL)
            if countries or e.subtype != "country"
        ]
        spots = {
            number: (lon, lat)
            for number, lat, lon in index.connection.execute(
                "SELECT entity, lat, lon FROM links WHERE lat IS NOT NULL AND lon IS NOT NULL ORDER BY kb DESC, id DESC"
            )
        }
    located = [entity for entity in found if entity.id in spots]
    chosen = located[:top]
    if not chosen:
        raise InputError("no place of the articles has coordinates; pass countries=True to show countries, too")
    west, south, east, north = bounds or _around([spots[entity.id] for entity in chosen])
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise InputError(
            f"bounds are {bounds!r}; they are west, south, east, north in degrees, such as (-20, 10, 60, 40)"
        )
    shrink = max(math.cos(math.radians((south + north) / 2)), 0.2)
    width = 9.0
    height = min(max(width * (north - south) / ((east - west) * shrink), 3.5), 9.0)
    figure = _figure(width, height, layout=None)
    axes = figure.add_subplot()
    _draw_countries(axes, (west, south, east, north))
    largest = max(entity.articles for entity in chosen)
    inside = [e for e in chosen if west <= spots[e.id][0] <= east and south <= spots[e.id][1] <= north]
    sizes = {e.id: 30 + 370 * e.articles / largest for e in inside}
    for entity in inside:
        _draw_place(axes, spots[entity.id], sizes[entity.id], hollow=entity.subtype == "country")
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    axes.set_aspect(1 / shrink)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_title(words["places on a map"], loc="right" if language == "ar" else "left", fontsize=13)
    _label(axes, [(*spots[entity.id], sizes[entity.id], entity.name) for entity in inside])
    notes = [words["outlines"]]
    if len(found) > len(located):
        notes.append(words["no coordinates"].format(count=len(found) - len(located)))
    if len(inside) < len(chosen):
        notes.append(words["outside"].format(count=len(chosen) - len(inside)))
    axes.set_xlabel("  ·  ".join(notes), fontsize=8, color=_SOFT)
    named = ", ".join(f"{entity.name} {entity.articles}" for entity in inside[:5])
    return _chart(figure, f"{words['places on a map']}: {named}")


def _draw_countries(axes: Any, bounds: tuple[float, float, float, float]) -> None:
    """Draw the land of the countries inside the bounds (west, south, east, north), on water."""
    from matplotlib.collections import PolyCollection

    land = {"facecolor": "#f4f1ea", "edgecolor": "#a8a294", "linewidth": 0.7}
    axes.add_collection(PolyCollection(_seen(country_rings(), *bounds), zorder=1, **land))
    axes.set_facecolor("#dfeaf3")


def _draw_place(axes: Any, spot: tuple[float, float], size: float, *, hollow: bool) -> None:
    """Draw a place as a dot of ``size`` square points at (longitude, latitude), or as a ring."""
    if hollow:
        look = {"facecolor": "none", "edgecolor": "#b34700", "linewidth": 1.5, "alpha": 1}
    else:
        look = {"facecolor": "#b34700", "edgecolor": "white", "linewidth": 0.8, "alpha": 0.85}
    axes.scatter([spot[0]], [spot[1]], s=size, zorder=2, **look)


def most_named(
    source: Source,
    label: str = "ORG",
    *,
    top: int = 15,
    since: str | None = None,
    until: str | None = None,
    language: str = "en",
) -> Chart:
    """The organizations (people, places) of most articles, as bars.

    :param source: an index, or articles.
    :param label: ``"ORG"``, ``"PER"`` or ``"LOC"``.
    :param top: how many.
    :param since: and ``until``: only articles of these days (ISO dates, both included).
    :raises InputError: if there is none, or a parameter does not fit.
    :raises MissingExtraError: without matplotlib 3.11 (``pip install 'arabic-news-ner[plot]'``).
    """
    words = Wording(language)
    if label not in _COLOUR:
        raise InputError(f"label is {label!r}; it is 'ORG', 'PER' or 'LOC'")
    with _index(source) as index:
        chosen = index.entities(label, since=since, until=until, limit=top)
    if not chosen:
        raise InputError(f"no {label} in the articles")
    figure = _figure(8, 0.8 + 0.38 * len(chosen))
    axes = figure.add_subplot()
    rows = range(len(chosen))
    axes.barh(rows, [entity.articles for entity in chosen], color=_COLOUR[label], height=0.7)
    axes.set_yticks(list(rows), [entity.name for entity in chosen])
    axes.invert_yaxis()
    if language == "ar":
        axes.invert_xaxis()
        axes.yaxis.tick_right()
    side = -1 if language == "ar" else 1
    for row, entity in zip(rows, chosen, strict=True):
        axes.annotate(
            str(entity.articles),
            (entity.articles, row),
            xytext=(4 * side, 0),
            textcoords="offset points",
            ha="left" if side > 0 else "right",
            va="center",
        )
    axes.xaxis.set_visible(False)
    _bare(axes, "top", "bottom", "left", "right")
    axes.tick_params(axis="y", length=0)
    axes.set_title(words[f"most named {label}"], loc="right" if language == "ar" else "left", fontsize=13)
    named = ", ".join(f"{entity.name} {entity.articles}" for entity in chosen[:5])
    return _chart(figure, f"{words[f'most named {label}']}: {named}")


@contextmanager
def _index(source: Source) -> Iterator[EntityIndex]:
    """The index that was passed, or one in memory of the articles."""
    if isinstance(source, EntityIndex):
        yield source
        return
    with EntityIndex.open(":memory:") as index:
        index.add_many((str(identity), article) for identity, article in with_ids(source))
        yield index


def _entity(index: EntityIndex, person: int | str) -> IndexedEntity:
    if isinstance(person, str):
        found = index.search(person, "PER", limit=1)
        if not found:
            raise InputError(f"the index has no person {person!r}; index.search(name) finds names by their words")
        return found[0]
    try:
        return index.get(person)
    except KeyError as error:
        raise InputError(f"the index has no entity {person!r}; index.entities('PER') gives ids") from error


def _period_start(day: str | None, by: Period) -> date | None:
    """The first day of the period; ``None`` for a date that has no day."""
    try:
        found = date.fromisoformat(day or "")
    except ValueError:
        return None
    if by == "week":
        return found - timedelta(days=found.weekday())
    return found.replace(day=1) if by == "month" else found


def _periods(first: date, last: date, by: Period) -> Iterator[date]:
    """All periods from the first to the last, so that one without articles counts as none."""
    current = first
    while current <= last:
        yield current
        if by == "month":
            current = (current + timedelta(days=31)).replace(day=1)
        else:
            current += timedelta(days=7 if by == "week" else 1)


def _around(spots: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """Bounds with some room around the places, and never less than eight degrees."""
    west, east = min(x for x, _ in spots), max(x for x, _ in spots)
    south, north = min(y for _, y in spots), max(y for _, y in spots)
    across = max((east - west) * 0.15, (8 - (east - west)) / 2, 1)
    up = max((north - south) * 0.15, (8 - (north - south)) / 2, 1)
    return max(west - across, -180), max(south - up, -90), min(east + across, 180), min(north + up, 90)


def _seen(shapes: Iterable[Ring], west: float, south: float, east: float, north: float) -> list[Ring]:
    """The rings that may reach into the bounds."""

    def reaches(ring: Ring) -> bool:
        xs, ys = zip(*ring, strict=True)
        return bool(min(xs) <= east and max(xs) >= west and min(ys) <= north and max(ys) >= south)

    return [ring for ring in shapes if reaches(ring)]


def _laid_out(graph: Any) -> dict[int, tuple[float, float]]:
    """A place for each node: every connected part by forces, the parts beside and beneath each other, the largest first.

    All at once, forces would push parts that nothing joins out of sight.
    """
    import networkx

    parts = sorted(networkx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    widest = 3.2 * math.sqrt(len(parts[0]))
    places: dict[int, tuple[float, float]] = {}
    left = top = height = 0.0
    for part in parts:
        radius = math.sqrt(len(part))
        if left and left + 2 * radius > widest:
            left, top, height = 0.0, top - height - 1, 0.0
        inner = graph.subgraph(sorted(part))
        distance = 3.5 / math.sqrt(len(part))
        spots = networkx.spring_layout(
            inner, weight=None, k=distance, iterations=300, seed=7, scale=radius, method="force"
        )
        for node, (x, y) in spots.items():
            places[node] = left + radius + float(x), top - radius + float(y)
        left += 2 * radius + 1
        height = max(height, 2 * radius)
    return places


def _figure(width: float, height: float, layout: str | None = "constrained") -> Any:
    """A figure that no global state knows of."""
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError("a picture", "matplotlib", "plot") from error
    if matplotlib.__version_info__[:2] < _OLDEST_MATPLOTLIB:
        raise MissingExtraError("Arabic in a picture", f"matplotlib>=3.11 (here is {matplotlib.__version__})", "plot")
    return Figure(figsize=(width, height), layout=layout)


def _chart(figure: Any, description: str) -> Chart:
    """The picture, its layout settled: later drawings leave everything where it is."""
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    return Chart(figure, description)


def _bare(axes: Any, *sides: str) -> None:
    for side in sides:
        axes.spines[side].set_visible(False)


def _dates(axes: Any, periods: Sequence[date]) -> None:
    """Days as numbers, which every reader reads; each period where they are few."""
    from matplotlib.dates import AutoDateLocator, DateFormatter

    if len(periods) <= 8:
        axes.set_xticks(periods)
    else:
        axes.xaxis.set_major_locator(AutoDateLocator(maxticks=8))
    axes.xaxis.set_major_formatter(DateFormatter("%Y-%m-%d"))
    axes.tick_params(axis="x", labelsize=8)


#: Where the label of a point may stand: steps across and up from its rim, and how it is aligned, the best first.
_STANDS: Final = (
    (0, -1, "center", "top"),
    (0, 1, "center", "bottom"),
    (1, 0, "left", "center"),
    (-1, 0, "right", "center"),
    (0.8, -0.8, "left", "top"),
    (-0.8, -0.8, "right", "top"),
    (0.8, 0.8, "left", "bottom"),
    (-0.8, 0.8, "right", "bottom"),
    (0, -2, "center", "top"),
    (0, 2, "center", "bottom"),
)


def _label(axes: Any, points: Sequence[tuple[float, float, float, str]]) -> None:
    """Write the names beside their points, the important first, each where it covers the fewest others.

    :param points: x, y, area of the point (as ``scatter`` takes it), name.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.patheffects import withStroke
    from matplotlib.transforms import Bbox

    figure = axes.figure
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw_without_rendering()
    dots = []
    for x, y, area, _ in points:
        across, up = axes.transData.transform((x, y))
        radius = math.sqrt(area) / 2 * figure.dpi / 72
        dots.append(Bbox.from_extents(across - radius, up - radius, across + radius, up + radius))
    taken: list[Any] = []
    for number, (x, y, area, name) in enumerate(points):
        others = dots[:number] + dots[number + 1 :]
        distance = math.sqrt(area) / 2 + 3
        best: tuple[float, Any, Any] | None = None
        for across, up, horizontal, vertical in _STANDS:
            text = axes.annotate(
                name,
                (x, y),
                xytext=(across * distance, up * distance),
                textcoords="offset points",
                ha=horizontal,
                va=vertical,
                fontsize=9,
                zorder=3,
                annotation_clip=False,
                path_effects=[withStroke(linewidth=2.5, foreground="white")],
            )
            box = text.get_window_extent(renderer)
            cost = sum(box.overlaps(other) for other in taken) + 0.4 * sum(box.overlaps(other) for other in others)
            if best is None or cost < best[0]:
                if best is not None:
                    best[1].remove()
                best = cost, text, box
            else:
                text.remove()
            if cost == 0:
                break
        assert best is not None
        taken.append(best[2])
