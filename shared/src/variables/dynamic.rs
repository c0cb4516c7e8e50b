//! Names that begin with `$` and have a new value at each place: the 118 of Postman, `{{$guid}}` among them.
//!
//! The time follows `--now`; with `--nonce` the same input gives the same values.

mod dice;
mod made;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests;
mod words;

use fake::faker::address::en::{CityName, CountryCode, CountryName, StreetName};
use fake::faker::company::en::{
    Bs, BsAdj, BsNoun, BsVerb, Buzzword, BuzzwordMiddle, BuzzwordTail, CatchPhrase, CompanyName, CompanySuffix,
};
use fake::faker::currency::en::{CurrencyCode, CurrencyName, CurrencySymbol};
use fake::faker::filesystem::en::MimeType;
use fake::faker::internet::en::UserAgent;
use fake::faker::lorem::en::{Word, Words};
use fake::faker::name::en::{FirstName, LastName};

pub use dice::Dice;

/// A dynamic name, and what makes its values.
type Name = (&'static str, fn(&mut Dice) -> String);

/// Returns true if there is a dynamic name like this.
#[must_use]
pub fn is_known(name: &str) -> bool {
    maker(name).is_some()
}

/// Returns a new value of a dynamic name, or `None` if there is no such name.
pub fn value(name: &str, dice: &mut Dice) -> Option<String> {
    maker(name).map(|make| make(dice))
}

/// Returns all dynamic names.
pub fn names() -> impl Iterator<Item = &'static str> {
    tables().map(|(name, _)| *name)
}

fn maker(name: &str) -> Option<fn(&mut Dice) -> String> {
    tables().find(|(other, _)| *other == name).map(|(_, make)| *make)
}

fn tables() -> impl Iterator<Item = &'static Name> {
    [CORE, PLACES, COMMERCE, COMPANIES, DATABASES, DATES, FINANCE, HACKERS, IMAGES, INTERNET, LOREM, NAMES, FILES]
        .into_iter()
        .flatten()
}

const CORE: &[Name] = &[
    ("$guid", Dice::uuid),
    ("$timestamp", |dice| dice.unix().to_string()),
    ("$isoTimestamp", |dice| dice.date_time()),
    ("$randomInt", |dice| dice.number(0, 1000).to_string()),
    ("$randomUUID", Dice::uuid),
    ("$randomBoolean", |dice| dice.one_of("true|false")),
    ("$randomWord", made::word),
    ("$randomWords", made::some_words),
    ("$randomAlphaNumeric", |dice| dice.characters("0123456789abcdefghijklmnopqrstuvwxyz", 1)),
    ("$randomLocale", |dice| dice.one_of(words::LOCALES)),
    ("$randomPhoneNumber", made::phone),
    ("$randomPhoneNumberExt", made::phone_with_extension),
];

const PLACES: &[Name] = &[
    ("$randomCity", |dice| dice.fake(CityName())),
    ("$randomStreetName", |dice| dice.fake(StreetName())),
    ("$randomStreetAddress", made::street_address),
    ("$randomCountry", |dice| dice.fake(CountryName())),
    ("$randomCountryCode", |dice| dice.fake(CountryCode())),
    ("$randomLatitude", |dice| dice.degrees(90)),
    ("$randomLongitude", |dice| dice.degrees(180)),
];

const COMMERCE: &[Name] = &[
    ("$randomColor", |dice| dice.one_of(words::COLORS)),
    ("$randomDepartment", |dice| dice.one_of(words::DEPARTMENTS)),
    ("$randomProductName", made::product),
    ("$randomProductAdjective", |dice| dice.one_of(words::QUALITIES)),
    ("$randomProductMaterial", |dice| dice.one_of(words::MATERIALS)),
    ("$randomProduct", |dice| dice.one_of(words::PRODUCTS)),
];

const COMPANIES: &[Name] = &[
    ("$randomCompanyName", |dice| dice.fake(CompanyName())),
    ("$randomCompanySuffix", |dice| dice.fake(CompanySuffix())),
    ("$randomCatchPhrase", |dice| dice.fake(CatchPhrase())),
    ("$randomBs", |dice| dice.fake(Bs())),
    ("$randomCatchPhraseAdjective", |dice| dice.fake(Buzzword())),
    ("$randomCatchPhraseDescriptor", |dice| dice.fake(BuzzwordMiddle())),
    ("$randomCatchPhraseNoun", |dice| dice.fake(BuzzwordTail())),
    ("$randomBsAdjective", |dice| dice.fake(BsAdj())),
    ("$randomBsBuzz", |dice| dice.fake(BsVerb())),
    ("$randomBsNoun", |dice| dice.fake(BsNoun())),
];

const DATABASES: &[Name] = &[
    ("$randomDatabaseColumn", |dice| dice.one_of(words::COLUMNS)),
    ("$randomDatabaseType", |dice| dice.one_of(words::TYPES)),
    ("$randomDatabaseCollation", |dice| dice.one_of(words::COLLATIONS)),
    ("$randomDatabaseEngine", |dice| dice.one_of(words::ENGINES)),
];

/// A day in seconds.
const DAY: i64 = 86_400;

const DATES: &[Name] = &[
    ("$randomDatePast", |dice| dice.date(-365 * DAY, -1)),
    ("$randomDateFuture", |dice| dice.date(1, 365 * DAY)),
    ("$randomDateRecent", |dice| dice.date(-DAY, 0)),
    ("$randomMonth", |dice| dice.one_of(words::MONTHS)),
    ("$randomWeekday", |dice| dice.one_of(words::WEEKDAYS)),
];

