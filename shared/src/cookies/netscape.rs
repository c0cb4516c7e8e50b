//! Netscape's cookie file, as curl, wget, yt-dlp and Python read it.
//!
//! A line has seven fields with tabs between them: domain, TRUE if subdomains get it too, path, TRUE if it needs TLS,
//! expiry (seconds since 1970, 0 for a session cookie), name, value. Readers disagree on whether the leading dot or the
//! second field decides on subdomains, so both always say the same. A line that starts with `#HttpOnly_` is a cookie;
//! other lines that start with `#` are comments.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use super::{Cookie, SameSite};

/// The first line. Python's `http.cookiejar` refuses a file without it.
const HEADER: &str = "# Netscape HTTP Cookie File";

/// A note for people who open the file.
const NOTE: &str = "# Kept by cookie-sync: curl -b reads it, curl -c would replace it.";

const HTTP_ONLY: &str = "#HttpOnly_";

/// The reason why a cookie is left out of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// The cookie is partitioned (CHIPS), and the format has no field for the site that it belongs to.
    Partitioned,
    /// The value contains a tab, which separates fields in this format, or the name is empty, which would shift all
    /// fields of the line.
    Unrepresentable,
}

/// The new text of a file that cookies were merged into, and the cookies that it cannot hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The whole text.
    pub text: Vec<u8>,
    /// A reason for each cookie that was left out.
    pub left_out: Vec<LeftOut>,
}

/// The identity of a line: domain, host-only flag, path and name.
type Key<'k> = (&'k str, bool, &'k str, &'k str);

fn key(cookie: &Cookie) -> Key<'_> {
    (&cookie.domain, cookie.host_only, &cookie.path, &cookie.name)
}

/// Returns the file with these cookies in place of those that `is_ours` selects. Every other line keeps its bytes and
/// place.
#[must_use]
pub fn merge(before: &[u8], cookies: &[Cookie], is_ours: impl Fn(&Cookie) -> bool) -> Merged {
    let mut places: HashMap<Key<'_>, usize> = HashMap::new();
    let mut left_out = Vec::new();
    for (index, cookie) in cookies.iter().enumerate() {
        match place(cookie) {
            // The format has no field for the store, so of equal cookies in several stores the last one counts.
            Ok(()) => drop(places.insert(key(cookie), index)),
            Err(why) => left_out.push(why),
        }
    }
    let mut new: BTreeSet<usize> = places.values().copied().collect();
    let mut text = Vec::with_capacity(before.len() + 80);
    // Python's pattern for the first line takes both spellings.
    if !before.starts_with(b"# Netscape HTTP Cookie File") && !before.starts_with(b"# HTTP Cookie File") {
        text.extend_from_slice(format!("{HEADER}\n").as_bytes());
        if before.is_empty() {
            text.extend_from_slice(format!("{NOTE}\n\n").as_bytes());
        }
    }
    for line in before.split_inclusive(|b| *b == b'\n') {
        match std::str::from_utf8(line).ok().and_then(parse_line).filter(|old| is_ours(old)) {
            Some(old) => {
                // A line for a cookie that is gone is dropped, and so is a second line for the same cookie.
                if let Some(index) = places.get(&key(&old)).filter(|index| new.remove(index)) {
                    cookies.get(*index).into_iter().for_each(|cookie| push_line(cookie, &mut text));
                }
            }
            None => {
                text.extend_from_slice(line);
                // Without a break, the next cookie would become a part of this line.
                if !line.ends_with(b"\n") {
                    text.push(b'\n');
                }
            }
        }
    }
    new.into_iter().filter_map(|index| cookies.get(index)).for_each(|cookie| push_line(cookie, &mut text));
    Merged { text, left_out }
}

/// Checks that the format can hold a cookie.
fn place(cookie: &Cookie) -> Result<(), LeftOut> {
    if cookie.partition.is_some() {
        return Err(LeftOut::Partitioned);
    }
    if cookie.name.is_empty() || cookie.value.contains('\t') {
        return Err(LeftOut::Unrepresentable);
    }
    Ok(())
}

fn push_line(cookie: &Cookie, out: &mut Vec<u8>) {
    let flag = |is: bool| if is { "TRUE" } else { "FALSE" };
    let mut line = String::with_capacity(80 + cookie.value.len());
    if cookie.http_only {
        line.push_str(HTTP_ONLY);
    }
    // 0 is the mark of a session cookie, so an expiry at or before the epoch becomes 1, which is as expired.
    let expires = cookie.expires.map_or(0, |expires| expires.max(1));
    let Cookie { path, name, value, .. } = cookie;
    let (domain, subdomains, secure) = (cookie.dotted_domain(), flag(!cookie.host_only), flag(cookie.secure));
    let _ = writeln!(line, "{domain}\t{subdomains}\t{path}\t{secure}\t{expires}\t{name}\t{value}");
    out.extend_from_slice(line.as_bytes());
}

/// Reads the cookies of a file. Lines that are not a valid cookie are skipped.
#[must_use]
pub fn read(bytes: &[u8]) -> Vec<Cookie> {
    let lines = bytes.split_inclusive(|b| *b == b'\n');
    let cookies = lines.filter_map(|line| parse_line(std::str::from_utf8(line).ok()?));
    cookies.filter(|cookie| cookie.check().is_ok()).collect()
}

