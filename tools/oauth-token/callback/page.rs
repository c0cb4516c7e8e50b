//! The pages that the listener sends to the browser. They load nothing from elsewhere.

use base64::Engine as _;

use countersign_shared::encode::BASE64;
use countersign_shared::hash::sha256;

/// A page, or a redirect to one.
pub(super) struct Page {
    status: &'static str,
    title: String,
    text: String,
    /// The path of the page after this one, on the page with our script.
    next: Option<String>,
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

/// The script that hands the fragment over, since browsers keep fragments to themselves. It first removes the fragment from the
/// address bar and the history, and sends it in the body of a request: a URL with a token in it would stay in the history.
const HAND_OVER: &str = "\
(async()=>{const f=location.hash.slice(1)||'error=no_answer';history.replaceState(null,'',location.pathname);\
const say=(s,v)=>document.querySelector(s).textContent=v;try{const r=await fetch(location.pathname,{method:'POST',\
redirect:'manual',headers:{'Content-Type':'application/x-www-form-urlencoded'},body:f});\
if(r.type==='opaqueredirect'){location.replace(document.body.dataset.next);return}\
const d=new DOMParser().parseFromString(await r.text(),'text/html');\
for(const s of['p','h1','title'])say(s,d.querySelector(s).textContent)}\
catch{say('p','The answer could not be handed over: the program no longer waits.')}})()";

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:34em;margin:15vh auto;padding:0 1em;\
color-scheme:light dark}h1{font-size:1.3em}";

impl Page {
    fn new(status: &'static str, title: &str, text: &str, position: Position) -> Self {
        Self { status, title: title.to_owned(), text: text.to_owned(), next: None, location: None, position }
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

    pub(super) fn method() -> Self {
        let text = "An answer comes by GET, or by POST of a form (response_mode=form_post).";
        Self::new("405 Method Not Allowed", "Not taken", text, Position::Passing)
    }

    pub(super) fn not_found() -> Self {
        Self::new("404 Not Found", "Nothing here", "The sign-in is expected at another path.", Position::Passing)
    }

    /// Returns the page that hands the fragment over and then leads to `next`.
    pub(super) fn fragment(next: &str) -> Self {
        let text = "Handing the answer over to your terminal. This needs JavaScript.";
        Self { next: Some(next.to_owned()), ..Self::new("200 OK", "One moment", text, Position::Passing) }
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
        let (next, script) = match &self.next {
            Some(next) => (format!(" data-next=\"{}\"", escaped(next)), format!("<script>{HAND_OVER}</script>")),
            None => (String::new(), String::new()),
        };
        let body = format!(
            "<!doctype html><html lang=en><head><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
             <title>{0}</title><style>{STYLE}</style></head><body{next}><h1>{0}</h1><p>{1}</p>{script}</body></html>\n",
            escaped(&self.title),
            escaped(&self.text)
        );
        let location = self.location.as_ref().map(|to| format!("Location: {to}\r\n")).unwrap_or_default();
        // Only our own script may run, by its hash, and only on its page: others show a server's text, which must never become
        // one (Content Security Policy Level 3 section 2.3.1).
        let scripts = match &self.next {
            Some(_) => format!("script-src '{}'; connect-src 'self'; ", integrity(HAND_OVER)),
            None => String::new(),
        };
        let style = integrity(STYLE);
        format!(
            "HTTP/1.1 {}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
             Referrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
             Content-Security-Policy: default-src 'none'; {scripts}style-src '{style}'; base-uri 'none'; form-action 'none'; \
             frame-ancestors 'none'\r\n\
             Cross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Resource-Policy: same-origin\r\n\
             {location}Connection: close\r\n\r\n{body}",
            self.status,
            body.len()
        )
        .into_bytes()
    }
}

/// Returns the hash by which a policy allows an inline script or style.
fn integrity(text: &str) -> String {
    format!("sha256-{}", BASE64.encode(sha256(text.as_bytes())))
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
