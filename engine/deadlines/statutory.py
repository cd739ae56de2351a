"""The holidays that the law itself names, for years whose notice is not (yet) known.

Source: 全国年节及纪念日放假办法 in its versions of 1999 (in force 2000), 2007 (in force 2008), 2013 (in force 2014)
and 2024 (in force 2025). The lunar festivals and 清明 are astronomical facts, tabulated to 2050; beyond the table
only the fixed solar days are certain.
"""

from __future__ import annotations

from datetime import date, timedelta

# Month and day of 春节 (初一), 清明, 端午, 中秋. Before 2008 only 春节 was a public holiday.
_FESTIVALS: dict[int, tuple[str, ...]] = {
    2004: ("0122",),
    2005: ("0209",),
    2006: ("0129",),
    2007: ("0218",),
    2008: ("0207", "0404", "0608", "0914"),
    2009: ("0126", "0404", "0528", "1003"),
    2010: ("0214", "0405", "0616", "0922"),
    2011: ("0203", "0405", "0606", "0912"),
    2012: ("0123", "0404", "0623", "0930"),
    2013: ("0210", "0404", "0612", "0919"),
    2014: ("0131", "0405", "0602", "0908"),
    2015: ("0219", "0405", "0620", "0927"),
    2016: ("0208", "0404", "0609", "0915"),
    2017: ("0128", "0404", "0530", "1004"),
    2018: ("0216", "0405", "0618", "0924"),
    2019: ("0205", "0405", "0607", "0913"),
    2020: ("0125", "0404", "0625", "1001"),
    2021: ("0212", "0404", "0614", "0921"),
    2022: ("0201", "0405", "0603", "0910"),
    2023: ("0122", "0405", "0622", "0929"),
    2024: ("0210", "0404", "0610", "0917"),
    2025: ("0129", "0404", "0531", "1006"),
    2026: ("0217", "0405", "0619", "0925"),
    2027: ("0206", "0405", "0609", "0915"),
    2028: ("0126", "0404", "0528", "1003"),
    2029: ("0213", "0404", "0616", "0922"),
    2030: ("0203", "0405", "0605", "0912"),
    2031: ("0123", "0405", "0624", "1001"),
    2032: ("0211", "0404", "0612", "0919"),
    2033: ("0131", "0404", "0601", "0908"),
    2034: ("0219", "0405", "0620", "0927"),
    2035: ("0208", "0405", "0610", "0916"),
    2036: ("0128", "0404", "0530", "1004"),
    2037: ("0215", "0404", "0618", "0924"),
    2038: ("0204", "0405", "0607", "0913"),
    2039: ("0124", "0405", "0527", "1002"),
    2040: ("0212", "0404", "0614", "0920"),
    2041: ("0201", "0404", "0603", "0910"),
    2042: ("0122", "0404", "0622", "0928"),
    2043: ("0210", "0405", "0611", "0917"),
    2044: ("0130", "0404", "0531", "1005"),
    2045: ("0217", "0404", "0619", "0925"),
    2046: ("0206", "0404", "0608", "0915"),
    2047: ("0126", "0405", "0529", "1004"),
    2048: ("0214", "0404", "0615", "0922"),
    2049: ("0202", "0404", "0604", "0911"),
    2050: ("0123", "0404", "0623", "0930"),
}


def statutory_days(year: int) -> dict[date, str]:
    """Return the statutory holidays of ``year`` with their Chinese names, as far as they are certain."""
    days = _solar_days(year)
    for day, name in _lunar_days(year):
        days[day] = f"{name}、{days[day]}" if day in days else name
    return dict(sorted(days.items()))


def _solar_days(year: int) -> dict[date, str]:
    days = {date(year, 1, 1): "元旦"}
    labour_days = 2 if year >= 2025 else 1 if year >= 2008 else 3
    days.update({date(year, 5, day): "劳动节" for day in range(1, labour_days + 1)})
    days.update({date(year, 10, day): "国庆节" for day in (1, 2, 3)})
    return days


def _lunar_days(year: int) -> list[tuple[date, str]]:
    table = _FESTIVALS.get(year)
    if table is None:
        return []
    new_year, *others = (date(year, int(text[:2]), int(text[2:])) for text in table)
    days = [(new_year + timedelta(days=shift), _spring_name(shift)) for shift in _spring_shifts(year)]
    return days + list(zip(others, ("清明节", "端午节", "中秋节"), strict=False))


def _spring_shifts(year: int) -> range:
    """Days of 春节 counted from 初一: the eve belonged to it in 2008–2013 and does again since 2025."""
    if year >= 2025:
        return range(-1, 3)
    return range(-1, 2) if 2008 <= year <= 2013 else range(3)


def _spring_name(shift: int) -> str:
    return "春节（除夕）" if shift < 0 else "春节"
