"""Writing a story: any words, any way in, nothing lost and nothing half-saved."""

import pytest

from passport.story.catalogue import CATALOGUE, IDENTITY


@pytest.mark.parametrize("kind", [IDENTITY, *CATALOGUE], ids=lambda kind: kind.key)
def test_every_part_can_be_written_without_scripts(signed_in, maud, kind):
    typed = {}
    for part in kind.parts:
        name = f"part-{part.key}"
        if part.kind == "people":
            typed |= {f"{name}-0-name": "Ada", f"{name}-0-phone": "07700 900123"}
        elif part.kind == "date":
            typed |= {f"{name}-day": "3", f"{name}-month": "4", f"{name}-year": "1962"}
        elif part.kind == "choices":
            typed[name] = [part.choices[0].key, part.choices[-1].key]
        else:
            typed[name] = f"Words for {part.key}"
    address = f"/story/{kind.key}"
    assert signed_in.sends(f"{address}/edit", **typed).location == address
    page = signed_in.sees(address).text
    for part in kind.parts:
        expected = {
            "people": ["Ada", "07700 900123"],
            "date": ["3 April 1962"],
            "choices": [c.label for c in (part.choices[:1] + part.choices[-1:])],
        }
        for words in expected.get(part.kind, [f"Words for {part.key}"]):
            assert words in page


def test_what_is_written_stands_in_its_form_again(signed_in):
    form = signed_in.form("/story/identity/edit").filled({})
    assert form["part-called"] == ["Maudie"]
    assert form["part-birth-date-day"] == ["27"]
    assert form["part-birth-date-year"] == ["1941"]
    assert signed_in.form("/story/please-do/edit").filled({})["part-lines"] == [
        "Warm your hands first"
    ]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('<script>alert(1)</script> & "x"', "&lt;script&gt;alert(1)&lt;/script&gt; &amp;"),
        ("bell\a and null\0 go", "bell and null go"),
        ("thumbs 👩🏽‍🦽 up", "thumbs 👩🏽‍🦽 up"),
        ("left \u202eright", "left \u202eright"),
        ("میری کہانی", "میری کہانی"),
        ("one\r\ntwo\r\n\r\nthree", "one\ntwo\n\nthree"),
    ],
)
def test_any_words_are_kept_as_text(signed_in, typed, shown):
    signed_in.sends("/story/my-story/edit", part_text=typed)
    page = signed_in.sees("/story/my-story").text
    assert f'dir="auto" lang="en">{shown}' in page


def test_a_line_cannot_disguise_what_stands_beside_it(signed_in):
    signed_in.sends("/story/people/edit", part_people_0_name="Ada \u202eyad")
    assert "Ada yad" in signed_in.sees("/story/people").text


def test_twenty_thousand_letters_are_saved(signed_in):
    assert signed_in.sends("/story/my-story/edit", part_text="ö" * 20_000).status_code == 303


def test_one_letter_more_is_refused_beside_the_field_with_all_of_it_kept(signed_in):
    words = "ö" * 20_001
    page = signed_in.sends("/story/my-story/edit", part_text=words, sensitive="y")
    assert page.status_code == 200
    assert "<title>Error: My story so far: write" in page.text
    assert page.text.count("This is 1 letter too long.") == 2
    assert 'href="#part-text"' in page.text
    kept = signed_in.form(page).filled({})
    assert kept["part-text"] == [words]
    assert kept["sensitive"] == ["y"]
    assert "You have not written this yet" in signed_in.sees("/story/my-story").text


def test_answers_that_are_too_long_together_are_refused_and_kept(signed_in):
    page = signed_in.sends(
        "/story/wellness/edit", part_good_day="a" * 12_000, part_bad_day="b" * 12_000
    )
    assert "This is 4,000 letters too long." in page.text
    assert signed_in.form(page).filled({})["part-bad-day"] == ["b" * 12_000]


def test_a_million_letters_get_the_same_answer(signed_in):
    page = signed_in.sends("/story/my-story/edit", part_text="x" * 1_000_000)
    assert "This is 980,000 letters too long." in page.text


def test_a_million_letters_in_one_line_are_refused_beside_it(signed_in):
    page = signed_in.sends("/story/identity/edit", part_called="x" * 1_000_000)
    assert page.status_code == 200
    assert 'href="#part-called"' in page.text


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [("31", "2", "1962"), ("", "3", "1962"), ("x", "y", "z"), ("3", "4", "62"), ("-1", "1", "99")],
)
def test_a_day_in_no_calendar_is_refused_and_kept(signed_in, day, month, year):
    page = signed_in.sends(
        "/story/identity/edit",
        part_birth_date_day=day,
        part_birth_date_month=month,
        part_birth_date_year=year,
        part_name="Maud Ellery",
    )
    assert "Write it like 27 3 1962." in page.text
    kept = signed_in.form(page).filled({})
    assert kept["part-birth-date-day"] == [day]
    assert kept["part-name"] == ["Maud Ellery"]


