"""Shared by all tests: one loaded extractor, a few articles written for the project."""

from __future__ import annotations

import pytest
from hypothesis import settings

from arabic_news_ner import Extractor

settings.register_profile("project", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("project")

DISPATCH = """رئيس الحكومة الليبية يبحث مع وزير الخارجية الإيطالي ملف الهجرة
طرابلس - رويترز
بحث رئيس حكومة الوحدة الوطنية عبد الحميد الدبيبة، اليوم الثلاثاء في طرابلس، مع وزير الخارجية الإيطالي أنطونيو تاياني
سبل الحد من الهجرة غير النظامية عبر البحر المتوسط.
وقال الدبيبة في مؤتمر صحفي إن بلاده تتطلع إلى دعم الاتحاد الأوروبي، فيما أكد تاياني أن روما ستواصل العمل مع طرابلس.
"""

SPORT = """الأهلي يفوز على الزمالك بهدفين في القاهرة
فاز الأهلي على غريمه الزمالك بهدفين دون رد، في المباراة التي جرت مساء الجمعة باستاد القاهرة الدولي.
وسجل محمد شريف الهدف الأول في الدقيقة 23 قبل أن يضيف حسين الشحات الثاني. وقال مدرب الأهلي مارسيل كولر إن فريقه استحق الفوز.
"""


@pytest.fixture(scope="session")
def extractor():
    return Extractor.load(threads=2)


@pytest.fixture
def dispatch():
    return DISPATCH


@pytest.fixture
def sport():
    return SPORT
