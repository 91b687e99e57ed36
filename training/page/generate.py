"""Generate pages in the layouts of fifty kinds of outlets around real stories; each line has its label.

    python -m training.page.generate NEWS.jsonl.xz --pages 20      # look at some

Stories are read at the time of training and written nowhere.
"""

from __future__ import annotations

import argparse
import lzma
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from json import loads
from pathlib import Path

from arabic_news_ner.page.document import Kind
from arabic_news_ner.page.fields.headline import is_headline_like
from arabic_news_ner.page.tables import outlets, rows
from training.page.manners import Manner, manners

Line = tuple[str, Kind]


@dataclass(frozen=True, slots=True)
class Story:
    """A story of the news: its headline and its paragraphs."""

    headline: str
    paragraphs: tuple[str, ...]


@dataclass
class Maker:
    """What the blocks of a page are made from."""

    random: random.Random
    links: Sequence[str]
    paragraphs: Sequence[str]
    story: Story
    outlet: str = "الجسر"

    def pick(self, text: str) -> str:
        """One of the forms that a table parts by ``/``."""
        return self.random.choice([form.strip() for form in text.split("/")])

    def some(self, least: int, most: int) -> list[str]:
        """Headlines of other stories."""
        return self.random.sample(self.links, self.random.randint(least, most))

    def name(self) -> str:
        given = self.random.choice(_given())
        family = self.random.choice(_FAMILIES)
        middle = self.random.choice(_given()) if self.random.random() < 0.3 else ""
        return " ".join(filter(None, (given, middle, family)))


def _given() -> list[str]:
    return [row[0] for row in rows("given_names.txt", 1) if len(row[0]) > 2]


_FAMILIES = (
    "الحسن الورفلي القحطاني العلي الزهراني بوزيد عبد الله الشمري المهدي السيد التميمي الكعبي النجار حداد "
    "منصور الفاسي بن عيسى الجبوري عوض "
    "المطيري السوداني الحضرمي الطيب الدوسري خوري عزام قاسم العبيدي الراشد الغامدي"
).split(" ")
_PLACES = (
    "القاهرة بغداد الرياض بيروت طرابلس تونس الجزائر الرباط الخرطوم صنعاء عدن دمشق "
    "عمان الدوحة الكويت المنامة مسقط أبوظبي دبي جدة غزة"
).split()
_DAYS = "السبت الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة".split()
_SECTIONS = (
    "الرئيسية/أخبار/سياسة/اقتصاد/رياضة/ثقافة وفن/منوعات/تكنولوجيا/صحة/مقالات/رأي/محليات/عربي ودولي/حوادث/"
    "فيديو/صور/من نحن/اتصل بنا/تقارير/تحقيقات"
    "/مجتمع/عالم/الأخبار العاجلة/آخر الأخبار/أبرز الأخبار/فن وثقافة/علوم/بودكاست/البث المباشر/برامج/"
    "الطقس/مقالات رأي/أخبار الأبراج/عالم السيارات/"
    "دوليات/أمن/للنساء فقط/إنفوغراف/بالصورة/الإشعارات/تسجيل الدخول/بحث/English/اشترك الآن/كتاب وآراء/"
    "ملفات خاصة/المغرب العربي/شؤون عربية/توك شو"
).split("/")


# Blocks: each gives lines with what they are.


def _menu(m: Maker) -> list[Line]:
    return [(word, "boilerplate") for word in m.random.sample(_SECTIONS, m.random.randint(4, 22))]


def _menu_row(m: Maker) -> list[Line]:
    mark = m.pick(" | / - / • /  /    ")
    return [((mark or " ").join(m.random.sample(_SECTIONS, m.random.randint(4, 12))), "boilerplate")]


def _ticker_columns(m: Maker) -> list[Line]:
    return [("    ".join(m.some(6, 25)), "boilerplate")]


