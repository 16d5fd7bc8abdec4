"""What a browser sends back from a passkey, checked by the library (Web Authentication Level 3).

A stranger's bytes go through several parsers here, which fail in many ways; each way is one of
ours in the end.
"""

from base64 import urlsafe_b64decode
from dataclasses import dataclass, field

from webauthn import verify_authentication_response, verify_registration_response
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import (
    parse_authentication_credential_json,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers.structs import AuthenticationCredential, RegistrationCredential
from webauthn.registration.verify_registration_response import VerifiedRegistration

from passport.accounts.passkey_errors import (
    PasskeyAnswerDamaged,
    PasskeyCantLock,
    PasskeyFromElsewhere,
    WrongPasskey,
)
from passport.crypto.key_slots import PASSKEY_PRF_BYTES

MOST_LETTERS = 20_000


@dataclass(frozen=True)
class PasskeySite:
    """Where passkeys are for: `rp_id` is the host, a name; `origin` is scheme, host and port."""

    rp_id: str
    origin: str


@dataclass(frozen=True)
class PasskeyAnswer:
    """What the page's script sends: the credential as JSON, and the PRF output in base64url."""

    credential: str
    prf: str = field(repr=False)

    def prf_output(self) -> bytes:
        """32 bytes that only this passkey gives. Raises PasskeyCantLock."""
        try:
            output = urlsafe_b64decode(self.prf + "=" * (-len(self.prf) % 4))
        except ValueError:
            raise PasskeyCantLock from None
        if len(output) != PASSKEY_PRF_BYTES:
            raise PasskeyCantLock
        return output


def parse_new(answer: PasskeyAnswer) -> RegistrationCredential:
    """The answer of a new passkey, not checked yet. Raises PasskeyAnswerDamaged."""
    try:
        return parse_registration_credential_json(_not_too_long(answer))
    except Exception as error:
        raise PasskeyAnswerDamaged from error


def parse_known(answer: PasskeyAnswer) -> AuthenticationCredential:
    """The answer of a passkey that signs in, not checked yet. Raises WrongPasskey."""
    try:
        return parse_authentication_credential_json(_not_too_long(answer))
    except Exception as error:
        raise WrongPasskey from error


def answered_challenge(
    credential: RegistrationCredential | AuthenticationCredential, site: PasskeySite
) -> bytes:
    """The challenge that this answers. Raises PasskeyFromElsewhere."""
    try:
        data = parse_client_data_json(credential.response.client_data_json)
    except Exception as error:
        raise PasskeyFromElsewhere from error
    if data.origin != site.origin or data.cross_origin:
        raise PasskeyFromElsewhere
    return data.challenge


def check_new(
    credential: RegistrationCredential, challenge: bytes, site: PasskeySite
) -> VerifiedRegistration:
    """A new passkey whose owner the device has recognised. Raises PasskeyAnswerDamaged."""
    try:
        return verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.rp_id,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except Exception as error:
        raise PasskeyAnswerDamaged from error


def check_known(
    credential: AuthenticationCredential,
    challenge: bytes,
    site: PasskeySite,
    public_key: bytes,
    sign_count: int,
) -> VerifiedAuthentication:
    """A passkey that signed, after its device recognised its owner. Raises WrongPasskey."""
    try:
        return verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.rp_id,
            expected_origin=site.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except Exception as error:
        raise WrongPasskey from error


def _not_too_long(answer: PasskeyAnswer) -> str:
    if len(answer.credential) > MOST_LETTERS:
        raise ValueError("longer than any passkey's answer")
    return answer.credential
