"""Whatever is sent to it, the site answers with a page that explains, and never with more than was asked for."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import pytest
from django.core import mail
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import Client, RequestFactory
from django.urls import reverse

from learning.browse.filters import ReviewListFilter, StatementFilter
from learning.browse.table_filters import QuestionFilter
from learning.models import ContactMessage
from learning.pages import contact, home
from learning.search.highlight import snippet
from learning.search.index import rebuild_index
from learning.search.language.query import parse
from reviews.models import Review, Theme
from scr_kb.wsgi import application
from tests.factories import AgencyFactory, BoardFactory, BulletinFactory, ReviewFactory, StatementFactory, ThemeFactory
from tests.pages import links, text_of

pytestmark = pytest.mark.django_db

EVIL = "<script>alert(1)</script>"
# as they stand in an address
VALUES = {
    "markup": quote(EVIL),
    "attribute": "%22%20onload=alert(1)%20x=%22",
    "word": "abc",
    "negative": "-1",
    "huge": str(10**30),
    "float": "1e400",
    "nul": "a%00b",
    "invalid UTF-8": "%ff%fe",
    "lone surrogate": "%ed%a0%80",
    "line break": "%0d%0aSet-Cookie:%20a=b",
    "other figures": quote("١٢"),
    "SQL": quote("' OR 1=1 --"),
    "template": quote("{{ settings.SECRET_KEY }}{% debug %}"),
    "path": quote("../../etc/passwd"),
    "10,000 characters": "a" * 10_000,
    "100,000 characters": "a" * 100_000,
}
FACETS = [("/reviews/", name) for name in ("theme", *ReviewListFilter.in_order[1:])] + [
    (path, name)
    for path, filters in (("/learning/", StatementFilter), ("/questions/", QuestionFilter))
    for name in filters.in_order
]
SETTINGS = [(path, name) for path in ("/reviews/", "/learning/") for name in ("sort", "theme_match")]
ROW = re.compile(r"/(learning/\d+|reviews/[\w-]+/[\w-]+|bulletins/[\w-]+)/")


@pytest.fixture(autouse=True)
def site() -> Review:
    theme = ThemeFactory(slug="sample", name="Sample theme", parent=ThemeFactory(slug="group"))
    agency = AgencyFactory(slug="police")
    board = BoardFactory(slug="sampleshire")
    bulletin = BulletinFactory(slug="bulletin", board=board, title="Sample bulletin of the site")
    review: Review = ReviewFactory(board=board, slug="review", label="Review words", bulletin=bulletin, themes=[theme])
    StatementFactory(bulletin=bulletin, review=review, text="Statement words.", themes=[theme], agencies=[agency])
    StatementFactory(bulletin=bulletin, review=review, kind="question", text="What next?", themes=[theme])
    rebuild_index()
    return review


@pytest.fixture
def pages(site: Review) -> list[str]:
    """An address of every kind."""
    statement = site.statements.first()
    return [
        *(
            "/",
            "/reviews/",
            "/learning/",
            "/themes/",
            "/agencies/",
            "/bulletins/",
            "/boards/",
            "/search/",
            "/glossary/",
        ),
        *("/about/", "/accessibility/", "/privacy/", "/contact/", "/themes/sample/", "/agencies/police/"),
        *("/boards/sampleshire/", "/bulletins/bulletin/", site.get_absolute_url(), statement.get_absolute_url()),
    ]


def shows_rows(response: Any) -> bool:
    """Whether it leads to any record."""
    return any(ROW.match(href) for _, href in links(response))


# --- what an address says after its question mark --------------------------------------------------------------------


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
@pytest.mark.parametrize(("path", "name"), FACETS + SETTINGS)
def test_a_list_explains_a_choice_that_is_none(client: Client, path, name, value):
    response = client.get(f"{path}?{name}={value}")

    page = text_of(response)
    assert response.status_code == 200
    assert "This list cannot be shown" in page
    assert f"({name}=): there is no choice called “" in page
    assert not shows_rows(response)
    assert EVIL not in response.content.decode()
    assert len(response.content) < 2_000_000


@pytest.mark.parametrize(("path", "name"), FACETS)
def test_a_good_choice_does_not_hide_a_bad_one(client: Client, path, name):
    response = client.get(f"{path}?{name}=not-stated&{name}=abc")

    page = text_of(response)
    assert "there is no choice called “abc”. Remove it" in page
    assert not shows_rows(response)


@pytest.mark.parametrize("spelling", ["theme[]", "theme[0]", "Theme", "theme%20", "theme[sample]"])
@pytest.mark.parametrize("path", ["/reviews/", "/learning/"])
def test_a_filter_in_another_spelling_is_not_passed_over(client: Client, path, spelling):
    response = client.get(f"{path}?{spelling}=sample")

    page = text_of(response)
    assert "It is called “theme”: repeat it for each choice. Remove it" in page
    assert not shows_rows(response)
    assert shows_rows(client.get(dict(links(response))["Remove it"]))


def test_what_other_sites_add_to_an_address_is_passed_over(client: Client):
    assert shows_rows(client.get("/learning/?utm_source=news&fbclid=x&%00=1&<script>=1"))


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
@pytest.mark.parametrize(
    "address", ["/reviews/?page=", "/learning/?page=", "/bulletins/?page=", "/search/?q=words&type=learning&page="]
)
def test_a_page_that_is_none_is_explained(client: Client, address, value):
    response = client.get(address + value)

    page = text_of(response)
    assert response.status_code == 200
    assert "There is no page “" in page
    assert "”: this list has 1 page." in page
    assert not shows_rows(response)
    assert EVIL not in response.content.decode()


OPERATORS = [
    '"', "'", '"words', "words OR", "OR words", "AND", "NOT words", "NEAR(words, 2)", "words*", "*", "w*", "-words",
    "--words", "(words", "words)", "title:words", "{title} : words", "^words", "words + words", "words & !words", "a|b",
    "words:*", "words<->words", "\\", "words\\", "$$", "%", "_", "words;", "';--", "\x00", "wo\x00rds", "\ufffe",
    "\u202e", "\U0001f600", "\u0300" * 300, "\u3316" * 300, "\ufdfa" * 300, "a " * 150, "words OR " * 33, "w* " * 75,
    "wo* " * 75, '"" ' * 100, "-" * 300, "'" * 300, '"' * 299, "x" * 300, "x" * 301, "x" * 10_000, "words " * 20_000,
]  # fmt: skip


@pytest.mark.parametrize("words", OPERATORS, ids=lambda words: ascii(words[:12]))
@pytest.mark.parametrize("path", ["/search/", "/reviews/", "/learning/"])
def test_a_search_finds_or_explains(client: Client, path, words):
    response = client.get(path, {"q": words})

    page = text_of(response)
    assert response.status_code == 200
    explains = "could not run this search" in page or "cannot be shown" in page
    finds_nothing = "Nothing was found" in page or "match all of these filters" in page
    finds = shows_rows(response) or re.search(r"[1-9]\d* results? for", page) is not None
    assert [explains, finds_nothing, finds].count(True) == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("x" * 10_000, "Your search is longer than 300 characters. Use fewer words."),
        ("words " * 20_000, "Your search is longer than 300 characters. Use fewer words."),
        ("a\x00", "Your search has a character in it that cannot be read. Type it again."),
        ("*", "There are no words in your search. Type at least one word, letter or number."),
        ("-words", "Your search only says what to leave out. Add a word that says what to look for."),
    ],
    ids=lambda words: ascii(words[:12]),
)
@pytest.mark.parametrize("path", ["/search/", "/reviews/", "/learning/"])
def test_a_search_that_cannot_be_made_says_why(client: Client, path, words, why):
    response = client.get(path, {"q": words})

    page = text_of(response)
    assert why in page
    assert not shows_rows(response)


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_a_kind_of_result_that_is_none_is_explained(client: Client, value):
    response = client.get(f"/search/?q=words&type={value}")

    page = text_of(response)
    assert "There is no kind of result called “" in page
    assert not shows_rows(response)


@pytest.mark.parametrize(
    "value",
    [
        *VALUES.values(),
        *("//evil.example/", "https://evil.example/", "javascript:alert(1)", "learning://evil.example/", "learning:"),
        *("evil:theme=a", "learning:list=learning:list=x", "learning:" + "theme=a%26" * 900, "reviews:page=%2500"),
        *("learning:next=//evil.example", "learning:q=" + quote(quote(EVIL))),
    ],
    ids=lambda value: value[:20],
)
def test_the_way_back_and_other_words_of_an_address_lead_nowhere_else(client: Client, pages, value):
    for path in pages:
        response = client.get(f"{path}?list={value}&next={value}&about={value}&sent={value}")
        body = response.content.decode()
        assert response.status_code == 200, path
        assert EVIL not in body
        assert not [
            href for _, href in links(response) if "evil.example" in href.partition("?")[0] or "javascript" in href
        ]


@pytest.mark.parametrize("count", [1_001, 2_000])
def test_too_many_parameters_are_refused_with_a_page(client: Client, pages, count):
    for path in ("/reviews/", "/learning/", "/search/"):
        response = client.get(f"{path}?{'&'.join(['theme=sample'] * count)}")
        assert response.status_code == 400
        assert "We could not read that request" in text_of(response)


def test_the_same_choice_a_thousand_times_is_one_choice(client: Client):
    response = client.get(f"/reviews/?theme_match=all&{'&'.join(['theme=sample'] * 900)}")

    assert "1 review" in text_of(response)
    assert len(response.content) < 50_000


def test_all_themes_at_once_are_one_pass_over_the_tags(client: Client, site):
    """As conditions of their own they would keep PostgreSQL planning for minutes."""
    themes = [ThemeFactory(slug=f"another-{number}") for number in range(100)]
    query = "&".join(f"theme={theme.slug}" for theme in themes)
    for path in ("/reviews/", "/learning/"):
        assert not shows_rows(client.get(f"{path}?theme_match=all&{query}"))
    assert shows_rows(client.get("/learning/?theme_match=all&theme=sample&theme=group"))


# --- other requests ---------------------------------------------------------------------------------------------------

PATHS = [
    *(f"/learning/{number}/" for number in (0, 10**30, "9" * 5_000, 2**63, "-1", "1.0", "%D9%A1", "%00", "abc")),
    *(f"/{kind}/{'a' * 10_000}/" for kind in ("themes", "agencies", "bulletins", "boards", "reviews/sampleshire")),
    *("/themes/%00/", "/reviews/a%00b/c/", "/bulletins/%ff/", "/boards/%ed%a0%80/", "/themes/sample%0d%0aX:%20y/"),
    *(
        "/reviews/../admin/",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/reviews//review/",
        "/;/",
        "/static/../manage.py",
        "/media/x",
    ),
    *("/static/%2e%2e/db.sqlite3", "/static/%00", "/reviews/<script>alert(1)</script>/x/", "/.env", "/.git/config"),
]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:30])
def test_an_address_that_never_was_is_not_found(client: Client, path):
    response = client.get(path)

    assert response.status_code == 404
    assert "There is nothing at this address." in text_of(response)
    assert EVIL not in response.content.decode()


@pytest.mark.parametrize("method", ["options", "put", "delete", "patch", "trace"])
def test_other_methods_are_refused_with_a_page(client: Client, pages, method):
    for path in pages:
        response = getattr(client, method)(path)
        assert response.status_code == 405, path
        assert "GET" in response.headers["Allow"]
        assert "You cannot open this address directly" in text_of(response)


def test_the_head_of_a_page_is_that_of_the_page(client: Client, pages):
    for path in pages:
        response = client.head(path)
        assert (response.status_code, response.content) == (200, b""), path


def test_a_form_address_that_is_opened_explains(client: Client):
    assert "It only works from a button or a form on this site." in text_of(client.get("/content-note/"))


ENCODINGS = [
    "base64",
    "hex",
    "zlib",
    "idna",
    "punycode",
    "undefined",
    "mbcs",
    "utf-7",
    "unicode_escape",
    "utf-16",
    "\0",
]


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The server's own habit of closing connections would end the test's transaction."""
    request_started.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)


