//! Client authentication at a token endpoint (RFC 6749 section 2.3, RFC 7521, RFC 8705).

use std::path::{Path, PathBuf};

use base64::Engine as _;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::auth::jws::{Algorithm, Signer};
use crate::encode::{self, BASE64_URL};
use crate::error::Error;
use crate::hash;
use crate::key::{Digest, Kind, PrivateKey};
use crate::moment::Moment;
use crate::options::{Choice, Choices};
use crate::secret::Secret;

use super::form::Form;

/// A client authentication method. The words are Postman's and those of RFC 7591.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Authentication {
    /// HTTP Basic, with id and secret form-encoded first (RFC 6749 section 2.3.1).
    Header,
    /// `client_id` and `client_secret` in the body.
    Body,
    /// `client_id` alone: a public client.
    None,
    /// A JWT signed with the secret (RFC 7523 section 2.2).
    ClientSecretJwt,
    /// A JWT signed with a private key (RFC 7523 section 2.2).
    PrivateKeyJwt,
    /// The client's TLS certificate (RFC 8705).
    Tls,
}

impl Choices for Authentication {
    const CHOICES: &'static [(Choice, Self)] = &[
        (
            Choice::new("header", "HTTP Basic, with id and secret form-encoded first (RFC 6749 section 2.3.1)")
                .aliases(&["client_secret_basic"]),
            Self::Header,
        ),
        (Choice::new("body", "client_id and client_secret in the body").aliases(&["client_secret_post"]), Self::Body),
        (Choice::new("none", "client_id alone: a public client"), Self::None),
        (
            Choice::new("client_secret_jwt", "A JWT signed with the secret (RFC 7523 section 2.2)"),
            Self::ClientSecretJwt,
        ),
        (Choice::new("private_key_jwt", "A JWT signed with a private key (RFC 7523 section 2.2)"), Self::PrivateKeyJwt),
        (Choice::new("tls", "The client's TLS certificate (RFC 8705)").aliases(&["tls_client_auth"]), Self::Tls),
    ];
}

/// A client and its secrets.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// `client_id`.
    pub id: Option<String>,
    /// `client_secret`.
    pub secret: Option<Secret>,
    /// A private key in PEM, for `private_key_jwt`.
    pub private_key: Option<Secret>,
    /// The `kid` of client assertions.
    pub key_id: Option<String>,
    /// The method that the user chose.
    pub authentication: Option<Authentication>,
    /// The file of the certificate that client assertions name by its thumbprints (`x5t`, RFC 7515 section 4.1.7).
    pub certificate: Option<PathBuf>,
}

impl Client {
    /// Returns the method in use: the chosen one, or else `header` with a secret and `none` without.
    #[must_use]
    pub fn authentication(&self) -> Authentication {
        let by_secret = if self.secret.is_some() { Authentication::Header } else { Authentication::None };
        self.authentication.unwrap_or(by_secret)
    }

    /// Adds the client's authentication to a request's form, and returns the value of the `Authorization` header if the method
    /// uses one. `audience` is the `aud` of assertions.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if the method needs an id, secret or key that is missing or of the wrong kind.
    pub fn authenticate(&self, form: &mut Form, audience: &str, moment: &Moment) -> Result<Option<Secret>, Error> {
        let id = || self.id.as_deref().ok_or_else(|| Error::Usage("--client-id is missing".to_owned()));
        match self.authentication() {
            Authentication::Header => Ok(Some(basic(id()?, self.secret()?))),
            Authentication::Body => {
                form.set("client_id", id()?);
                form.set_secret("client_secret", self.secret()?.clone());
                Ok(None)
            }
            // An id is not required: assertions and token exchange need no client (RFC 7523 section 3.1, RFC 8693 section
            // 2.1).
            Authentication::None => {
                if let Some(id) = &self.id {
                    form.set("client_id", id);
                }
                Ok(None)
            }
            Authentication::Tls => {
                // The certificate proves who the client is, but `client_id` has to name it (RFC 8705 section 2).
                form.set("client_id", id()?);
                Ok(None)
            }
            Authentication::ClientSecretJwt => {
                let signer = Signer::with_secret(Digest::Sha256, Zeroizing::new(self.secret()?.expose().into()));
                self.assert(form, "HS256", &signer, audience, moment)
            }
            Authentication::PrivateKeyJwt => {
                let (algorithm, signer) = self.key_signer()?;
                self.assert(form, algorithm, &signer, audience, moment)
            }
        }
    }

