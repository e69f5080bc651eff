"""Forms: what they ask for, who puts them there, and where they stand."""

import pytest

from linter.reach.forms import forms_of


def told(text: str) -> list[tuple[str, str, int]]:
    return [(form.kind, form.by, form.line) for form in forms_of("page.html", text)]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ('<input name="email">', "newsletter"),
        ('<input name="name"><input type="email" name="email"><textarea name="message"></textarea>', "contact"),
        ('<input name="phone"><input name="preferredDate">', "appointment"),
        ('<input name="email"><input name="date-of-birth">', "intake"),
        ('<input name="insuranceMemberId">', "insurance"),
        ('<input name="cardNumber"><input name="cvc">', "payment"),
        ('<input name="user"><input type="password" name="pw">', "login"),
        ('<input type="search" name="q">', "search"),
        ('<input name="nombre"><input name="fecha_preferida">', "appointment"),
        ('<input type="hidden" name="appointment"><input name="colour">', "other"),
    ],
)
def test_kinds_by_what_is_asked(fields: str, kind: str) -> None:
    assert told(f"<p>\n<form>{fields}</form>") == [(kind, "form", 2)]


def test_a_form_is_also_known_by_its_name_and_labels() -> None:
    assert told('<form id="book-appointment"><input name="x"></form>') == [("appointment", "form", 1)]
    assert told("<form><h2>New patient</h2><input name=x></form>") == [("intake", "form", 1)]


def test_plugins_and_services() -> None:
    text = (
        '[contact-form-7 id="3" title="Appointment request"]\n'
        '<iframe src="https://calendly.com/dr-x/30min"></iframe>\n'
        '<a href="https://www.zocdoc.com/doctor/x">Zocdoc</a>\n'
        '<form action="https://formspree.io/f/abc"><input name="message"></form>\n'
        '<form data-netlify="true"><input name="message"></form>\n'
    )
    assert told(text) == [
        ("appointment", "Contact Form 7", 1),
        ("appointment", "Calendly", 2),
        ("contact", "Formspree", 4),
        ("contact", "Netlify Forms", 5),
    ]


def test_words_in_other_words_are_no_sign() -> None:
    assert told('<form class="facebook"><input name="favourite"></form>') == [("other", "form", 1)]


@pytest.mark.parametrize(
    ("piece", "end", "expected"),
    [
        ("<form ", "></form>", []),
        ("<form><input ", "></form>", [("other", "form", 1)]),
        ("<input name='", "'>", []),
        ("src='//calendly.com/", "'>", [("appointment", "Calendly", 1)]),
        ("<label>", "</label>", []),
    ],
)
def test_broken_pieces_are_read_as_far_as_they_hold_and_hide_no_form(piece: str, end: str, expected: list[tuple[str, str, int]]) -> None:
    assert told(piece * 20_000) == expected
    assert told(f"{piece * 50}{end}\n<form><input name='email'></form>")[-1] == ("newsletter", "form", 2)