def _ticker_clock(m: Maker) -> list[Line]:
    lines: list[Line] = [(m.pick("أحدث الأخبار/آخر الأخبار/عاجل"), "boilerplate")] if m.random.random() < 0.6 else []
    end = m.pick("... المزيد/... المزيد |/ /")
    for link in m.some(4, 15):
        hour = f"{m.random.randint(0, 12):02}:{m.random.randint(0, 59):02}"
        lines.append((f"{m.pick('•/ /-')} {hour} {m.pick('./|/ ')} {link}{end}".strip(), "boilerplate"))
    return lines


def _breaking(m: Maker) -> list[Line]:
    return [("عاجل", "boilerplate"), *((link, "boilerplate") for link in m.some(1, 5))]


def _advert(m: Maker) -> list[Line]:
    return [(m.pick("إعلان/مساحة إعلانية/اعلان/Advertisement/إعلانات/Ad"), "boilerplate")]


def _section(m: Maker) -> list[Line]:
    return [(m.random.choice(_SECTIONS), "boilerplate")]


def _breadcrumbs(m: Maker) -> list[Line]:
    mark = m.pick(" » / > / / / | ")
    return [((mark or " / ").join(["الرئيسية", *m.random.sample(_SECTIONS, 2)]), "boilerplate")]


def _site_line(m: Maker) -> list[Line]:
    return [(m.outlet, "source")]


def _editor_line(m: Maker) -> list[Line]:
    form = m.pick("رئيس التحرير: {}/رئيس التحرير{}/رئيس مجلس الإدارة: {} رئيس التحرير: {}/المدير العام: {}")
    return [(form.format(m.name(), m.name()), "boilerplate")]


def _board_line(m: Maker) -> list[Line]:
    return [(f"رئيس مجلس الإدارة : د. {m.name()}", "boilerplate"), (f"رئيس التحرير: {m.name()}", "boilerplate")]


def _category_row(m: Maker) -> list[Line]:
    return [("Categories", "boilerplate"), (" ".join(m.random.sample(_SECTIONS, 4)), "boilerplate")]


def _skip(m: Maker) -> list[Line]:
    return [(m.pick("تخطي إلى المحتوى/انتقل إلى المحتوى الرئيسي"), "boilerplate")]


def _satellite(m: Maker) -> list[Line]:
    return [(f"• {m.outlet} نيل سات: HD 10992 V SR:27500", "boilerplate")]


def _slug(m: Maker) -> list[Line]:
    return [(m.pick("عام / أخبار/سياسي / اليوم/اقتصادي / أسواق"), "boilerplate")]


def _date(m: Maker) -> tuple[str, str, str]:
    year, month, day = m.random.randint(2008, 2026), m.random.randint(1, 12), m.random.randint(1, 28)
    names = next(row[2] for row in rows("months.tsv", 3) if row[0] == "gregorian" and row[1] == str(month)).split("|")
    return str(day), m.random.choice([name for name in names if not name.isascii()][:4]), str(year)


def _clock(m: Maker) -> str:
    return f"{m.random.randint(1, 12)}:{m.random.randint(0, 59):02}" + m.pick(" ص/ م/ صباحاً/ مساءً/ / بتوقيت غرينتش")


def _date_long(m: Maker) -> list[Line]:
    day, month, year = _date(m)
    return [
        (
            m.pick("{d}، {n} {m} {y}/{d} {n} {m} {y}/{n} {m} {y}").format(
                d=m.random.choice(_DAYS), n=day, m=month, y=year
            ),
            "date",
        )
    ]


def _date_short(m: Maker) -> list[Line]:
    day, _, year = _date(m)
    return [
        (
            m.pick("{}-{}-{}|{}.{}.{}")
            .replace("|", "/")
            .format(*(day, m.random.randint(1, 12), year) * 2)
            .split("/")[0],
            "date",
        )
    ]


