//! The answers that a scheme gives: what it did, what follows on a response, and what it needs of connection and order.

/// A record of how a request was signed: `--explain` prints it, and tests compare it before the signature.
#[derive(Debug, Default)]
pub struct Signed {
    /// Name and text of each intermediate value, in order. Secrets are left out or masked.
    pub steps: Vec<(&'static str, String)>,
}

/// The step that follows on a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The response is the answer to the request, good or bad.
    Final,
    /// The request carries a new authorization and must be sent again.
    Again,
}

/// The connections that requests may go out on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    /// Any connection: the authorization is in the request.
    Shared,
    /// One HTTP/1.1 connection that no other credentials use, because the scheme authorizes the connection (NTLM).
    Own,
}

/// The part of the credentials that a request shows to whoever sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exposure {
    /// A proof that they are known, which is of use for this request only.
    Proof,
    /// A secret itself, which whoever sees it can use for requests of their own.
    Secret,
}

/// The order in which requests are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Any order: threads need not wait for each other.
    Any,
    /// The order of the input, because each request counts those before it (digest).
    AsRead,
}

/// The destination of signed requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Delivery {
    /// Requests are written for another program to send, so a scheme that needs a challenge asks the server itself.
    #[default]
    Written,
    /// Requests are sent and [`super::scheme::Signs::answer`] sees the responses, so nothing is asked beforehand.
    Sent,
}

/// The fate of a request's `_auth` member when the request has been signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineAuth {
    /// The member is dropped: the request carries its authorization now.
    Dropped,
    /// The member stays for another run to use.
    Kept,
}
