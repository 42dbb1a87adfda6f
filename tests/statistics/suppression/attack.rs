//! A reader who has all that is printed, knows what adds up to what, and knows that zeros are shown.
//!
//! Each attack names the cells that it tells too well: withheld or never printed, truly small or withheld, and the
//! values that agree lie less than the threshold apart, or all are small. One has whole numbers, one has any.

#![allow(clippy::cast_precision_loss)] // counts of a few hundred

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem, Variable};

use super::publication::Publication;

fn must_stay_unknown(publication: &Publication, hidden: &[bool], threshold: u64) -> Vec<usize> {
    let is_small = |cell: usize| 0 < publication.values[cell] && publication.values[cell] < threshold;
    (0..hidden.len()).filter(|&cell| if publication.derived[cell] { is_small(cell) } else { hidden[cell] }).collect()
}

/// The least a cell can be: withheld printed ones are not 0, for zeros are shown.
fn floor(publication: &Publication, cell: usize) -> u64 {
    u64::from(!publication.derived[cell])
}

/// Tries every table of whole numbers.
pub fn by_trial(publication: &Publication, hidden: &[bool], threshold: u64) -> Vec<usize> {
    // Enough for a value that is not bounded at all to be seen far from the others.
    let most = publication.values.iter().sum::<u64>() + 10 * threshold;
    let range = |cell: usize| match hidden[cell] {
        true => (floor(publication, cell), most),
        false => (publication.values[cell], publication.values[cell]),
    };
    let ranges: Vec<(u64, u64)> = (0..hidden.len()).map(range).collect();
    let is_possible = |cell: usize, value: u64| {
        let mut ranges = ranges.clone();
        ranges[cell] = (value, value);
        has_table(publication, ranges)
    };
    let is_told = |&cell: &usize| {
        let least = (ranges[cell].0..=most).find(|&value| is_possible(cell, value));
        let least = least.expect("the true table agrees with itself");
        !(threshold.max(least + threshold)..=most).any(|value| is_possible(cell, value))
    };
    must_stay_unknown(publication, hidden, threshold).into_iter().filter(is_told).collect()
}

/// Whether any table within the ranges adds up: every value of the narrowest open cell is tried.
fn has_table(publication: &Publication, mut ranges: Vec<(u64, u64)>) -> bool {
    if !narrow(publication, &mut ranges) {
        return false;
    }
    let open = (0..ranges.len()).filter(|&cell| ranges[cell].0 < ranges[cell].1);
    let Some(cell) = open.min_by_key(|&cell| ranges[cell].1 - ranges[cell].0) else { return true };
    (ranges[cell].0..=ranges[cell].1).any(|value| {
        let mut ranges = ranges.clone();
        ranges[cell] = (value, value);
        has_table(publication, ranges)
    })
}

/// Takes from the ranges what one sum alone rules out, until nothing more is; false when nothing is left of one.
fn narrow(publication: &Publication, ranges: &mut Vec<(u64, u64)>) -> bool {
    loop {
        let before = ranges.clone();
        for (total, parts) in &publication.sums {
            let low: u64 = parts.iter().map(|&part| before[part].0).sum();
            let high: u64 = parts.iter().map(|&part| before[part].1).sum();
            let (least, most) = before[*total];
            cut(&mut ranges[*total], low, high);
            for &part in parts {
                let (others_low, others_high) = (low - before[part].0, high - before[part].1);
                if most < others_low {
                    return false;
                }
                cut(&mut ranges[part], least.saturating_sub(others_high), most - others_low);
            }
        }
        if ranges.iter().any(|range| range.0 > range.1) {
            return false;
        }
        if before == *ranges {
            return true;
        }
    }
}

fn cut(range: &mut (u64, u64), low: u64, high: u64) {
    *range = (range.0.max(low), range.1.min(high));
}

/// The least and the greatest value of each cell, by linear programming over all that is not printed.
pub fn by_programming(publication: &Publication, hidden: &[bool], threshold: u64) -> Vec<usize> {
    let enough = threshold as f64 - 1e-6;
    let is_told = |&cell: &usize| {
        let least = bound(publication, hidden, cell, OptimizationDirection::Minimize);
        let greatest = bound(publication, hidden, cell, OptimizationDirection::Maximize);
        greatest - least < enough || greatest < enough
    };
    must_stay_unknown(publication, hidden, threshold).into_iter().filter(is_told).collect()
}

fn bound(publication: &Publication, hidden: &[bool], cell: usize, direction: OptimizationDirection) -> f64 {
    let mut problem = Problem::new(direction);
    let variables: Vec<Option<Variable>> = (0..hidden.len())
        .map(|other| {
            let floor = floor(publication, other) as f64;
            hidden[other].then(|| problem.add_var(f64::from(u8::from(other == cell)), (floor, f64::INFINITY)))
        })
        .collect();
    for (total, parts) in &publication.sums {
        let (mut row, mut printed) = (Vec::new(), 0.0);
        for (&part, sign) in parts.iter().map(|part| (part, 1.0)).chain([(total, -1.0)]) {
            match variables[part] {
                Some(variable) => row.push((variable, sign)),
                None => printed -= sign * publication.values[part] as f64,
            }
        }
        if !row.is_empty() {
            problem.add_constraint(row, ComparisonOp::Eq, printed);
        }
    }
    match problem.solve() {
        Ok(outcome) => outcome.into_solution().expect("no limit was set").objective(),
        Err(Error::Unbounded) => f64::INFINITY,
        Err(error) => panic!("the attacker's program fails: {error}"),
    }
}
