"""The pages in a real browser: Chromium (``CHROMIUM``, or the one of the system), driven by playwright, checked by axe-core.

Needs ``pip install playwright``, a Chromium, and ``npm install axe-core``, whose ``axe.min.js`` the variable ``AXE_CORE`` names.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import arabic_news_ner as ann
from arabic_news_ner.show import view
from tests.show.articles import ARTICLE, OTHER, TEXT

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")

ONE = ARTICLE.to_html()
ARABIC = ARTICLE.to_html(language="ar")
MANY = view.articles_page([("n-1", ARTICLE), ("n-2", OTHER), ("n-3", ann.Article("افتتح سالم معرض الكتاب"))])
PAIR = ann.compare(ARTICLE, OTHER, names=("base", "gold")).to_html()
NOTEBOOK = (
    '<!DOCTYPE html><html lang="en"><title>notebook</title><body><main>'
    f"<h1>A notebook</h1>{ARTICLE._repr_html_()}</main></body></html>"
)
PAGES = {"one": ONE, "arabic": ARABIC, "many": MANY, "pair": PAIR, "notebook": NOTEBOOK}


@pytest.fixture(scope="module")
def chromium():
    if CHROMIUM is None:
        pytest.skip("no Chromium")
    with playwright.sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, tmp_path):
    """Opens a page of HTML as a file; every message of the console and every request but that of the file is a failure."""
    contexts = []
    seen: list[str] = []

    def open_page(content: str, *, scheme: str = "light", size: tuple[int, int] = (1100, 900), script: bool = True):
        context = chromium.new_context(
            color_scheme=scheme, viewport={"width": size[0], "height": size[1]}, java_script_enabled=script
        )
        contexts.append(context)
        path = tmp_path / f"{len(contexts)}.html"
        path.write_text(content, encoding="utf-8", newline="\n")
        page = context.new_page()
        page.on("console", lambda message: seen.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: seen.append(str(error)))
        page.on(
            "request", lambda request: None if request.url.split("#")[0] == path.as_uri() else seen.append(request.url)
        )
        page.goto(path.as_uri())
        return page

    open_page.seen = seen
    yield open_page
    for context in contexts:
        context.close()
    assert seen == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", list(PAGES))
def test_axe_finds_nothing(opened, name, scheme):
    axe = os.environ.get("AXE_CORE")
    if not axe:
        pytest.skip("AXE_CORE does not name axe.min.js")
    page = opened(PAGES[name], scheme=scheme)
    page.evaluate(Path(axe).read_text(encoding="utf-8"))
    result = page.evaluate("axe.run()")
    assert len(result["passes"]) > 5
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in result["violations"]] == []


def test_the_text_in_the_browser_is_the_text(opened):
    page = opened(ONE)
    lines = page.eval_on_selector_all(".ann-line", "lines => lines.map(line => line.textContent)")
    assert "".join(lines) == TEXT


def test_signs_survive_the_parser(opened):
    text = "أ\r\nب\u2028ج\x00د\t<&>\u200f«ه»\rو"
    page = opened(ann.Article(text).to_html())
    lines = page.eval_on_selector_all(".ann-line", "lines => lines.map(line => line.textContent)")
    assert "".join(lines) == text.replace("\x00", "\ufffd")


PLACES = """(words) => {
  const walker = document.createTreeWalker(document.querySelector(".ann-text"), NodeFilter.SHOW_TEXT);
  const found = {};
  for (let node; (node = walker.nextNode());) {
    for (const word of words) {
      const at = node.data.indexOf(word);
      if (at >= 0 && !(word in found)) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        const box = range.getBoundingClientRect();
        found[word] = [box.left, box.right, box.top];
      }
    }
  }
  return words.map((word) => found[word]);
}"""


def test_mixed_text_stands_in_the_right_order(opened):
    """By the Unicode bidirectional algorithm a line of Arabic runs to the left, the Latin words in it each to the right."""
    page = opened(ONE, size=(1400, 900))
    nato, announces, office = page.evaluate(PLACES, ["NATO", "يعلن", "مكتب"])
    assert nato[0] >= announces[1] - 1, "a line that starts with a Latin word still starts at the right"
    assert announces[0] >= office[1] - 1
    chief, company, french = page.evaluate(PLACES, ["رئيسة", "NovaPress", "الفرنسية"])
    assert chief[0] >= company[1] - 1
    assert company[0] >= french[1] - 1
    statement, zarqa = page.evaluate(PLACES, ["Statement", "Zarqa"])
    assert statement[1] <= zarqa[0], "a line of Latin letters runs to the right"


def test_a_mark_does_not_part_a_letter_from_the_one_before_it(opened):
    """``ببنغازي``: the first letter is outside the mark, and joins the second as if there were none."""
    width = """(html) => {
      const line = document.querySelector(".ann-line");
      line.innerHTML = "<span id=probe>" + html + "</span>";
      return document.getElementById("probe").getBoundingClientRect().width;
    }"""
    page = opened(NOTEBOOK)
    plain = page.evaluate(width, "ببنغازي")
    marked = page.evaluate(width, 'ب<a class="ann-m ann-loc" href="#x">بنغازي</a>')
    parted = page.evaluate(width, "ب\u200cبنغازي")
    assert marked == pytest.approx(plain, abs=0.6)
    assert abs(parted - plain) > 1, "the probe can tell joined letters from parted ones"


def test_pointer_and_keyboard_show_what_a_mark_is(opened):
    content = """(element) => getComputedStyle(element, "::after").content"""
    page = opened(ONE)
    mark = page.locator("a.ann-m").first
    assert mark.evaluate(content) == "none"
    mark.hover()
    assert "محمد الطرابلسي" in mark.evaluate(content)
    page.mouse.move(0, 0)
    assert mark.evaluate(content) == "none"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("ann-m")
    assert "محمد الطرابلسي" in mark.evaluate(content)
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector(':target .ann-name').textContent") == "محمد الطرابلسي"


def test_nothing_leaves_a_narrow_screen(opened):
    for name, content in PAGES.items():
        page = opened(content, size=(360, 700))
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
        page.locator("a.ann-m:visible").last.hover()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name


def test_light_and_dark(opened):
    ground = "getComputedStyle(document.querySelector('.ann')).backgroundColor"
    assert opened(ONE, scheme="light").evaluate(ground) == "rgb(255, 255, 255)"
    assert opened(ONE, scheme="dark").evaluate(ground) == "rgb(21, 23, 28)"
    notebook = opened(NOTEBOOK, scheme="dark")
    notebook.evaluate("document.body.setAttribute('data-jp-theme-light', 'true')")
    assert notebook.evaluate(ground) == "rgb(255, 255, 255)", "a light notebook on a dark system"


def test_the_list_and_the_search(opened):
    shown = """(id) => {
        const seen = [...document.querySelectorAll("main > article")].filter(a => !a.hidden).map(a => a.id);
        return seen.length === 1 && seen[0] === id;
    }"""
    listed = """(n) => [...document.querySelectorAll("nav li")].filter(a => !a.hidden).length === n"""
    page = opened(MANY)
    page.wait_for_function(shown, arg="article-0")
    page.locator("nav li a").nth(1).click()
    page.wait_for_function(shown, arg="article-1")  # the page follows its address after the click, not within it
    search = page.get_by_role("searchbox")
    search.fill("سَالِم الكتاب")  # vowel signs do not matter, and words need not stand together
    page.wait_for_function(listed, arg=1)
    page.wait_for_function(shown, arg="article-2")
    assert page.locator("output").text_content() == "1 of 3 articles"
    search.fill("غير موجود")
    page.wait_for_function(listed, arg=0)
    search.fill("")
    page.wait_for_function(listed, arg=3)


def test_a_mark_of_another_article_leads_there(opened):
    page = opened(MANY)
    target = page.evaluate("document.querySelector('#article-1 a.ann-m').hash")
    page.evaluate("(hash) => { location.hash = hash; }", target)
    page.wait_for_function("!document.getElementById('article-1').hidden")


def test_without_a_script_all_articles_are_there(opened):
    page = opened(MANY, script=False)
    for number in range(3):
        assert page.locator(f"#article-{number}").is_visible()
    assert not page.get_by_role("searchbox").is_visible()


def test_an_inserted_script_does_not_run(opened):
    """What the policy is for: a script that is not the page's own is stopped."""
    page = opened(MANY.replace("</main>", "<p id=probe>-</p></main><script>probe.textContent = 'ran'</script>"))
    assert page.locator("#probe").text_content() == "-"
    page.wait_for_function("document.readyState === 'complete'")
    assert "Content Security Policy" in opened.seen.pop()


def test_it_prints(opened):
    page = opened(MANY, scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("nav").is_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('.ann')).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('.ann-per')).borderBlockEndStyle") == "solid"
    assert page.pdf()[:4] == b"%PDF"
