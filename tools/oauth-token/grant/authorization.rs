//! The grants in which the user signs in with a browser: authorization code with PKCE (RFC 6749 section 4.1, RFC 7636) and
//! implicit (RFC 6749 section 4.2).

use base64::Engine as _;
use serde_json::{Map, Value};

use countersign_shared::encode::{self, BASE64_URL};
use countersign_shared::error::Error;
use countersign_shared::hash::sha256;
use countersign_shared::moment;
use countersign_shared::oauth::{Form, Token};
use countersign_shared::secret::{Secret, is_secret_name};
use countersign_shared::url::Url;

use super::context::Context;
use super::sign_in::Answering;
use crate::callback::{Answer, Bare, Expected, Part};
use crate::discovery::{NamesIssuer, is_template_of};
use crate::id_token::signature::{self, Keys};
use crate::id_token::{self, Bound, Claims, Proved, Source};
use crate::parameters::{AUTH_PARAM, AUTH_URL, CLIENT_ID, CODE_CHALLENGE_METHOD, CODE_VERIFIER, STATE};
use crate::settings::missing;

/// The redirect URI without a listener and without `--callback-url`. Nothing listens there: the user copies the address out
/// of the browser's error page.
const PASTED_REDIRECT_URI: &str = "http://127.0.0.1/callback";

/// Gets a code through the browser and exchanges it for a token.
///
/// # Errors
/// Returns [`Error::Refused`] if the user denies access, [`Error::Network`] if no answer comes in time, [`Error::Failed`] if
/// the answer is not one to this request, or the error of the token endpoint if it refuses.
pub(super) fn code(context: &Context<'_>) -> Result<Token, Error> {
    // Wrong settings come to light here, before a port is taken and a browser opens.
    let proof = Proof::new(context)?;
    let request = Authorization::new(context, "code", Some(&proof))?;
    let leg = Answering::start(context, request.part)?;
    let outcome = request.answer(context, &leg).and_then(|answer| redeem(context, &request, &proof, &leg, &answer));
    // The last page waits for the exchange, because the code may still be refused.
    leg.finish(&outcome);
    outcome
}

fn redeem(
    context: &Context<'_>,
    request: &Authorization,
    proof: &Proof,
    leg: &Answering,
    answer: &Answer,
) -> Result<Token, Error> {
    let code = answer.get("code").filter(|code| !code.is_empty());
    let code = code.ok_or_else(|| Error::Failed("the answer has neither a code nor an error".to_owned()))?;
    // The code is not sent to the token endpoint before the ID token beside it (hybrid flow) is known to be the issuer's.
    let first = request.front_id_token(context, answer, Some(code))?;
    let mut form = Form::of_grant("authorization_code");
    form.set_secret("code", Secret::new(code.as_str()));
    // The redirect URI has to be the same as in the authorization request (RFC 6749 section 4.1.3).
    form.set("redirect_uri", leg.redirect_uri(PASTED_REDIRECT_URI));
    if let Some(verifier) = &proof.verifier {
        form.set_secret("code_verifier", verifier.clone());
    }
    // The code stands for the scope that was granted: this request has no such parameter (RFC 6749 section 4.1.3).
    let mut token = context.ask(form)?;
    add_others(&mut token, answer);
    if let Some(id_token) = &token.id_token {
        let bound = Bound { access_token: Some(&token.access_token), code: None };
        let second = id_token::check(id_token, bound, &request.expected(context, Source::TokenEndpoint))?;
        first.as_ref().map_or(Ok(()), |first| id_token::check_same(first, &second.claims))?;
    }
    Ok(token)
}

/// Keeps the other parameters of the redirect, such as QuickBooks' `realmId`, with the members of the answer.
fn add_others(token: &mut Token, answer: &Answer) {
    const OURS: [&str; 9] =
        ["code", "state", "iss", "session_state", "scope", "id_token", "access_token", "token_type", "expires_in"];
    for (name, value) in answer {
        if !OURS.contains(&name.as_str()) && !is_secret_name(name) && !token.others.contains_key(name) {
            token.others.insert(name.clone(), value.as_str().into());
        }
    }
}

