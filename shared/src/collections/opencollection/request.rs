//! Requests of `OpenCollection`.

use super::super::document::Document;
use super::super::node::{Fields, Node};
use super::super::table::{self, Values, rows, scripts, text_of};
use super::super::{Rest, Row, Rows, Rule, Target, Template, Wrong};
use super::{auth, body};

/// The form of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Http,
    GraphQl,
}

/// Reads a request into a template that has its name and its place.
///
/// # Errors
/// Returns the place if a member cannot be read.
pub(super) fn read(
    fields: &mut Fields<'_>,
    form: Form,
    document: &Document,
    template: &mut Template,
) -> Result<(), Wrong> {
    let (member, method) = match form {
        Form::Http => ("http", "GET"),
        Form::GraphQl => ("graphql", "POST"),
    };
    let missing = fields.missing(member);
    let mut inner = fields.given(member).ok_or(missing)?.fields()?;
    template.method =
        inner.given("method").map_or(Ok(None), |node| node.scalar())?.unwrap_or_else(|| method.to_owned());
    template.target = target(&mut inner)?;
    template.headers = rows(inner.take("headers"), "name", Values::Scalars)?;
    template.body = match form {
        Form::Http => body::http(inner.given("body"))?,
        Form::GraphQl => body::graphql(inner.given("body"))?,
    };
    // Only a request that says so inherits.
    template.auth = document.placed_rule(auth::rule(inner.take("auth"), Rule::Off));
    template.inner = inner.rest();
    if let Some(runtime) = fields.clone().given("runtime") {
        let mut runtime = runtime.fields()?;
        template.variables = table::variables(runtime.take("variables"), "name")?;
        template.scripts = scripts(&runtime, "scripts");
    }
    template.settings = fields.given("settings").map_or(Ok(Rest::new()), |node| Ok(node.fields()?.rest()))?;
    template.description = text_of(fields.clone().take("docs"))?;
    Ok(())
}

fn target(fields: &mut Fields<'_>) -> Result<Target, Wrong> {
    let missing = fields.missing("url");
    let url = fields.given("url").ok_or(missing)?.text()?;
    let (mut query, mut path) = (Vec::new(), Vec::new());
    for node in fields.given("params").map_or(Ok(Vec::new()), Node::list)? {
        let mut param = node.fields()?;
        let kind = param.given("type");
        let name = kind.clone().map(Node::text).transpose()?;
        let row = table::row(&mut param, "name", Values::Scalars)?;
        let row = Row { rest: param.rest(), ..row };
        match (name.as_deref(), kind) {
            (Some("path"), _) => path.push(row),
            (Some("query") | None, _) => query.push(row),
            (Some(_), kind) => {
                return Err(kind.map_or_else(Wrong::default, |kind| kind.wrong("is neither query nor path")));
            }
        }
    }
    // The URL is what is sent; the rows of the query only mirror it.
    Ok(Target { url, query, rows: Rows::Repeated, path, ..Target::default() })
}