    /// Adds an assertion to a request's form: a JWT about this client, for this server, valid for a minute (RFC 7523 section
    /// 3).
    fn assert(
        &self,
        form: &mut Form,
        algorithm: &str,
        signer: &Signer,
        audience: &str,
        moment: &Moment,
    ) -> Result<Option<Secret>, Error> {
        let id = self.id.as_deref().ok_or_else(|| Error::Usage("--client-id is missing".to_owned()))?;
        let mut header = serde_json::json!({ "alg": algorithm, "typ": "JWT" });
        if let Some(header) = header.as_object_mut() {
            if let Some(key_id) = &self.key_id {
                header.insert("kid".to_owned(), key_id.as_str().into());
            }
            if let Some(certificate) = &self.certificate {
                let [sha1, sha256] = thumbprints(certificate)?;
                header.insert("x5t".to_owned(), sha1.into());
                header.insert("x5t#S256".to_owned(), sha256.into());
            }
        }
        let (iat, exp) = (moment.unix, moment.unix.saturating_add(60));
        // A server may refuse a `jti` that it has seen, so each assertion gets a new one (RFC 7523 section 3).
        let jti = moment.nonce(16)?;
        let payload = serde_json::json!({ "iss": id, "sub": id, "aud": audience, "jti": jti, "iat": iat, "exp": exp });
        let signed = signer.sign(&header.to_string(), &payload.to_string(), moment);
        let signed = signed.map_err(|problem| Error::Usage(format!("--private-key: {problem}")))?;
        // `client_id` is optional beside an assertion, and has to name the same client (RFC 7521 section 4.2).
        form.set("client_id", id);
        form.set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.set_secret("client_assertion", Secret::new(signed.compact));
        Ok(None)
    }

    /// Returns the signer of the private key, and the algorithm that its kind of key implies.
    fn key_signer(&self) -> Result<(&'static str, Signer), Error> {
        let pem = self.private_key.as_ref().ok_or_else(|| Error::Usage("--private-key is missing".to_owned()))?;
        signer_of("--private-key", pem)
    }

    /// Returns true if id or secret look otherwise in a Basic header than they are: some servers do not undo that.
    #[must_use]
    pub fn is_changed_by_encoding(&self) -> bool {
        let is_changed = |text: &str| {
            let mut encoded = String::new();
            encode::form(&mut encoded, text);
            encoded != text
        };
        self.id.as_deref().is_some_and(is_changed) || self.secret.as_ref().is_some_and(|text| is_changed(text.expose()))
    }

    fn secret(&self) -> Result<&Secret, Error> {
        self.secret.as_ref().ok_or_else(|| Error::Usage("--client-secret is missing".to_owned()))
    }
}

/// Returns the signer of a private key in PEM, and the algorithm that its kind of key implies.
///
/// # Errors
/// Returns [`Error::Usage`], which names the option, if the text is no private key.
pub(crate) fn signer_of(option: &str, pem: &Secret) -> Result<(&'static str, Signer), Error> {
    let usage = |problem: String| Error::Usage(format!("{option}: {problem}"));
    let key = PrivateKey::from_pem(pem.expose()).map_err(|problem| usage(problem.to_string()))?;
    let name = match key.kind() {
        Kind::Rsa => "RS256",
        Kind::P256 => "ES256",
        Kind::P384 => "ES384",
        Kind::P521 => "ES512",
        Kind::Ed25519 => "EdDSA",
    };
    let algorithm = Algorithm::named(name).ok_or_else(|| usage(format!("{name} is not known")))?;
    Ok((name, Signer::with_private_key(algorithm, key).map_err(|problem| usage(format!("is {problem}")))?))
}

/// Returns the thumbprints of a certificate in PEM, by SHA-1 and by SHA-256 (RFC 7515 sections 4.1.7 and 4.1.8).
fn thumbprints(path: &Path) -> Result<[String; 2], Error> {
    let text = std::fs::read_to_string(path).map_err(|source| Error::File { path: path.to_owned(), source })?;
    let lines: String = text
        .split_once("-----BEGIN CERTIFICATE-----")
        .and_then(|(_, rest)| rest.split_once("-----END CERTIFICATE-----"))
        .map(|(body, _)| body.split_whitespace().collect())
        .unwrap_or_default();
    let der = encode::BASE64.decode(lines).ok().filter(|der| !der.is_empty());
    let der =
        der.ok_or_else(|| Error::Usage(format!("--assertion-cert {}: is no certificate in PEM", path.display())))?;
    Ok([hash::Algorithm::Sha1, hash::Algorithm::Sha256].map(|algorithm| BASE64_URL.encode(algorithm.digest(&der))))
}

/// Returns the value of a Basic header. Id and secret are form-encoded first, since either may have a colon.
fn basic(id: &str, secret: &Secret) -> Secret {
    let mut credentials = Zeroizing::new(String::new());
    encode::form(&mut credentials, id);
    credentials.push(':');
    encode::form(&mut credentials, secret.expose());
    Secret::new(format!("Basic {}", encode::BASE64.encode(credentials.as_bytes())))
}
