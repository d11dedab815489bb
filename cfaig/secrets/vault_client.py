"""The way into Vault: the variables that its own command line reads, the three logins, and what went wrong in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urljoin, urlsplit

from cfaig.errors import CfaigError
from cfaig.loopback import LOOPBACK

if TYPE_CHECKING:
    import hvac
    from requests import Response, Session
    from urllib3.util import Url

TIMEOUT_SECONDS: Final = 10.0
ATTEMPTS_AGAIN: Final = 3
KUBERNETES_TOKEN_FILE: Final = "/var/run/secrets/kubernetes.io/serviceaccount/token"  # noqa: S105 (a path)
LONGEST_REASON: Final = 300
LAYERS: Final = 8

_T = TypeVar("_T")
# How Go joins errors, when there is one.
_ONE_OF_ONE: Final = re.compile(r"^1 error occurred: \* ")


class VaultUnreachableError(CfaigError):
    """Nothing can be asked of this Vault at all, so that there is no use in trying the next secret."""


def connected(environ: Mapping[str, str]) -> hvac.Client:
    """A client of the Vault at VAULT_ADDR, logged in.

    The login is the first of these that is set: VAULT_TOKEN; VAULT_ROLE_ID (AppRole); VAULT_K8S_ROLE (Kubernetes);
    the file ~/.vault-token, which `vault login` writes. Raises CfaigError when there is none, or it fails.
    """
    import hvac

    address = environ.get("VAULT_ADDR", "")
    if urlsplit(address).scheme not in {"http", "https"}:
        state = "is not set" if not address else "is no http:// or https:// address"
        raise CfaigError(f"VAULT_ADDR {state}", "export VAULT_ADDR=https://vault.example.com:8200")
    session = _session(environ, address)
    client = hvac.Client(
        url=address.rstrip("/"),
        token="",  # or else hvac takes the process's own
        namespace=environ.get("VAULT_NAMESPACE") or None,
        session=session,
        verify=session.verify,  # hvac reads only what is not false from the session
        timeout=int(TIMEOUT_SECONDS),
    )
    _log_in(client, environ)
    return client


def _session(environ: Mapping[str, str], address: str) -> Session:
    """Connections that check Vault's certificate as the variables ask, and try again what may be tried again."""
    from requests import Session
    from requests.adapters import HTTPAdapter
    from urllib3 import Retry, disable_warnings
    from urllib3.exceptions import InsecureRequestWarning

    session = Session()
    # Go's way, and so the official tool's: no proxy for this machine. It keeps ~/.netrc out as well.
    session.trust_env = urlsplit(address).hostname not in LOOPBACK
    authorities = environ.get("VAULT_CACERT") or environ.get("VAULT_CAPATH")
    if authorities and not Path(authorities).exists():
        raise CfaigError(f"the certificates of VAULT_CACERT or VAULT_CAPATH are not there: {authorities}")
    session.verify = authorities or not _switched_on(environ.get("VAULT_SKIP_VERIFY", ""))
    if not session.verify:
        disable_warnings(InsecureRequestWarning)  # one for each request, with places in libraries
    if certificate := environ.get("VAULT_CLIENT_CERT"):
        session.cert = (certificate, environ.get("VAULT_CLIENT_KEY") or certificate)
    again = Retry(
        total=ATTEMPTS_AGAIN,
        other=0,  # a certificate does not get better
        backoff_factor=0.2,
        backoff_jitter=0.1,
        status_forcelist=(412, 429, 500, 502, 504),
        allowed_methods=None,  # reads and logins: both can be repeated
        raise_on_status=False,
    )
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(max_retries=again))
    session.hooks["response"].append(_stay)
    return session


def _stay(response: Response, **_: object) -> None:
    """Let no redirect lead the token to somebody else: requests would keep the header, and the body of a login.

    The way from http:// to https:// on the same host is open. Raises VaultUnreachableError.
    """
    from requests.utils import requote_uri
    from urllib3.exceptions import LocationParseError
    from urllib3.util import Url, parse_url

    if not response.is_redirect:
        return
    here = parse_url(response.url)
    try:
        there = parse_url(requote_uri(urljoin(response.url, response.headers["location"])))
    except (LocationParseError, ValueError):
        there = Url()
    same_port = (here.scheme, _port(here)) == (there.scheme, _port(there))
    if here.host == there.host and (same_port or (here.scheme, there.scheme) == ("http", "https")):
        return
    response.close()
    found, target = (str(Url(url.scheme, None, url.host, url.port)) for url in (here, there))
    raise VaultUnreachableError(
        f"what answers at {found} redirects to {_one_line(target) or 'nowhere'}, which must not get the token",
        "is there a proxy, or a standby, in front of Vault? Set VAULT_ADDR to the https:// address of Vault itself",
    )


def _port(url: Url) -> int | None:
    return url.port or {"http": 80, "https": 443}.get(url.scheme or "")


def _switched_on(text: str) -> bool:
    return text.lower() in {"1", "t", "true"}


