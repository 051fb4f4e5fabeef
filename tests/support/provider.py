"""A small OpenID provider: discovery, keys, an authorisation page that says yes at once, and tokens."""

import secrets
import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse
from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "attendance", "the client's secret"


class SmallProvider:
    """A provider that vouches for one person; `lie` changes what stands in its tokens."""

    def __init__(self, email):
        self.email = email
        self.subject = "person-1"
        self.issuer = ""
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self.signs_with = self.key
        self.lie = {}
        self.codes = {}
        self.app = FastAPI()
        self.app.get("/.well-known/openid-configuration")(self.configuration)
        self.app.get("/keys")(self.keys)
        self.app.get("/authorize")(self.authorize)
        self.app.post("/token")(self.token)

    def configuration(self):
        """Say where everything is."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def keys(self):
        """Give the public key."""
        return {"keys": [self.key.as_dict(private=False)]}

    def authorize(self, request: Request):
        """Send the browser back with a code."""
        asked = dict(request.query_params)
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{back}", status_code=303)

    def written(self, claims):
        """Write a token; whoever lies about how it is signed changes this."""
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signs_with)

    async def token(self, request: Request):
        """Give a token for a code, once, to whoever began the attempt."""
        form = await request.form()
        asked = self.codes.pop(str(form["code"]), None)
        verifier = sha256(str(form["code_verifier"]).encode()).digest()
        challenge = urlsafe_b64encode(verifier).rstrip(b"=").decode()
        if asked is None or asked["code_challenge"] != challenge:
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": self.subject,
            "iat": now,
            "exp": now + 60,
            "nonce": asked["nonce"],
            "email": self.email,
            **self.lie,
        }
        token = self.written(claims)
        return {"access_token": "unused", "token_type": "Bearer", "id_token": token, "expires_in": 60}
