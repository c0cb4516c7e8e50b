//! The grants that a browser takes part in: authorization code with PKCE (RFC 6749 section 4.1, RFC 7636) and implicit
//! (section 4.2).

use std::io::{BufRead as _, Write as _};

use base64::Engine as _;

use countersign_shared::encode::{self, BASE64_URL};
use countersign_shared::error::Error;
use countersign_shared::hash::sha256;
use countersign_shared::moment;
use countersign_shared::oauth::{Form, Token};
use countersign_shared::secret::Secret;
use countersign_shared::terminal;
use countersign_shared::url::Url;

use super::{Context, Leg, leg};
use crate::browser;
use crate::callback::{self, Answer, Callback, Expected, Outcome, Part};
use crate::discovery::NamesIssuer;
use crate::id_token::{self, Claims};
use crate::settings::missing;

/// A server compares the redirect URI with a registered one: without a listener, some address of this machine does.
const ELSEWHERE: &str = "http://127.0.0.1/callback";

/// The longest URL that is read from a person.
const LONGEST_PASTE: u64 = 64 << 10;

/// Gets a code in the browser and a token for it.
///
/// # Errors
/// The person denied it, nobody answered, the answer is forged, or the token endpoint refuses.
pub(super) fn code(context: &Context<'_>) -> Result<Token, Error> {
    let proof = Proof::new(context)?;
    let request = Authorization::new(context, "code", Some(&proof))?;
    let leg = Answering::start(context, Part::Query)?;
    let outcome = request.answer(context, &leg).and_then(|answer| redeem(context, &request, &proof, &leg, &answer));
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
    let mut form = Form::of_grant("authorization_code");
    form.set_secret("code", Secret::new(code.as_str()));
    form.set("redirect_uri", leg.redirect_uri(ELSEWHERE));
    if let Some(verifier) = &proof.verifier {
        form.set_secret("code_verifier", verifier.clone());
    }
    let token = context.ask_as_it_is(form)?;
    id_token::check(&token, &request.expected(context))?;
    Ok(token)
}

/// Gets a token straight from the authorization endpoint, in the fragment of the redirect.
///
/// # Errors
/// As [`code`].
pub(super) fn implicit(context: &Context<'_>) -> Result<Token, Error> {
    let wants_id = is_openid(context);
    let request = Authorization::new(context, if wants_id { "id_token token" } else { "token" }, None)?;
    let leg = Answering::start(context, Part::Fragment)?;
    let outcome = request.answer(context, &leg).and_then(|answer| {
        let members = answer.into_iter().map(|(name, value)| (name, value.into())).collect();
        let token = context.token(&members)?;
        id_token::check(&token, &request.expected(context))?;
        // RFC 6749 section 4.2.2: there is none, and one that is there was not asked for.
        Ok(Token { refresh_token: None, ..token })
    });
    leg.finish(&outcome);
    outcome
}

fn is_openid(context: &Context<'_>) -> bool {
    let scope = context.recipe.scope.as_deref().unwrap_or_default();
    scope.split_ascii_whitespace().any(|scope| scope == "openid")
}

