//! Slices by index arithmetic of our own.

use std::slice::SliceIndex;

/// Takes parts of text and bytes by indices that our own code computed.
pub trait Slice {
    /// Returns the part of `self` that the range covers.
    ///
    /// A range that is out of bounds, or that cuts a character in two, is a bug of the caller: it panics in debug builds,
    /// so that tests and fuzzing find it. Release builds return an empty part, so that no input can stop a stream. Use
    /// `get` instead for indices that a file, a server or a user may have chosen.
    fn part<R: SliceIndex<Self, Output = Self>>(&self, range: R) -> &Self;
}

impl Slice for str {
    #[inline]
    #[track_caller]
    fn part<R: SliceIndex<Self, Output = Self>>(&self, range: R) -> &Self {
        let part = self.get(range);
        debug_assert!(part.is_some(), "a range out of bounds or inside a character");
        part.unwrap_or_default()
    }
}

impl<T> Slice for [T] {
    #[inline]
    #[track_caller]
    fn part<R: SliceIndex<Self, Output = Self>>(&self, range: R) -> &Self {
        let part = self.get(range);
        debug_assert!(part.is_some(), "a range out of bounds");
        part.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Slice;

    #[test]
    fn a_part_is_what_the_range_covers() {
        assert_eq!("abcdef".part(1..3), "bc");
        assert_eq!("abcdef".part(6..), "");
        assert_eq!(b"abcdef".part(..=1), b"ab");
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "out of bounds")]
    fn a_wrong_index_is_found_in_tests() {
        let _ = "abc".part(2..5);
    }
}