@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("charset", ENCODINGS)
@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_another_encoding_breaks_nothing(settings, charset, media_type):
    """Django reads the encoding before any of its own protection stands, so it is asked as the server asks it."""
    settings.ALLOWED_HOSTS = ["testserver"]
    answers: list[str] = []
    for path, query in (("/learning/", "q=%5Cud800"), ("/search/", "q=%2B2AA-"), ("/contact/", "about=%5Cud800")):
        for method in ("GET", "POST"):
            environ = RequestFactory()._base_environ(  # type: ignore[attr-defined]
                PATH_INFO=path,
                QUERY_STRING=query,
                REQUEST_METHOD=method,
                CONTENT_TYPE=f"{media_type}; charset={charset}",
            )
            body = b"".join(application(environ, lambda status, headers, *rest: answers.append(status)))
            assert int(answers.pop()[:3]) in {200, 400, 403, 405}
            assert b"<h1" in body


COOKIES = [
    'sessionid="\\000aaaaaaaaaaaaaaa"', "sessionid=" + "é" * 20, "sessionid=" + "a" * 4_000, 'messages="\\000"',
    "messages=abc:def", 'csrftoken="\\000"', 'content-note="\\000"', "=;=;;", "\xff=\xff",
    'sessionid="\\355\\240\\200aaaa"',
]  # fmt: skip