/// What binds the code to us.
struct Proof {
    verifier: Option<Secret>,
    challenge: Option<(String, &'static str)>,
}

impl Proof {
    fn new(context: &Context<'_>) -> Result<Self, Error> {
        let method = context.settings.text("code-challenge-method").unwrap_or("S256");
        let given = context.settings.secret("code-verifier")?;
        if method == "none" {
            return Ok(Self { verifier: None, challenge: None });
        }
        let verifier = match given {
            Some(verifier) if is_verifier(verifier.expose()) => verifier,
            Some(_) => {
                let problem = "has to be 43 to 128 letters, digits, or - . _ ~ (RFC 7636 section 4.1)";
                return Err(Error::Usage(format!("--code-verifier {problem}")));
            }
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

/// The challenge of a verifier (RFC 7636 section 4.2).
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
}

impl Authorization {
    fn new(context: &Context<'_>, response_type: &str, proof: Option<&Proof>) -> Result<Self, Error> {
        let state = match context.settings.owned("state") {
            Some(state) => state,
            None => BASE64_URL.encode(moment::random(16)?),
        };
        let nonce = is_openid(context).then(|| context.clock.moment().nonce(16)).transpose()?;
        let mut parameters = Form::default();
        parameters.set("response_type", response_type);
        parameters.set("client_id", context.client.id.as_deref().ok_or_else(|| missing("client-id"))?);
        if let Some(scope) = &context.recipe.scope {
            parameters.set("scope", scope);
        }
        parameters.set("state", &state);
        if let Some(nonce) = &nonce {
            parameters.set("nonce", nonce);
        }
        if let Some((challenge, method)) = proof.and_then(|proof| proof.challenge.as_ref()) {
            parameters.set("code_challenge", challenge);
            parameters.set("code_challenge_method", method);
        }
        for resource in &context.recipe.resource {
            parameters.add("resource", resource);
        }
        if let Some(audience) = &context.recipe.audience {
            parameters.set("audience", audience);
        }
        for (name, value) in context.settings.pairs("auth-param")? {
            parameters.set(&name, &value);
        }
        Ok(Self { parameters, state, nonce })
    }

    /// What the ID token must repeat.
    fn expected<'e>(&'e self, context: &'e Context<'_>) -> Claims<'e> {
        Claims {
            nonce: self.nonce.as_deref(),
            issuer: context.recipe.endpoints.issuer.as_deref(),
            client_id: context.client.id.as_deref(),
        }
    }

    /// Sends the person to the authorization endpoint and takes the answer.
    fn answer(&self, context: &Context<'_>, leg: &Answering) -> Result<Answer, Error> {
        let url = self.url(context, leg)?;
        let answer = leg.ask(context, &url, Expected::State(self.state.clone()))?;
        self.check(context, &answer)?;
        Ok(answer)
    }

    fn url(&self, context: &Context<'_>, leg: &Answering) -> Result<String, Error> {
        let endpoint = context.recipe.endpoints.authorization.as_deref().ok_or_else(|| missing("auth-url"))?;
        let (mut url, _) = Url::parse(endpoint.into()).map_err(|error| Error::Usage(format!("--auth-url: {error}")))?;
        let mut parameters = self.parameters.clone();
        parameters.set("redirect_uri", leg.redirect_uri(ELSEWHERE));
        let parameters = match &context.recipe.endpoints.pushed_authorization {
            // Some servers require it of single clients, which their metadata does not tell.
            Some(pushed) => push(context, pushed, parameters)?,
            None => parameters,
        };
        url.append_query(&parameters.encoded());
        Ok(url.as_str().to_owned())
    }

    /// Nobody but the server that was asked may answer (RFC 9207; RFC 6749 section 4.1.2).
    fn check(&self, context: &Context<'_>, answer: &Answer) -> Result<(), Error> {
        let forged = |what: &str| Err(Error::Failed(format!("the answer is not to this request: {what}")));
        if answer.get("state") != Some(&self.state) {
            return forged("its state differs");
        }
        match (answer.get("iss"), &context.recipe.endpoints.issuer) {
            (Some(iss), Some(issuer)) if iss != issuer => return forged("it comes from another issuer"),
            // An ID token in the answer names the issuer too, and is checked (RFC 9207 section 2.4).
            (None, _) if context.metadata.names_issuer == NamesIssuer::Always && !answer.contains_key("id_token") => {
                return forged("it names no issuer");
            }
            _ => {}
        }
        match answer.get("error") {
            None => Ok(()),
            Some(error) => {
                let description = answer.get("error_description").map(|text| format!(": {text}")).unwrap_or_default();
                let text: String = format!("the server refused: {error}{description}").chars().take(400).collect();
                Err(if error == "access_denied" { Error::Refused(text) } else { Error::Failed(text) })
            }
        }
    }
}

/// Hands the request to the server beforehand (RFC 9126 section 2): the browser carries only its name.
fn push(context: &Context<'_>, endpoint: &str, parameters: Form) -> Result<Form, Error> {
    let answer = context.endpoint_at(endpoint).ask_granted(parameters, &context.clock.moment())?;
    let uri = answer.get("request_uri").and_then(serde_json::Value::as_str);
    let uri = uri.ok_or_else(|| Error::Failed("the server's answer has no request_uri".to_owned()))?;
    let mut form = Form::default();
    form.set("client_id", context.client.id.as_deref().unwrap_or_default());
    form.set("request_uri", uri);
    Ok(form)
}

/// How the answer comes back: to a listener of ours, or pasted by the person.
pub(super) struct Answering {
    callback: Option<Callback>,
    given: Option<String>,
}

impl Answering {
    /// Listens, where an answer can come by itself.
    ///
    /// # Errors
    /// Nobody can be asked, or the port is taken.
    pub(super) fn start(context: &Context<'_>, part: Part) -> Result<Self, Error> {
        let given = context.settings.owned("callback-url");
        let can_listen = given.as_deref().is_none_or(callback::is_loopback);
        let leg = leg(context.settings)?;
        let callback = match (leg, can_listen) {
            (Leg::Browser, true) => Some(Callback::listen(given.as_deref(), part)?),
            _ => None,
        };
        Ok(Self { callback, given })
    }

