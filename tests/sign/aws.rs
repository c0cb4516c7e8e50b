//! `sign aws` before its judges: the published vectors, botocore as a second opinion on random requests and on the names of
//! all endpoints, and a server that verifies signatures. None of them shares code with the signer.

mod captured;
mod differential;
mod hosts;
mod random;
mod server;
mod specification;
mod steps;
mod vectors;
mod verifier;