@pytest.mark.parametrize("cookie", COOKIES, ids=lambda cookie: ascii(cookie[:20]))
def test_a_broken_cookie_is_no_cookie(client: Client, cookie):
    for path in ("/", "/contact/", "/desk/sign-in/"):
        assert client.get(path, HTTP_COOKIE=cookie).status_code == 200
    assert client.get("/admin/", HTTP_COOKIE=cookie).status_code == 302


@pytest.mark.parametrize("address", ["http://[evil", "%ff", "javascript:alert(1)", "\xff"])
def test_what_htmx_says_is_not_believed(client: Client, address):
    response = client.get(
        "/learning/?q=" + quote("words\r\nX-Evil: 1"), HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL=address
    )

    assert response.status_code == 200
    assert response.headers["HX-Push-Url"] == "/learning/?q=words%0D%0AX-Evil%3A%201"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "testserver@evil.example", "a b", "[::1", ""])
@pytest.mark.parametrize("redirects_to_https", [False, True])
def test_another_host_is_refused(client: Client, settings, host, redirects_to_https):
    settings.ADMINS = [("Administrators", "admin@example.org")]
    settings.SECURE_SSL_REDIRECT = redirects_to_https

    response = client.get("/", HTTP_HOST=host)

    assert response.status_code == 400
    assert "We could not read that request" in text_of(response)
    assert "evil.example" not in response.content.decode()
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert mail.outbox == []


