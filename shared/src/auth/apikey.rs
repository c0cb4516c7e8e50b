//! API keys: a header or a query parameter with a fixed value.

use crate::error::Error;
use crate::headers::is_token;
use crate::moment::Moment;
use crate::request::Request;
use crate::secret::Secret;

use super::outcome::{Exposure, Signed};
use super::parameters::Parameter;
use super::scheme::{ChallengeOption, Layers, Signs, Table};

const KEY: Parameter = Parameter::text("key")
    .short("The name of the header or query parameter")
    .more("One of that name in the request is replaced");
const VALUE: Parameter = Parameter::secret("value").short("The key itself");
const IN: Parameter = Parameter::word("in", &["header", "query"]).default("header").short("The place of the key");

/// Names, help and parameters.
pub static TABLE: Table = Table {
    name: "apikey",
    aliases: &[],
    about: "A key in a header or in the query",
    examples: "  echo https://api.example.com/v1 |
      sign apikey --key X-API-Key --value env:API_KEY --to curl-config |
      curl -K -
  echo https://api.example.com/v1 |
      sign apikey --key api_key --value file:key --in query --to url",
    parameters: &[KEY, VALUE, IN],
    challenge: ChallengeOption::Absent,
    make: |layers| Ok(Box::new(ApiKey::new(layers)?)),
};

/// A key, ready to be put on requests.
#[derive(Debug)]
struct ApiKey {
    key: String,
    value: Secret,
    place: KeyPlace,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum KeyPlace {
    Header,
    Query,
}

impl ApiKey {
    /// Checks the parameters.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if `key` or `value` is missing, if `in` is unknown, or if `key` cannot be a header's name.
    fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let key = layers.required(&KEY)?.expose().to_owned();
        // An empty value is allowed, because some services look for the name only.
        let value = layers.secret(&VALUE).ok_or_else(|| layers.missing(&VALUE))?.clone();
        let place = match layers.filled(&IN) {
            None | Some("header") => KeyPlace::Header,
            Some("query") => KeyPlace::Query,
            Some(_) => return Err(layers.bad(&IN, "neither header nor query")),
        };
        if place == KeyPlace::Header && !is_token(&key) {
            return Err(layers.bad(&KEY, "not a header name (letters, digits and !#$%&'*+-.^_`|~)"));
        }
        Ok(Self { key, value, place })
    }
}

impl Signs for ApiKey {
    fn sign(&self, request: &mut Request<'_>, _: &Moment) -> Result<Signed, Error> {
        match self.place {
            KeyPlace::Header => request.headers.replace(self.key.clone(), self.value.expose().to_owned()),
            KeyPlace::Query => request.url.replace_parameter(&self.key, self.value.expose()),
        }
        Ok(Signed::default())
    }

    fn exposure(&self) -> Exposure {
        Exposure::Secret
    }
}
