//! Rows of numbers, one a group, filled up so that a processor can take several at a time.

/// How many at a time.
pub(super) const LANES: usize = 4;

/// How long a row for so many groups is.
pub(super) fn width(groups: usize) -> usize {
    groups.next_multiple_of(LANES)
}

/// Adds `factor` times another row to a row.
pub(super) fn add_scaled(row: &mut [f64], factor: f64, other: &[f64]) {
    let ((row, _), (other, _)) = (row.as_chunks_mut::<LANES>(), other.as_chunks::<LANES>());
    for (row, other) in row.iter_mut().zip(other) {
        *row = std::array::from_fn(|lane| row[lane] + factor * other[lane]);
    }
}

/// Sets a row to `first + factor * second`.
pub(super) fn set_sum(row: &mut [f64], first: &[f64], factor: f64, second: &[f64]) {
    let ((first, _), (second, _)) = (first.as_chunks::<LANES>(), second.as_chunks::<LANES>());
    for (row, (first, second)) in row.as_chunks_mut::<LANES>().0.iter_mut().zip(first.iter().zip(second)) {
        *row = std::array::from_fn(|lane| first[lane] + factor * second[lane]);
    }
}
