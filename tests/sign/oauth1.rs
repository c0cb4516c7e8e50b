//! `sign oauth1` before its judges: the published examples at every step, oauthlib as a second opinion on random requests,
//! and a provider that verifies. None of them shares code with the signer.

mod behaviour;
mod case;
mod differential;
mod provider;
mod vectors;
mod verifier;
