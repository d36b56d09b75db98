"""Names of laws in English, for rows that name a law in Korean only. A law that is not here keeps its Korean name."""

from django.utils.translation import get_language

ENGLISH = {
    "국가전략기술 육성에 관한 특별법": "National Strategic Technology Act",
    "국가첨단전략산업 경쟁력 강화 및 보호에 관한 특별조치법": "National Advanced Strategic Industries Act",
    "산업기술의 유출방지 및 보호에 관한 법률": "Industrial Technology Protection Act",
    "산업단지 인·허가 절차 간소화를 위한 특례법": "Act on Special Cases concerning the Simplification of Authorization"
    " and Permission Procedures for Industrial Complexes",
    "조세특례제한법": "Restriction of Special Taxation Act",
}


def law_name(law_ko: str) -> str:
    """The law's name in the reader's language."""
    return ENGLISH.get(law_ko, law_ko) if (get_language() or "ko").startswith("en") else law_ko
