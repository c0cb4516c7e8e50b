//! `sign`: request in, signed request out.
fn main() {}
