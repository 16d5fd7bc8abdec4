"""Who may come to which address: every rule of both applications, for every role.

A rule without a line here fails the first test, so nobody adds a page without saying who may
call it. Each cell is one letter:

  y  may: the answer is none of 401, 403 and 404
  n  may not: the answer is 403 or 404, and nothing in any table changes
  s  is asked to sign in, because nobody is signed in: 303 to the sign-in page (GET), or 401 with
     what was typed carried along (POST); nothing changes. Every page of owners gives strangers
     this same answer, whether what it names exists or not, so that it tells them nothing, and so
     that a form whose session ended loses no words (docs/decisions/0023). It is no way in.
  t  the API's own word for it: 401, as OAuth 2.0 (RFC 6750) asks; nothing changes

The columns are the roles: stranger, owner, another owner, a supporter who may read, one who may
write, one who may share (each for two parts of the story), and an organisation's access token.
Rules under /shl/ know no roles: whoever has the 256-bit address reads. Here nobody has.
"""

import pytest

from tests.web.roles import ROLES, World, make_world

OPEN = "yyyyyyy"
OWN = "syynnns"  # each owner's own; never a supporter's
HERS = "synnnns"  # a thing of Rosa's, named by its id
GONE = "snnnnns"  # there is no such thing in anybody's passport
NOT_FOUND = "nnnnnnn"
SHARERS = "syynnys"
HER_SHARE = "synnnys"