# --- the contact form -------------------------------------------------------------------------------------------------

BODIES = {
    "no boundary": (b"x", "multipart/form-data"),
    "too many fields": (b"a=1&" * 2_000, "application/x-www-form-urlencoded"),
    "too long": (b"message=" + b"a" * 3_000_000, "application/x-www-form-urlencoded"),
}


@pytest.mark.parametrize(("body", "media_type"), BODIES.values(), ids=BODIES.keys())
@pytest.mark.parametrize("checks_csrf", [False, True])
def test_a_body_that_cannot_be_read_is_refused_with_a_page(body, media_type, checks_csrf):
    client = Client(enforce_csrf_checks=checks_csrf)
    for path in ("/contact/", "/content-note/"):
        response = client.post(path, body, content_type=media_type)
        assert response.status_code in {400, 403}
        assert "Nothing was saved." in text_of(response)


def test_an_empty_or_cut_off_form_is_asked_for_again(client: Client):
    for body in (b"--x\r\n", b'--x\r\nContent-Disposition: form-data; name="message"\r\n\r\ncut'):
        page = text_of(client.post("/contact/", body, content_type="multipart/form-data; boundary=x"))
        assert "Choose what it is about." in page


def test_nothing_typed_gets_into_the_head_of_the_mail(client: Client, settings):
    settings.ADMINS = [("Administrators", "admin@example.org")]
    typed = {"message": "Words.", "about": "x\r\nBcc: evil@evil.example", "topic": "other"}
    client.post("/contact/", typed)
    client.post("/contact/", typed | {"topic": "other\r\nBcc: evil@evil.example"})
    client.post("/contact/", typed | {"reply_to": "a@example.org\r\nBcc: evil@evil.example"})

    assert ContactMessage.objects.count() == len(mail.outbox) == 1
    assert "evil" not in mail.outbox[0].message().as_string()


