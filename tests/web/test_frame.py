"""The frame of every page, and the form fields on it, in a real browser."""

import re
import threading

import pytest
from flask import Flask, flash, render_template, render_template_string, request
from flask_babel import Babel
from flask_wtf import FlaskForm
from playwright.sync_api import expect
from werkzeug.serving import make_server
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from passport.web import security_headers, templating, words
from passport.web.local_address import leading_on

HOSTILE = """"></textarea><script>alert('x')</script><img src=x onerror=alert(1)>' & <b>"""
FORM_PAGE = """
{% extends "base.html" %}
{% from "components/forms.html" import error_summary, hidden_fields, text_input, password_input,
   textarea, radios, checkboxes, checkbox, submit %}
{% block page_title %}A form{% endblock %}
{% block content %}
{{ error_summary(form) }}
<h1>A form</h1>
<form method="post" novalidate>
  {{ hidden_fields(form) }}
  {{ text_input(form.name, autocomplete="username") }}
  {{ password_input(form.passphrase) }}
  {{ textarea(form.words, maxlength=40) }}
  {{ radios(form.how_long, hints={"visit": "Until tomorrow"}) }}
  {{ checkboxes(form.sections) }}
  {{ checkbox(form.ask) }}
  {{ text_input(form.people[0].form.who) }}
  {{ submit("Save") }}
</form>
{% endblock %}
"""


class Person(Form):
    who = StringField("Who is this?", [InputRequired("Enter who this is")])


class EveryField(FlaskForm):
    name = StringField("Your name", [InputRequired("Enter your name")], description="Any name")
    passphrase = PasswordField("Passphrase", [InputRequired("Enter your passphrase")])
    words = TextAreaField("In your words", [Length(max=40, message="Use 40 letters or fewer")])
    how_long = RadioField(
        "How long?", [InputRequired("Choose how long")], choices=[SelectChoice("visit", "A visit")]
    )
    sections = SelectMultipleField("Which parts?", choices=[SelectChoice("a", "All <b>")])
    ask = BooleanField("Ask for a passcode")
    people = FieldList(FormField(Person), min_entries=1)


@pytest.fixture
def app():
    app = Flask(__name__, static_folder=None)
    app.config.update(SECRET_KEY="for tests", WTF_CSRF_ENABLED=False)
    templating.init_app(app)
    Babel(app)
    words.init_app(app)
    app.add_template_global(leading_on)
    security_headers.init_app(app, "http://127.0.0.1")
    app.add_url_rule("/", view_func=lambda: render_template("home.html"), endpoint="home")

    @app.route("/form", methods=["GET", "POST"])
    def form():
        form = EveryField()
        if request.method == "POST" and form.validate():
            flash("Saved <b>it</b>")
        return render_template_string(FORM_PAGE, form=form, signed_in=True)

    @app.get("/error/<int:code>")
    def error(code):
        return render_template("error.html", code=code), code

    return app


@pytest.fixture
def address(app):
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def complaints(page):
    """What the browser refused, and every request that left for another site."""
    found = []
    page.on("console", lambda message: found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("dialog", lambda dialog: (found.append("a script ran"), dialog.dismiss()))
    page.on("request", lambda r: "//127.0.0.1" in r.url or found.append(r.url))
    return found


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("path", ["/", "/form", "/error/404", "/error/503"])
def test_every_page_fits_and_lets_everyone_in(page, axe, address, path, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + path)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_pages_show_our_font_and_ask_nobody_else(page, address, complaints):
    page.goto(address)
    page.evaluate("document.fonts.ready")

    fonts = page.evaluate(
        "[...document.fonts].filter(f => f.status == 'loaded').map(f => f.family)"
    )
    assert '"Atkinson Hyperlegible"' in fonts or "Atkinson Hyperlegible" in fonts
    assert complaints == []


def test_an_error_stands_beside_its_field_and_the_summary_leads_to_it(page, axe, address):
    page.goto(f"{address}/form")
    page.get_by_label("In your words").fill("Tea\n  and cake")
    page.get_by_role("button", name="Save").click()

    expect(page).to_have_title(re.compile("^Error: "))
    summary = page.get_by_role("alert")
    expect(summary.get_by_role("link")).to_have_text(
        ["Enter your name", "Enter your passphrase", "Choose how long", "Enter who this is"]
    )
    for link in summary.get_by_role("link").all():
        link.click()
        described = page.evaluate(
            "(document.activeElement.closest('fieldset') || document.activeElement)"
            ".getAttribute('aria-describedby')"
        )
        errors = [page.locator(f"#{part}").inner_text() for part in described.split()]
        assert any(link.inner_text() in error for error in errors)
    expect(page.get_by_label("In your words")).to_have_value("Tea\n  and cake")
    assert axe(page) == []


def test_what_a_person_types_comes_back_as_typed_and_never_as_markup(page, address, complaints):
    page.goto(f"{address}/form")
    page.get_by_label("Your name").fill(HOSTILE)
    page.get_by_label("In your words").fill("\n\n" + HOSTILE)
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_label("Your name")).to_have_value(HOSTILE)
    expect(page.get_by_label("In your words")).to_have_value("\n\n" + HOSTILE)
    assert complaints == []


def test_a_passphrase_is_never_sent_back(app):
    answer = app.test_client().post("/form", data={"passphrase": "four-quiet-words-here"})

    assert "four-quiet-words-here" not in answer.text


def test_the_count_of_letters_left_is_told_while_typing(page, address):
    page.goto(f"{address}/form")
    page.get_by_label("In your words").press_sequentially("x" * 35)

    page.get_by_text("You have 5 letters left").first.wait_for()


def test_a_form_works_without_javascript(browser, address):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/form")
        page.get_by_label("Your name").fill("Mary")
        page.get_by_label("Passphrase").fill("four quiet words here")
        page.get_by_label("A visit").check()
        page.get_by_label("Ask for a passcode").check()
        page.get_by_label("Who is this?").fill("My sister")
        page.get_by_role("button", name="Save").click()

        expect(page.get_by_text("Saved <b>it</b>")).to_be_visible()
        expect(page.get_by_label("Ask for a passcode")).to_be_checked()


def test_the_first_press_of_tab_offers_to_skip_to_the_page_itself(page, address):
    page.goto(address)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#maincontent")).to_be_focused()


def test_no_page_of_a_story_stays_in_the_browsers_cache(app):
    answer = app.test_client().get("/form")

    assert answer.headers["Cache-Control"] == "no-store"


def test_assets_are_kept_for_good_because_their_address_changes_with_them(app):
    page = app.test_client().get("/").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]

    assert "immutable" in app.test_client().get(address).headers["Cache-Control"]


def test_a_policy_that_a_view_chose_is_left_alone(app):
    app.add_url_rule("/view", view_func=lambda: ("", {"Content-Security-Policy": "sandbox"}))

    headers = app.test_client().get("/view").headers

    assert headers.getlist("Content-Security-Policy") == ["sandbox"]
    assert headers["Referrer-Policy"] == "no-referrer"


def test_browsers_are_told_to_stay_on_https_only_where_we_are_on_https(app):
    secure = Flask("secure", static_folder=None)
    security_headers.init_app(secure, "https://passport.example")

    assert "Strict-Transport-Security" in secure.test_client().get("/").headers
    assert "Strict-Transport-Security" not in app.test_client().get("/").headers