def test_a_date_can_be_taken_away_again(signed_in):
    empty = {f"part-birth-date-{piece}": "" for piece in ("day", "month", "year")}
    assert signed_in.sends("/story/identity/edit", **empty).status_code == 303
    assert "1941" not in signed_in.sees("/story/identity").text


def test_a_strange_nhs_number_is_saved_with_a_warning(signed_in):
    answer = signed_in.sends("/story/identity/edit", part_nhs_number="123 456 7890")
    assert answer.location == "/story/identity"
    page = signed_in.sees("/story/identity").text
    assert "123 456 7890" in page
    assert "This does not look like an NHS number." in page


def test_a_right_nhs_number_has_no_warning(signed_in):
    signed_in.sends("/story/identity/edit", part_nhs_number="943 476 5919")
    assert "does not look like" not in signed_in.sees("/story/identity").text


SAVED = "We have saved what you wrote."


def test_saving_words_says_so(signed_in):
    signed_in.sends("/story/please-do/edit", part_lines="Something else")
    assert SAVED in signed_in.sees("/story/please-do").text


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("please-do", {}, "You changed nothing, so it is as it was."),
        ("my-story", {"part_text": " \n"}, "You wrote nothing here, so this part is empty."),
        ("please-do", {"part_lines": ""}, "You wrote nothing here, so this part is empty."),
    ],
)
def test_nothing_is_said_to_be_saved_if_nothing_was_written(signed_in, key, typed, said):
    signed_in.sends(f"/story/{key}/edit", **typed)
    page = signed_in.sees(f"/story/{key}").text
    assert said in page
    assert SAVED not in page


@pytest.mark.parametrize(
    ("year", "error"),
    [("2949", "That day is still to come."), ("1879", "That is too long ago.")],
)
def test_a_birth_date_that_cannot_be_is_refused_beside_it_and_kept(signed_in, year, error):
    page = signed_in.sends("/story/identity/edit", part_birth_date_year=year)
    assert page.text.count(error) == 2
    assert 'href="#part-birth-date-day"' in page.text
    assert signed_in.form(page).filled({})["part-birth-date-year"] == [year]


def test_another_person_is_added_without_scripts_and_without_losing_words(signed_in):
    form = signed_in.form("/story/people/edit").filled(
        {"part-people-0-name": "Ada", "add-person": "1"}
    )
    page = signed_in.client.post("/story/people/edit", data=form)
    kept = signed_in.form(page).filled({})
    assert kept["part-people-0-name"] == ["Ada"]
    assert kept["part-people-1-name"] == [""]
    assert "You have not written this yet" in signed_in.sees("/story/people").text
    kept.pop("add-person", None)
    answer = signed_in.client.post("/story/people/edit", data={**kept, "part-people-1-name": "Jo"})
    assert answer.status_code == 303
    assert "Jo" in signed_in.sees("/story/people").text


def test_a_part_of_her_own_has_her_own_title(signed_in):
    answer = signed_in.sends("/story/own/new", title="My dog 🐕", part_text="He is called Biscuit.")
    page = signed_in.sees(answer.location).text
    assert "My dog 🐕" in page
    assert "He is called Biscuit." in page
    assert "My dog 🐕" in signed_in.sees("/story").text


def test_a_part_of_her_own_without_a_title_is_refused_and_kept(signed_in):
    page = signed_in.sends("/story/own/new", part_text="He is called Biscuit.")
    assert page.text.count("Give this part a title.") == 2
    assert signed_in.form(page).filled({})["part-text"] == ["He is called Biscuit."]


def test_pressing_save_twice_on_a_new_part_makes_one(signed_in):
    form = signed_in.form("/story/own/new").filled({"title": "My dog", "part-text": "Biscuit"})
    first = signed_in.client.post("/story/own/new", data=form)
    second = signed_in.client.post("/story/own/new", data=form)
    assert first.location == second.location
    assert signed_in.sees("/story").text.count("My dog") == 1


def test_pressing_save_twice_makes_one_version(signed_in):
    form = signed_in.form("/story/my-story/edit").filled({"part-text": "It began in May."})
    for _ in range(2):
        assert signed_in.client.post("/story/my-story/edit", data=form).status_code == 303
    assert signed_in.sees("/story/my-story/versions").text.count("Saved today") == 1