def test_an_error_is_told_without_the_words_of_a_message(client: Client, settings, monkeypatch, caplog):
    settings.ADMINS = [("Administrators", "admin@example.org")]
    monkeypatch.setattr(contact, "receive", lambda message, request: 1 / 0)
    client.raise_request_exception = False

    response = client.post(
        "/contact/", {"topic": "other", "message": "Unspoken words", "reply_to": "unspoken@example.org"}
    )

    assert response.status_code == 500
    assert "Something went wrong" in text_of(response)
    told = mail.outbox[0].message().as_string()
    assert "ZeroDivisionError" in told
    assert not [text for text in (told, caplog.text) if "nspoken" in text]


# --- headers ----------------------------------------------------------------------------------------------------------

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def answers_of_every_kind(client: Client, pages: list[str], monkeypatch: Any) -> dict[str, Any]:
    client.raise_request_exception = False
    checking = Client(enforce_csrf_checks=True)
    gone = ReviewFactory(state="withdrawn", withdrawn_reason="Too early.")
    answers = {path: client.get(path) for path in pages}
    answers |= {
        "healthz": client.get("/healthz"),
        "static file": client.get("/static/css/base.css"),
        "not found": client.get("/nothing/"),
        "gone": client.get(gone.get_absolute_url()),
        "refused": client.get("/", HTTP_HOST="evil.example"),
        "too many": client.get("/learning/?" + "a=1&" * 2_000),
        "forged": checking.post("/contact/", {"message": "x"}),
        "method": client.put("/"),
        "moved": client.get("/learning"),
        "note": client.post("/content-note/", {"next": "/"}, headers={"origin": "http://testserver"}),
        "login": client.get("/admin/login/"),
        "admin": client.get("/admin/"),
    }
    b"".join(answers["static file"])  # a file that was collected stays open until it is read
    answers["static file"].close()
    monkeypatch.setattr(home, "site_totals", lambda: 1 / 0)
    return answers | {"broken": client.get("/?made-anew")}


def test_every_answer_has_the_protecting_headers(client: Client, pages, monkeypatch):
    answers = answers_of_every_kind(client, pages, monkeypatch)

    assert {response.status_code for response in answers.values()} == {200, 301, 302, 400, 403, 404, 405, 410, 500}
    for name, response in answers.items():
        policy = dict(part.strip().split(" ", 1) for part in response.headers["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'", name
        assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'", name
        assert {header: response.headers.get(header) for header in HEADERS} == HEADERS, name


def test_no_page_needs_what_the_policy_forbids(client: Client, pages, monkeypatch):
    for name, response in answers_of_every_kind(client, pages, monkeypatch).items():
        body = "" if response.streaming else response.content.decode()
        assert not [word for word in (" style=", "<style", " onclick=", " onload=", "javascript:") if word in body], (
            name
        )
        assert body.count("<script") == body.count("<script src=") + body.count('<script id="django-admin-'), name


def test_pages_of_errors_say_what_to_do_and_nothing_of_the_inside(client: Client, pages, monkeypatch):
    for name, response in answers_of_every_kind(client, pages, monkeypatch).items():
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            page = response.content.decode()
            assert "<h1>" in page, name
            assert 'name="robots" content="noindex"' in page, name
            assert not [word for word in ("Traceback", "Exception", "settings", "DEBUG") if word in page], name


@pytest.mark.parametrize(
    "path",
    [
        "/admin/autocomplete/?app_label=learning&model_name=statement&field_name=parent&term=words",
        "/admin/learning/statement/",
        "/admin/learning/contactmessage/",
        "/admin/learning/sourcedocument/1/change/",
        "/admin/reviews/review/1/history/",
        "/admin/r/1/1/",
        "/admin/nothing/",
    ],
)
def test_the_admin_tells_nothing_to_those_who_are_not_signed_in(client: Client, path):
    response = client.get(path)

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("admin:login"))


# --- sizes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["child", "child OR abuse OR chi*", '"child abuse"'])
def test_a_long_text_full_of_hits_is_cut(words):
    text = "child abuse " * 25_000
    query = parse(words)

    pieces = snippet(text, query)

    assert any(piece.is_hit for piece in pieces)


def test_a_choice_is_offered_for_every_theme():
    """The tests above ask for themes that exist."""
    assert set(Theme.objects.values_list("slug", flat=True)) == {"sample", "group"}
