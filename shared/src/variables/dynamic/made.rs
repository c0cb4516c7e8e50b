//! Fakes that are put together of others.

use std::ops::Range;

use fake::faker::address::en::StreetName;
use fake::faker::company::en::Buzzword;
use fake::faker::lorem::en::{Sentence, Word, Words};
use fake::faker::name::en::{FirstName, LastName};

use super::dice::Dice;
use super::words;

const DIGITS: &str = "0123456789";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const BASE_58: &str = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const WORD: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";

/// Countries whose IBANs have digits alone, and how many: ISO 13616.
const IBANS: &[(&str, u32)] = &[("AT", 16), ("BE", 12), ("DE", 18), ("DK", 14), ("ES", 20), ("FI", 14), ("NO", 11)];

pub(super) fn phone(dice: &mut Dice) -> String {
    let (area, exchange) = (dice.number(200, 999), dice.number(200, 999));
    format!("{area}-{exchange}-{}", dice.characters(DIGITS, 4))
}

pub(super) fn phone_with_extension(dice: &mut Dice) -> String {
    format!("{}-{}", dice.number(1, 99), phone(dice))
}

pub(super) fn street_address(dice: &mut Dice) -> String {
    let digits = dice.number(3, 5);
    format!("{} {}", dice.characters(DIGITS, digits), dice.fake(StreetName()))
}

pub(super) fn digits(dice: &mut Dice, count: u32) -> String {
    dice.characters(DIGITS, count)
}

pub(super) fn hex(dice: &mut Dice, count: u32) -> String {
    dice.characters("0123456789abcdef", count)
}

pub(super) fn price(dice: &mut Dice) -> String {
    let cents = dice.number(0, 100_000);
    format!("{}.{:02}", cents / 100, cents % 100)
}

pub(super) fn bitcoin(dice: &mut Dice) -> String {
    let length = dice.number(25, 33);
    dice.one_of("1|3") + &dice.characters(BASE_58, length)
}

/// Returns an IBAN whose check digits are right (ISO 7064, MOD 97-10).
pub(super) fn iban(dice: &mut Dice) -> String {
    let chosen = dice.number(0, 6) as usize;
    let (country, length) = IBANS.get(chosen).copied().unwrap_or(("DE", 18));
    let account = dice.characters(DIGITS, length);
    // Letters count from A, which is 10.
    let letters: String = country.bytes().map(|letter| (letter - b'A' + 10).to_string()).collect();
    let rest =
        format!("{account}{letters}00").bytes().fold(0, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % 97);
    format!("{country}{:02}{account}", 98 - rest)
}

pub(super) fn bic(dice: &mut Dice) -> String {
    let branch = if dice.number(0, 1) == 0 { String::new() } else { dice.characters(DIGITS, 3) };
    let bank = dice.characters(UPPER, 4);
    let country = dice.one_of("AT|BE|CH|DE|DK|ES|FI|FR|GB|IT|JP|NL|NO|SE|US");
    format!("{bank}{country}{}{branch}", dice.characters("23456789ABCDEFGHIJKLMNPQRSTUVWXYZ", 2))
}

pub(super) fn phrase(dice: &mut Dice) -> String {
    let form = dice.number(0, 3);
    let mut word = |list| dice.one_of(list);
    let (verb, again) = (word(words::VERBS), word(words::VERBS));
    let (abbreviation, other) = (word(words::ABBREVIATIONS), word(words::ABBREVIATIONS));
    let (adjective, noun, thing) = (word(words::ADJECTIVES), word(words::NOUNS), word(words::NOUNS));
    match form {
        0 => format!(
            "If we {verb} the {noun}, we can get to the {abbreviation} {thing} through the {adjective} {other} {noun}!"
        ),
        1 => format!("We need to {verb} the {adjective} {abbreviation} {noun}!"),
        2 => format!("Try to {verb} the {abbreviation} {noun}, maybe it will {again} the {adjective} {thing}!"),
        _ => format!("I'll {verb} the {adjective} {abbreviation} {noun}, that should {again} the {other} {thing}!"),
    }
}

pub(super) fn avatar(dice: &mut Dice) -> String {
    format!("https://avatars.githubusercontent.com/u/{}", dice.number(1, 100_000_000))
}

pub(super) fn image(category: &str) -> String {
    format!("http://placeimg.com/640/480{category}")
}

pub(super) fn data_uri() -> String {
    "data:image/svg+xml;charset=UTF-8,%3Csvg%20xmlns%3D%22http%3A%2F%2Fwww.w3.org%2F2000%2Fsvg%22%20version%3D%221.1%22%20\
width%3D%22640%22%20height%3D%22480%22%3E%3Crect%20width%3D%22100%25%22%20height%3D%22100%25%22%20fill%3D%22grey%22%2F%3E%\
3C%2Fsvg%3E"
        .to_owned()
}

