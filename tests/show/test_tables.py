"""Tables: their rows, as data frames, through Parquet and Excel."""

from __future__ import annotations

import dataclasses
import io
import subprocess
import sys

import pytest

import arabic_news_ner as ann
from arabic_news_ner.errors import InputError
from arabic_news_ner.show import tables
from arabic_news_ner.types import Article, Entity, Mention
from tests.show.articles import ARTICLE, OTHER, TEXT

BACKENDS = ("pandas", "polars", "pyarrow")


def test_every_entity_role_and_mention_has_its_row():
    def table(name):
        return [dict(zip(tables.columns(name), row, strict=True)) for row in tables.rows(ARTICLE, name)]

    assert [row["name"] for row in table("people")] == ["محمد الطرابلسي"]
    assert [row["name"] for row in table("organizations")] == ["NovaPress", "NATO"]
    (city,) = table("places")
    assert city == {
        "entity": "e4",
        "name": "بنغازي",
        "mentions": 1,
        "salience": 0.1,
        "forms": "بنغازي",
        "links": "geonames:88319",
        "subtype": "city",
        "lat": 32.1149,
        "lon": 20.0686,
    }
    roles = table("roles")
    assert [(r["role"], r["holder"], r["holder_name"], r["organization_name"]) for r in roles] == [
        ("رئيسة شركة NovaPress الفرنسية", None, None, "NovaPress"),
        ("وزير الثقافة", "e1", "محمد الطرابلسي", None),
    ]
    mentions = table("mentions")
    assert [TEXT[row["start"] : row["end"]] for row in mentions] == [row["text"] for row in mentions]
    assert [row["start"] for row in mentions] == sorted(row["start"] for row in mentions)
    assert len(mentions) == 8
    (article,) = table("articles")
    assert article["people"] == "محمد الطرابلسي"
    assert article["roles"] == "محمد الطرابلسي: وزير الثقافة"
    assert article["countries"] == "LY"


@pytest.mark.parametrize("name", list(tables.COLUMNS))
def test_values_have_the_type_of_their_column(name):
    types = {"text": str, "int": int, "float": float, "bool": bool}
    rows = [row for article in (ARTICLE, OTHER) for row in tables.rows(article, name)]
    assert rows
    for row in rows:
        for (column, kind), value in zip(tables.columns(name).items(), row, strict=True):
            if value is None:
                assert kind in ("text", "float"), column
            else:
                assert type(value) is types[kind], column


def test_an_unknown_table_is_refused():
    with pytest.raises(InputError, match="there is no table 'persons'; there are people, organizations"):
        ARTICLE.to_frame("persons")


def test_without_the_packages_the_error_names_the_extra():
    code = """
import sys
sys.modules["narwhals"] = None
sys.modules["openpyxl"] = None
import arabic_news_ner as ann
for call in (lambda: ann.Article("x").to_frame("people"), lambda: ann.write_excel([], "x.xlsx")):
    try:
        call()
    except ann.MissingExtraError as error:
        print(error)
"""
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "'arabic-news-ner[frames]'" in out
    assert "'arabic-news-ner[excel]'" in out


@pytest.fixture(params=BACKENDS)
def backend(request):
    pytest.importorskip("narwhals")
    pytest.importorskip(request.param)
    return request.param


def columns_of(frame, backend):
    """The columns as lists of plain values, read without the library's own code; missing values are None."""
    if backend == "pandas":
        import pandas

        return {name: [None if pandas.isna(v) else v for v in frame[name].tolist()] for name in frame.columns}
    return frame.to_dict(as_series=False) if backend == "polars" else frame.to_pydict()


@pytest.mark.frames
@pytest.mark.parametrize("name", ["people", "organizations", "places", "roles", "mentions"])
def test_frames_hold_the_rows(backend, name):
    frame = ARTICLE.to_frame(name, backend=backend)
    found = columns_of(frame, backend)
    assert list(found) == list(tables.columns(name))
    assert list(zip(*found.values(), strict=True)) == list(tables.rows(ARTICLE, name))


@pytest.mark.frames
@pytest.mark.parametrize("name", list(tables.COLUMNS))
def test_types_survive_parquet_whatever_is_missing(backend, name, tmp_path):
    """Also for no rows and for a column of missing values alone, which a data frame guesses to be of another type."""
    parquet = pytest.importorskip("pyarrow.parquet")
    kinds = {"text": ("string", "large_string"), "int": ("int64",), "float": ("double",), "bool": ("bool",)}
    bare = Article("سالم هنا", entities=(Entity("e1", "PER", None, "سالم", (Mention(0, 4, "سالم"),)),))
    for articles in ([], [bare], [("x", ARTICLE)]):
        frame = ann.frame(articles, name, backend=backend)
        path = tmp_path / "table.parquet"
        if backend == "pandas":
            frame.to_parquet(path)
        elif backend == "polars":
            frame.write_parquet(path)
        else:
            parquet.write_table(frame, path)
        schema = parquet.read_schema(path)
        for column, kind in tables.columns(name).items():
            assert str(schema.field(column).type) in kinds[kind], (column, len(articles))