const FINANCE: &[Name] = &[
    ("$randomBankAccount", |dice| made::digits(dice, 8)),
    ("$randomBankAccountName", |dice| dice.one_of(words::ACCOUNTS) + " Account"),
    ("$randomCreditCardMask", |dice| made::digits(dice, 4)),
    ("$randomPrice", made::price),
    ("$randomTransactionType", |dice| dice.one_of(words::TRANSACTIONS)),
    ("$randomCurrencyCode", |dice| dice.fake(CurrencyCode())),
    ("$randomCurrencyName", |dice| dice.fake(CurrencyName())),
    ("$randomCurrencySymbol", |dice| dice.fake(CurrencySymbol())),
    ("$randomBitcoin", made::bitcoin),
    ("$randomBankAccountIban", made::iban),
    ("$randomBankAccountBic", made::bic),
];

const HACKERS: &[Name] = &[
    ("$randomAbbreviation", |dice| dice.one_of(words::ABBREVIATIONS)),
    ("$randomAdjective", |dice| dice.one_of(words::ADJECTIVES)),
    ("$randomNoun", |dice| dice.one_of(words::NOUNS)),
    ("$randomVerb", |dice| dice.one_of(words::VERBS)),
    ("$randomIngverb", |dice| dice.one_of(words::ING_VERBS)),
    ("$randomPhrase", made::phrase),
];

const IMAGES: &[Name] = &[
    ("$randomAvatarImage", made::avatar),
    ("$randomImageUrl", |_| made::image("")),
    ("$randomAbstractImage", |_| made::image("/abstract")),
    ("$randomAnimalsImage", |_| made::image("/animals")),
    ("$randomBusinessImage", |_| made::image("/business")),
    ("$randomCatsImage", |_| made::image("/cats")),
    ("$randomCityImage", |_| made::image("/city")),
    ("$randomFoodImage", |_| made::image("/food")),
    ("$randomNightlifeImage", |_| made::image("/nightlife")),
    ("$randomFashionImage", |_| made::image("/fashion")),
    ("$randomPeopleImage", |_| made::image("/people")),
    ("$randomNatureImage", |_| made::image("/nature")),
    ("$randomSportsImage", |_| made::image("/sports")),
    ("$randomTransportImage", |_| made::image("/transport")),
    ("$randomImageDataUri", |_| made::data_uri()),
];

const INTERNET: &[Name] = &[
    ("$randomEmail", |dice| made::email(dice, words::FREE_MAIL)),
    ("$randomExampleEmail", |dice| made::email(dice, words::SAFE_MAIL)),
    ("$randomUserName", made::user_name),
    ("$randomProtocol", |dice| dice.one_of("http|https")),
    ("$randomUrl", |dice| format!("{}://{}", dice.one_of("http|https"), made::domain(dice))),
    ("$randomDomainName", made::domain),
    ("$randomDomainSuffix", |dice| dice.one_of(words::DOMAIN_ENDS)),
    ("$randomDomainWord", made::domain_word),
    ("$randomIP", made::address_v4),
    ("$randomIPV6", |dice| made::grouped(dice, 8, 4)),
    ("$randomUserAgent", |dice| dice.fake(UserAgent())),
    ("$randomHexColor", |dice| format!("#{}", made::hex(dice, 6))),
    ("$randomMACAddress", |dice| made::grouped(dice, 6, 2)),
    ("$randomPassword", made::password),
];

const LOREM: &[Name] = &[
    ("$randomLoremWord", |dice| dice.fake(Word())),
    ("$randomLoremWords", |dice| dice.fakes(Words(3..4), " ")),
    ("$randomLoremSentence", |dice| made::sentence(dice, 3..11)),
    ("$randomLoremSlug", made::slug),
    ("$randomLoremSentences", |dice| made::sentences(dice, (2, 6), " ")),
    ("$randomLoremParagraph", made::paragraph),
    ("$randomLoremParagraphs", made::paragraphs),
    ("$randomLoremText", made::lorem_text),
    ("$randomLoremLines", made::lorem_lines),
];

const NAMES: &[Name] = &[
    ("$randomFirstName", |dice| dice.fake(FirstName())),
    ("$randomLastName", |dice| dice.fake(LastName())),
    ("$randomFullName", made::full_name),
    ("$randomNamePrefix", |dice| dice.one_of(words::PREFIXES)),
    ("$randomNameSuffix", |dice| dice.one_of(words::SUFFIXES)),
    ("$randomJobTitle", made::job_title),
    ("$randomJobDescriptor", |dice| dice.one_of(words::DESCRIPTORS)),
    ("$randomJobArea", |dice| dice.one_of(words::AREAS)),
    ("$randomJobType", |dice| dice.one_of(words::JOBS)),
];

const FILES: &[Name] = &[
    ("$randomFilePath", |dice| {
        format!("{}/{}", dice.one_of(words::DIRECTORIES), made::file_name(dice, words::EXTENSIONS))
    }),
    ("$randomDirectoryPath", |dice| dice.one_of(words::DIRECTORIES)),
    ("$randomFileName", |dice| made::file_name(dice, words::EXTENSIONS)),
    ("$randomCommonFileName", |dice| made::file_name(dice, words::COMMON_EXTENSIONS)),
    ("$randomMimeType", |dice| dice.fake(MimeType())),
    ("$randomCommonFileType", |dice| dice.one_of(words::COMMON_TYPES)),
    ("$randomCommonFileExt", |dice| dice.one_of(words::COMMON_EXTENSIONS)),
    ("$randomFileType", |dice| dice.one_of(words::FILE_TYPES)),
    ("$randomFileExt", |dice| dice.one_of(words::EXTENSIONS)),
    ("$randomSemver", made::version),
];