pub(super) fn user_name(dice: &mut Dice) -> String {
    let (first, last) = (dice.fake(FirstName()), dice.fake(LastName()));
    let number = dice.number(0, 99);
    let name = match dice.number(0, 2) {
        0 => format!("{first}{number}"),
        1 => format!("{first}.{last}"),
        _ => format!("{first}_{last}{number}"),
    };
    name.chars().filter(|c| c.is_ascii_alphanumeric() || "._".contains(*c)).collect()
}

pub(super) fn email(dice: &mut Dice, providers: &str) -> String {
    format!("{}@{}", user_name(dice), dice.one_of(providers))
}

pub(super) fn domain_word(dice: &mut Dice) -> String {
    let name = dice.fake(FirstName()).to_ascii_lowercase();
    name.chars().filter(char::is_ascii_lowercase).collect()
}

pub(super) fn domain(dice: &mut Dice) -> String {
    format!("{}.{}", domain_word(dice), dice.one_of(words::DOMAIN_ENDS))
}

pub(super) fn grouped(dice: &mut Dice, groups: usize, width: u32) -> String {
    let group: Vec<String> = (0..groups).map(|_| hex(dice, width)).collect();
    group.join(":")
}

pub(super) fn address_v4(dice: &mut Dice) -> String {
    let bytes: Vec<String> = (0..4).map(|_| dice.number(0, 255).to_string()).collect();
    bytes.join(".")
}

pub(super) fn password(dice: &mut Dice) -> String {
    dice.characters(WORD, 15)
}

pub(super) fn word(dice: &mut Dice) -> String {
    match dice.number(0, 4) {
        0 => dice.one_of(words::NOUNS).replace(' ', "-"),
        1 => dice.one_of(words::QUALITIES),
        2 => dice.one_of(words::AREAS),
        3 => dice.fake(Buzzword()).replace(' ', "-"),
        _ => dice.one_of(words::PRODUCTS),
    }
}

pub(super) fn some_words(dice: &mut Dice) -> String {
    let several: Vec<String> = (0..dice.number(2, 5)).map(|_| word(dice)).collect();
    several.join(" ")
}

pub(super) fn file_name(dice: &mut Dice, extensions: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    let name: String = some_words(dice).chars().map(plain).collect();
    format!("{name}.{}", dice.one_of(extensions))
}

pub(super) fn version(dice: &mut Dice) -> String {
    format!("{}.{}.{}", dice.number(0, 9), dice.number(0, 9), dice.number(0, 9))
}

pub(super) fn product(dice: &mut Dice) -> String {
    let (quality, material) = (dice.one_of(words::QUALITIES), dice.one_of(words::MATERIALS));
    format!("{quality} {material} {}", dice.one_of(words::PRODUCTS))
}

pub(super) fn full_name(dice: &mut Dice) -> String {
    format!("{} {}", dice.fake(FirstName()), dice.fake(LastName()))
}

pub(super) fn job_title(dice: &mut Dice) -> String {
    let (descriptor, area) = (dice.one_of(words::DESCRIPTORS), dice.one_of(words::AREAS));
    format!("{descriptor} {area} {}", dice.one_of(words::JOBS))
}

pub(super) fn slug(dice: &mut Dice) -> String {
    dice.fakes(Words(3..4), "-")
}

/// Returns a sentence with a capital letter, which the library leaves small.
pub(super) fn sentence(dice: &mut Dice, words: Range<usize>) -> String {
    let small = dice.fake(Sentence(words));
    let mut letters = small.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

pub(super) fn sentences(dice: &mut Dice, (low, high): (u32, u32), between: &str) -> String {
    let count = dice.number(low, high);
    (0..count).map(|_| sentence(dice, 3..11)).collect::<Vec<_>>().join(between)
}

pub(super) fn paragraph(dice: &mut Dice) -> String {
    sentences(dice, (3, 6), " ")
}

pub(super) fn paragraphs(dice: &mut Dice) -> String {
    (0..3).map(|_| paragraph(dice)).collect::<Vec<_>>().join("\n")
}

pub(super) fn lorem_lines(dice: &mut Dice) -> String {
    sentences(dice, (1, 5), "\n")
}

pub(super) fn lorem_text(dice: &mut Dice) -> String {
    match dice.number(0, 4) {
        0 => dice.fake(Word()),
        1 => dice.fakes(Words(3..4), " "),
        2 => sentence(dice, 4..10),
        3 => paragraphs(dice),
        _ => paragraph(dice),
    }
}
