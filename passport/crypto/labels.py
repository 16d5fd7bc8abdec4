"""Every derivation label, each used for one purpose only, so that no two keys ever coincide."""

_PREFIX = "story-passport/v1/"

SECTION = _PREFIX + "section"
SECTION_ID = _PREFIX + "section-id"
SHARE_RECORD = _PREFIX + "share-record"
INBOX_PRIVATE_KEY = _PREFIX + "inbox-private-key"
INBOX_BATCH = _PREFIX + "inbox-batch"
RECEIPT = _PREFIX + "receipt"
SIGN_IN_NAME = _PREFIX + "sign-in-name"
RECOVERY_CODE_COPY = _PREFIX + "recovery-code-copy"
CARD_CODE_COPY = _PREFIX + "card-code-copy"
WAY_IN_NAME = _PREFIX + "way-in-name"

SLOT_PASSPHRASE = _PREFIX + "slot-passphrase"
SLOT_RECOVERY_CODE = _PREFIX + "slot-recovery-code"
SLOT_OWNER_CARD = _PREFIX + "slot-owner-card"
CARD_LOOKUP = _PREFIX + "card-lookup"
SLOT_WRAP = _PREFIX + "slot-wrap"

SESSION_LOOKUP = _PREFIX + "session-lookup"
SESSION_KEY = _PREFIX + "session-key"
SESSION_WRAP = _PREFIX + "session-wrap"

ERASURE = _PREFIX + "erasure"
SHARE_FILE = _PREFIX + "share-file"
ACTIVITY = _PREFIX + "activity"
SERVICE_ACTIVITY = _PREFIX + "service-activity"
ATTACHMENT = _PREFIX + "attachment"
ATTACHMENT_PART = _PREFIX + "attachment-part"

GRANT = _PREFIX + "grant"

NAME_LOOKUP = _PREFIX + "name-lookup"
PASSCODE_HASH = _PREFIX + "passcode-hash"