TABLE: dict[str, dict[str, str]] = {
    "/": {"GET": OPEN},
    "/help": {"GET": OPEN},
    "/help/<topic>": {"GET": OPEN},
    "/credits": {"GET": OPEN},
    "/example": {"GET": OPEN},
    "/example/shares": {"GET": OPEN},
    "/example/reader": {"GET": OPEN},
    "/example/inbox": {"GET": OPEN},
    "/example/file": {"GET": OPEN},
    "/example/qr.svg": {"GET": OPEN},
    "/view": {"GET": OPEN},
    "/view/elsewhere": {"GET": OPEN},
    "/view/scan": {"GET": OPEN},
    "/healthz": {"GET": OPEN},
    "/readyz": {"GET": OPEN},
    "/static/<path:filename>": {"GET": OPEN},
    "/schemas/export-1.json": {"GET": OPEN},
    "/api/docs": {"GET": OPEN},
    "/api/openapi.json": {"GET": OPEN},
    "/api/trusts/v1/grants": {"GET": "tttttty"},
    "/api/trusts/v1/token": {"POST": OPEN},
    "/shl/<address>": {"GET": NOT_FOUND, "POST": NOT_FOUND},
    "/shl/files/<address>": {"GET": NOT_FOUND},
    # Whoever has what a reading gave them answers; without it, nothing is kept and nothing told.
    "/shl/replies": {"POST": NOT_FOUND},
    "/shl/thanks": {"POST": OPEN},
    "/sign-up": {"GET": OPEN, "POST": OPEN},
    "/sign-in": {"GET": OPEN, "POST": OPEN},
    "/sign-out": {"POST": OPEN},
    "/how-pages-look": {"GET": OPEN, "POST": OPEN},
    "/recover": {"GET": OPEN, "POST": OPEN},
    "/card": {"GET": OPEN, "POST": OPEN},
    "/sign-in/passkey": {"GET": OPEN, "POST": OPEN},
    "/sign-in/passkey/options": {"POST": OPEN},
    # One proves who one is to one's own passport, also while helping in another.
    "/sign-in-again": {"GET": "syyyyys", "POST": "syyyyys"},
    "/recovery-code": {"GET": OWN, "POST": OWN},
    "/account": {"GET": OWN},
    "/account/activity": {"GET": OWN},
    "/account/devices": {"GET": OWN},
    "/account/devices/sign-out-others": {"POST": OWN},
    # Signing out what is signed out already, or never was, is no mistake, and does nothing.
    "/account/devices/<session_id>/sign-out": {"POST": OWN},
    "/account/settings": {"GET": OWN, "POST": OWN},
    "/account/stay": {"POST": "syyyyys"},
    "/leave": {"GET": OPEN, "POST": OPEN},
    "/language": {"POST": OPEN},
    "/account/export": {"GET": OWN, "POST": OWN},
    "/account/import": {"GET": OWN, "POST": OWN},
    "/account/erase": {"GET": OWN, "POST": OWN},
    "/erased/receipt": {"POST": OPEN},
    "/ways-in": {"GET": OWN},
    "/ways-in/passphrase": {"GET": OWN, "POST": OWN},
    "/ways-in/recovery-code": {"GET": OWN, "POST": OWN},
    "/ways-in/cards/new": {"GET": OWN, "POST": OWN},
    "/ways-in/cards/<slot_id>": {"GET": HERS, "POST": HERS},
    "/ways-in/cards/<slot_id>/qr.svg": {"GET": HERS},
    "/ways-in/passkeys/new": {"GET": OWN, "POST": OWN},
    "/ways-in/passkeys/options": {"POST": OWN},
    "/ways-in/<slot_id>/name": {"GET": HERS, "POST": HERS},
    "/ways-in/<slot_id>/remove": {"GET": HERS, "POST": HERS},
    "/supporters": {"GET": OWN},
    "/supporters/invite": {"GET": OWN, "POST": OWN},
    # A used invitation sends its owner to her list, with a word about it; so does a stranger's id.
    "/supporters/invitations/<invitation_id>": {"GET": OWN},
    "/supporters/invitations/<invitation_id>/cancel": {"POST": OWN},
    "/supporters/invitations/<invitation_id>/qr.svg": {"GET": HERS},
    "/supporters/<supporter_id>": {"GET": HERS, "POST": HERS},
    "/supporters/<supporter_id>/end": {"GET": HERS, "POST": HERS},
    "/supporting": {"GET": OWN},
    # Only the supporter's own passport, while it is not helping, knows this id.
    "/supporting/<supported_id>/help": {"POST": "snnnnns"},
    "/supporting/<supported_id>/leave": {"GET": "snnnnns", "POST": "snnnnns"},
    "/supporting/stop": {"POST": "syyyyys"},
    "/join": {"GET": "yyynnny", "POST": OWN},
    "/join/answer": {"POST": OWN},
    "/account/recovery-helpers": {"GET": OWN},
    "/account/recovery-helpers/ask": {"GET": OWN, "POST": OWN},
    "/account/recovery-helpers/asked/<asked_id>": {"GET": OWN},
    "/account/recovery-helpers/asked/<asked_id>/qr.svg": {"GET": GONE},
    "/account/recovery-helpers/asked/<asked_id>/take-back": {"POST": OWN},
    "/account/recovery-helpers/seen": {"POST": OWN},
    "/account/recovery-helpers/stop": {"POST": OWN},
    "/account/recovery-helpers/wait": {"GET": OWN, "POST": OWN},
    "/account/recovery-helpers/<helper_id>/confirm": {"GET": GONE, "POST": GONE},
    "/account/recovery-helpers/<helper_id>/remove": {"GET": GONE, "POST": GONE},
    "/recover/with-help": {"GET": OPEN, "POST": OPEN},
    "/recover/with-help/code": {"GET": OPEN, "POST": OPEN},
    "/recover/with-help/forget": {"POST": OPEN},
    "/recover/with-help/number": {"POST": OPEN},
    "/help-back-in": {"GET": "yyynnny", "POST": OWN},
    "/help-back-in/answer": {"POST": OWN},
    "/helping-back-in": {"GET": OWN},
    "/helping-back-in/<helped_id>": {"GET": GONE, "POST": GONE},
    "/helping-back-in/<helped_id>/step-down": {"GET": GONE, "POST": GONE},
    "/helping-back-in/<helped_id>/take-back": {"POST": GONE},
    "/story/today": {"GET": OWN, "POST": OWN},
    "/story/today/how": {"GET": OWN, "POST": OWN},
    "/story/today/cant": {"GET": OWN, "POST": OWN},
    "/story/still-true": {"GET": OWN, "POST": OWN},
    "/story/still-true/rhythm": {"GET": OWN, "POST": OWN},
    "/story/easy": {"GET": "syyyyys"},
    # It stands beside the first language, so that it is for who may read and write.
    "/story/<key>/other-language": {"GET": OWN, "POST": OWN},
    "/story/<key>/versions/<int(max=2147483647):number>/compare": {"GET": "synynns"},
    "/story/<key>/prompts": {"POST": OWN},
    "/story/<key>/draft": {"POST": "syynyns"},
    "/story/<key>/draft/throw-away": {"POST": "syynyns"},
    "/story": {"GET": "syyyyys"},
    "/story/own/new": {"GET": OWN, "POST": OWN},
    # `home` is granted and empty; `please-do` is granted and written. See below for the others.
    "/story/<key>": {"GET": "syyyyns"},
    "/story/<key>/edit": {"GET": "syynyns", "POST": "syynyns"},
    "/story/<key>/versions": {"GET": "synynns"},
    "/story/<key>/versions/<int(max=2147483647):number>": {"GET": "synynns", "POST": "synnnns"},
    "/story/<key>/files": {"GET": "syyyyns"},
    "/story/<key>/files/new": {"GET": "syynyns", "POST": "syynyns"},
    "/story/<key>/files/<attachment_id>": {"GET": HERS, "POST": HERS},
    "/story/<key>/files/<attachment_id>/remove": {"GET": HERS, "POST": HERS},
    "/story/<key>/files/<attachment_id>/content": {"GET": "synynns"},
    "/story/<key>/uploads": {"POST": "syynyns"},
    # Only whoever began to send something may go on with it.
    "/story/<key>/uploads/<upload_id>": {"GET": HERS},
    "/story/<key>/uploads/<upload_id>/<int(max=9999):part>": {"POST": HERS},
    "/story/<key>/uploads/<upload_id>/finish": {"POST": HERS},
    "/story/<key>/uploads/<upload_id>/keep": {"POST": HERS},
    "/story/<key>/uploads/<upload_id>/throw-away": {"POST": HERS},
    # Without a passport's session there is nothing in it; so anybody may ask.
    "/inbox/news.json": {"GET": OPEN},
    "/inbox": {"GET": OWN},
    "/inbox/<reply_id>/accept": {"POST": HERS},
    "/inbox/<reply_id>/decline": {"POST": HERS},
    "/inbox/<reply_id>/thank": {"POST": HERS},
    "/inbox/measure": {"GET": OWN, "POST": OWN},
    "/inbox/measure/never": {"POST": OWN},
    "/inbox/measure/again": {"POST": OWN},
    "/inbox/openings/seen": {"POST": OWN},
    "/shares/emergency/new": {"GET": OWN, "POST": OWN},
    "/shares": {"GET": SHARERS},
    "/shares/new": {"GET": SHARERS},
    "/shares/new/<try_id>/<step>": {"GET": SHARERS, "POST": SHARERS},
    "/shares/new/<try_id>/check": {"GET": SHARERS, "POST": SHARERS},
    # Of nothing chosen there is nothing to look at.
    "/shares/new/<try_id>/preview.json": {"GET": "snnnnns"},
    "/shares/<share_id>": {"GET": HER_SHARE},
    "/shares/<share_id>/qr.svg": {"GET": HER_SHARE},
    "/shares/<share_id>/qr.png": {"GET": HER_SHARE},
    "/shares/<share_id>/pause": {"POST": HER_SHARE},
    "/shares/<share_id>/resume": {"POST": HER_SHARE},
    "/shares/<share_id>/extend": {"POST": HER_SHARE},
    "/shares/<share_id>/contents": {"POST": HER_SHARE},
    "/shares/<share_id>/readings.json": {"GET": HER_SHARE},
    "/shares/<share_id>/new-passcode": {"GET": HER_SHARE, "POST": HER_SHARE},
    # `booklet`, of what the one who asks may read.
    "/paper": {"GET": "syyynns"},
    "/paper/<kind>": {"GET": "syyynns", "POST": "syyynns"},
    "/paper/<kind>/pdf": {"POST": "syyynns"},
    "/shares/<share_id>/stop": {"GET": HER_SHARE, "POST": HER_SHARE},
}