def _date_clock(m: Maker) -> list[Line]:
    day, month, year = _date(m)
    n = m.random.randint(1, 12)
    form = m.pick(
        "{d} {n} {m} {y} - {c}|{c} {n}-{k}-{y}|نشر في {n}-{k}-{y}|{d} {n} {m} ,{y} الساعة: {c}"
        "|تاريخ النشر: {n} {m} {y} {c}|{c} {d} {n} {m} {y}".replace("|", "/")
    )
    return [(form.format(d=m.random.choice(_DAYS), n=day, m=month, k=n, y=year, c=_clock(m)).strip(), "date")]


def _date_two_calendars(m: Maker) -> list[Line]:
    day, month, year = _date(m)
    return [
        (
            f"{m.random.choice(_DAYS)} {day} {month} {year} {_clock(m)} "
            f"{m.random.randint(1, 29)} شوال 14{m.random.randint(30, 47)} هـ",
            "date",
        )
    ]


def _published(m: Maker) -> list[Line]:
    return [
        (m.pick("نشر في/تاريخ النشر:/نُشر:/تم النشر في:") + " " + _date_clock(m)[0][0].removeprefix("نشر في "), "date")
    ]


def _updated(m: Maker) -> list[Line]:
    return [(m.pick("آخر تحديث:/آخر تحديث/تحديث:") + " " + _date_clock(m)[0][0].removeprefix("نشر في "), "date")]


def _clock_line(m: Maker) -> list[Line]:
    return [(_clock(m), "date")]


def _source_date(m: Maker) -> list[Line]:
    day, month, year = _date(m)
    return [(f"{m.outlet} | {day} {month} {year}", "date")]


def _byline(m: Maker) -> list[Line]:
    return [
        (
            m.pick("كتب: {}/كتبت {}/بقلم: {}/{}/كتب {}/{} - {p}/إعداد: {}/تحرير: {}/من {}").format(
                m.name(), p=m.random.choice(_PLACES)
            ),
            "byline",
        )
    ]


def _byline_dash(m: Maker) -> list[Line]:
    return [
        (
            m.pick("كتب - {} :/كتبت- {}:/{p} - {}/{} – {p}/{} - {o} - {p}").format(
                m.name(), p=m.random.choice(_PLACES), o=m.outlet
            ),
            "byline",
        )
    ]


def _byline_outlet(m: Maker) -> list[Line]:
    return [(f"{m.outlet} - {m.name()}", "byline")]


def _byline_place(m: Maker) -> list[Line]:
    return [(f"{m.name()} ({m.random.choice(_PLACES)})", "byline")]


def _dateline_line(m: Maker) -> list[Line]:
    agency = m.random.choice(_agencies())
    return [
        (
            m.pick("{p} - {a}/{p}-{a}/{p} ({a})/{p}/ {a}").format(p=m.random.choice(_PLACES), a=agency).split("\n")[0],
            "byline",
        )
    ]


def _agencies() -> list[str]:
    return list({outlet.name for outlet in outlets().values() if outlet.kind == "agency"})


def _share(m: Maker) -> list[Line]:
    words = m.random.sample(
        "فيسبوك/تويتر/واتساب/تلغرام/لينكدإن/بريد إلكتروني/طباعة/نسخ الرابط/X/Facebook/Twitter/WhatsApp".split("/"),
        m.random.randint(2, 6),
    )
    first = m.pick("شارك/مشاركة/شارك هذه المقالة/شاركها/انشر/")
    return [(word, "boilerplate") for word in ([first] if first else []) + words]


def _share_row(m: Maker) -> list[Line]:
    return [(" ".join(line for line, _ in _share(m)), "boilerplate")]


def _caption(m: Maker) -> list[Line]:
    end = m.pick(" (رويترز)/ (أ ف ب)/ - أرشيفية/ (الجزيرة)/ © أ ف ب// / (صورة أرشيفية)")
    text = (
        " ".join(m.story.headline.split()[: m.random.randint(3, 7)])
        if m.random.random() < 0.5
        else m.random.choice(m.links)
    )
    return [(f"{m.pick('الصورة: / / / ')}{text}{end}".strip(), "caption")]


