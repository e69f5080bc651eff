"""The words by which pages of a practice are known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.leaflets import load_leaflets, rules_folder
from linter.page_kinds import LONGEST_TEXT, all_kinds_of, in_order, kinds_of, load_page_kinds, words_of

SPOKEN = {
    "appointment": [
        "/book-now", "Book an appointment", "bookAppointment", "REQUEST_APPOINTMENT", "requestanappointment", "/schedule/",
        "reschedule", "Cita previa",
        "/reservar-turno", "pedir%20cita", "Agendar una cita", "online booking", "calendly event", "Solicitar Consulta",
    ],
    "portal": [
        "/patient-portal", "patientPortal", "MyChart", "mychart", "login", "Log In", "sign-in", "signIn", "Portal del Paciente",
        "/mi-cuenta",
        "iniciar-sesión", "INICIAR SESIO\u0301N",
    ],
    "intake": [
        "new-patient-forms", "newPatientForm", "/intake/", "medical_history", "CompleteRegistration", "Historia clínica",
        "nuevos pacientes",
    ],
    "patient": ["/for-patients", "Pacientes"],
    "condition": [
        "/conditions/asthma", "/treatments", "symptom-checker", "Diabetes", "dental implants", "implantes dentales",
        "Tratamientos", "síntomas",
        "invisalign", "root-canal", "/hiv", "depresión", "ortodoncia", "weightLoss", "physical therapy",
    ],
    "provider": ["/our-team", "find-a-doctor", "Dentists", "provider=12", "/nuestro-equipo", "Médicos", "pediatrician"],
    "payment": ["/pay-bill", "billPay", "AddPaymentInfo", "insurance", "seguro médico", "/pagos"],
    "contact": ["/contact-us", "contacto", "ContactForm7", "contactanos"],
}  # fmt: skip
SILENT = [
    "", "Facebook", "FaceBook Pixel - Base", "facebook.com/sharer", "guestbook", "guest-book", "eBook download", "ebook",
    "e-book", "MacBook", "bookmark",
    "Terms and Conditions", "/terminos-y-condiciones", "terms-conditions", "condiciones de uso", "tratamiento-de-datos",
    "Política de cookies",
    "Service Provider", "{{Video Provider}}", "disappointment", "air conditioning", "Trigger conditions", "contact lenses",
    "/careers", "job portal",
    "GA4 - Pageview", "purchase", "Conversion Linker", "scroll_depth", "lead", "conditional", "gtm.js", "payload", "provided",
    "Diagnostics", "123 456",
]  # fmt: skip
LETTERS = st.text(st.sampled_from("aAbok %20-_/éÑ\u0301😀bookPatientportal cita"), max_size=60)


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in SPOKEN.items() for text in texts])
def test_names_paths_and_events_speak_of_a_kind(kind: str, text: str) -> None:
    assert kind in kinds_of(text)


@pytest.mark.parametrize("text", SILENT)
def test_words_that_only_look_so_speak_of_nothing(text: str) -> None:
    assert kinds_of(text) == ()


def test_several_kinds_come_in_the_order_of_the_file() -> None:
    assert kinds_of("/provider/smith/conditions/diabetes?book=1") == ("appointment", "condition", "provider")
    assert in_order({"contact", "appointment", "nothing"}) == ("appointment", "contact")


def test_kinds_that_are_not_sensitive_are_told_only_where_all_are_asked_for() -> None:
    assert (kinds_of("/privacy-policy"), all_kinds_of("/privacy-policy")) == ((), ("legal",))
    assert all_kinds_of("join-our-team") == ("careers",)


def test_the_longest_phrase_counts_alone() -> None:
    assert kinds_of("patient portal") == ("portal",)
    assert kinds_of("new patient") == ("intake",)
    assert kinds_of("insurance provider") == ("payment",)
    assert kinds_of("facebook: book now") == ("appointment",)


def test_words() -> None:
    assert words_of("GA4 bookNow/PDFFile_cita%20m%C3%A9dica-Año 3x") == "ga book now pdf file cita medica ano x".split()
    assert words_of("😀 日本語 %zz %") == ["zz"]


def test_only_the_beginning_of_a_long_text_is_looked_at() -> None:
    assert kinds_of(" " * LONGEST_TEXT + "book") == ()
    assert kinds_of("book" * 10_000) == ()


@given(LETTERS)
def test_any_text_gives_known_kinds_in_order_and_the_same_again(text: str) -> None:
    found = all_kinds_of(text)
    assert found == in_order(found) == all_kinds_of.__wrapped__(text)
    assert set(kinds_of(text)) <= set(found)


@given(LETTERS, LETTERS)
def test_what_stands_far_away_changes_nothing(text: str, other: str) -> None:
    assert set(kinds_of(text)) | set(kinds_of(other)) == set(kinds_of(f"{text} zzz {other}"))


class TestFile:
    def test_kinds_are_whole(self) -> None:
        kinds = load_page_kinds()
        assert len({kind.id for kind in kinds}) == len(kinds)
        assert all(kind.words and kind.name and kind.name == kind.name.strip(" .") for kind in kinds)
        assert {kind.id for kind in kinds if kind.sensitive} == set(SPOKEN)

    def test_every_phrase_is_in_one_list_and_can_match(self) -> None:
        phrases = [phrase for kind in load_page_kinds() for phrase in (*kind.words, *kind.exclusions)]
        assert sorted({phrase for phrase in phrases if phrases.count(phrase) > 1}) == []
        assert [phrase for phrase in phrases if words_of(phrase.replace("*", "")) != phrase.replace("*", "").split()] == []

    def test_every_word_finds_its_kind(self) -> None:
        for kind in load_page_kinds():
            assert [phrase for phrase in kind.words if kind.id not in all_kinds_of(phrase.replace("*", ""))] == []
            assert [phrase for phrase in kind.exclusions if kind.id in all_kinds_of(phrase)] == []

    def test_it_is_no_leaflet(self) -> None:
        assert (rules_folder() / "site" / "page-kinds.toml").is_file()
        assert "page-kinds" not in [leaflet["id"] for leaflet in load_leaflets()]
