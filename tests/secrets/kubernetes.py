"""The one part of a Kubernetes cluster that Vault asks: whether a service account's token is good."""

from __future__ import annotations

import base64
import json
from typing import Any, Final

from tests.secrets.door import Door

REVIEW: Final = "POST /apis/authentication.k8s.io/v1/tokenreviews"
ACCOUNT: Final = "system:serviceaccount:ai:cfaig"


def service_account_token() -> str:
    """A token as Kubernetes writes it; the signature is none, and is the cluster's business."""
    claims = {
        "iss": "kubernetes/serviceaccount",
        "kubernetes.io/serviceaccount/namespace": "ai",
        "kubernetes.io/serviceaccount/service-account.name": "cfaig",
        "kubernetes.io/serviceaccount/service-account.uid": "11111111-2222-3333-4444-555555555555",
        "sub": ACCOUNT,
    }
    parts = [json.dumps(part).encode() for part in ({"alg": "RS256", "typ": "JWT"}, claims)]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in (*parts, b"no signature"))


def cluster() -> Door:
    """A cluster that knows that account."""
    user = {"username": ACCOUNT, "uid": "11111111-2222-3333-4444-555555555555", "groups": ["system:serviceaccounts"]}
    review: dict[str, Any] = {
        "apiVersion": "authentication.k8s.io/v1",
        "kind": "TokenReview",
        "status": {"authenticated": True, "user": user},
    }
    return Door(answers={REVIEW: (201, review)})
