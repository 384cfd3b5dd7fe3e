import re

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from learning.models import ContactMessage
from tests.pages import text_of

pytestmark = pytest.mark.django_db

TYPED = {
    "topic": "identifying",
    "about": "/reviews/sample-board/child-z/",
    "message": "Everybody here knows which family this is.",
    "reply_to": "reader@example.org",
}


class BrokenBackend(BaseEmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError


@pytest.fixture(autouse=True)
def administrators(settings) -> None:
    settings.ADMINS = [("Administrators", "admin@example.org")]


def send(client: Client, **changes: str):
    return client.post("/contact/", TYPED | changes)


def field_of(response, name: str) -> str:
    return response.context["form"][name].value()


def errors_of(response) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


def test_contact_knows_the_page_that_a_reader_comes_from(client: Client):
    response = client.get("/contact/", {"about": "/reviews/sample-board/child-z/"})

    assert field_of(response, "about") == "/reviews/sample-board/child-z/"


def test_families_is_linked_from_every_page_and_hands_it_on_to_the_form(client: Client):
    assert 'href="/families/?about=/about/"' in client.get("/about/").content.decode()

    page = client.get("/families/?about=/reviews/x/?a%26b")

    assert 'href="/contact/?about=%2Freviews%2Fx%2F%3Fa%26b"' in page.content.decode()
    assert 'href="/contact/"' in client.get("/families/").content.decode()


def test_families_that_asks_about_a_page_is_not_indexed(client: Client):
    """Its address names the page that it was called from."""
    pages = [client.get(address).content.decode() for address in ("/families/?about=/reviews/x/", "/families/")]

    assert ["noindex" in page for page in pages] == [True, False]


def test_families_gives_the_number_of_the_operator_or_says_that_there_is_none(client: Client, settings):
    settings.FAMILIES_PHONE = settings.FAMILIES_ADDRESS = ""
    page = client.get("/families/")
    assert "We have no telephone number yet." in text_of(page)
    assert "no-cache" in page["Cache-Control"]

    settings.FAMILIES_PHONE, settings.FAMILIES_ADDRESS = "01632 960 001", "1 Sample Street, Sampleton"
    page = client.get("/families/")

    assert 'href="tel:01632960001"' in page.content.decode()
    assert "Send a letter to 1 Sample Street, Sampleton." in text_of(page)
    assert "no telephone number" not in text_of(page)


def test_families_is_written_for_a_reader_of_twelve(client: Client):
    """The Flesch-Kincaid grade of its running text: 7 is the school year in which children are twelve."""
    main = LexborHTMLParser(client.get("/families/").content.decode()).css_first(".prose")
    text = re.sub(r"[\d ]{5,}", " ", main.text(separator=" ").replace("\n", ". "))
    sentences = [each for each in re.split(r"[.!?:]+", text) if len(each.split()) > 1]
    words = re.findall(r"[A-Za-z’-]+", " ".join(sentences))
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))) for word in words)

    assert 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59 < 7


def test_contact_keeps_a_message(client: Client):
    send(client)

    message = ContactMessage.objects.get()
    assert {name: getattr(message, name) for name in TYPED} == TYPED
    assert message.was_mailed


def test_contact_tells_the_administrators_without_a_word_of_the_message(client: Client):
    send(client)

    (sent,) = mail.outbox
    assert sent.to == ["admin@example.org"]
    assert f"/admin/learning/contactmessage/{ContactMessage.objects.get().pk}/change/" in sent.body
    assert not [text for text in ("family", "child-z", "reader@") if text in f"{sent.subject} {sent.body}"]


def test_contact_tells_the_writer_what_happens_next_and_when(client: Client):
    page = text_of(client.post("/contact/", TYPED, follow=True))

    assert "Your message has reached us" in page
    assert "by the end of the next working day" in page


def test_contact_keeps_a_message_whose_mail_fails(client: Client, settings):
    settings.EMAIL_BACKEND = "tests.learning.pages.test_contact.BrokenBackend"

    response = send(client)

    assert response.headers["Location"] == "/contact/?sent=1"
    assert ContactMessage.objects.values_list("message", "was_mailed").get() == (TYPED["message"], False)


def test_contact_calls_no_message_mailed_that_nobody_was_told_of(client: Client, settings):
    settings.ADMINS = []

    send(client)

    assert not ContactMessage.objects.get().was_mailed


@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [
        ("topic", "", "Choose what it is about."),
        ("topic", "<script>", "Choose what it is about from the list."),
        ("message", "", "Write your message."),
        ("message", "   ", "Write your message."),
        ("reply_to", "me at home", "Write the email address in full, like name@example.org, or leave it empty."),
        ("about", "x" * 301, "The page is 301 characters long. The limit is 300. Shorten it."),
    ],
)
def test_contact_says_what_is_wrong_and_keeps_the_rest(client: Client, field, typed, error):
    response = send(client, **{field: typed})

    assert errors_of(response) == {field: [error]}
    assert {name: field_of(response, name) for name in TYPED} == TYPED | {field: typed}
    assert error in text_of(response)
    assert not ContactMessage.objects.exists()


def test_contact_gives_a_message_that_is_too_long_back_whole(client: Client):
    typed = "A long story. " * 1500

    response = send(client, message=typed)

    assert errors_of(response)["message"] == ["Your message is 20999 characters long. The limit is 10000. Shorten it."]
    assert typed.strip() in response.content.decode()


def test_contact_lets_the_browser_cut_nothing_off(client: Client):
    assert "maxlength" not in client.get("/contact/").content.decode()


@pytest.mark.parametrize(("field", "what"), [("about", "The page"), ("message", "Your message")])
def test_contact_says_which_character_cannot_be_kept(client: Client, field, what):
    response = send(client, **{field: "before\0after"})

    assert errors_of(response) == {
        field: [f"{what} has a character that we cannot store (it may show as �). Remove it."]
    }
    assert field_of(response, field) == "before\0after"


@pytest.mark.parametrize("about", ["\0", "x" * 5000, "<script>alert(1)</script>"])
def test_contact_about_a_strange_page_does_no_harm(client: Client, about):
    response = client.get("/contact/", {"about": about})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_csrf_failure_gives_an_old_form_back_with_what_was_typed():
    client = Client(enforce_csrf_checks=True)

    refused = client.post("/contact/", TYPED)
    page = refused.content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)

    assert refused.status_code == 403
    assert "Nothing you typed is lost" in text_of(refused)
    assert f">\n{TYPED['message']}</textarea>" in page
    assert token
    assert client.post("/contact/", TYPED | {"csrfmiddlewaretoken": token[1]}).status_code == 302
    assert ContactMessage.objects.get().message == TYPED["message"]


def test_csrf_failure_of_another_page_says_what_to_do():
    response = Client(enforce_csrf_checks=True).post("/content-note/", {"next": "/"})

    assert response.status_code == 403
    assert "Go back, reload the page" in text_of(response)


def test_contact_takes_a_form_and_nothing_else(client: Client):
    assert client.put("/contact/").status_code == 405
