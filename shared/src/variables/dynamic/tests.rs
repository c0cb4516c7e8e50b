//! The form of each dynamic value, as Postman's have it.

use super::*;
use crate::moment::Clock;

/// Returns true if a text has the form: `9` a digit, `A` a capital, `a` a small letter, `~` a hex digit, `&` a letter or digit,
/// `*` any number of further characters, everything else itself.
fn has_form(text: &str, form: &str) -> bool {
    let Some(expected) = form.chars().next() else { return text.is_empty() };
    let rest = form.get(1..).unwrap_or_default();
    if expected == '*' {
        let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        return ends.into_iter().any(|at| text.get(at..).is_some_and(|text| has_form(text, rest)));
    }
    let Some(character) = text.chars().next() else { return false };
    let fits = match expected {
        '9' => character.is_ascii_digit(),
        'A' => character.is_ascii_uppercase(),
        'a' => character.is_ascii_lowercase(),
        '~' => character.is_ascii_digit() || ('a'..='f').contains(&character),
        '&' => character.is_ascii_alphanumeric(),
        other => character == other,
    };
    fits && has_form(text.get(character.len_utf8()..).unwrap_or_default(), rest)
}

/// Returns many values of a name.
fn values(name: &str) -> Vec<String> {
    let mut dice = Dice::new(&Clock { now: Some(1_440_938_160), nonce: Some("n".to_owned()) });
    (0..200).map(|_| value(name, &mut dice).unwrap()).collect()
}

#[track_caller]
fn all(name: &str, fits: impl Fn(&str) -> bool) {
    for value in values(name) {
        assert!(fits(&value), "{name}: {value}");
    }
}

const UUID: &str = "~~~~~~~~-~~~~-4~~~-*-~~~~~~~~~~~~";
const DATE: &str = "Aaa Aaa 99 9999 99:99:99 GMT+0000 (Coordinated Universal Time)";
const IPV6: &str = "~~~~:~~~~:~~~~:~~~~:~~~~:~~~~:~~~~:~~~~";

#[test]
fn values_have_the_form_of_their_kind() {
    for (name, forms) in [
        ("$guid", &[UUID][..]),
        ("$randomUUID", &[UUID]),
        ("$timestamp", &["1440938160"]),
        ("$isoTimestamp", &["2015-08-30T12:36:00.000Z"]),
        ("$randomBoolean", &["true", "false"]),
        ("$randomAlphaNumeric", &["a", "9"]),
        ("$randomLocale", &["aa", "aaa"]),
        ("$randomPhoneNumber", &["999-999-9999"]),
        ("$randomPhoneNumberExt", &["9-999-999-9999", "99-999-999-9999"]),
        ("$randomStreetAddress", &["999 A*", "9999 A*", "99999 A*"]),
        ("$randomCountryCode", &["AA"]),
        ("$randomLatitude", &["9.9999", "99.9999", "-9.9999", "-99.9999"]),
        ("$randomLongitude", &["9.9999", "99.9999", "199.9999", "-9.9999", "-99.9999", "-199.9999"]),
        ("$randomProductName", &["A* A* A*"]),
        ("$randomDatePast", &[DATE]),
        ("$randomDateFuture", &[DATE]),
        ("$randomDateRecent", &["Aaa Aug 99 2015 99:99:99 GMT+0000 (Coordinated Universal Time)"]),
        ("$randomBankAccount", &["99999999"]),
        ("$randomBankAccountName", &["A* Account"]),
        ("$randomCreditCardMask", &["9999"]),
        ("$randomPrice", &["9.99", "99.99", "999.99", "1000.00"]),
        ("$randomCurrencyCode", &["AAA"]),
        ("$randomBankAccountIban", &["AA99*9"]),
        ("$randomBankAccountBic", &["AAAAAA&&", "AAAAAA&&999"]),
        ("$randomIngverb", &["a*ing*"]),
        ("$randomPhrase", &["A* * *!"]),
        ("$randomAvatarImage", &["https://avatars.githubusercontent.com/u/9*"]),
        ("$randomImageUrl", &["http://placeimg.com/640/480"]),
        ("$randomImageDataUri", &["data:image/svg+xml;charset=UTF-8,%3Csvg*"]),
        ("$randomEmail", &["A*@gmail.com", "A*@yahoo.com", "A*@hotmail.com"]),
        ("$randomExampleEmail", &["A*@example.com", "A*@example.net", "A*@example.org"]),
        ("$randomProtocol", &["http", "https"]),
        ("$randomUrl", &["http://a*.a*", "https://a*.a*"]),
        ("$randomDomainName", &["a*.a*"]),
        ("$randomIP", &["9*.9*.9*.9*"]),
        ("$randomIPV6", &[IPV6]),
        ("$randomUserAgent", &["Mozilla/*", "Opera/*"]),
        ("$randomHexColor", &["#~~~~~~"]),
        ("$randomMACAddress", &["~~:~~:~~:~~:~~:~~"]),
        ("$randomLoremWords", &["a* a* a*"]),
        ("$randomLoremSlug", &["a*-a*-a*"]),
        ("$randomLoremSentence", &["A* *."]),
        ("$randomLoremSentences", &["A*. A*."]),
        ("$randomLoremParagraph", &["A*."]),
        ("$randomLoremParagraphs", &["A*.\nA*.\nA*."]),
        ("$randomLoremLines", &["A*."]),
        ("$randomFullName", &["A* A*"]),
        ("$randomJobTitle", &["A* A* A*"]),
        ("$randomWords", &["* *"]),
        ("$randomFilePath", &["/*.*"]),
        ("$randomDirectoryPath", &["/*"]),
        ("$randomFileName", &["*.*"]),
        ("$randomCommonFileName", &["*.*"]),
        ("$randomMimeType", &["a*/*"]),
        ("$randomSemver", &["9.9.9"]),
    ] {
        all(name, |value| forms.iter().any(|form| has_form(value, form)));
    }
}

