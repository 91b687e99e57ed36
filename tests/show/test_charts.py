"""Pictures: what they draw, read from the figure and from the SVG."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ET
from importlib import resources

import pytest

from arabic_news_ner.archive import EntityIndex
from arabic_news_ner.errors import InputError
from arabic_news_ner.show import outlines
from arabic_news_ner.types import Article, Entity, Link, Mention

DATA = resources.files("arabic_news_ner") / "data" / "outlines"

# The shapes of the countries need no package.


def inside(ring, x, y):
    """Is a point in a ring? The even-odd rule."""
    found = False
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            found = not found
    return found


@pytest.mark.parametrize(
    ("x", "y", "rings"),
    [(14.43, 27.04, 1), (31.24, 30.05, 1), (50.55, 26.05, 1), (44.19, 15.37, 1), (18.0, 34.5, 0), (-30.0, 30.0, 0)],
    ids=["Sabha", "Cairo", "Bahrain", "Sanaa", "Mediterranean", "Atlantic"],
)
def test_land_is_land_and_sea_is_sea(x, y, rings):
    assert sum(inside(ring, x, y) for ring in outlines.country_rings()) == rings


def test_rings_are_closed_and_on_the_globe():
    rings = outlines.country_rings()
    assert len(rings) > 240
    for ring in rings:
        assert ring[0] == ring[-1]
        assert all(-180.001 <= x <= 180.001 and -90 <= y <= 90 for x, y in ring)


def test_a_topology_is_read_as_its_specification_says():
    """The example of the TopoJSON specification, section 1.1: differences, scale and translation, an arc turned round."""
    topology = {
        "transform": {"scale": [0.5, 0.25], "translate": [100, 10]},
        "arcs": [[[0, 0], [4, 0]], [[4, 4], [-4, 0], [0, -4]], [[4, 4], [0, -4]]],
        "objects": {"a": {"geometries": [{"type": "Polygon", "arcs": [[0, -3, 1]]}, {"type": None}]}},
    }
    assert outlines.rings(topology) == (((100, 10), (102, 10), (102, 11), (100, 11), (100, 10)),)


def test_the_manifest_is_right():
    manifest = json.loads((DATA / "manifest.json").read_text(encoding="utf-8"))
    content = (DATA / "countries.topo.json").read_bytes()
    listed = manifest["files"]["countries.topo.json"]
    assert hashlib.sha256(content).hexdigest() == listed["sha256"]
    assert len(content) == listed["bytes"] < 200_000
    assert "public domain" in manifest["attribution"]


def test_without_matplotlib_the_error_names_the_extra():
    code = """
import sys
sys.modules["matplotlib"] = None
sys.modules["networkx"] = None
import arabic_news_ner as ann
from arabic_news_ner.show import charts
article = ann.Article("سالم", entities=(ann.Entity("e1", "ORG", None, "سالم", (ann.Mention(0, 4, "سالم"),)),))
for call in (lambda: charts.most_named([article]), lambda: charts.appearing_together([article])):
    try:
        call()
    except ann.MissingExtraError as error:
        print(error)
