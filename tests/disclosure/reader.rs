//! What a reader of figures knows of how counts hang together, found out from single cases and not from the program:
//! counts add up case by case, so what holds in every case holds in every report.

use std::collections::{BTreeMap, BTreeSet};

use crate::cells::Cells;

/// A prime: the equations have small whole coefficients, which it keeps apart.
const PRIME: i64 = 2_147_483_647;

/// In so many cases a count must occur before "never without the other" is believed.
const ENOUGH: usize = 100;

/// What holds in all cases.
pub struct Reader {
    /// Weighted sums that are 0.
    pub equations: Vec<Vec<(String, i64)>>,
    /// The first is never more than the second.
    pub parts: Vec<(String, String)>,
}

impl Reader {
    /// What the counts of these cases, each by itself, teach.
    pub fn of(cases: &[Cells]) -> Self {
        let mut totals: BTreeMap<&String, u64> = BTreeMap::new();
        for (name, count) in cases.iter().flatten() {
            *totals.entry(name).or_default() += count.unwrap_or(0);
        }
        // Sums come after their parts, and are told by them.
        let mut names: Vec<(u64, &String)> = totals.into_iter().map(|(name, total)| (total, name)).collect();
        names.retain(|(total, name)| *total > 0 && !is_repeated(name));
        names.sort();
        let count = |case: &Cells, name: &str| case.get(name).copied().flatten().map_or(0, |count| count as i64);
        let rows: BTreeSet<Vec<i64>> =
            cases.iter().map(|case| names.iter().map(|(_, name)| count(case, name)).collect()).collect();
        let named = |place: usize| names[place].1.clone();
        let equations = equations(&rows, names.len()).into_iter();
        let equations = equations.map(|terms| terms.into_iter().map(|(place, by)| (named(place), by)).collect());
        let parts = parts(&rows, names.len()).into_iter().map(|(part, whole)| (named(part), named(whole)));
        Self { equations: equations.collect(), parts: parts.collect() }
    }
}

/// The whole of a table by codes, beside each of its rows: a case by itself has only the rows that it is in.
fn is_repeated(name: &str) -> bool {
    let tables = ["indicators.reprisals_by_kind", "indicators.reparation_by_form", "visits.refusals_by_ground"];
    tables.iter().any(|table| name.starts_with(table)) && name.ends_with("denominator")
}

/// Reduces the rows; each column without a pivot is a sum of those before it.
fn equations(rows: &BTreeSet<Vec<i64>>, columns: usize) -> Vec<Vec<(usize, i64)>> {
    let mut reduced: Vec<(usize, Vec<i64>)> = Vec::new();
    for row in rows {
        let mut row = row.clone();
        reduced.iter().for_each(|(pivot, known)| subtract(&mut row, known, *pivot));
        let Some(pivot) = row.iter().position(|value| *value != 0) else { continue };
        let inverse = inverse(row[pivot]);
        row.iter_mut().for_each(|value| *value = *value * inverse % PRIME);
        reduced.iter_mut().for_each(|(_, known)| subtract(known, &row, pivot));
        reduced.push((pivot, row));
    }
    let pivots: BTreeSet<usize> = reduced.iter().map(|(pivot, _)| *pivot).collect();
    let small = |value: i64| if value > PRIME / 2 { value - PRIME } else { value };
    let equation = |column: usize| {
        let parts = reduced.iter().map(|(pivot, row)| (*pivot, small(row[column]))).filter(|(_, by)| *by != 0);
        parts.chain([(column, -1)]).collect()
    };
    (0..columns).filter(|column| !pivots.contains(column)).map(equation).collect()
}

fn subtract(row: &mut [i64], known: &[i64], pivot: usize) {
    let by = row[pivot];
    if by != 0 {
        row.iter_mut().zip(known).for_each(|(value, known)| *value = (*value - by * known).rem_euclid(PRIME));
    }
}

/// By Fermat's little theorem.
fn inverse(value: i64) -> i64 {
    let (mut base, mut result, mut exponent) = (value, 1, PRIME - 2);
    while exponent > 0 {
        if exponent % 2 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent /= 2;
    }
    result
}

/// Counts that are never more than another; what follows from two such is left out.
fn parts(rows: &BTreeSet<Vec<i64>>, columns: usize) -> Vec<(usize, usize)> {
    let occurs = |column: usize| rows.iter().filter(|row| row[column] > 0).count() >= ENOUGH;
    let often: Vec<usize> = (0..columns).filter(|column| occurs(*column)).collect();
    let is_part = |part: usize, whole: usize| rows.iter().all(|row| row[part] <= row[whole]);
    // Equal ones are told by equations: one stands for all of them.
    let mut distinct: Vec<usize> = Vec::new();
    for column in often {
        if !distinct.iter().any(|known| is_part(*known, column) && is_part(column, *known)) {
            distinct.push(column);
        }
    }
    let wholes = |part: usize| distinct.iter().copied().filter(move |whole| *whole != part);
    let above: BTreeMap<usize, BTreeSet<usize>> =
        distinct.iter().map(|part| (*part, wholes(*part).filter(|whole| is_part(*part, *whole)).collect())).collect();
    let follows = |part: usize, whole: usize| above[&part].iter().any(|between| above[between].contains(&whole));
    let all = above.iter().flat_map(|(part, wholes)| wholes.iter().map(|whole| (*part, *whole)));
    all.filter(|(part, whole)| !follows(*part, *whole)).collect()
}