# What a form must hold to do what it is for, so that a refusal is no accident of an empty one.
_TERMS = {"name": "Eve", "owner_name": "Rosa", "how": "everything", "which": "all", "ends": "never"}
SENT: dict[str, dict[str, object]] = {
    "/supporters/invite": _TERMS,
    "/supporters/<supporter_id>": _TERMS,
    "/story/<key>/edit": {"part-text": "Words", "based_on": "0"},
    "/story/<key>/versions/<int(max=2147483647):number>": {"based_on": "2"},
    "/story/own/new": {"title": "My dog", "part-text": "Biscuit"},
    "/story/still-true": {"key": "please-do", "version": "2"},
    "/shares/new/<try_id>/<step>": {"recipient": "Ward 7", "kind": "ward"},
    "/shares/<share_id>/extend": {"duration": "year"},
    "/ways-in/<slot_id>/name": {"name": "Mine now"},
    "/inbox/<reply_id>/thank": {"words": "Thank you"},
    "/shares/emergency/new": {"recipient": "Wallet", "sections": "please-do"},
    "/shl/replies": {"kind": "message", "words": "Eve", "capability": "A.A"},
    "/shl/thanks": {"secret": "A" * 43},
}
BEYOND_REACH = [rule for rule in TABLE if "<key>" in rule]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    made = make_world(tmp_path_factory.mktemp("roles"))
    made.rosa.write("please-do", ["Newer words"])
    return made


