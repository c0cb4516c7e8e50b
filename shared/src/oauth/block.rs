//! Tokens for Postman's `oauth2` blocks that have none: a block says how its token is got, and where no person is needed it
//! is got so, once for a run.
//!
//! What is got stays in this process. A block is data from elsewhere: it neither sees nor replaces what the store keeps.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use serde_json::Value;
use serde_json::value::RawValue;

use crate::auth::asked::rows;
use crate::error::Error;
use crate::lock::lock;
use crate::moment::Clock;
use crate::secret::Secret;
use crate::transport::Lazy;

use super::client::{Authentication, Client};
use super::endpoint::TokenEndpoint;
use super::form::Form;
use super::style::{Encoding, Style};
use super::token::{MIN_TTL, Reading, Token, Used};

/// Gets tokens for blocks. All threads of a run share it.
#[derive(Debug)]
pub struct Blocks {
    services: Arc<Lazy>,
    clock: Clock,
    /// The tokens by the text of their block. The lock is held during a grant, so that no token is got twice.
    held: Mutex<HashMap<String, Token>>,
}

impl Blocks {
    /// Makes one that sends requests to token endpoints with this client.
    #[must_use]
    pub fn new(services: Arc<Lazy>, clock: Clock) -> Self {
        Self { services, clock, held: Mutex::default() }
    }

    /// Returns true if the block has no token and says how one is got.
    #[must_use]
    pub fn wants_token(auth: &RawValue) -> bool {
        Block::read(auth).is_some()
    }

    /// Returns true if the token that was got for this block has to be replaced.
    #[must_use]
    pub fn is_due(&self, auth: &RawValue) -> bool {
        let now = self.clock.moment().unix;
        lock(&self.held).get(auth.get()).is_some_and(|token| token.is_due(now, MIN_TTL, Used::AccessToken))
    }

    /// Returns a token for a block, or `None` if the block has one or says nothing about getting one.
    ///
    /// # Errors
    /// Returns [`Error::NeedsPerson`] if only a person can get the token, [`Error::Failed`] if the block is incomplete, and the
    /// error of [`TokenEndpoint::ask_granted`] if the server refuses.
    pub fn token(&self, auth: &RawValue) -> Result<Option<Secret>, Error> {
        let Some(block) = Block::read(auth) else { return Ok(None) };
        let moment = self.clock.moment();
        let mut held = lock(&self.held);
        if let Some(token) = held.get(auth.get()).filter(|token| !token.is_due(moment.unix, MIN_TTL, Used::AccessToken))
        {
            return Ok(Some(token.access_token.clone()));
        }
        let form = block.form()?;
        let url = block.url()?;
        let endpoint = TokenEndpoint {
            url: &url,
            client: &block.client()?,
            transport: self.services.get()?,
            audience: &url,
            style: &block.style()?,
        };
        let answer = endpoint.ask_granted(form, &moment)?;
        let token = Token::from_answer(&answer, &Reading { now: moment.unix, ..Reading::default() })?;
        let secret = token.access_token.clone();
        held.insert(auth.get().to_owned(), token);
        Ok(Some(secret))
    }
}

/// The settings of a block.
struct Block(BTreeMap<String, Value>);

