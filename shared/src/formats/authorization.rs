//! The authorization that a line asks for, as programs that authorize by themselves are told it.

use serde_json::Value;
use serde_json::value::RawValue;

use crate::error::{Error, Field, Problem};
use crate::json::members_of;
use crate::request::Request;

use super::tree::Tree;

/// The types that Postman knows.
const KINDS: &[&str] =
    &["apikey", "asap", "awsv4", "basic", "bearer", "digest", "edgegrid", "hawk", "jwt", "ntlm", "oauth1", "oauth2"];

/// An authorization by Postman's names.
#[derive(Debug)]
pub(crate) struct Authorization {
    /// The type.
    pub(crate) kind: String,
    /// The parameters.
    pub(crate) parameters: Vec<(String, Value)>,
    /// The other members of the object.
    pub(crate) rest: Vec<(String, Tree)>,
}

impl Authorization {
    /// Returns what a request asks for: a handshake that only the program which holds the connection can do, or `_auth` if
    /// it was not signed.
    ///
    /// # Errors
    /// Returns [`Problem::NotObject`], [`Problem::Unknown`] or [`Problem::NotFor`] if Postman has nothing like it, and
    /// [`Error::Variable`] if a variable in it cannot be replaced.
    pub(crate) fn of(request: &Request<'_>) -> Result<Option<Self>, Error> {
        if let Some(handshake) = &request.handshake {
            let text = |name: &str, value: &str| (name.to_owned(), Value::from(value));
            let password = handshake.password.expose();
            let parameters = vec![text("username", &handshake.user), text("password", password)];
            return Ok(Some(Self { kind: "ntlm".to_owned(), parameters, rest: Vec::new() }));
        }
        let Some(asks) = &request.auth else { return Ok(None) };
        if let Some(problem) = &asks.problem {
            return Err(Error::Variable { field: Field::Auth, problem: problem.clone() });
        }
        Self::parse(asks.raw.get()).map_err(|problem| Error::request(Field::Auth, problem))
    }

    fn parse(text: &str) -> Result<Option<Self>, Problem> {
        let mut members = match serde_json::from_str(text) {
            Ok(Value::Object(members)) => members,
            Ok(Value::Null) => return Ok(None),
            _ => return Err(Problem::NotObject),
        };
        let Some(kind) = members.get("type") else { return Ok(None) };
        let kind = kind.as_str().ok_or(Problem::Unknown)?.to_owned();
        let parameters = match members.remove(&kind) {
            Some(Value::Object(map)) => map.into_iter().collect(),
            Some(Value::Array(rows)) => rows.iter().map(row).collect::<Result<_, _>>()?,
            None | Some(Value::Null) => Vec::new(),
            Some(_) => return Err(Problem::NotPairs),
        };
        let rest = rest(text, &[&kind, "type"]);
        match kind.as_str() {
            "noauth" => Ok(None),
            "aws" => Ok(Some(Self { kind: "awsv4".to_owned(), parameters, rest })),
            known if KINDS.contains(&known) => Ok(Some(Self { kind, parameters, rest })),
            _ => Err(Problem::NotFor { program: "Postman", how: ": it has no such type" }),
        }
    }

    /// Returns a parameter's text, or nothing.
    pub(crate) fn get(&self, key: &str) -> &str {
        let found = self.parameters.iter().find(|(own, _)| own == key);
        found.and_then(|(_, value)| value.as_str()).unwrap_or_default()
    }
}

/// Returns the members of the object that say nothing to us, as they are spelled.
fn rest(text: &str, known: &[&str]) -> Vec<(String, Tree)> {
    let members = serde_json::from_str::<&RawValue>(text).map(members_of).unwrap_or_default();
    let unknown = members.into_iter().filter(|(name, _)| !known.contains(&&**name));
    unknown.map(|(name, raw)| (name.into_owned(), Tree::parsed(raw))).collect()
}

fn row(row: &Value) -> Result<(String, Value), Problem> {
    let key = row.get("key").and_then(Value::as_str).ok_or(Problem::NotPairs)?;
    Ok((key.to_owned(), row.get("value").cloned().unwrap_or(Value::Null)))
}
