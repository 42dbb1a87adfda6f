//! `u' V⁻ u`: how far a vector of differences lies from 0, measured by a covariance that may be singular.
//!
//! What a chi-square test between groups comes down to. It must never take the noise of rounding for a variance.

/// A variance of which this small a part is left, once the other groups are accounted for, is rounding.
const SINGULAR: f64 = 1e-10;

/// `u' V⁻ u` and the rank of V, for a symmetric, positive semi-definite V (lower triangle), by elimination with
/// the largest remaining variance as pivot. Scaled to correlations first, so that a small group beside large ones
/// is not taken for rounding.
pub(super) fn quadratic_form(mut v: Vec<Vec<f64>>, mut u: Vec<f64>) -> (f64, usize) {
    let mut open: Vec<usize> = (0..u.len()).filter(|&g| v[g][g] > 0.0).collect();
    let scale: Vec<f64> = (0..u.len()).map(|g| v[g][g].sqrt()).collect();
    for (position, &g) in open.iter().enumerate() {
        u[g] /= scale[g];
        for &h in &open[..=position] {
            v[g][h] /= scale[g] * scale[h];
        }
    }
    let (mut form, mut rank) = (0.0, 0);
    while let Some(position) = (0..open.len()).max_by(|&a, &b| v[open[a]][open[a]].total_cmp(&v[open[b]][open[b]])) {
        let pivot = open.swap_remove(position);
        let variance = v[pivot][pivot];
        if variance <= SINGULAR {
            break;
        }
        form += u[pivot] * u[pivot] / variance;
        rank += 1;
        let column: Vec<f64> = (0..u.len()).map(|g| v[g.max(pivot)][g.min(pivot)]).collect();
        for &g in &open {
            let factor = column[g] / variance;
            u[g] -= factor * u[pivot];
            for &h in open.iter().filter(|&&h| h <= g) {
                v[g][h] -= factor * column[h];
            }
        }
    }
    (form, rank)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_regular_form_is_that_of_the_inverse() {
        // V = [[2, 1], [1, 2]], its inverse [[2, -1], [-1, 2]] / 3; u = (1, 2).
        let (form, rank) = quadratic_form(vec![vec![2.0], vec![1.0, 2.0]], vec![1.0, 2.0]);
        assert!((form - (2.0 - 4.0 + 8.0) / 3.0).abs() < 1e-14);
        assert_eq!(rank, 2);
    }

    #[test]
    fn what_varies_only_with_another_adds_no_rank() {
        let (form, rank) = quadratic_form(vec![vec![1.0], vec![-1.0, 1.0]], vec![3.0, -3.0]);
        assert!((form - 9.0).abs() < 1e-12);
        assert_eq!(rank, 1);
        assert_eq!(quadratic_form(vec![vec![0.0]], vec![0.0]).1, 0);
    }
}
