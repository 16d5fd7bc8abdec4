"""Whoever has to get in first is led on to where she was going, whichever link she takes."""

import re

import pytest

from tests.residents import Resident
from tests.web.test_ways_in import PIN, new_card
from tests.web.visitor import Visitor

WAYS_TO_GET_IN = ("/sign-in", "/sign-up", "/card")


def links(page: str) -> set[str]:
    return {a for a in re.findall(r'href="([^"]*)"', page) if a.startswith(WAYS_TO_GET_IN)}


@pytest.mark.parametrize("invitation", ["/join", "/help-back-in"])
def test_every_link_to_get_in_leads_back_to_the_invitation(stranger: Visitor, invitation: str):
    pages = [invitation, *links(stranger.sees(invitation).text)]
    found = {link for page in pages for link in links(stranger.sees(page).text)}
    assert found == {f"{way}?next={invitation}" for way in WAYS_TO_GET_IN}


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_no_link_leads_to_another_site(stranger: Visitor, elsewhere: str):
    page = stranger.client.get("/sign-in", query_string={"next": elsewhere}).text
    assert links(page) == {f"{way}?next=/story" for way in WAYS_TO_GET_IN}


def test_a_card_leads_on_too_and_never_to_another_site(app, maud: Resident):
    _, code = new_card(maud)
    for then, leads in (("/join", "/join"), ("//evil.example", "/story")):
        came = Visitor(app).sends(f"/card?next={then}", code=code, pin=PIN)
        assert came.location == leads
