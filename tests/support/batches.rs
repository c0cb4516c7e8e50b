//! Properties over batches of requests: many a process, so that starting processes is not what takes the time.

use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};

use super::hostile::{Hostile, hostile};

/// The same requests in every run; `PROPTEST_CASES` makes it more of them.
#[track_caller]
pub(crate) fn over_batches(cases: u32, size: usize, property: impl Fn(&[Hostile]) -> Result<(), TestCaseError>) {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(cases);
    let rng_seed = RngSeed::Fixed(1);
    let config = Config { cases, rng_seed, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let batch = proptest::collection::vec(hostile(), 1..size);
    let outcome = runner.run(&batch, |batch| property(&batch));
    assert!(outcome.is_ok(), "{}", outcome.err().map(|error| error.to_string()).unwrap_or_default());
}
