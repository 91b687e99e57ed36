"""One command a task. ``nox -l`` lists them; ``nox`` runs the cheap ones; CI calls the same.

Each session has an environment of its own. ``nox -r`` uses it again.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.sessions = ["lint", "types", "tests"]
nox.options.reuse_existing_virtualenvs = True

ROOT = Path(__file__).parent
PYTHONS = ["3.10", "3.11", "3.12", "3.13"]
#: Markers of the tests that need an extra. The plain test command skips what is not installed.
PEERS = "camel or stanza or transformers or pyarabic or train"
INTEGRATIONS = "dask or datasets or ftm or label_studio or mcp or presidio or ray or serve or spacy or spark"
VIEWS = "browser or frames or notebook or plot"

#: The extras of these tests, which install together (2.3 GB).
EXTRAS = "dask,datasets,ftm,html,mcp,ray,serve,spacy,spark"


def group(name: str) -> list[str]:
    """The requirements of one dependency group of pyproject.toml."""
    return nox.project.dependency_groups(nox.project.load_toml("pyproject.toml"), name)


@nox.session
def lint(session: nox.Session) -> None:
    """Format and lint."""
    session.install("ruff>=0.8")
    session.run("ruff", "format", "--check", ".")
    session.run("ruff", "check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """mypy --strict over the package, the benchmarks and training."""
    session.install("-e", ".", *group("dev"))
    session.run("mypy")


@nox.session
def tests(session: nox.Session) -> None:
    """The suite without heavy extras, with doctests and the code blocks of README and docs."""
    session.install("-e", ".", *group("dev"))
    session.run("python", "-m", "pytest", "-n", "2", "--dist", "worksteal", *session.posargs)


@nox.session(python="3.11")
def locked(session: nox.Session) -> None:
    """The suite with the versions and hashes of requirements/ci.txt, and nothing else."""
    wheels = ("--only-binary", ":all:", "--no-binary", "seqeval")  # seqeval has no wheel
    session.install("--require-hashes", *wheels, "-r", "requirements/ci.txt")
    session.install("--no-deps", "-e", ".")
    session.run("python", "-m", "pytest", "-n", "2", "--dist", "worksteal", *session.posargs)


@nox.session(python="3.11")
def lock(session: nox.Session) -> None:
    """Write requirements/ci.txt anew from requirements/ci.in, for all Pythons and systems."""
    session.install("uv")
    options = ("--upgrade", "--generate-hashes", "--universal", "--python-version", "3.10", "--no-emit-index-url")
    command = ("--custom-compile-command", "nox -s lock", "--output-file", "requirements/ci.txt", "requirements/ci.in")
    session.run("uv", "pip", "compile", "--quiet", *options, *command)


@nox.session
def gate(session: nox.Session) -> None:
    """Accuracy against its pins: ``nox -s gate -- --data DATA``."""
    session.install("-e", ".", *group("dev"))
    session.run("python", "-m", "benchmarks.eval_gate", *session.posargs)


@nox.session
def build(session: nox.Session) -> None:
    """Wheel and sdist into dist/, checked."""
    session.install("build", "twine")
    shutil.rmtree(ROOT / "dist", ignore_errors=True)
    session.run("python", "-m", "build", "--outdir", "dist")
    packages = sorted(map(str, (ROOT / "dist").iterdir()))
    session.run("twine", "check", "--strict", *packages)
    for package in packages:
        size = Path(package).stat().st_size
        session.log(f"{Path(package).name}: {size / 1e6:.1f} MB")
        if size > 45e6:
            session.error(f"{package} is larger than 45 MB")


@nox.session(python=PYTHONS)
def tests_of_wheel(session: nox.Session) -> None:
    """The wheel of dist/ on one Python, away from the source: extract, page, command line, every error pickles."""
    (wheel,) = (ROOT / "dist").glob("*.whl")
    session.install(str(wheel))
    folder = session.create_tmp()
    check = ROOT / "tests" / "wheel" / "check_wheel.py"
    session.chdir(folder)
    session.run("python", str(check))


@nox.session
def peers(session: nox.Session) -> None:
    """CAMeL Tools, Stanza, transformers and PyArabic through their own loaders; training. Needs about 3 GB."""
    session.install("torch==2.13.0")
    session.install("-e", ".[camel,pyarabic,stanza,train,transformers]", *group("test"))
    session.install("--no-deps", "arabert==1.0.1")
    session.run("python", "-m", "pytest", "-m", PEERS, *session.posargs)


@nox.session
def integrations(session: nox.Session) -> None:
    """spaCy, Spark, Ray, Dask, datasets, FollowTheMoney, the service and the MCP server, each for real. Needs Java 17."""
    session.install("-e", f".[{EXTRAS}]", *group("integrations"), *group("test"))
    session.run("python", "-m", "pytest", "-m", INTEGRATIONS, *session.posargs)


@nox.session
def views(session: nox.Session) -> None:
    """Tables, pictures, notebooks, and the HTML view in a real Chromium with axe-core. Needs chromium, npm and an Arabic font."""
    session.install("-e", ".[archive,excel,frames,plot,polars,progress]", *group("views"), *group("test"))
    folder = Path(session.create_tmp()).resolve()
    session.run("npm", "install", "--silent", "--prefix", str(folder), "axe-core@4", external=True)
    axe = folder / "node_modules" / "axe-core" / "axe.min.js"
    session.run("python", "-m", "pytest", "-m", VIEWS, *session.posargs, env={"AXE_CORE": str(axe)})


@nox.session(python="3.10")
def oldest(session: nox.Session) -> None:
    """The suite with the oldest versions of the dependencies that pyproject.toml allows."""
    project = nox.project.load_toml("pyproject.toml")["project"]
    floors = [requirement.replace(">=", "==") for requirement in project["dependencies"]]
    session.install("-e", ".", *floors)
    session.install(*group("test"))
    session.install(*floors)  # what the packages of the tests may have raised
    session.run("python", "-m", "pytest", "-n", "2", "--dist", "worksteal", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """The documentation site into site/; a broken link or reference is an error."""
    session.install("-e", ".", *group("docs"))
    session.run("mkdocs", "build", "--strict", *session.posargs)


@nox.session
def examples(session: nox.Session) -> None:
    """Every script of examples/ without a line ``# needs: PACKAGE``: those are run by the tests of the package."""
    session.install("-e", ".[archive,html,progress]")
    for script in sorted((ROOT / "examples").glob("*.py")):
        if not any(line.startswith("# needs: ") for line in script.read_text(encoding="utf-8").splitlines()):
            session.run("python", str(script), silent=True)


@nox.session
def audit(session: nox.Session) -> None:
    """Known vulnerabilities of what is installed with the package."""
    session.install(".", "pip-audit")
    session.run("pip-audit", "--skip-editable")


@nox.session(python="3.11")
def fuzz(session: nox.Session) -> None:
    """Coverage-guided fuzzing of every target of tests/fuzz: ``nox -s fuzz -- SECONDS`` for each (default 60). Linux."""
    session.install("-e", ".[html]", "atheris>=3")
    session.run("python", "-m", "tests.fuzz.run", session.create_tmp(), "--seconds", *(session.posargs or ["60"]))


@nox.session
def findings(session: nox.Session) -> None:
    """Every script of findings/: surprises in other packages, run again. Not part of CI."""
    for script in sorted((ROOT / "findings").glob("*.sh")):
        session.run("bash", str(script), external=True)
