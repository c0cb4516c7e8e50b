//! Settings as they are kept with a token, and kept ones as settings again: what is kept is the last layer.

use std::path::Path;

use countersign_shared::error::Error;
use countersign_shared::oauth::dialect::{Dialect, Network, Presented};
use countersign_shared::oauth::style::{self, is_open_header};
use countersign_shared::oauth::{Authentication, Endpoints, GrantSettings, Used, assertion, is_reference};
use countersign_shared::options::{Choices as _, Parameter};
use countersign_shared::url::Url;

use crate::grant::context::client_parameters;
use crate::parameters::{
    ACCESS_TOKEN_AT, ACCESS_TOKEN_URL, ASSERTION, ASSERTION_CERT, ASSERTION_CLAIM, ASSERTION_IN, AUDIENCE, AUTH_PARAM,
    AUTH_URL, CACERT, CALLBACK_URL, CERT, CERT_KEY, CLIENT_AUTHENTICATION, CODE_CHALLENGE_METHOD,
    DEVICE_AUTHORIZATION_URL, DISCOVER, GRANT, HEADER_PREFIX, KEY_FILE, KEY_ID, LIFETIME, LOGIN_FIELDS, PASSWORD,
    PRIVATE_KEY, PROXY, REFRESH_URL, REQUEST_TOKEN_URL, RESOURCE, REVOCATION_URL, SCOPE, SCOPE_SEPARATOR,
    SIGNATURE_METHOD, SUBJECT_TOKEN, SUBJECT_TOKEN_TYPE, TOKEN_HEADER, TOKEN_PARAM, TOKEN_REQUEST, USE, USERNAME,
};
use crate::settings::Settings;

/// Returns the settings of a grant as they are kept with its token.
///
/// # Errors
/// Returns [`Error::Usage`] if a setting is wrong.
pub(crate) fn of(settings: &Settings) -> Result<GrantSettings, Error> {
    let kind = settings.grant()?;
    let (id, secret) = client_parameters(kind);
    Ok(GrantSettings {
        kind,
        client_id: settings.owned(id),
        client_secret: settings.reference(secret),
        // The secret itself may not be kept. The method is kept, so that the next refresh reports a
        // missing secret instead of taking the client for a public one.
        client_authentication: settings
            .client_authentication()?
            .or(settings.text(secret).map(|_| Authentication::Header)),
        private_key: settings.reference(&PRIVATE_KEY),
        key_id: settings.owned(&KEY_ID),
        scope: settings.owned(&SCOPE),
        resource: resources(settings)?,
        audience: settings.owned(&AUDIENCE),
        endpoints: endpoints(settings)?,
        header_prefix: settings.list(&HEADER_PREFIX).first().cloned(),
        callback: settings.owned(&CALLBACK_URL),
        code_challenge_method: settings.owned(&CODE_CHALLENGE_METHOD),
        auth_params: settings.pairs(&AUTH_PARAM)?,
        token_params: settings.pairs(&TOKEN_PARAM)?,
        token_headers: headers(settings)?,
        signature_method: settings.owned(&SIGNATURE_METHOD),
        presented: presented(settings)?,
        dialect: dialect(settings)?,
        network: network(settings),
    })
}

fn endpoints(settings: &Settings) -> Result<Endpoints, Error> {
    let token = match (settings.owned(&ACCESS_TOKEN_URL), settings.text(&KEY_FILE)) {
        // A service account's key says where it is taken.
        (None, Some(file)) if settings.text(&DISCOVER).is_none() => assertion::token_uri(Path::new(file))?,
        (given, _) => given,
    };
    Ok(Endpoints {
        issuer: settings.owned(&DISCOVER),
        authorization: settings.owned(&AUTH_URL),
        token,
        device_authorization: settings.owned(&DEVICE_AUTHORIZATION_URL),
        revocation: settings.owned(&REVOCATION_URL),
        // There is no option for this endpoint: only discovery finds it.
        pushed_authorization: None,
        request_token: settings.owned(&REQUEST_TOKEN_URL),
        refresh: settings.owned(&REFRESH_URL),
    })
}

fn presented(settings: &Settings) -> Result<Presented, Error> {
    Ok(Presented {
        username: settings.owned(&USERNAME),
        password: settings.reference(&PASSWORD),
        assertion: settings.reference(&ASSERTION),
        subject_token: settings.reference(&SUBJECT_TOKEN),
        subject_token_type: settings.owned(&SUBJECT_TOKEN_TYPE),
        key_file: settings.text(&KEY_FILE).map(absolute),
        claims: settings.pairs(&ASSERTION_CLAIM)?,
        assertion_in: settings.choice(&ASSERTION_IN)?.unwrap_or_default(),
        certificate: settings.text(&ASSERTION_CERT).map(absolute),
    })
}