/// Parses a line as curl does: an empty value may be missing together with its tab.
fn parse_line(line: &str) -> Option<Cookie> {
    let line = line.strip_suffix('\n').unwrap_or(line);
    let line = line.strip_suffix('\r').unwrap_or(line);
    let (line, http_only) = match line.strip_prefix(HTTP_ONLY) {
        Some(line) => (line, true),
        None if line.starts_with('#') => return None,
        None => (line, false),
    };
    let mut fields = line.splitn(7, '\t');
    let domain = fields.next()?;
    let subdomains = fields.next()?;
    let path = fields.next()?;
    let secure = fields.next()?;
    let expires = fields.next()?;
    let name = fields.next()?;
    let value = fields.next().unwrap_or_default();
    Some(Cookie {
        name: name.to_owned(),
        value: value.to_owned(),
        domain: domain.trim_start_matches('.').to_ascii_lowercase(),
        host_only: !subdomains.eq_ignore_ascii_case("TRUE"),
        path: if path.starts_with('/') { path.to_owned() } else { "/".to_owned() },
        secure: secure.eq_ignore_ascii_case("TRUE"),
        http_only,
        same_site: SameSite::Unspecified,
        expires: Some(expires.parse().ok()?).filter(|expires| *expires != 0),
        store: String::new(),
        partition: None,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::super::Partition;
    use super::super::tests::cookie;
    use super::*;

    fn text(written: Merged) -> String {
        String::from_utf8(written.text).unwrap()
    }

    #[test]
    fn a_leading_dot_and_the_second_field_agree() {
        let mut secret = cookie("www.example.com", "sid", "s3");
        (secret.http_only, secret.secure, secret.expires) = (true, true, Some(1_900_000_000));
        let cookies = [cookie(".example.com", "a", "1"), secret, cookie("example.com", "empty", "")];
        let expected = format!(
            "{HEADER}\n{NOTE}\n\n.example.com\tTRUE\t/\tFALSE\t0\ta\t1\n\
             #HttpOnly_www.example.com\tFALSE\t/\tTRUE\t1900000000\tsid\ts3\nexample.com\tFALSE\t/\tFALSE\t0\tempty\t\n"
        );
        assert_eq!(text(merge(b"", &cookies, |_| true)), expected);
    }

    #[test]
    fn what_is_not_ours_stays_where_it_is() {
        let before = "# mine\nother.test\tFALSE\t/\tFALSE\t0\tx\t1\nexample.com\tFALSE\t/\tFALSE\t0\told\t1\n\
                      # between\nexample.com\tFALSE\t/\tFALSE\t0\tkept\t1\nnonsense";
        let cookies = [cookie("example.com", "new", "3"), cookie("example.com", "kept", "2")];
        let expected = format!(
            "{HEADER}\n# mine\nother.test\tFALSE\t/\tFALSE\t0\tx\t1\n# between\n\
             example.com\tFALSE\t/\tFALSE\t0\tkept\t2\nnonsense\nexample.com\tFALSE\t/\tFALSE\t0\tnew\t3\n"
        );
        let merged = text(merge(before.as_bytes(), &cookies, |cookie| cookie.domain == "example.com"));
        assert_eq!(merged, expected);
        let again = text(merge(merged.as_bytes(), &cookies, |cookie| cookie.domain == "example.com"));
        assert_eq!(again, merged, "nothing changes when nothing changed");
    }

    #[test]
    fn what_the_format_cannot_say_is_left_out_and_counted() {
        let mut partitioned = cookie("example.com", "p", "1");
        partitioned.partition = Some(Partition(serde_json::json!({ "topLevelSite": "https://a.example" })));
        let cookies = [partitioned, cookie("example.com", "tab", "a\tb"), cookie("example.com", "", "v")];
        let written = merge(b"", &cookies, |_| true);
        assert_eq!(written.left_out, [LeftOut::Partitioned, LeftOut::Unrepresentable, LeftOut::Unrepresentable]);
        assert!(read(&written.text).is_empty());
    }

    #[test]
    fn lines_are_read_as_curl_reads_them() {
        let bytes = b"# c\n\n.example.com\tTRUE\t/\tFALSE\t0\tsix\r\n#HttpOnly_a.test\tfalse\t/p\ttrue\t5\tn\tv w\n\
                      example.com\tTRUE\t/\tFALSE\tsoon\tbad\t1\nexample.com\tFALSE\t/\tFALSE\t0\t__Host-x\t1\n\xff\t\n";
        let read = read(bytes);
        let names: Vec<&str> = read.iter().map(|cookie| cookie.name.as_str()).collect();
        assert_eq!(names, ["six", "n"]);
        let last = read.last().unwrap();
        assert_eq!((last.value.as_str(), last.path.as_str(), last.expires), ("v w", "/p", Some(5)));
        assert!(last.host_only && last.secure && last.http_only);
    }

    proptest! {
        #[test]
        fn a_cookie_comes_back_from_its_line(
            name in "[!-:<>-~]{1,20}", value in "[ -:<-~é]{0,40}", host_only: bool, secure: bool, http_only: bool,
            expires in proptest::option::of(1..i64::MAX), path in "/[!-:<-~]{0,20}",
        ) {
            let mut cookie = cookie("example.com", &name, &value);
            (cookie.host_only, cookie.secure, cookie.http_only) = (host_only, secure, http_only);
            (cookie.expires, cookie.path) = (expires, path);
            prop_assume!(cookie.check().is_ok());
            let written = merge(b"", std::slice::from_ref(&cookie), |_| true);
            prop_assert_eq!(read(&written.text), vec![cookie]);
        }

        #[test]
        fn no_file_is_too_odd(bytes: Vec<u8>) {
            let _ = read(&bytes);
            let merged = merge(&bytes, &[], |_| false).text;
            prop_assert!(merged.ends_with(b"\n"));
        }
    }
}
