#!/usr/bin/env bash
# Expected: Series.str.replace(r"\W+", " ", regex=True) keeps Arabic letters, whichever dtype holds the text.
# Happens: with dtype string[pyarrow] as ArrowDtype (dtype_backend="pyarrow") the regex runs in RE2, whose \w and \W know ASCII only: the
#   whole Arabic text is wiped out. The default str dtype uses Python's re and is right.
# Seen: pandas 3.1.0, pyarrow 22.0.0. Source: github.com/google/re2/wiki/Syntax ("\w: ASCII only").
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" && "$work/venv/bin/pip" install -q --disable-pip-version-check "pandas==3.1.0" "pyarrow==22.0.0" 2>/dev/null
"$work/venv/bin/python" - <<'PY'
import sys

import pandas as pd
import pyarrow as pa

text = "زار الرئيس، أمس، بيروت!"
plain = pd.Series([text]).str.replace(r"\W+", " ", regex=True)[0]
arrow = pd.Series([text], dtype=pd.ArrowDtype(pa.string())).str.replace(r"\W+", " ", regex=True)[0]
print("pandas", pd.__version__, "pyarrow", pa.__version__)
print("str:  ", repr(plain))
print("arrow:", repr(arrow))
sys.exit(int(not ("بيروت" in plain and "بيروت" not in arrow)))
PY