def test_every_rule_and_method_has_its_line(world: World) -> None:
    rules = {(rule, method) for rule, lines in TABLE.items() for method in lines}
    assert _rules_of(world) - rules == set(), "say in TABLE who may call these"
    assert rules - _rules_of(world) == set(), "these are gone"


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says_and_no_more(world: World, role: str) -> None:
    kept, before = world.keeps(), world.digest()
    wrong = {}
    for rule, lines in TABLE.items():
        for method, cells in lines.items():
            expected = cells[ROLES.index(role)]
            answer = world.asks(role, method, _address(world, rule), _sent(world, rule))
            found = _outcome(answer)
            has_changed = world.digest() != before
            if found != expected or (expected != "y" and has_changed):
                wrong[f"{method} {rule}"] = (expected, found, answer.status_code, has_changed)
            if has_changed:
                world.restores(kept)
                assert world.digest() == before
    assert wrong == {}, "\n".join(f"WRONG {k} {v}" for k, v in wrong.items())


@pytest.mark.parametrize("role", ["read", "write", "share"])
@pytest.mark.parametrize("key", ["most-important", "identity", "crisis", "own-0badcafe"])
def test_no_supporter_reaches_a_part_that_was_not_granted(
    world: World, role: str, key: str
) -> None:
    before = world.digest()
    for rule in BEYOND_REACH:
        for method in TABLE[rule]:
            address = _address(world, rule, key)
            assert _outcome(world.asks(role, method, address, _sent(world, rule))) == "n", address
    assert world.digest() == before


def _rules_of(world: World) -> set[tuple[str, str]]:
    applications = (world.app, world.app.extensions["readers"])
    return {
        (rule.rule, method)
        for application in applications
        for rule in application.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def _address(world: World, rule: str, key: str = "") -> str:
    values = {
        **world.values,
        "key": key or ("please-do" if "versions" in rule else "home"),
        "int(max=2147483647):number": 1,
        "int(max=9999):part": 0,
        "asked_id": "0" * 32,
        "session_id": "0" * 32,
        "helper_id": "0" * 32,
        "helped_id": "0" * 32,
        "address": "A" * 43,
        "kind": "booklet",
        "try_id": "0" * 32,
        "step": "who",
        "topic": "sharing",
        "path:filename": "built/passport.css",
    }
    for name, value in values.items():
        rule = rule.replace(f"<{name}>", str(value))
    return rule


def _sent(world: World, rule: str) -> dict[str, object]:
    if rule.startswith("/join"):
        return {"code": world.values["code"], "called": "Eve", "answer": "yes"}
    return SENT.get(rule, {})


def _outcome(answer) -> str:
    if answer.status_code >= 500:
        return "error"
    if answer.status_code in (403, 404):
        return "n"
    if answer.status_code == 401:
        return "t" if answer.is_json else "s"
    if answer.status_code == 303 and answer.location.startswith("/sign-in?"):
        return "s"
    return "y"
