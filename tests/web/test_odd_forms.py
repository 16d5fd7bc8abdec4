"""What no browser sends and strangers do: each gets an answer, quickly, and none breaks a page."""

import io
from time import perf_counter

import pytest

from passport.web.typed_fields import MOST_FIELDS
from tests.residents import PASSPHRASE

FORMS = ["/sign-in", "/sign-up", "/recover", "/sign-out", "/recovery-code"]
FORMS += [
    f"/shares/new/{'0' * 32}/who",
    "/story/people/edit",
    "/story/identity/edit",
    "/story/own/new",
]
NO_FORMS = ["[1,2]", "5", "null", '"x"', '{"name":5,"passphrase":{},"csrf_token":3}', "[" * 3000]
NAMELESS = b"--x\r\nContent-Disposition: form-data\r\n\r\nwords\r\n--x--\r\n"


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize("body", NO_FORMS, ids=lambda body: body[:9])
def test_json_is_no_form(signed_in, stranger, address, body):
    for visitor in (stranger, signed_in):
        answer = visitor.client.post(address, data=body, content_type="application/json")
        assert answer.status_code in (200, 400, 401)


@pytest.mark.parametrize("address", FORMS)
def test_a_file_is_no_text(signed_in, stranger, address):
    names = ("name", "passphrase", "code", "recipient", "title", "part-people-0-name", "part-name")
    for visitor in (stranger, signed_in):
        data = {name: (io.BytesIO(b"x"), "x.txt") for name in names}
        assert visitor.client.post(address, data=data).status_code in (200, 400, 401)


@pytest.mark.parametrize("address", FORMS[4:])
def test_a_field_without_a_name_is_refused(signed_in, stranger, address):
    for visitor in (stranger, signed_in):
        kind = "multipart/form-data; boundary=x"
        answer = visitor.client.post(address, data=NAMELESS, content_type=kind)
        assert answer.status_code == 400


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1", "x", ""])
def test_people_are_counted_by_numbers_only(signed_in, number):
    form = signed_in.form("/story/people/edit").filled({f"part-people-{number}-name": "Ada"})
    assert signed_in.client.post("/story/people/edit", data=form).status_code in (303, 400)


def test_half_a_person_can_be_saved(signed_in):
    form = signed_in.form("/story/people/edit").filled({"part-people-0-name": "Ada"})
    sent = {name: value for name, value in form.items() if not name.endswith(("-phone", "-when"))}
    assert signed_in.client.post("/story/people/edit", data=sent).status_code == 303
    assert "Ada" in signed_in.sees("/story/people").text


@pytest.mark.parametrize("mark", ["", "carries=1&"])
def test_more_fields_than_any_form_has_are_not_made_into_a_page(stranger, mark):
    """Carried round a sign-in, 2 MB of empty fields would become 54 MB of page."""
    answer = stranger.client.post(
        "/story/my-story/edit",
        data=mark + "carried.a&" * 100_000,
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 413
    assert len(answer.data) < 10_000


def test_as_many_fields_as_a_form_may_have_are_carried_round_a_sign_in(stranger, maud):
    typed = {"csrf_token": "old", **{f"x{n}": "" for n in range(MOST_FIELDS - 1)}}
    asked = stranger.client.post("/story/my-story/edit", data=typed)
    form = stranger.form(asked).filled({"name": maud.name, "passphrase": PASSPHRASE})
    assert stranger.client.post("/story/my-story/edit", data=form).status_code == 200


@pytest.mark.parametrize("address", ["/sign-in", "/sign-up", "/recover"])
def test_marks_upon_marks_hold_nobody_up(stranger, address):
    """Putting many marks on one letter in order takes minutes (Unicode's normal forms)."""
    marks = "\u0301\u0327" * 60_000
    begun = perf_counter()
    answer = stranger.client.post(address, data={"name": marks, "passphrase": marks})
    assert answer.status_code == 200
    assert perf_counter() - begun < 5
