"""What was done, as the owner reads it."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from passport import clock
from passport.access import Access
from passport.accounts.preferences import change_quietly
from passport.activity.record import record, record_by_service
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.change_share import pause_share
from tests.activity.records import ENTRIES, newest_number, put
from tests.web.test_every_page import problems_of

PAGE = "/account/activity"


def words_of(page) -> str:
    return " ".join(page.text.replace("<bdi>", "").replace("</bdi>", "").split())


def by_supporter(maud, name: str, title: str) -> None:
    access = Access("1" * 32, name, frozenset({"write"}), None)
    acting = UnlockedPassport(maud.passport.passport_id, maud.passport.key, access)
    with maud.database.write() as connection:
        record(connection, acting, "section-saved", title=title)


def by_service(maud) -> None:
    with maud.database.write() as connection:
        record_by_service(connection, maud.passport.passport_id, "card-wrong-pin")


def test_what_the_owner_did_is_told_in_plain_words(maud, signed_in):
    share = maud.share("please-do", recipient="Rose ward")
    pause_share(maud.database, maud.passport, share.share_id)
    words = words_of(signed_in.sees(PAGE))
    assert "You made this passport." in words
    assert "You changed “Please do”." in words
    assert "You shared the story with Rose ward." in words
    assert words.index("You paused the share with Rose ward.") < words.index("You shared the story")
    assert "does not fit" not in words


def test_what_we_named_a_part_is_said_in_the_language_of_the_page(maud, signed_in):
    by_supporter(maud, "Ben", "Biscuit")
    change_quietly(maud.database, maud.passport, language="cy")
    words = words_of(signed_in.sees(PAGE))
    assert "Gwnewch hyn, os gwelwch yn dda" in words
    assert "Please do" not in words
    assert "Biscuit" in words


def test_what_others_did_is_told_with_who_they_are(maud, signed_in):
    by_supporter(maud, "Ben <b>", "People")
    by_service(maud)
    page = signed_in.sees(PAGE)
    assert "<bdi>Ben &lt;b&gt;</bdi> changed “<bdi>People</bdi>”." in page.text
    assert "Someone typed a wrong PIN for one of your cards." in page.text


@pytest.mark.parametrize(
    ("asked", "shown", "hidden"),
    [
        ("about=sharing", "You shared the story", "You changed"),
        ("about=story", "You changed", "You shared the story"),
        ("who=supporter", "Ben changed", "You changed"),
        ("who=service", "a wrong PIN", "Ben changed"),
        ("who=me", "You changed", "Ben changed"),
        ("since=2020-01-01&until=2999-01-01", "You changed", "Nothing was found"),
        ("until=2020-01-01", "Nothing was found that you asked for", "You changed"),
    ],
)
def test_only_what_was_asked_for_is_shown(maud, signed_in, asked, shown, hidden):
    maud.share("please-do")
    by_supporter(maud, "Ben", "People")
    by_service(maud)
    words = words_of(signed_in.sees(f"{PAGE}?{asked}"))
    assert shown in words
    assert hidden not in words


def test_a_day_is_a_day_where_the_owner_lives(maud, signed_in, monkeypatch):
    past_midnight = clock.now().replace(year=2026, month=7, day=1, hour=23, minute=30)
    monkeypatch.setattr(clock, "now", lambda: past_midnight)
    maud.write("people", [{"name": "Ada"}])
    monkeypatch.setattr(clock, "now", lambda: past_midnight + timedelta(seconds=5))
    words = words_of(signed_in.sees(f"{PAGE}?since=2026-07-02&until=2026-07-02"))
    assert "00:30" in words


def test_a_day_that_is_none_is_said_beside_its_field(signed_in):
    page = signed_in.sees(f"{PAGE}?since=soon")
    assert page.status_code == 400
    assert "Type a day like 2026-03-27" in page.text
    assert 'href="#since"' in page.text


def test_older_lines_are_a_link_away_and_keep_the_filter(maud, signed_in):
    with maud.database.write() as connection:
        for number in range(60):
            record(connection, maud.passport, "section-saved", title=f"Part {number}")
    first = signed_in.sees(f"{PAGE}?about=story")
    assert "Part 59" in first.text
    assert "Part 0<" not in first.text
    link = first.text.split('">Show older ones')[0].rsplit('href="', 1)[1].replace("&amp;", "&")
    second = signed_in.sees(link)
    assert "Part 0<" in second.text
    assert "Part 59" not in second.text
    assert "You made this passport" not in second.text
    assert "Back to the newest" in second.text


def test_a_changed_line_and_a_missing_one_are_shown_in_their_places(maud, signed_in):
    by_supporter(maud, "Ben", "People")
    number = newest_number(maud)
    put(maud, number, created_at=1)
    mine = ENTRIES.c.passport_id == maud.passport.passport_id
    with maud.database.write() as connection:
        connection.execute(delete(ENTRIES).where(mine, ENTRIES.c.number == number - 1))
    words = words_of(signed_in.sees(PAGE))
    changed = words.index("Somebody who is not you changed this line")
    missing = words.index("1 line is missing here.")
    assert changed < missing < words.index("You made this passport.")


def test_a_chain_that_does_not_fit_is_told_though_every_line_can_be_read(maud, signed_in):
    put(maud, 2, chain=b"\x05" * 32)
    words = words_of(signed_in.sees(PAGE))
    assert "Something does not fit" in words
    assert "You made this passport." in words


@pytest.mark.parametrize("before", ["", "0", "-1", "x", "9" * 40, "²", "99999"])
def test_an_odd_address_breaks_nothing(signed_in, before):
    assert signed_in.sees(f"{PAGE}?before={before}&who=nobody").status_code in (200, 400)


def test_another_resident_sees_nothing_of_it(maud, other):
    maud.share("please-do", recipient="Rose ward")
    assert "Rose ward" not in other.sees(PAGE).text


def test_the_account_leads_to_it(signed_in):
    assert f'href="{PAGE}"' in signed_in.sees("/account").text


def test_the_page_is_open_to_everyone_at_320_pixels(served, browser, axe):
    by_supporter(served.maud, "Llanfairpwllgwyngyllgogerychwyrndrobwll" * 3, "People" * 30)
    put(served.maud, 2, created_at=1)
    with browser.new_context(viewport={"width": 320, "height": 640}) as context:
        context.add_cookies(
            [{"name": "session", "value": served.maud.cookie, "url": served.base_url}]
        )
        page = context.new_page()
        for address in (PAGE, f"{PAGE}?who=me&since=soon", f"{PAGE}?before=3"):
            page.goto(served.base_url + address)
            assert problems_of(page, axe) == []
