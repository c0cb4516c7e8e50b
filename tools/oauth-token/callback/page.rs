//! The pages that the listener sends to the browser. They load nothing from elsewhere.

/// A page, or a redirect to one.
pub(super) struct Page {
    status: &'static str,
    title: String,
    text: String,
    script: Option<&'static str>,
    location: Option<String>,
    position: Position,
}

/// The position of a page in the sign-in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    /// Another page may follow.
    Passing,
    /// The sign-in is over.
    Last,
}

/// The script that sends the fragment to us as a query, since browsers keep fragments to themselves. It also removes the
/// token from the address bar.
const HAND_OVER: &str = "var f=location.hash.slice(1);location.replace(location.pathname+'?'+(f||'error=no_answer'))";

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:34em;margin:15vh auto;padding:0 1em;\
color-scheme:light dark}h1{font-size:1.3em}";

impl Page {
    fn new(status: &'static str, title: &str, text: &str, position: Position) -> Self {
        Self { status, title: title.to_owned(), text: text.to_owned(), script: None, location: None, position }
    }

    pub(super) fn success() -> Self {
        Self::new(
            "200 OK",
            "Signed in",
            "The token has arrived in your terminal. You can close this page.",
            Position::Last,
        )
    }

    pub(super) fn failure(why: &str) -> Self {
        Self::new("200 OK", "Not signed in", why, Position::Last)
    }

    pub(super) fn wrong(why: &str) -> Self {
        Self::new("400 Bad Request", "Not taken", why, Position::Passing)
    }

    pub(super) fn not_found() -> Self {
        Self::new("404 Not Found", "Nothing here", "The sign-in is expected at another path.", Position::Passing)
    }

    pub(super) fn fragment() -> Self {
        let text = "Handing the answer over to your terminal. This needs JavaScript.";
        Self { script: Some(HAND_OVER), ..Self::new("200 OK", "One moment", text, Position::Passing) }
    }

    pub(super) fn redirect(to: String) -> Self {
        Self { location: Some(to), ..Self::new("303 See Other", "One moment", "", Position::Passing) }
    }

    /// Returns true if no page comes after this one.
    pub(super) fn is_last(&self) -> bool {
        self.position == Position::Last
    }

    /// Returns the response, head and body.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let script = self.script.map(|script| format!("<script>{script}</script>")).unwrap_or_default();
        let body = format!(
            "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
             <title>{0}</title><style>{STYLE}</style><h1>{0}</h1><p>{1}</p>{script}</html>\n",
            escaped(&self.title),
            escaped(&self.text)
        );
        let location = self.location.as_ref().map(|to| format!("Location: {to}\r\n")).unwrap_or_default();
        // Only the page with our own script may run any. Others show a server's text, which must never become one.
        let scripts = if self.script.is_some() { "script-src 'unsafe-inline'; " } else { "" };
        format!(
            "HTTP/1.1 {}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
             Referrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
             Content-Security-Policy: default-src 'none'; {scripts}style-src 'unsafe-inline'; frame-ancestors 'none'\r\n\
             {location}Connection: close\r\n\r\n{body}",
            self.status,
            body.len()
        )
        .into_bytes()
    }
}

/// Escapes text for HTML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}