/// Gets a token from the authorization endpoint itself, in the fragment of the redirect.
///
/// # Errors
/// Returns the same errors as [`code`] if the sign-in fails; no token endpoint is asked.
pub(super) fn implicit(context: &Context<'_>) -> Result<Token, Error> {
    let response_type = if is_openid(context) { "id_token token" } else { "token" };
    let request = Authorization::new(context, response_type, None)?;
    let leg = Answering::start(context, request.part)?;
    let outcome = request.answer(context, &leg).and_then(|answer| {
        request.front_id_token(context, &answer, None)?;
        let members = answer.into_iter().map(|(name, value)| (name, value.into())).collect();
        let mut token = context.token(&members)?;
        // One that was not asked for has not been checked.
        if request.issuer == IssuerSource::Parameter {
            token.id_token = None;
        }
        // The implicit grant must not issue a refresh token (RFC 6749 section 4.2.2): one in the answer is dropped.
        Ok(Token { refresh_token: None, ..token })
    });
    leg.finish(&outcome);
    outcome
}

fn is_openid(context: &Context<'_>) -> bool {
    let scope = context.grant.scope.as_deref().unwrap_or_default();
    scope.split_ascii_whitespace().any(|scope| scope == "openid")
}

/// The PKCE verifier and its challenge, which bind the code to this process; both are `None` with the method `none`.
struct Proof {
    verifier: Option<Secret>,
    challenge: Option<(String, &'static str)>,
}

impl Proof {
    fn new(context: &Context<'_>) -> Result<Self, Error> {
        let method = context.settings.text(&CODE_CHALLENGE_METHOD).unwrap_or("S256");
        let given = context.settings.secret(&CODE_VERIFIER)?;
        if method == "none" {
            return Ok(Self { verifier: None, challenge: None });
        }
        let verifier = match given {
            Some(verifier) if is_verifier(verifier.expose()) => verifier,
            Some(_) => {
                let problem = "has to be 43 to 128 letters, digits, or - . _ ~ (RFC 7636 section 4.1)";
                return Err(Error::Usage(format!("--code-verifier {problem}")));
            }
            // 32 bytes make the 43 characters that RFC 7636 section 4.1 recommends.
            None => Secret::new(BASE64_URL.encode(moment::random(32)?)),
        };
        let challenge = match method {
            "S256" => (s256(verifier.expose()), "S256"),
            "plain" => (verifier.expose().to_owned(), "plain"),
            _ => return Err(Error::Usage("code-challenge-method is S256, plain or none".to_owned())),
        };
        Ok(Self { verifier: Some(verifier), challenge: Some(challenge) })
    }
}

/// Returns the challenge of a verifier under the method S256 (RFC 7636 section 4.2).
fn s256(verifier: &str) -> String {
    BASE64_URL.encode(sha256(verifier.as_bytes()))
}

fn is_verifier(text: &str) -> bool {
    (43..=128).contains(&text.len()) && text.bytes().all(|b| encode::UNRESERVED.keeps(b))
}

/// One authorization request.
struct Authorization {
    parameters: Form,
    state: String,
    nonce: Option<String>,
    proof: Proved,
    issuer: IssuerSource,
    /// The part of the redirect that the answer is in.
    part: Part,
}

/// The part of an answer that has to name its issuer, if the server promises to name it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum IssuerSource {
    /// The parameter `iss`.
    Parameter,
    /// The parameter, or the ID token that was asked for in the same answer and that is checked whole: servers leave the
    /// parameter out beside it (RFC 9207 section 2.4 needs one of the two).
    IdToken,
}