def _caption_twice(m: Maker) -> list[Line]:
    return _caption(m) * 2


def _tt(m: Maker) -> list[Line]:
    return [("TT", "boilerplate"), (m.story.headline, "headline")]


def _views(m: Maker) -> list[Line]:
    return [
        (
            m.pick("عدد المشاهدات: {}/{} مشاهدة/{} قراءة/المشاهدات {}/{}").format(m.random.randint(10, 9000)),
            "boilerplate",
        )
    ]


def _visitors(m: Maker) -> list[Line]:
    return [("الزوار:", "boilerplate"), ("متصل:", "boilerplate")]


def _font_size(m: Maker) -> list[Line]:
    return [(m.pick("حجم الخط/حجم الخط: أ أ أ/+ الخط -"), "boilerplate")]


def _reading_time(m: Maker) -> list[Line]:
    return [(m.pick("دقيقة واحدة/3 دقائق قراءة/وقت القراءة: دقيقتان/أقل من دقيقة"), "boilerplate")]


def _comments_count(m: Maker) -> list[Line]:
    return [(m.pick("0/22/لا توجد تعليقات/3 تعليقات"), "boilerplate")]


def _subhead_bullets(m: Maker) -> list[Line]:
    return [(f"{m.pick('• //*')}{link}", "body") for link in m.some(1, 3)]


def _subhead(m: Maker) -> list[Line]:
    return [(" ".join(m.random.choice(m.links).split()[: m.random.randint(2, 4)]), "body")]


def _source_line(m: Maker) -> list[Line]:
    return [(m.outlet, "source")]


def _source_label(m: Maker) -> list[Line]:
    return [
        (
            m.pick("المصدر: {}/المصدر : {}/مصدر الخبر: {}/المصدر - {}").format(
                m.pick(f"{m.outlet}/وكالات/{m.outlet} + وكالات")
            ),
            "source",
        )
    ]


def _related_label(m: Maker) -> list[Line]:
    label = m.pick("اقرأ أيضا:/إقرأ أيضاً:/شاهد أيضا/اقرأ المزيد/قد يهمك أيضا:")
    return [(label, "related"), *((link, "related") for link in m.some(1, 3))]


def _related_inline(m: Maker) -> list[Line]:
    return [(m.pick("اقرأ أيضا: {}/اقرأ أيضاً.. {}/شاهد أيضاً: {}/{}/ذات صلة: {}").format(*m.some(1, 1)), "related")]


def _related_block(m: Maker) -> list[Line]:
    label = m.pick(
        "أخبار ذات صلة/مواضيع ذات صلة/موضوعات متعلقة/أخبار متعلقة/المزيد من الأخبار/اقرأ أيضا/مقالات ذات صلة/"
        "قد يعجبك أيضا/اخترنا لك/آخر الأخبار"
    )
    lines: list[Line] = [(label, "related")]
    dates = m.random.random() < 0.3
    for link in m.some(2, 10):
        lines.append((link, "related"))
        if dates:
            lines.append((m.pick("منذ ساعتين/منذ يوم/12 مايو 2025/قبل 3 ساعات"), "other"))
    return lines


def _most_read(m: Maker) -> list[Line]:
    lines: list[Line] = [(m.pick("الأكثر قراءة/الأكثر مشاهدة/الأكثر تداولا/الأكثر تعليقا"), "related")]
    numbered = m.random.random() < 0.5
    return lines + [(f"{n} {link}" if numbered else link, "related") for n, link in enumerate(m.some(3, 8), 1)]


def _related_label_links(m: Maker) -> list[Line]:
    return [("إقرأ أيضاً:", "related")]