@pytest.mark.frames
def test_ids_come_first(backend):
    numbered = columns_of(ann.frame([ARTICLE, OTHER], "mentions", backend=backend), backend)
    assert next(iter(numbered)) == "article"
    assert numbered["article"] == [0] * 8 + [1] * 7
    named = columns_of(ann.frame({"n-1": ARTICLE, "n-2": OTHER}, "people", backend=backend), backend)
    assert named["article"] == ["n-1", "n-2"]
    pairs = columns_of(ann.frame(iter([(7, ARTICLE)]), "articles", backend=backend), backend)
    assert pairs["article"] == [7]
    assert pairs["headline"] == [ARTICLE.headline]


@pytest.mark.frames
@pytest.mark.parametrize(
    ("articles", "message"),
    [
        (ARTICLE, "one article was passed where many are expected"),
        ([TEXT], "item 0 is a str, not an Article"),
        ([(1.5, ARTICLE)], "the id of article 0 is 1.5; it takes a str or an int"),
        ([(1, ARTICLE), ("a", ARTICLE)], "the ids of the articles are str and int"),
    ],
)
def test_what_is_no_article_is_refused(articles, message):
    pytest.importorskip("narwhals")
    with pytest.raises(InputError, match=message):
        ann.frame(articles, "people")


@pytest.mark.frames
def test_an_unknown_backend_is_refused():
    with pytest.raises(InputError, match="backend is 'modin'; it is one of pandas, polars, pyarrow"):
        ARTICLE.to_frame("people", backend="modin")


@pytest.mark.frames
def test_a_missing_backend_names_its_extra():
    pytest.importorskip("narwhals")
    code = """
import sys
sys.modules["polars"] = None
import arabic_news_ner as ann
try:
    ann.Article("x").to_frame("people", backend="polars")
except ann.MissingExtraError as error:
    print(error)
"""
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "'arabic-news-ner[polars]'" in out


class FakeExtractor:
    """Reads each text as ARTICLE, or as an article without names, and remembers what it was asked for."""

    def __init__(self):
        self.texts = []
        self.settings = None

    def pipe(self, texts, **settings):
        self.settings = settings
        for text in texts:
            self.texts.append(text)
            yield ARTICLE if text == TEXT else Article(text)


@pytest.mark.frames
def test_a_column_is_read_and_missing_texts_stay(backend):
    made = {"id": [3, 4, 5, 6], "text": [TEXT, None, "", TEXT]}
    if backend == "pandas":
        import pandas

        frame = pandas.DataFrame(made, index=[10, 20, 30, 40])
    elif backend == "polars":
        frame = pytest.importorskip("polars").DataFrame(made)
    else:
        frame = pytest.importorskip("pyarrow").table(made)
    extractor = FakeExtractor()
    result = ann.extract_frame(frame, extractor=extractor, processes=2, min_score=0.6, progress=True)
    assert type(result) is type(frame)
    assert extractor.texts == [TEXT, "", TEXT]
    assert extractor.settings == {"processes": 2, "progress": True, "min_score": 0.6}
    found = columns_of(result, backend)
    assert list(found) == ["id", "text", "people", "organizations", "places", "roles", "countries"]
    assert found["id"] == [3, 4, 5, 6]
    assert found["people"] == ["محمد الطرابلسي", None, "", "محمد الطرابلسي"]
    assert found["organizations"][0] == "NovaPress; NATO"
    assert found["countries"] == ["LY", None, "", "LY"]
    if backend == "pandas":
        assert list(result.index) == [10, 20, 30, 40]
        assert list(frame.columns) == ["id", "text"], "the frame that was passed is as it was"


@pytest.mark.frames
def test_missing_values_of_pandas_are_all_known():
    pytest.importorskip("narwhals")
    pandas = pytest.importorskip("pandas")
    for column in (
        pandas.Series([TEXT, None, float("nan"), pandas.NA], dtype=object),
        pandas.Series([TEXT, None, float("nan"), pandas.NA], dtype="string"),
    ):
        result = ann.extract_frame(pandas.DataFrame({"text": column}), extractor=FakeExtractor())
        assert result["people"].isna().tolist() == [False, True, True, True]
    nothing = ann.extract_frame(pandas.DataFrame({"text": [None, None]}), extractor=FakeExtractor())
    assert nothing["people"].isna().all()


