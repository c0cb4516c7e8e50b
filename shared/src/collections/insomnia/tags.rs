//! Insomnia's templates in texts: `{{ _.name }}` is our `{{name}}`, and a few tags are dynamic names.

/// Returns a text with our variables.
///
/// # Errors
/// Returns the problem if the text has a tag or a filter, which only Insomnia can run.
pub(super) fn translated(text: &str) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'{', rest.as_bytes()) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        if let Some((inner, after)) = from.strip_prefix("{{").and_then(|inner| inner.split_once("}}")) {
            out.push_str(&variable(inner)?);
            rest = after;
        } else if let Some((inner, after)) = from.strip_prefix("{%").and_then(|inner| inner.split_once("%}")) {
            out.push_str(tag(inner.trim())?);
            rest = after;
        } else {
            out.push('{');
            rest = from.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    Ok(out)
}

fn variable(inner: &str) -> Result<String, String> {
    let name = inner.trim();
    let name = name.strip_prefix("_.").unwrap_or(name);
    let bracketed =
        name.strip_prefix("_[").and_then(|rest| rest.strip_suffix(']')).map(|rest| rest.trim_matches(['\'', '"']));
    let name = bracketed.unwrap_or(name);
    if bracketed.is_none() && name.contains(['|', '(']) {
        return Err(format!("has an expression that only Insomnia can run: {{{{ {name} }}}}"));
    }
    Ok(format!("{{{{{name}}}}}"))
}

/// Returns the dynamic name that makes what a tag makes.
fn tag(inner: &str) -> Result<&'static str, String> {
    let words: Vec<&str> = inner.split(|char: char| char.is_whitespace() || "',\"".contains(char)).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        ["uuid"] | ["uuid", "v4"] => Ok("{{$guid}}"),
        ["timestamp"] | ["now", "unix"] => Ok("{{$timestamp}}"),
        ["now"] | ["now", "iso-8601"] => Ok("{{$isoTimestamp}}"),
        // The arguments may be secrets.
        words => Err(format!("has a tag that only Insomnia can run: {{% {} … %}}", words.first().unwrap_or(&""))),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ours_and_tags_are_refused() {
        for (text, expected) in [
            ("{{ _.base }}/x/{{name}}/{{ _['a-b'] }}{{ _.a.b[0] }}", Ok("{{base}}/x/{{name}}/{{a-b}}{{a.b[0]}}")),
            ("{\"a\": {}} {{", Ok("{\"a\": {}} {{")),
            ("{% uuid 'v4' %}-{% now 'unix', '' %}", Ok("{{$guid}}-{{$timestamp}}")),
            ("{% response 'body', 'req_1' %}", Err("has a tag that only Insomnia can run: {% response … %}")),
            ("{{ _.x | upper }}", Err("has an expression that only Insomnia can run: {{ x | upper }}")),
        ] {
            assert_eq!(translated(text).as_deref(), expected.map_err(str::to_owned).as_ref().copied(), "{text}");
        }
    }
}
