"use strict";
(() => {
  const links = [...document.querySelectorAll("nav li a")];
  const articles = links.map((link) => document.getElementById(link.hash.slice(1)));
  const search = document.querySelector(".page-search");
  const input = search.querySelector("input");
  const output = search.querySelector("output");
  const fold = (text) => text.normalize("NFKC").replace(/[\u064B-\u065F\u0670\u0640\u06D6-\u06ED]/g, "")
    .replace(/[أإآٱ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه").replace(/ؤ/g, "و").replace(/ئ/g, "ي").toLowerCase();
  let texts = null;
  const show = (number) => {
    articles.forEach((article, i) => { article.hidden = i !== number; });
    links.forEach((link, i) => i === number ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current"));
  };
  const follow = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const number = target ? articles.findIndex((article) => article.contains(target)) : -1;
    if (number >= 0) {
      show(number);
      if (target !== articles[number]) target.scrollIntoView({ block: "nearest" }); else scrollTo(0, 0);
    }
  };
  const filter = () => {
    texts ??= articles.map((article) => fold(article.textContent));
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    const found = texts.map((text) => words.every((word) => text.includes(word)));
    links.forEach((link, i) => { link.parentElement.hidden = !found[i]; });
    output.textContent = output.dataset.shown.replace("{shown}", found.filter(Boolean).length).replace("{all}", found.length);
    const current = links.findIndex((link) => link.hasAttribute("aria-current"));
    if (!found[current] && found.includes(true)) show(found.indexOf(true));
  };
  search.hidden = false;
  search.addEventListener("submit", (event) => event.preventDefault());
  show(0);
  follow();
  addEventListener("hashchange", follow);
  input.addEventListener("input", filter);
})();