def _tags(m: Maker) -> list[Line]:
    words = re.findall(r"\w{4,}", m.story.headline)[:5] or ["أخبار"]
    label = m.pick("كلمات دلالية:/الكلمات المفتاحية/وسوم/الوسوم:/Tags/كلمات مفتاحية:/دلالات")
    if m.random.random() < 0.5:
        return [(f"{label} {m.pick(' ، / - ').join(words)}", "keywords")]
    return [(label, "keywords"), *((word, "keywords") for word in words)]


def _comments(m: Maker) -> list[Line]:
    count = m.random.randint(0, 4)
    if not count:
        return [
            (m.pick("أضف تعليق/اترك تعليقاً/لا توجد تعليقات/التعليقات"), "boilerplate"),
            ("لن يتم نشر عنوان بريدك الإلكتروني.", "boilerplate"),
        ]
    lines: list[Line] = [(f"التعليقات ({count})", "boilerplate")]
    for _ in range(count):
        lines += [(m.name(), "other"), (m.random.choice(m.paragraphs)[:120].rsplit(" ", 1)[0], "other")]
    return lines


def _footer(m: Maker) -> list[Line]:
    lines: list[Line] = [(word, "boilerplate") for word in m.random.sample(_SECTIONS, m.random.randint(0, 6))]
    rights = m.pick(
        "جميع الحقوق محفوظة © 2025/جميع الحقوق محفوظة/© 2024 {}/الآراء الواردة لا تعبر عن رأي الموقع/سياسة الخصوصية"
    )
    return [*lines, (rights.format(m.outlet), "boilerplate")]


def _footer_links(m: Maker) -> list[Line]:
    return [(m.pick("انقر هنا لقراءة الخبر من مصدره/اضغط هنا لقراءة الخبر من المصدر"), "boilerplate")]


def _newsletter(m: Maker) -> list[Line]:
    return [
        (
            m.pick("اشترك في نشرتنا البريدية/النشرة البريدية/تابعونا على تلغرام/تابع آخر الأخبار عبر Google News"),
            "boilerplate",
        )
    ]


def _nav_links(m: Maker) -> list[Line]:
    return [(f"السابق {m.some(1, 1)[0]}", "related"), (f"التالي {m.some(1, 1)[0]}", "related")]


def _video_label(m: Maker) -> list[Line]:
    return [(m.pick("فيديو قد يعجبك:/فيديو قد يعجبك"), "related")]


def _list_counter(m: Maker) -> list[Line]:
    return [
        ("list of 2 items", "boilerplate"),
        *((f"list {n} of 2{link}", "related") for n, link in enumerate(m.some(2, 2), 1)),
        ("end of list", "boilerplate"),
    ]


def _agency_mark(m: Maker) -> list[Line]:
    return [(m.pick("(ل م)/وام/أحمد سالم/انتهى/ س ع/ع.خ/ م.س/(وكالات)/=======/ل.ر.ل"), "boilerplate")]


def _end_mark(m: Maker) -> list[Line]:
    return [(m.pick("// انتهى //|//انتهى//|انتهى".replace("//", "∕∕")).replace("∕∕", "//"), "boilerplate")]


def _byline_after(m: Maker) -> list[Line]:
    return [(m.name(), "byline")]


def _tag_row(m: Maker) -> list[Line]:
    words = re.findall(r"\w{4,}", m.story.headline)[:5] or ["أخبار"]
    return [(m.pick(" / # ").replace(" ", "") + (m.pick("  / #").join(words)), "keywords")]


def _tag_lines(m: Maker) -> list[Line]:
    return [(word, "keywords") for word in re.findall(r"\w{4,}", m.story.headline)[:4]]


def _meta_row(m: Maker) -> list[Line]:
    day, month, year = _date(m)
    return [
        (m.name(), "byline"),
        ("أرسل بريدا إلكترونيا", "boilerplate"),
        (f"{day} {month}، {year}", "date"),
        (f"آخر تحديث: {day} {month}، {year}", "date"),
        (f"0 {m.random.randint(3, 900)} دقيقة واحدة", "boilerplate"),
    ]


