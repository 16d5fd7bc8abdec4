"""Which site passkeys are for: browsers make them for a host's name, never for a number."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import request

from passport.accounts.passkey_answers import PasskeySite
from passport.accounts.passkey_errors import NoPasskeysHere
from passport.web.front_door import answers_to_local_names
from passport.wiring import wiring


def passkey_site() -> PasskeySite | None:
    """The site of this request; None where no browser makes passkeys.

    The service's own address, or, on a developer's machine, whichever of its local names the
    browser used: the front door has let no other in.
    """
    settings = wiring().settings
    local = answers_to_local_names(settings)
    address = urlsplit(request.host_url if local else settings.base_url)
    host = address.hostname or ""
    if _is_number(host) or not (address.scheme == "https" or host == "localhost"):
        return None
    return PasskeySite(host, f"{address.scheme}://{address.netloc}".lower())


def required_site() -> PasskeySite:
    """`passkey_site`. Raises NoPasskeysHere."""
    site = passkey_site()
    if site is None:
        raise NoPasskeysHere
    return site


def address_with_passkeys() -> str | None:
    """Where the same page has passkeys, if it has none here: a developer's machine has a name."""
    if not answers_to_local_names(wiring().settings):
        return None
    port = urlsplit(request.host_url).port
    return f"http://localhost{f':{port}' if port else ''}{request.path}"


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