fn dialect(settings: &Settings) -> Result<Dialect, Error> {
    let token_at = settings.owned(&ACCESS_TOKEN_AT);
    if token_at.as_deref().is_some_and(|pointer| !pointer.starts_with('/')) {
        let problem = "is a JSON pointer (RFC 6901), which begins with a slash: /authed_user/access_token";
        return Err(Error::Usage(format!("--access-token-at {problem}")));
    }
    let lifetime = settings.text(&LIFETIME).map(|_| settings.time(&LIFETIME, std::time::Duration::ZERO)).transpose()?;
    Ok(Dialect {
        used: settings.choice(&USE)?.unwrap_or_default(),
        encoding: settings.choice(&TOKEN_REQUEST)?,
        scope_separator: settings.list(&SCOPE_SEPARATOR).first().cloned(),
        token_at,
        lifetime: lifetime.map(|time| i64::try_from(time.as_secs()).unwrap_or(i64::MAX)),
        login_fields: settings.owned(&LOGIN_FIELDS),
    })
}

fn network(settings: &Settings) -> Network {
    let path = |parameter| settings.text(parameter).map(absolute);
    // A proxy's password is kept as a reference only.
    let is_open = |proxy: &String| {
        is_reference(proxy) || Url::parse(proxy.as_str().into()).is_ok_and(|(_, userinfo)| userinfo.is_none())
    };
    Network {
        proxy: settings.owned(&PROXY).filter(is_open),
        cacert: path(&CACERT),
        cert: path(&CERT),
        cert_key: path(&CERT_KEY),
    }
}

/// Returns a path that means the same in another folder.
fn absolute(path: &str) -> String {
    std::path::absolute(path).map_or_else(|_| path.to_owned(), |path| path.display().to_string())
}

/// Returns the headers that may be kept.
fn headers(settings: &Settings) -> Result<Vec<String>, Error> {
    let mut kept = Vec::new();
    for header in settings.list(&TOKEN_HEADER) {
        let (name, value) = style::divided(header)?;
        if is_open_header(name) || is_reference(value) {
            kept.push(header.clone());
        }
    }
    Ok(kept)
}

/// Returns the resource indicators, which must be absolute URIs without a fragment (RFC 8707 section 2).
fn resources(settings: &Settings) -> Result<Vec<String>, Error> {
    let list = settings.list(&RESOURCE);
    match list.iter().find(|resource| !resource.contains(':') || resource.contains('#')) {
        None => Ok(list.to_vec()),
        Some(_) => Err(Error::Usage("--resource is an absolute URI without a fragment (RFC 8707)".to_owned())),
    }
}

/// Returns the settings that are kept with a token, as far as they fit those that are given: nothing of one server or client
/// is ever sent to another.
pub(crate) fn kept(grant: &GrantSettings, given: &Settings) -> Settings {
    if is_of_another_server(grant, given) {
        return Settings::default();
    }
    let mut settings = Settings::default();
    let (id, secret) = client_parameters(grant.kind);
    let mut one =
        |parameter: &Parameter, text: &Option<String>| settings.set(parameter, text.iter().cloned().collect());
    one(&GRANT, &Some(grant.kind.word().to_owned()));
    one(id, &grant.client_id);
    let is_other_client = given.text(id).is_some_and(|given| Some(given) != grant.client_id.as_deref());
    if !is_other_client {
        one(secret, &grant.client_secret);
        one(&CLIENT_AUTHENTICATION, &grant.client_authentication.map(|method| method.word().to_owned()));
        one(&PRIVATE_KEY, &grant.private_key);
        one(&KEY_ID, &grant.key_id);
        one(&ASSERTION_CERT, &grant.presented.certificate);
    }
    one(&SCOPE, &grant.scope);
    one(&AUDIENCE, &grant.audience);
    one(&SIGNATURE_METHOD, &grant.signature_method);
    one(&HEADER_PREFIX, &grant.header_prefix);
    one(&CALLBACK_URL, &grant.callback);
    one(&CODE_CHALLENGE_METHOD, &grant.code_challenge_method);
    let endpoints = &grant.endpoints;
    one(&DISCOVER, &endpoints.issuer);
    one(&AUTH_URL, &endpoints.authorization);
    one(&ACCESS_TOKEN_URL, &endpoints.token);
    one(&DEVICE_AUTHORIZATION_URL, &endpoints.device_authorization);
    one(&REVOCATION_URL, &endpoints.revocation);
    one(&REQUEST_TOKEN_URL, &endpoints.request_token);
    one(&REFRESH_URL, &endpoints.refresh);
    if !is_other_client {
        kept_presented(&mut settings, &grant.presented);
        settings.set(&TOKEN_HEADER, grant.token_headers.clone());
    }
    kept_dialect(&mut settings, &grant.dialect);
    let pairs = |pairs: &[(String, String)]| pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    settings.set(&RESOURCE, grant.resource.clone());
    settings.set(&AUTH_PARAM, pairs(&grant.auth_params));
    settings.set(&TOKEN_PARAM, pairs(&grant.token_params));
    settings.set(&ASSERTION_CLAIM, pairs(&grant.presented.claims));
    let network = &grant.network;
    let paths =
        [(&PROXY, &network.proxy), (&CACERT, &network.cacert), (&CERT, &network.cert), (&CERT_KEY, &network.cert_key)];
    // A key belongs to its own certificate.
    let is_identity_given = given.text(&CERT).is_some();
    for (parameter, text) in paths {
        if !(is_identity_given && parameter.key == CERT_KEY.key) {
            settings.set(parameter, text.iter().cloned().collect());
        }
    }
    settings
}