impl Authorization {
    fn new(context: &Context<'_>, response_type: &str, proof: Option<&Proof>) -> Result<Self, Error> {
        let given = context.settings.pairs(&AUTH_PARAM)?;
        // The user's own parameters go before ours, and what they ask for is what has to come.
        let own = |name: &str| given.iter().rev().find(|(given, _)| given == name).map(|(_, value)| value.as_str());
        let response_type = own("response_type").unwrap_or(response_type);
        let asks_for_id = response_type.split(' ').any(|part| part == "id_token");
        let issuer = if asks_for_id { IssuerSource::IdToken } else { IssuerSource::Parameter };
        let state = match context.settings.owned(&STATE) {
            Some(state) => state,
            // 16 bytes make a guess as unlikely as RFC 6749 section 10.10 demands (2^-128).
            None => BASE64_URL.encode(moment::random(16)?),
        };
        // Only an ID token repeats the nonce, and without the scope openid none is asked for.
        let wants_nonce = is_openid(context) || asks_for_id;
        let nonce = match own("nonce") {
            Some(nonce) => Some(nonce.to_owned()).filter(|nonce| !nonce.is_empty()),
            None => wants_nonce.then(|| context.clock.moment().nonce(16)).transpose()?,
        };
        let mut parameters = Form::default();
        parameters.set("response_type", response_type);
        parameters.set("client_id", context.client.id.as_deref().ok_or_else(|| missing(&CLIENT_ID))?);
        if let Some(scope) = &context.grant.scope {
            parameters.set("scope", &context.grant.dialect.scope(scope));
        }
        parameters.set("state", &state);
        if let Some(nonce) = &nonce {
            parameters.set("nonce", nonce);
        }
        if let Some((challenge, method)) = proof.and_then(|proof| proof.challenge.as_ref()) {
            parameters.set("code_challenge", challenge);
            parameters.set("code_challenge_method", method);
        }
        for resource in &context.grant.resource {
            parameters.add("resource", resource);
        }
        if let Some(audience) = &context.grant.audience {
            parameters.set("audience", audience);
        }
        let part = Part::of(response_type, own("response_mode"));
        // The user's own parameters come last, because `set` lets them replace those above.
        for (name, value) in &given {
            parameters.set(name, value);
        }
        // An empty one asks for none.
        if own("nonce") == Some("") {
            parameters.remove("nonce");
        }
        let is_proved = proof.is_some_and(|proof| proof.verifier.is_some());
        let proof = if is_proved { Proved::ByVerifier } else { Proved::ByNonceAlone };
        Ok(Self { parameters, state, nonce, proof, issuer, part })
    }

    /// Checks the ID token that comes through the browser, if one was asked for, and returns its claims: those first, which
    /// takes no request, then the signature (OpenID Connect Core sections 3.2.2.11 and 3.3.2.12).
    ///
    /// # Errors
    /// Returns [`Error::Failed`] if it is missing or not the issuer's for this request, and [`Error::Network`] if the issuer
    /// cannot be asked for its keys.
    fn front_id_token(
        &self,
        context: &Context<'_>,
        answer: &Answer,
        code: Option<&str>,
    ) -> Result<Option<Map<String, Value>>, Error> {
        if self.issuer == IssuerSource::Parameter {
            return Ok(None);
        }
        let missing = "the answer has no ID token, though one was asked for (OpenID Connect Core 3.2.2.5)";
        let id_token = answer.get("id_token").ok_or_else(|| Error::Failed(missing.to_owned()))?;
        let id_token = Secret::new(id_token.as_str());
        let access_token = answer.get("access_token").map(|token| Secret::new(token.as_str()));
        let bound = Bound { access_token: access_token.as_ref(), code };
        let checked = id_token::check(&id_token, bound, &self.expected(context, Source::Browser))?;
        let (header, claims) = (checked.header, checked.claims);
        let keys = Keys {
            secret: context.client.secret.as_ref(),
            url: &|| context.keys_of(claims.get("iss").and_then(Value::as_str).unwrap_or_default()),
            transport: context.transport,
        };
        signature::check(&id_token, &header, &keys)?;
        Ok(Some(claims))
    }