def _by_rows(m: Maker) -> list[Line]:
    day, month, year = _date(m)
    return [("بواسطة", "boilerplate"), (m.name(), "byline"), ("-", "boilerplate"), (f"{month} {day}, {year}", "date")]


def _edition(m: Maker) -> list[Line]:
    line = m.pick("تصفح النسخة الورقية/PDF/ت + ت - الحجم الطبيعي/A+ A-/رابط دائم:/استمع للخبر/اقرأ لي الخبر")
    return [(line, "boilerplate")]


def _crumbs_with_headline(m: Maker) -> list[Line]:
    return [(f"الرئيسية {m.random.choice(_SECTIONS)} {m.story.headline}", "boilerplate")]


def _caption_plain(m: Maker) -> list[Line]:
    what = m.pick("خلال الجولة/خلال الاجتماع/أثناء المؤتمر/يتحدث إلى الصحفيين/في صورة من الأرشيف")
    return [(f"{' '.join(m.story.headline.split()[:3])} {what}", "caption")]


def _section_box(m: Maker) -> list[Line]:
    return [(m.pick("تقارير دولية/أخبار عربية/سياسة/رياضة عالمية"), "related"), (m.some(1, 1)[0], "related")]


def _promotion(m: Maker) -> list[Line]:
    name = m.pick("يستحق الانتباه/قصص مقترحة/بودكاست الجسر")
    promise = m.pick("شرح معمق لقصة بارزة من أخبار اليوم لمساعدتك على فهم أهم الأحداث/كل ما يهمك كل صباح في بريدك")
    return [
        (f"تخطى {name} وواصل القراءة", "boilerplate"),
        (name, "boilerplate"),
        (promise, "boilerplate"),
        (f"{name} نهاية", "boilerplate"),
    ]


def _paywall(m: Maker) -> list[Line]:
    return [
        ("هذا المقال متاح للمشتركين فقط", "boilerplate"),
        (m.pick("لمواصلة القراءة اشترك في الباقة الرقمية/اشترك الآن واحصل على وصول كامل إلى الأرشيف"), "boilerplate"),
    ]


def _cookies(m: Maker) -> list[Line]:
    return [
        ("نستخدم ملفات تعريف الارتباط لتحسين تجربتك على موقعنا. بمواصلة التصفح فإنك توافق على سياستنا.", "boilerplate"),
        ("موافق", "boilerplate"),
    ]


def _author_box(m: Maker) -> list[Line]:
    name = m.name()
    return [(f"صورة {name}", "boilerplate"), (name, "other"), ("المزيد من المؤلف", "related")]


def _latin_line(m: Maker) -> list[Line]:
    line = m.pick("Libya: port to be repaired next month/By our correspondent/La une du jour/Read in English/alsharq")
    return [(line, "other")]


def _live_entries(m: Maker) -> list[Line]:
    lines: list[Line] = []
    for _ in range(m.random.randint(1, 3)):
        hour = f"{m.random.randint(0, 23):02}:{m.random.randint(0, 59):02}"
        lines.append((m.pick(f"{hour}/منذ {m.random.randint(2, 50)} دقيقة"), "boilerplate"))
        lines.append((m.pick("- / /• ") + m.some(1, 1)[0], "body"))
        lines.append((m.random.choice(m.paragraphs), "body"))
    return lines


def _correction(m: Maker) -> list[Line]:
    return [
        (
            m.pick("إذا كنت تعتقد أن المقال يحوي معلومات خاطئة أو لديك تفاصيل إضافية أرسل/ي تصحيحًا/إبلاغ عن خطأ"),
            "boilerplate",
        )
    ]


def _click_here(m: Maker) -> list[Line]:
    return [(m.pick("هذا الخبر منقول ولا يعبر عن رأي الموقع/نشكر لكم متابعتكم"), "boilerplate")]