@pytest.mark.frames
def test_what_cannot_be_read_is_refused():
    pytest.importorskip("narwhals")
    polars = pytest.importorskip("polars")
    extractor = FakeExtractor()
    frame = polars.DataFrame({"text": [TEXT], "people": ["x"], "n": [1]})
    with pytest.raises(InputError, match="no column 'body'; it has text, people, n"):
        ann.extract_frame(frame, "body", extractor=extractor)
    with pytest.raises(InputError, match="has a column 'people' already; pass prefix="):
        ann.extract_frame(frame, extractor=extractor)
    with pytest.raises(InputError, match="row 0 of column 'n' is 1, a int"):
        ann.extract_frame(frame, "n", prefix="ner_", extractor=extractor)
    with pytest.raises(InputError, match="call collect"):
        ann.extract_frame(frame.lazy(), extractor=extractor)
    with pytest.raises(InputError, match="a list is no data frame"):
        ann.extract_frame([TEXT], extractor=extractor)
    assert "ner_people" in ann.extract_frame(frame, prefix="ner_", extractor=extractor).columns
    assert extractor.texts == [TEXT], "nothing is read before all is checked"


@pytest.mark.frames
def test_the_embedded_model_reads_a_column(dispatch):
    pytest.importorskip("narwhals")
    polars = pytest.importorskip("polars")
    result = ann.extract_frame(polars.DataFrame({"body": [dispatch, None]}), "body")
    article = ann.extract(dispatch)
    assert result["people"].to_list() == ["; ".join(p.name for p in article.people), None]


@pytest.fixture
def openpyxl():
    return pytest.importorskip("openpyxl")


@pytest.mark.frames
def test_a_workbook_runs_from_right_to_left(openpyxl, tmp_path):
    path = tmp_path / "أخبار.xlsx"
    ann.write_excel([("n-1", ARTICLE), ("n-2", OTHER)], path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["articles", "people", "organizations", "places", "roles", "mentions"]
    for sheet in book:
        assert sheet.sheet_view.rightToLeft, sheet.title
        assert sheet.freeze_panes == "A2"
        names = [cell.value for cell in sheet[1]]
        assert names == ["article", *tables.columns(sheet.title)]
        wanted = [
            tuple(None if v == "" else v for v in (n, *row))
            for n, a in (("n-1", ARTICLE), ("n-2", OTHER))
            for row in tables.rows(a, sheet.title)
        ]
        assert [
            tuple(None if v == "" else v for v in row) for row in sheet.iter_rows(min_row=2, values_only=True)
        ] == wanted
    assert [p.name for p in tmp_path.iterdir()] == ["أخبار.xlsx"]


@pytest.mark.frames
def test_text_is_no_formula_and_controls_do_not_stop_it(openpyxl, tmp_path):
    evil = '=HYPERLINK("http://example.org")'
    article = dataclasses.replace(ARTICLE, headline=evil, source="صحيفة\x00الوادي")
    ann.write_excel([article], tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["articles"]
    assert sheet["B2"].data_type == "s"
    assert sheet["B2"].value == evil
    assert sheet["D2"].value == "صحيفة\ufffdالوادي"


@pytest.mark.frames
def test_the_limits_of_excel_are_reported(openpyxl, tmp_path, monkeypatch):
    from arabic_news_ner.show import excel

    with pytest.raises(
        InputError, match="a cell of 40000 characters in the sheet 'articles' passes the 32767 of Excel"
    ):
        ann.write_excel([dataclasses.replace(ARTICLE, headline="ا" * 40_000)], tmp_path / "a.xlsx")
    monkeypatch.setattr(excel, "MOST_ROWS", 9)
    ann.write_excel([ARTICLE], tmp_path / "b.xlsx")
    with pytest.raises(InputError, match="the sheet 'mentions' would pass the 9 rows"):
        ann.write_excel([ARTICLE, ARTICLE], tmp_path / "b.xlsx")
    assert len(list(openpyxl.load_workbook(tmp_path / "b.xlsx")["mentions"].rows)) == 9, "the file that was there stays"


@pytest.mark.frames
def test_csv_of_pandas_comes_back():
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("narwhals")
    frame = ann.frame([ARTICLE], "mentions")
    again = pandas.read_csv(io.StringIO(frame.to_csv(index=False)))
    assert again["text"].tolist() == frame["text"].tolist()