    /// Returns the claims that the ID token must repeat.
    fn expected<'e>(&'e self, context: &'e Context<'_>, source: Source) -> Claims<'e> {
        Claims {
            nonce: self.nonce.as_deref(),
            proof: self.proof,
            issuer: context.grant.endpoints.issuer.as_deref(),
            client_id: context.client.id.as_deref(),
            now: context.clock.moment().unix,
            source,
        }
    }

    /// Sends the user to the authorization endpoint and returns the checked answer.
    fn answer(&self, context: &Context<'_>, leg: &Answering) -> Result<Answer, Error> {
        let url = self.url(context, leg)?;
        let bare = if self.proof == Proved::ByVerifier { Bare::Taken } else { Bare::Refused };
        let answer = leg.ask(context, &url, Expected::State(self.state.clone(), bare))?;
        self.check(context, &answer)?;
        Ok(answer)
    }

    fn url(&self, context: &Context<'_>, leg: &Answering) -> Result<String, Error> {
        let endpoint = context.grant.endpoints.authorization.as_deref().ok_or_else(|| missing(&AUTH_URL))?;
        let (mut url, _) = Url::parse(endpoint.into()).map_err(|error| Error::Usage(format!("--auth-url: {error}")))?;
        let mut parameters = self.parameters.clone();
        // The user's parameters cannot replace this one: an answer to another address would never come here.
        parameters.set("redirect_uri", leg.redirect_uri(PASTED_REDIRECT_URI));
        let parameters = match &context.grant.endpoints.pushed_authorization {
            // Pushed whenever the endpoint exists: a server may require it of this client alone
            // (`require_pushed_authorization_requests`, RFC 9126 section 6), which its metadata does not show.
            Some(pushed) => push(context, pushed, parameters)?,
            None => parameters,
        };
        url.append_query(&parameters.encoded());
        Ok(url.as_str().to_owned())
    }

    /// Returns true if an ID token that was asked for stands in for the parameter `iss`.
    fn has_issuer(&self, answer: &Answer) -> bool {
        self.issuer == IssuerSource::IdToken && answer.get("id_token").is_some() && answer.get("error").is_none()
    }

    /// Checks that the answer is to this request and comes from the server that was asked (RFC 6749 section 4.1.2, RFC 9207
    /// section 2.4).
    ///
    /// # Errors
    /// Returns [`Error::Failed`] if state or issuer differ, or if the answer is an error; [`Error::Refused`] if access was
    /// denied.
    fn check(&self, context: &Context<'_>, answer: &Answer) -> Result<(), Error> {
        let forged = |what: &str| Err(Error::Failed(format!("the answer is not to this request: {what}")));
        if answer.get("state") != Some(&self.state) {
            return forged("its state differs");
        }
        match (answer.get("iss"), &context.grant.endpoints.issuer) {
            (Some(iss), Some(issuer)) if iss != issuer && !is_template_of(issuer, iss) => {
                return forged("it comes from another issuer");
            }
            // Nothing else in the answer stands in for the parameter: whoever leaves it out could add an ID token that is
            // never looked at (RFC 9207 section 2.4).
            (None, _) if context.metadata.names_issuer == NamesIssuer::Always && !self.has_issuer(answer) => {
                return forged("it names no issuer");
            }
            _ => {}
        }
        match answer.get("error") {
            None => Ok(()),
            Some(error) => {
                // The server's text may have any length, so the message below is cut.
                let description = answer.get("error_description").map(|text| format!(": {text}")).unwrap_or_default();
                let text: String = format!("the server refused: {error}{description}").chars().take(400).collect();
                Err(if error == "access_denied" { Error::Refused(text) } else { Error::Failed(text) })
            }
        }
    }
}

/// Pushes the request to the server and returns the parameters for the browser, which only refer to it (RFC 9126 section
/// 2).
///
/// # Errors
/// Returns [`Error::Failed`] if the answer has no `request_uri`, or the error of the endpoint if it refuses.
fn push(context: &Context<'_>, endpoint: &str, parameters: Form) -> Result<Form, Error> {
    let answer = context.endpoint_at(endpoint).ask_granted(parameters, &context.clock.moment())?;
    let uri = answer.get("request_uri").and_then(serde_json::Value::as_str);
    let uri = uri.ok_or_else(|| Error::Failed("the server's answer has no request_uri".to_owned()))?;
    let mut form = Form::default();
    // The client is named again beside the reference (RFC 9126 section 4).
    form.set("client_id", context.client.id.as_deref().unwrap_or_default());
    form.set("request_uri", uri);
    Ok(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_rfc_7636_appendix_b() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert!(is_verifier(verifier));
        assert_eq!(s256(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn a_verifier_has_43_to_128_unreserved_characters() {
        assert!(!is_verifier(&"a".repeat(42)));
        assert!(is_verifier(&"~".repeat(128)));
        assert!(!is_verifier(&"a".repeat(129)));
        assert!(!is_verifier(&"+".repeat(50)));
    }
}