fn kept_presented(settings: &mut Settings, presented: &Presented) {
    let texts = [
        (&USERNAME, &presented.username),
        (&PASSWORD, &presented.password),
        (&ASSERTION, &presented.assertion),
        (&SUBJECT_TOKEN, &presented.subject_token),
        (&SUBJECT_TOKEN_TYPE, &presented.subject_token_type),
        (&KEY_FILE, &presented.key_file),
        (&ASSERTION_IN, &Some(presented.assertion_in.word().to_owned())),
    ];
    for (parameter, text) in texts {
        settings.set(parameter, text.iter().cloned().collect());
    }
}

fn kept_dialect(settings: &mut Settings, dialect: &Dialect) {
    let texts = [
        (&TOKEN_REQUEST, dialect.encoding.map(|encoding| encoding.word().to_owned())),
        (&SCOPE_SEPARATOR, dialect.scope_separator.clone()),
        (&ACCESS_TOKEN_AT, dialect.token_at.clone()),
        (&LIFETIME, dialect.lifetime.map(|seconds| seconds.to_string())),
        (&LOGIN_FIELDS, dialect.login_fields.clone()),
        (&USE, (dialect.used == Used::IdToken).then(|| dialect.used.word().to_owned())),
    ];
    for (parameter, text) in texts {
        settings.set(parameter, text.into_iter().collect());
    }
}

/// Returns true if the settings name another server than the one that the token is from.
fn is_of_another_server(grant: &GrantSettings, given: &Settings) -> bool {
    let endpoints = &grant.endpoints;
    let origin = |url: &str| {
        let url = Url::parse(url.to_owned().into()).ok();
        url.map(|(url, _)| url.origin().to_ascii_lowercase())
    };
    let pairs = [
        (&DISCOVER, &endpoints.issuer),
        (&ACCESS_TOKEN_URL, &endpoints.token),
        (&AUTH_URL, &endpoints.authorization),
        (&REQUEST_TOKEN_URL, &endpoints.request_token),
    ];
    pairs.into_iter().any(|(parameter, kept)| match (given.text(parameter), kept) {
        (Some(given), Some(kept)) => origin(given) != origin(kept),
        _ => false,
    })
}

/// Returns the options whose value is a secret itself, so that they cannot be kept.
pub(crate) fn unkept(settings: &Settings) -> Vec<&'static str> {
    let kind = settings.grant().ok();
    let mut names: Vec<&'static str> = Vec::new();
    if let Some(kind) = kind {
        let (_, secret) = client_parameters(kind);
        for parameter in [secret, &PRIVATE_KEY, &PASSWORD, &ASSERTION, &SUBJECT_TOKEN] {
            if settings.text(parameter).is_some_and(|text| !is_reference(text)) {
                names.push(parameter.key);
            }
        }
    }
    let is_lost = |header: &String| {
        style::divided(header).is_ok_and(|(name, value)| !is_open_header(name) && !is_reference(value))
    };
    if settings.list(&TOKEN_HEADER).iter().any(is_lost) {
        names.push(TOKEN_HEADER.key);
    }
    names
}