def test_two_tabs_lose_neither_text(signed_in):
    one = signed_in.form("/story/please-do/edit").filled({"part-lines": "From tab one"})
    two = signed_in.form("/story/please-do/edit").filled({"part-lines": "From tab two"})
    signed_in.client.post("/story/please-do/edit", data=one)
    page = signed_in.client.post("/story/please-do/edit", data=two)
    assert page.status_code == 409
    assert "Nothing is lost: both texts are on this page." in page.text
    assert "From tab one" in page.text
    assert signed_in.form(page).filled({})["part-lines"] == ["From tab two"]
    assert "From tab one" in signed_in.sees("/story/please-do").text


def test_after_two_tabs_the_next_press_saves_and_the_other_text_stays_readable(signed_in):
    one = signed_in.form("/story/please-do/edit").filled({"part-lines": "From tab one"})
    two = signed_in.form("/story/please-do/edit").filled({"part-lines": "From tab two"})
    signed_in.client.post("/story/please-do/edit", data=one)
    page = signed_in.client.post("/story/please-do/edit", data=two)
    assert signed_in.sends("/story/please-do/edit", page).status_code == 303
    assert "From tab two" in signed_in.sees("/story/please-do").text
    assert "From tab one" in signed_in.sees("/story/please-do/versions/2").text


def test_a_part_marked_as_sensitive_elsewhere_stays_marked(signed_in):
    one = signed_in.form("/story/please-do/edit").filled({"sensitive": "y"})
    two = signed_in.form("/story/please-do/edit").filled({"part-lines": "From tab two"})
    signed_in.client.post("/story/please-do/edit", data=one)
    page = signed_in.client.post("/story/please-do/edit", data=two)
    assert signed_in.form(page).filled({})["sensitive"] == ["y"]


def test_a_language_that_is_not_on_our_list_stays(signed_in, maud):
    maud.write("my-story", "Es begann im Mai.", language="de")
    signed_in.sends("/story/my-story/edit", part_text="Es begann im Juni.")
    assert 'lang="de">Es begann im Juni.' in signed_in.sees("/story/my-story").text


def test_boxes_follow_the_direction_of_what_is_typed(signed_in):
    page = signed_in.sees("/story/own/new").text
    assert page.count('dir="auto"') >= 2


def test_old_words_can_be_used_again(signed_in):
    signed_in.sends("/story/please-do/edit", part_lines="Something else")
    answer = signed_in.sends("/story/please-do/versions/1")
    assert answer.location == "/story/please-do"
    assert "Warm your hands first" in signed_in.sees("/story/please-do").text
    assert signed_in.sees("/story/please-do/versions").text.count("Saved today") == 3


def test_old_words_come_back_as_sensitive_as_the_part_is_today(signed_in):
    signed_in.sends("/story/please-do/edit", part_lines="Something else", sensitive="y")
    signed_in.sends("/story/please-do/versions/1")
    assert ">\n  Sensitive\n</strong>" in signed_in.sees("/story/please-do").text


def test_the_story_shows_no_words_of_a_sensitive_part(signed_in):
    page = signed_in.sees("/story").text
    assert "Warm your hands first" in page
    assert "Quiet, please" not in page
    assert "%" not in page.partition("<main")[2].partition("</main")[0]


@pytest.mark.parametrize("base", ["", "-1", "x", "9" * 400, "²"])
def test_a_tampered_base_version_harms_nothing(signed_in, base):
    page = signed_in.sends("/story/please-do/edit", part_lines="New words", based_on=base)
    assert page.status_code == 409
    assert signed_in.form(page).filled({})["part-lines"] == ["New words"]


@pytest.mark.parametrize(
    "address",
    [
        "/story/nothing",
        "/story/nothing/edit",
        "/story/own-12345678",
        "/story/own-12345678/edit",
        "/story/own-x/versions",
        "/story/home/versions",
        "/story/please-do/versions/0",
        "/story/please-do/versions/7",
        "/story/please-do/versions/99999999999999999999",
    ],
)
def test_what_is_not_there_is_not_found(signed_in, address):
    assert signed_in.sees(address).status_code == 404


def test_another_residents_own_part_is_not_found(signed_in, other):
    address = signed_in.sends("/story/own/new", title="My dog", part_text="Biscuit").location
    for page in ("", "/edit", "/versions", "/versions/1"):
        assert signed_in.sees(address + page).status_code == 200
        assert other.sees(address + page).status_code == 404