#[test]
fn words_are_of_their_list() {
    for (name, words) in [
        ("$randomColor", words::COLORS),
        ("$randomDepartment", words::DEPARTMENTS),
        ("$randomProductAdjective", words::QUALITIES),
        ("$randomProductMaterial", words::MATERIALS),
        ("$randomProduct", words::PRODUCTS),
        ("$randomDatabaseColumn", words::COLUMNS),
        ("$randomDatabaseType", words::TYPES),
        ("$randomDatabaseCollation", words::COLLATIONS),
        ("$randomDatabaseEngine", words::ENGINES),
        ("$randomMonth", words::MONTHS),
        ("$randomWeekday", words::WEEKDAYS),
        ("$randomTransactionType", words::TRANSACTIONS),
        ("$randomAbbreviation", words::ABBREVIATIONS),
        ("$randomAdjective", words::ADJECTIVES),
        ("$randomNoun", words::NOUNS),
        ("$randomVerb", words::VERBS),
        ("$randomDomainSuffix", words::DOMAIN_ENDS),
        ("$randomNamePrefix", words::PREFIXES),
        ("$randomNameSuffix", words::SUFFIXES),
        ("$randomJobDescriptor", words::DESCRIPTORS),
        ("$randomJobArea", words::AREAS),
        ("$randomJobType", words::JOBS),
        ("$randomCommonFileType", words::COMMON_TYPES),
        ("$randomCommonFileExt", words::COMMON_EXTENSIONS),
        ("$randomFileType", words::FILE_TYPES),
        ("$randomFileExt", words::EXTENSIONS),
    ] {
        all(name, |value| words.split('|').any(|word| word == value));
    }
}

#[test]
fn values_that_have_other_rules_keep_them() {
    all("$randomInt", |value| value.parse::<u32>().is_ok_and(|number| number <= 1000));
    all("$randomPassword", |value| value.len() == 15 && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'));
    all("$randomBitcoin", |value| {
        (26..=34).contains(&value.len())
            && value.starts_with(['1', '3'])
            && value.chars().all(|c| c.is_ascii_alphanumeric() && !"0OIl".contains(c))
    });
    all("$randomIP", |value| value.parse::<std::net::Ipv4Addr>().is_ok());
    all("$randomIPV6", |value| value.parse::<std::net::Ipv6Addr>().is_ok());
    all("$randomDomainWord", |value| !value.is_empty() && value.chars().all(|c| c.is_ascii_lowercase()));
    all("$randomUserName", |value| value.chars().all(|c| c.is_ascii_alphanumeric() || "._".contains(c)));
    all("$randomBankAccountIban", |value| {
        let (front, account) = value.split_at(4);
        let digit = |c: char| c.to_digit(36).unwrap().to_string();
        let digits: String = format!("{account}{front}").chars().map(digit).collect();
        digits.bytes().fold(0, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % 97) == 1
    });
    let image = |name: &str| values(name).remove(0);
    for (name, end) in
        [("$randomAbstractImage", "abstract"), ("$randomCatsImage", "cats"), ("$randomTransportImage", "transport")]
    {
        assert_eq!(image(name), format!("http://placeimg.com/640/480/{end}"));
    }
}

#[test]
fn every_name_has_values_that_can_stand_in_json_and_headers() {
    assert_eq!(names().count(), 118);
    for name in names() {
        let is_plain = |c: char| !c.is_control() || (c == '\n' && name.starts_with("$randomLorem"));
        // A currency may have no symbol.
        all(name, |value| value.chars().all(is_plain) && (!value.is_empty() || name == "$randomCurrencySymbol"));
        assert!(is_known(name));
    }
    assert!(!is_known("$randomNothing"));
}