BLOCKS: dict[str, Callable[[Maker], list[Line]]] = {
    name[1:]: value
    for name, value in list(globals().items())
    if name.startswith("_") and callable(value) and value.__module__ == __name__
}  # fmt: skip


def page_of(
    rng: random.Random, manner: Manner, stories: Sequence[Story], links: Sequence[str], paragraphs: Sequence[str]
) -> list[Line]:
    """The lines of one page in a manner; where it says ``next_story`` with the second story under the first."""
    names = [outlet.name for outlet in outlets().values() if outlet.kind == "outlet"]
    maker = Maker(rng, links, paragraphs, stories[0], rng.choice(names))
    lines = _blocks(maker, manner.above)
    lines += _told(maker, manner, stories[0])
    if "next_story" in manner.after:
        lines += _told(maker, manner, stories[1])
    if rng.random() < 0.1:  # a scraper that found the story alone
        lines = [line for line in lines if line[1] in ("headline", "body", "date")]
    return [(" ".join(text.split(" ")).strip(), kind) for text, kind in lines if text.strip()]


def _told(maker: Maker, manner: Manner, story: Story) -> list[Line]:
    maker.story = story
    rng = maker.random
    lines: list[Line] = []
    if "headline" not in manner.above and rng.random() < 0.95:
        lines += [(story.headline, "headline")] * (2 if rng.random() < 0.15 else 1)
    lines += _blocks(maker, manner.under)
    body: list[Line] = [(paragraph, "body") for paragraph in story.paragraphs]
    if len(body) > 2:
        at = rng.randint(1, len(body) - 1)
        body[at:at] = _blocks(maker, manner.inside)
    return lines + body + _blocks(maker, manner.after)


def _blocks(maker: Maker, names: str) -> list[Line]:
    lines: list[Line] = []
    for name in names.split():
        if name.endswith("?") and maker.random.random() < 0.5:
            continue
        name = name.rstrip("?")
        if name == "headline":
            lines.append((maker.story.headline, "headline"))
        elif name != "next_story":
            lines += BLOCKS[name](maker)
    return lines


def stories_of(path: Path, most: int, seed: int) -> list[Story]:
    """Stories with a headline of a file of news, ``{"text": ...}`` a line."""
    rng, out = random.Random(seed), []
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if rng.random() > 0.12:  # some of every outlet: the file is sorted by outlets
                continue
            headline, _, rest = loads(line)["text"].partition("\n")
            headline = headline.strip("\u202a\u202c\u200f ")
            paragraphs = _paragraphs(rng, rest)
            if is_headline_like(headline) and paragraphs and len(paragraphs[0]) > 60:
                out.append(Story(headline, tuple(paragraphs)))
    rng.shuffle(out)
    return out[:most]


def _paragraphs(rng: random.Random, text: str) -> list[str]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) == 1 and len(lines[0]) > 400:
        sentences = re.split(r"(?<=[.؟!])\s+(?=\S)", lines[0])
        step = rng.randint(1, 3)
        lines = [" ".join(sentences[n : n + step]) for n in range(0, len(sentences), step)]
    return lines[: rng.randint(2, 14)]


def pages(stories: Sequence[Story], count: int, seed: int) -> Iterator[list[Line]]:
    """``count`` pages, the manners in turn."""
    rng, layouts = random.Random(seed), manners()
    links = [story.headline for story in stories]
    paragraphs = [story.paragraphs[-1] for story in stories]
    for n in range(count):
        yield page_of(rng, layouts[n % len(layouts)], rng.sample(stories, 2), links, paragraphs)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("news", type=Path)
    parser.add_argument("--pages", type=int, default=3)
    options = parser.parse_args()
    for lines in pages(stories_of(options.news, 500, 0), options.pages, 0):
        print(*(f"{kind:12}{text[:120]}" for text, kind in lines), "", sep="\n")


if __name__ == "__main__":
    main()
