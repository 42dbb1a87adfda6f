//! The groups, or the strata, of the rows of a file: each name once, and a number for each row.

use std::collections::HashMap;

/// What the rows are told apart by, in alphabetical order, and which row is which.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Labels {
    /// The distinct names in alphabetical order.
    pub(super) names: Vec<String>,
    /// The name of each row, an index into `names`.
    pub(super) of: Vec<usize>,
}

/// Names numbered in the order in which they were met.
#[derive(Debug, Default)]
pub(super) struct Met<'text> {
    numbers: HashMap<&'text str, usize>,
    of: Vec<usize>,
    /// The name last met: rows of one group often stand together.
    last: Option<(&'text str, usize)>,
}

impl<'text> Met<'text> {
    /// The next row's name.
    pub(super) fn push(&mut self, name: &'text str) {
        let number = match self.last {
            Some((last, number)) if last == name => number,
            _ => {
                let next = self.numbers.len();
                *self.numbers.entry(name).or_insert(next)
            }
        };
        self.last = Some((name, number));
        self.of.push(number);
    }
}

impl Labels {
    /// The parts of a file one after the other.
    pub(super) fn join(parts: &[Met<'_>]) -> Self {
        let mut names: Vec<&str> = parts.iter().flat_map(|part| part.numbers.keys().copied()).collect();
        names.sort_unstable();
        names.dedup();
        let mut of = Vec::with_capacity(parts.iter().map(|part| part.of.len()).sum());
        for part in parts {
            let mut place = vec![0; part.numbers.len()];
            for (name, &number) in &part.numbers {
                place[number] = names.partition_point(|other| other < name);
            }
            of.extend(part.of.iter().map(|&number| place[number]));
        }
        Self { names: names.into_iter().map(str::to_owned).collect(), of }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_all_parts_come_in_order() {
        let (mut first, mut second) = (Met::default(), Met::default());
        ["m", "f", "m"].into_iter().for_each(|name| first.push(name));
        ["x", "f"].into_iter().for_each(|name| second.push(name));
        let labels = Labels::join(&[first, second]);
        assert_eq!(labels.names, ["f", "m", "x"]);
        assert_eq!(labels.of, [1, 0, 1, 2, 0]);
    }
}
