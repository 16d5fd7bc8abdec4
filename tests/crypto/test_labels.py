"""Every key is for one purpose (rule 4 of the keys)."""

import ast
from pathlib import Path

from passport.crypto import labels

ROOT = Path(__file__).parents[2]
LABELS = {name: text for name, text in vars(labels).items() if name.isupper() and name[0] != "_"}

# Who names which label. Whoever adds a line here has thought about what else that key is for:
# a second module may only open what the first one seals.
USED_IN = {
    "SECTION": {"story/sections.py"},
    "SECTION_ID": {"crypto/passport_key.py"},
    "SHARE_RECORD": {"sharing/share_rows.py"},
    "INBOX_PRIVATE_KEY": {"accounts/sign_up.py", "storage/inbox_keys.py"},
    "INBOX_BATCH": {"crypto/inbox.py"},
    "RECEIPT": {"sharing/receipts.py"},
    "REPLY": {"sharing/reply.py"},
    "REPLY_CAPABILITY": {"crypto/pepper.py"},
    "REPLY_STATE": {"sharing/inbox.py"},
    "TOLD_AGAIN": {"sharing/told_again.py"},
    "TOLD_AGAIN_ID": {"crypto/passport_key.py"},
    "SIGN_IN_NAME": {"accounts/sign_in_names.py", "accounts/sign_up.py"},
    "RECOVERY_CODE_COPY": {"accounts/slots.py"},
    "CARD_CODE_COPY": {"accounts/owner_cards.py"},
    "WAY_IN_NAME": {"accounts/slots.py"},
    "SLOT_OWNER_CARD": {"crypto/owner_card.py"},
    "CARD_LOOKUP": {"crypto/owner_card.py"},
    "SLOT_PASSPHRASE": {"crypto/key_slots.py"},
    "SLOT_RECOVERY_CODE": {"crypto/key_slots.py"},
    "SLOT_PASSKEY": {"crypto/key_slots.py"},
    "PASSKEY_PRF": {"crypto/key_slots.py"},
    "SLOT_WRAP": {"crypto/key_slots.py"},
    "SLOT_SUPPORTER": {"crypto/supporter_slot.py"},
    "SLOT_SUPPORTER_BOX": {"crypto/supporter_slot.py"},
    "INVITATION_LOOKUP": {"crypto/invitation_secret.py"},
    "INVITATION_KEY": {"crypto/invitation_secret.py"},
    "INVITATION_WRAP": {"crypto/invitation_secret.py"},
    "INVITATION_TERMS": {"accounts/invitations.py"},
    "SUPPORTER_TERMS": {"accounts/supporters.py"},
    "SLOT_RECOVERY_HELPERS": {"crypto/helpers_slot.py"},
    "HELPER_INVITATION": {"accounts/helper_invitations.py"},
    "RECOVERY_HELPER": {"accounts/recovery_helper_rows.py"},
    "HELPED_OWNER": {"accounts/recovery_helper_rows.py"},
    "HELPERS_PIECE": {"accounts/recovery_pieces.py"},
    "TICKETS_PIECE": {"accounts/recovery_pieces.py"},
    "HELP_TICKET_LOOKUP": {"crypto/help_ticket.py"},
    "HELP_TICKET_KEY": {"crypto/help_ticket.py"},
    "HELP_NUMBER": {"crypto/help_ticket.py"},
    "HELP_NUMBER_LOOKUP": {"crypto/pepper.py"},
    "SESSION_LOOKUP": {"crypto/session_secret.py"},
    "SESSION_KEY": {"crypto/session_secret.py"},
    "SESSION_WRAP": {"crypto/session_secret.py"},
    "SESSION_DEVICE": {"accounts/devices.py", "accounts/sessions.py"},
    "DRAFT": {"story/drafts.py"},
    "DRAFT_ID": {"crypto/passport_key.py"},
    "PREFERENCES": {"accounts/preferences.py"},
    "ERASURE": {"crypto/passport_key.py"},
    "SHARE_FILE": {"crypto/share_file.py"},
    "ACTIVITY": {"activity/sealed_entry.py"},
    "ACTIVITY_HEAD": {"activity/sealed_entry.py"},
    "SERVICE_ACTIVITY": {"activity/sealed_entry.py"},
    "ATTACHMENT": {"story/attachments.py"},
    "ATTACHMENT_PART": {"story/attachments.py"},
    "UPLOAD": {"story/uploads.py"},
    "UPLOAD_PART": {"story/uploads.py"},
    "SHARED_ATTACHMENT": {"crypto/passport_key.py"},
    "GRANT": {"trusts/grant_place.py", "trusts/organisations.py"},
    "NAME_LOOKUP": {"crypto/pepper.py"},
    "NAME_SALT": {"crypto/pepper.py"},
    "RECOVERY_CODE_LOOKUP": {"crypto/recovery_code.py"},
    "USED_RECOVERY_CODE_LOOKUP": {"crypto/recovery_code.py"},
    "PASSCODE_HASH": {"crypto/pepper.py"},
}


def test_no_two_labels_are_the_same() -> None:
    assert len(set(LABELS.values())) == len(LABELS)


def test_every_label_says_whose_and_which_version_it_is() -> None:
    assert all(text.startswith("story-passport/v1/") for text in LABELS.values())


def test_every_label_is_used_where_it_belongs_and_nowhere_else() -> None:
    assert _uses() == USED_IN


def test_no_label_is_made_outside_the_one_file() -> None:
    strays = [
        path
        for path in (ROOT / "passport").rglob("*.py")
        if path.name != "labels.py" and "story-passport/v" in _strings(path)
    ]
    assert strays == []


def test_the_room_of_keys_knows_neither_web_nor_database() -> None:
    for path in (ROOT / "passport" / "crypto").glob("*.py"):
        imported = {name.split(".")[0] for name in _imports(path)}
        assert imported.isdisjoint({"flask", "sqlalchemy", "werkzeug"}), path


def _uses() -> dict[str, set[str]]:
    uses: dict[str, set[str]] = {}
    for path in (ROOT / "passport").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "labels":
                where = str(path.relative_to(ROOT / "passport"))
                uses.setdefault(node.attr, set()).add(where)
    return {name: where for name, where in uses.items() if name in LABELS}


def _strings(path: Path) -> str:
    nodes = ast.walk(ast.parse(path.read_text()))
    return "\n".join(n.value for n in nodes if isinstance(n, ast.Constant) and type(n.value) is str)


def _imports(path: Path) -> list[str]:
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append(node.module or "")
    return found