impl Block {
    /// Reads a block that has no token and says how one is got.
    fn read(auth: &RawValue) -> Option<Self> {
        let object: BTreeMap<String, &RawValue> = serde_json::from_str(auth.get()).ok()?;
        if serde_json::from_str::<String>(object.get("type")?.get()).ok()? != "oauth2" {
            return None;
        }
        let value = |(key, raw): (String, &RawValue)| Some((key, serde_json::from_str(raw.get()).ok()?));
        let block = Self(rows(object.get("oauth2")?).ok()?.into_iter().filter_map(value).collect());
        let says_how = ["grant_type", "accessTokenUrl", "authUrl"].into_iter().any(|key| block.text(key).is_some());
        (block.text("accessToken").is_none() && says_how).then_some(block)
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.0.get(key).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    fn required(&self, key: &str) -> Result<&str, Error> {
        self.text(key).ok_or_else(|| Error::Failed(format!("oauth2: no token, and {key} is missing to get one")))
    }

    /// Returns the form of the token request.
    fn form(&self) -> Result<Form, Error> {
        let mut form = match self.text("grant_type") {
            Some("client_credentials") => Form::of_grant("client_credentials"),
            Some("password_credentials" | "password") => {
                let mut form = Form::of_grant("password");
                form.set("username", self.required("username")?);
                form.set_secret("password", Secret::new(self.required("password")?));
                form
            }
            other => return Err(needs_person(other.unwrap_or("authorization_code"))),
        };
        for name in ["scope", "audience"] {
            if let Some(value) = self.text(name) {
                form.set(name, value);
            }
        }
        if let Some(resource) = self.text("resource") {
            form.add("resource", resource);
        }
        for (name, value) in self.extras("request_body") {
            // They may be secrets, and no message needs them.
            form.set_secret(&name, Secret::new(value));
        }
        Ok(form)
    }

    /// Returns the token endpoint with the parameters that go into its query.
    fn url(&self) -> Result<String, Error> {
        let mut url = self.required("accessTokenUrl")?.to_owned();
        for (name, value) in self.extras("request_url") {
            url.push(if url.contains('?') { '&' } else { '?' });
            crate::encode::form(&mut url, &name);
            url.push('=');
            crate::encode::form(&mut url, &value);
        }
        Ok(url)
    }

    /// Returns the rows of `tokenRequestParams` that are sent at this place.
    fn extras(&self, place: &str) -> Vec<(String, String)> {
        let rows = self.0.get("tokenRequestParams").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let mut extras = Vec::new();
        for row in rows {
            let text = |key: &str| row.get(key).and_then(Value::as_str);
            let Some(name) = text("key").filter(|name| !name.is_empty()) else { continue };
            if row.get("enabled").and_then(Value::as_bool) == Some(false) {
                continue;
            }
            if text("send_as").unwrap_or("request_body") == place {
                extras.push((name.to_owned(), text("value").unwrap_or_default().to_owned()));
            }
        }
        extras
    }

    /// Returns the style of the token request: the rows of `tokenRequestParams` that are headers.
    fn style(&self) -> Result<Style, Error> {
        // A block is data from elsewhere: neither a name nor a value in it may become a reference.
        Style::of_data(Encoding::Form, self.extras("request_header"))
    }

    fn client(&self) -> Result<Client, Error> {
        let secret = self.text("clientSecret").map(Secret::new);
        let authentication = match (self.text("client_authentication"), &secret) {
            // Without a secret there is nothing to authenticate with.
            (_, None) => None,
            (Some("body"), _) => Some(Authentication::Body),
            (Some("header") | None, _) => Some(Authentication::Header),
            (Some(_), _) => {
                return Err(Error::Failed("oauth2: client_authentication is neither header nor body".to_owned()));
            }
        };
        Ok(Client { id: Some(self.required("clientId")?.to_owned()), secret, authentication, ..Client::default() })
    }
}

fn needs_person(grant: &str) -> Error {
    Error::NeedsPerson(format!(
        "oauth2: no token, and a person has to sign in for one ({grant}): `oauth-token profile add NAME --from-postman FILE`, \
         `oauth-token get NAME`, then `sign oauth2 --token-name NAME`"
    ))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn block(rows: &str) -> Option<Block> {
        let auth = RawValue::from_string(format!(r#"{{"type":"oauth2","oauth2":{rows}}}"#)).unwrap();
        Block::read(&auth)
    }

    fn form(rows: &str) -> String {
        match block(rows).unwrap().form() {
            Ok(form) => form.encoded().to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn only_a_block_without_a_token_that_says_how_wants_one() {
        for rows in [r#"{"accessToken":"t","grant_type":"client_credentials"}"#, r#"{"accessToken":""}"#, "[]", "7"] {
            assert!(block(rows).is_none(), "{rows}");
        }
        assert!(
            block(r#"[{"key":"accessToken","value":""},{"key":"grant_type","value":"client_credentials"}]"#).is_some()
        );
        assert!(block(r#"{"authUrl":"https://h/"}"#).is_some());
    }

    #[test]
    fn the_form_is_what_the_block_says() {
        let rows = r#"{"grant_type":"client_credentials","scope":"a b","audience":"x","resource":"r","tokenRequestParams":
            [{"key":"e","value":"1","enabled":true,"send_as":"request_body"},{"key":"o","value":"1","enabled":false},
             {"key":"u","value":"1","send_as":"request_url"}]}"#;
        assert_eq!(form(rows), "grant_type=client_credentials&scope=a+b&audience=x&resource=r&e=1");
        let rows = r#"{"grant_type":"password_credentials","username":"u","password":"p"}"#;
        assert_eq!(form(rows), "grant_type=password&username=u&password=p");
        assert!(form(r#"{"grant_type":"password_credentials","username":"u"}"#).contains("password is missing"));
        for grant in ["authorization_code", "authorization_code_with_pkce", "implicit", "unheard-of"] {
            assert!(form(&format!(r#"{{"grant_type":"{grant}"}}"#)).contains("a person has to sign in"), "{grant}");
        }
    }

    #[test]
    fn no_header_of_a_block_is_a_reference() {
        let style = |name: &str, value: &str| {
            let row = serde_json::json!({"key": name, "value": value, "send_as": "request_header"});
            block(&format!(r#"{{"grant_type":"client_credentials","tokenRequestParams":[{row}]}}"#)).unwrap().style()
        };
        for value in ["cmd:exit 1", " cmd:exit 1", "env:HOME", "file:/etc/hostname", "fd:0", "-", "text:x"] {
            let taken = style("X-A", value).unwrap();
            assert_eq!(taken.secrets().map(Secret::expose).collect::<Vec<_>>(), [value.trim()]);
            for name in
                [format!("X-A: {value} #"), format!("X-A:{value}"), format!("{value}:"), "X-A\r\nX-B".to_owned()]
            {
                assert!(style(&name, "v").is_err(), "{name}");
            }
        }
    }
}
