#!/usr/bin/env bash
# Expected: a table of articles with a missing headline, made by narwhals.from_dict with the declared type String, has a null there,
#   whichever data frame is behind it.
# Happens: with pandas before 3 the null becomes the text "None", without a warning; is_null() is false, and a count of headlines is
#   wrong. With pandas 3, polars and pyarrow, without the schema, or by narwhals.new_series with the same type, it stays null.
# Seen: narwhals 2.29.0, pandas 2.2.3. Source: narwhals/_pandas_like/dataframe.py, from_dict, which ends in astype(str).
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check "narwhals==2.29.0" "pandas==2.2.3" "numpy==2.2.6" "pyarrow==26.0.1" 2>/dev/null
"$work/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import narwhals as nw

print("narwhals", version("narwhals"), "pandas", version("pandas"), "pyarrow", version("pyarrow"))
headlines = {"headline": ["وزير الصحة يفتتح مستشفى", None]}
schema = {"headline": nw.String}
found = {
    "pandas, schema": nw.from_dict(headlines, schema=schema, backend="pandas")["headline"].to_list(),
    "pandas, no schema": nw.from_dict(headlines, backend="pandas")["headline"].to_list(),
    "pandas, new_series": nw.new_series("headline", headlines["headline"], nw.String, backend="pandas").to_list(),
    "pyarrow, schema": nw.from_dict(headlines, schema=schema, backend="pyarrow")["headline"].to_list(),
}
for way, values in found.items():
    print(f"{way}: {values[1]!r}")
sys.exit(int([values[1] for values in found.values()] != ["None", None, None, None]))
PY