"""
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.count("'arabic-news-ner[plot]'") == 2


# The pictures.

PEOPLE = ("ناصر الغرابلي", "هدى السلماني", "فؤاد الزنتاني", "كريم العبيدي")
SPOTS = {"بنغازي": (32.11, 20.07), "سبها": (27.04, 14.43), "روما": (41.89, 12.51)}


def article(date, *names):
    """An article that names people and places, each once."""
    text = "، ".join(names)
    entities = []
    for number, name in enumerate(names):
        start = text.index(name)
        spot = SPOTS.get(name)
        links = (Link("geonames", str(1000 + list(SPOTS).index(name)), name, *spot),) if spot else ()
        label = "LOC" if spot or name == "مدينة بلا إحداثيات" else "PER" if name in PEOPLE else "ORG"
        subtype = "city" if label == "LOC" else "company" if label == "ORG" else None
        entities.append(
            Entity(f"e{number}", label, subtype, name, (Mention(start, start + len(name), name),), links=links)
        )
    return Article(text, date=date, entities=tuple(entities))


@pytest.fixture
def charts():
    matplotlib = pytest.importorskip("matplotlib")
    pytest.importorskip("networkx")
    if matplotlib.__version_info__[:2] < (3, 11):
        pytest.skip("an older matplotlib")
    from arabic_news_ner.show import charts

    return charts


@pytest.fixture
def index():
    nasser, huda, fuad, karim = PEOPLE
    with EntityIndex.open(":memory:") as index:
        for number, made in enumerate(
            [
                article("2026-03-02", nasser, huda, "بنغازي", "شركة ضفاف"),
                article("2026-03-02T09:30", nasser, "سبها"),
                article("2026-03-05", nasser, huda, "سبها"),
                article("2026-03-11", fuad, "روما", "شركة ضفاف", "شركة الواحة"),
                article(None, fuad, karim, "مدينة بلا إحداثيات"),
            ]
        ):
            index.add(made, id=str(number))
        yield index


def texts(chart):
    from matplotlib.text import Text

    return [found.get_text() for found in chart.figure.findobj(Text) if found.get_text()]


@pytest.mark.plot
def test_people_over_time_counts_articles_a_day(charts, index):
    chart = charts.people_over_time(index)
    rows = {axes.get_ylabel(): [bar.get_height() for bar in axes.patches] for axes in chart.figure.axes}
    # days 2 to 11 of March, those without an article too
    assert rows["ناصر الغرابلي"] == [2, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    assert rows["هدى السلماني"] == [1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    assert rows["فؤاد الزنتاني"] == [0] * 9 + [1]
    assert "appearances without a date: 2" in texts(chart)
    assert "ناصر الغرابلي 3" in chart.description


@pytest.mark.plot
def test_weeks_start_on_monday_and_months_on_the_first(charts, index):
    from matplotlib.dates import num2date

    for by, starts in (("week", ["2026-03-02", "2026-03-09"]), ("month", ["2026-03-01"])):
        chart = charts.people_over_time(index, ["الغرابلي", "الزنتاني"], by=by)
        bars = chart.figure.axes[0].patches
        middles = [num2date(bar.get_x() + bar.get_width() / 2).date().isoformat() for bar in bars]
        assert middles == starts
    assert [
        bar.get_height() for bar in charts.people_over_time(index, ["الغرابلي"], by="month").figure.axes[0].patches
    ] == [3]


@pytest.mark.plot
def test_the_network_joins_who_appears_together(charts, index):
    graph = charts.graph_of(index)
    names = {node: data["name"] for node, data in graph.nodes(data=True)}
    edges = {frozenset((names[a], names[b])): data["articles"] for a, b, data in graph.edges(data=True)}
    nasser, huda, fuad, karim = PEOPLE
    assert edges == {frozenset((nasser, huda)): 2, frozenset((fuad, karim)): 1}
    assert charts.graph_of(index, least=2).number_of_edges() == 1
    assert charts.graph_of(index, until="2026-03-03").edges(data="articles").__iter__().__next__()[2] == 1
    chart = charts.appearing_together(index, None, top=20)
    assert set(PEOPLE) <= set(texts(chart))
    alone = charts.appearing_together(index, least=2)
    assert set(PEOPLE) & set(texts(alone)) == {nasser, huda}, "who appears with nobody is left out"


@pytest.mark.plot
def test_the_map_puts_places_where_they_are(charts, index):
    chart = charts.places_on_map(index)
    (axes,) = chart.figure.axes
    points = {
        tuple(round(float(v), 2) for v in c.get_offsets()[0]) for c in axes.collections if len(c.get_offsets()) == 1
    }
    assert {(lon, lat) for lat, lon in SPOTS.values()} <= points
    assert set(SPOTS) <= set(texts(chart))
    (note,) = [text for text in texts(chart) if "Natural Earth" in text]
    assert "without coordinates: 1 places" in note
    part = charts.places_on_map(index, bounds=(10, 25, 25, 35))
    assert "روما" not in texts(part)
    assert any("outside the map: 1 places" in text for text in texts(part))


@pytest.mark.plot
def test_the_most_named(charts, index):
    chart = charts.most_named(index)
    (axes,) = chart.figure.axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["شركة ضفاف", "شركة الواحة"]
    assert [bar.get_width() for bar in axes.patches] == [2, 1]
    arabic = charts.most_named(index, "PER", language="ar")
    assert "الأشخاص بحسب عدد المقالات" in texts(arabic)
    assert arabic.figure.axes[0].xaxis_inverted()


@pytest.mark.plot
def test_articles_do_as_well_as_an_index(charts):
    made = [article("2026-03-02", PEOPLE[0], "بنغازي"), article("2026-03-03", PEOPLE[0], PEOPLE[1])]
    assert PEOPLE[0] in charts.people_over_time(made).description
    assert "بنغازي" in texts(charts.places_on_map({"a": made[0]}))


@pytest.mark.plot
def test_every_picture_is_whole_svg_and_the_same_again(charts, index, tmp_path):
    for make in (charts.people_over_time, charts.appearing_together, charts.places_on_map, charts.most_named):
        chart = make(index)
        root = ET.fromstring(chart._repr_svg_())
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert root.get("role") == "img"
        assert root.get("aria-label") == chart.description
        assert not [e for e in root.iter() if e.tag.endswith("}text")], "letters are shapes, so no font is needed"
        assert not [
            e
            for e in root.iter()
            if "href" in " ".join(e.keys()) and not (e.get("{http://www.w3.org/1999/xlink}href") or "#").startswith("#")
        ]
        assert make(index).to_svg() == chart.to_svg()
        chart.save(tmp_path / "a.png", dpi=50)
        assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
        chart.save(tmp_path / "a.pdf")
        chart.save(tmp_path / "a.svg")
        with pytest.raises(InputError, match=r"ends in '\.bmp'"):
            chart.save(tmp_path / "a.bmp")


@pytest.mark.plot
def test_arabic_is_joined_and_in_order(charts):
    """Our text reaches matplotlib as it is, no letter turned into a presentation form; and this matplotlib joins letters and
    runs to the left."""
    import numpy
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    made = [article("2026-03-02", PEOPLE[0], PEOPLE[1])]
    for chart in (charts.people_over_time(made, language="ar"), charts.appearing_together(made, language="ar")):
        for text in texts(chart):
            assert not any("ARABIC" in unicodedata.name(c, "") and "FORM" in unicodedata.name(c, "") for c in text)

    figure = Figure()
    FigureCanvasAgg(figure)

    def strokes(text):
        """The runs of columns with ink, as (first, last)."""
        found = figure.text(0.1, 0.5, text, fontsize=40)
        figure.canvas.draw()
        ink = (numpy.asarray(figure.canvas.buffer_rgba())[:, :, 0] < 128).any(axis=0)
        found.remove()
        dark = numpy.flatnonzero(ink)
        return [(part[0], part[-1]) for part in numpy.split(dark, numpy.flatnonzero(numpy.diff(dark) > 1) + 1)]

    assert len(strokes("سيسي")) == 1
    assert len(strokes("س\u200cي\u200cس\u200cي")) == 4
    widths = [last - first for first, last in strokes("ا ا سسسس")]
    assert widths[0] > 3 * max(widths[1:]), "the word that comes last stands at the left"
    widths = [last - first for first, last in strokes("سسسس NIL")]
    assert widths[-1] > max(widths[:-1]), "an Arabic word before a Latin one stands to the right of it"


@pytest.mark.plot
@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda c, i: c.people_over_time(i, by="year"), "by is 'year'"),
        (lambda c, i: c.people_over_time(i, top=0), "0 people are asked for"),
        (lambda c, i: c.people_over_time(i, ["مجهول"]), "the index has no person 'مجهول'"),
        (lambda c, i: c.people_over_time(i, [999]), "the index has no entity 999"),
        (lambda c, i: c.people_over_time(i, ["العبيدي"]), "no article of these people has a date"),
        (lambda c, i: c.appearing_together(i, least=9), "no two of the 30 most frequent appear together in 9 articles"),
        (lambda c, i: c.places_on_map([]), "no place of the articles has coordinates"),
        (lambda c, i: c.places_on_map(i, bounds=(20, 0, 10, 5)), "bounds are"),
        (lambda c, i: c.most_named(i, "MISC"), "label is 'MISC'"),
        (lambda c, i: c.most_named([]), "no ORG in the articles"),
        (lambda c, i: c.most_named(i, language="fr"), "language is 'fr'"),
    ],
)
def test_what_cannot_be_drawn_is_refused(charts, index, call, message):
    with pytest.raises(InputError, match=message):
        call(charts, index)


@pytest.mark.plot
def test_an_old_matplotlib_is_refused(charts, index, monkeypatch):
    import matplotlib

    old = type(matplotlib.__version_info__)(*(3, 10, *tuple(matplotlib.__version_info__)[2:]))
    monkeypatch.setattr(matplotlib, "__version_info__", old)
    monkeypatch.setattr(matplotlib, "__version__", "3.10.0")
    with pytest.raises(ImportError, match=r"matplotlib>=3\.11 \(here is 3\.10\.0\)"):
        charts.most_named(index)


@pytest.mark.plot
def test_no_global_state_is_touched():
    pytest.importorskip("matplotlib")
    code = """
import sys, matplotlib
def settings():  # asking for the backend would choose one
    return {key: matplotlib.rcParams[key] for key in matplotlib.rcParams if key != "backend"}
before = settings()
import arabic_news_ner as ann
from arabic_news_ner.show import charts
article = ann.Article("شركة", entities=(ann.Entity("e1", "ORG", None, "شركة", (ann.Mention(0, 4, "شركة"),)),))
charts.most_named([article]).to_svg()
print("matplotlib.pyplot" in sys.modules, settings() == before)
"""
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["False", "True"]