    /// What the request says: where the listener is, else what the user told, else this.
    pub(super) fn redirect_uri<'a>(&'a self, default: &'a str) -> &'a str {
        self.callback.as_ref().map(Callback::redirect_uri).or(self.given.as_deref()).unwrap_or(default)
    }

    /// Shows the URL, starts the browser and waits.
    ///
    /// # Errors
    /// Nobody answered.
    pub(super) fn ask(&self, context: &Context<'_>, url: &str, expected: Expected) -> Result<Answer, Error> {
        // Before anybody can know the URL.
        if let Some(callback) = &self.callback {
            callback.expect(expected.clone());
        }
        let mut err = std::io::stderr();
        let _ = writeln!(err, "Open this URL to sign in:\n{}", terminal::clean(url));
        let Some(callback) = &self.callback else { return paste(&expected) };
        if let Err(error) = browser::open(url) {
            let _ = writeln!(err, "{}", terminal::clean(&error.to_string()));
        }
        callback.wait(context.timeout)
    }

    /// Tells the browser how it ended.
    pub(super) fn finish<T>(self, outcome: &Result<T, Error>) {
        let outcome = match outcome {
            Ok(_) => Outcome::Success,
            Err(error) => Outcome::Failure(format!("It failed: {error}.")),
        };
        if let Some(callback) = self.callback {
            callback.finish(outcome);
        }
    }
}

/// Reads the URL that the browser came back to: its query and its fragment are the answer. An OAuth 1.0a server may show
/// the verifier alone.
fn paste(expected: &Expected) -> Result<Answer, Error> {
    let mut err = std::io::stderr();
    let _ = match expected {
        Expected::State(_) => write!(err, "Paste the URL that the browser ends at: "),
        Expected::Token(_) => write!(err, "Paste the code that the page shows, or the URL that the browser ends at: "),
    };
    let _ = err.flush();
    let mut line = String::new();
    let stdin = std::io::Read::take(std::io::stdin().lock(), LONGEST_PASTE);
    std::io::BufReader::new(stdin).read_line(&mut line).map_err(Error::Read)?;
    let line = line.trim();
    if line.is_empty() {
        let _ = writeln!(err);
        return Err(Error::NeedsPerson("no URL was pasted".to_owned()));
    }
    if let (Expected::Token(token), None) = (expected, line.find(['?', '#', '='])) {
        return Ok([("oauth_token", token.as_str()), ("oauth_verifier", line)]
            .map(|(n, v)| (n.into(), v.into()))
            .into());
    }
    let (rest, fragment) = line.split_once('#').unwrap_or((line, ""));
    let query = rest.split_once('?').map_or("", |(_, query)| query);
    let mut answer = callback::parse(query);
    answer.extend(callback::parse(fragment));
    if answer.is_empty() {
        return Err(Error::Failed("what was pasted is not a URL with an answer in it".to_owned()));
    }
    Ok(answer)
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