def _log_in(client: hvac.Client, environ: Mapping[str, str]) -> None:
    if token := environ.get("VAULT_TOKEN"):
        client.token = token
    elif environ.get("VAULT_ROLE_ID"):
        _by_app_role(client, environ)
    elif environ.get("VAULT_K8S_ROLE"):
        _by_kubernetes(client, environ)
    elif token := _kept_token(environ):
        client.token = token
    else:
        raise CfaigError(
            "no login for Vault",
            "vault login, or set one of: VAULT_TOKEN; VAULT_ROLE_ID and VAULT_SECRET_ID; VAULT_K8S_ROLE",
        )


def _by_app_role(client: hvac.Client, environ: Mapping[str, str]) -> None:
    mount = environ.get("VAULT_APPROLE_MOUNT") or "approle"
    told(
        client,
        f"logging in with AppRole at {mount}",
        lambda: client.auth.approle.login(
            environ["VAULT_ROLE_ID"], environ.get("VAULT_SECRET_ID") or None, mount_point=mount
        ),
        denied="check VAULT_ROLE_ID and VAULT_SECRET_ID: a secret id may be used up or too old",
    )


def _by_kubernetes(client: hvac.Client, environ: Mapping[str, str]) -> None:
    mount = environ.get("VAULT_K8S_MOUNT") or "kubernetes"
    file = Path(environ.get("VAULT_K8S_TOKEN_FILE") or KUBERNETES_TOKEN_FILE)
    try:
        account_token = file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise CfaigError(
            f"the service account's token cannot be read: {file}", "is this a pod? Else set VAULT_K8S_TOKEN_FILE"
        ) from None
    role = environ["VAULT_K8S_ROLE"]
    told(
        client,
        f"logging in as Kubernetes role {role} at {mount}",
        lambda: client.auth.kubernetes.login(role, account_token, mount_point=mount),
        denied=f"the role must allow this service account and its namespace: vault read auth/{mount}/role/{role}",
    )


def _kept_token(environ: Mapping[str, str]) -> str:
    home = environ.get("HOME")
    try:
        return (Path(home) / ".vault-token").read_text("utf-8").strip() if home else ""
    except (OSError, UnicodeDecodeError):
        return ""


def told(client: hvac.Client, doing: str, act: Callable[[], _T], *, denied: str | None = None) -> _T:
    """What `act` gives.

    Raises CfaigError, in words, for every way in which Vault or the network fails; `denied` is the hint for a refusal.
    """
    from hvac.exceptions import VaultError
    from requests.exceptions import ConnectionError as LostConnectionError
    from requests.exceptions import RequestException, SSLError

    address = client.adapter.base_uri
    try:
        return act()
    except VaultError as error:
        raise _refused(error, doing, denied) from None
    except SSLError as error:
        raise VaultUnreachableError(
            f"the certificate of Vault at {address} was not accepted: {_innermost(error)}",
            "name the authority that signed it: export VAULT_CACERT=/path/to/ca.pem",
        ) from None
    except LostConnectionError as error:
        raise VaultUnreachableError(
            f"no answer from Vault at {address}: {_innermost(error)}", "is VAULT_ADDR right, and the network up?"
        ) from None
    except RequestException as error:
        raise VaultUnreachableError(f"no answer from Vault at {address}: {type(error).__name__}") from None
    except (KeyError, TypeError):
        raise VaultUnreachableError(f"what answers at {address} is no Vault", "check VAULT_ADDR") from None


def _refused(error: Any, doing: str, denied: str | None) -> CfaigError:
    from hvac import exceptions

    said = _one_line("; ".join(error.errors or ()) or str(error.text or "no reason given"))
    reason = _ONE_OF_ONE.sub("", said)
    if isinstance(error, exceptions.VaultDown):
        if "sealed" in reason.lower():
            hint = "somebody with its keys has to open it: vault operator unseal"
            return VaultUnreachableError("Vault is sealed", hint)
        hint = "is it starting, or a standby that cannot forward?"
        return VaultUnreachableError(f"Vault is not at work: {reason}", hint)
    if isinstance(error, exceptions.VaultNotInitialized):
        return VaultUnreachableError("Vault is not initialized", "vault operator init")
    if isinstance(error, exceptions.Forbidden | exceptions.Unauthorized | exceptions.InvalidRequest):
        return CfaigError(f"Vault refused {doing}: {reason}", denied or "does the token allow it? vault token lookup")
    return CfaigError(f"Vault failed at {doing}: {reason}")


def _innermost(error: BaseException) -> str:
    """The reason under the layers that requests and urllib3 put around it."""
    for _ in range(LAYERS):
        below = (getattr(error, "reason", None), *error.args[:1], error.__cause__)
        error = next((reason for reason in below if isinstance(reason, BaseException)), error)
    return _one_line(str(getattr(error, "verify_message", None) or getattr(error, "strerror", None) or error))


def _one_line(text: str) -> str:
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= LONGEST_REASON else f"{line[: LONGEST_REASON - 1]}…"
