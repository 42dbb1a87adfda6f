//! Observations put in the order of their exits, once for all tables that are made of them.

use std::thread;

use super::event_table::{EventTable, TableBuilder};
use super::observation::Observation;

/// From so many observations on, half of them are sorted on another processor.
const WORTH_A_THREAD: usize = 1 << 18;

/// A row as it is sorted.
#[derive(Debug, Clone, Copy)]
struct Exit {
    time: f64,
    outcome: u32,
    group: u32,
}

/// Observations in the order of their exits, each with the number of its group.
#[derive(Debug)]
pub struct ExitOrder<'rows> {
    observations: &'rows [Observation],
    groups: &'rows [usize],
    exits: Vec<Exit>,
}

impl<'rows> ExitOrder<'rows> {
    /// Sorts them. `groups` has the group of each observation, 0, 1, …; a row that it does not reach has none.
    #[must_use]
    pub fn new(observations: &'rows [Observation], groups: &'rows [usize]) -> Self {
        let exit = |(observation, group): (&Observation, Option<usize>)| Exit {
            time: observation.exit(),
            outcome: observation.ending().outcome(),
            group: group.and_then(|group| u32::try_from(group).ok()).unwrap_or(u32::MAX),
        };
        let mut exits: Vec<Exit> = observations.iter().zip(numbers(groups)).map(exit).collect();
        sort(&mut exits);
        Self { observations, groups, exits }
    }

    /// The table of all rows.
    #[must_use]
    pub fn whole(&self) -> EventTable {
        let mut table = TableBuilder::new(self.exits.len(), entries(self.observations.iter()));
        for exit in &self.exits {
            table.push(exit.time, exit.outcome);
        }
        table.build()
    }

    /// The tables of so many groups; rows of no group or of a later one are in none.
    #[must_use]
    pub fn by_group(&self, groups: usize) -> Vec<EventTable> {
        let mut members: Vec<(usize, Vec<&Observation>)> = vec![(0, Vec::new()); groups];
        let late = self.observations.iter().any(Observation::enters_late);
        for (observation, group) in self.observations.iter().zip(numbers(self.groups)) {
            let Some((size, entering)) = group.and_then(|group| members.get_mut(group)) else { continue };
            *size += 1;
            if late {
                entering.push(observation);
            }
        }
        let mut tables: Vec<TableBuilder> = members
            .into_iter()
            .map(|(size, entering)| TableBuilder::new(size, entries(entering.into_iter())))
            .collect();
        for exit in &self.exits {
            if let Some(table) = tables.get_mut(exit.group as usize) {
                table.push(exit.time, exit.outcome);
            }
        }
        tables.into_iter().map(TableBuilder::build).collect()
    }
}

fn numbers(groups: &[usize]) -> impl Iterator<Item = Option<usize>> {
    groups.iter().copied().map(Some).chain(std::iter::repeat(None))
}

/// The times of entry in order; none where nobody enters late.
fn entries<'rows>(observations: impl Iterator<Item = &'rows Observation> + Clone) -> Vec<f64> {
    if !observations.clone().any(Observation::enters_late) {
        return Vec::new();
    }
    let mut entries: Vec<f64> = observations.map(Observation::entry).collect();
    entries.sort_unstable_by(f64::total_cmp);
    entries
}

fn sort(exits: &mut [Exit]) {
    // No exit is negative, so its bits order it as `total_cmp` would, and a good deal faster.
    let key = |exit: &Exit| exit.time.to_bits();
    if exits.len() < WORTH_A_THREAD {
        return exits.sort_unstable_by_key(key);
    }
    let (first, second) = exits.split_at_mut(exits.len() / 2);
    thread::scope(|scope| {
        scope.spawn(|| first.sort_unstable_by_key(key));
        second.sort_unstable_by_key(key);
    });
    exits.sort_by_key(key); // stable: made for joining runs that are sorted already
}
