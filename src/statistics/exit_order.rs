//! Observations put in the order of their exits, once for the table of all of them and those of their groups.

use std::iter::repeat;
use std::thread;

use super::event_table::{EventTable, TableBuilder};
use super::observation::Observation;

/// From so many observations on, half of them are sorted on another processor.
const WORTH_A_THREAD: usize = 1 << 18;

/// The group of a row that has none.
const NO_GROUP: u32 = u32::MAX;

/// Observations in the order of their exits, each with the number of its group.
#[derive(Debug, Clone)]
pub struct ExitOrder {
    exits: Vec<Exit>,
    /// Times of entry, in order; empty when nobody enters late.
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, Copy)]
struct Exit {
    time: f64,
    outcome: u32,
    group: u32,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    time: f64,
    group: u32,
}

impl ExitOrder {
    /// Sorts them. `groups` has the number of each observation's group, from 0; a row that it does not reach has none.
    #[must_use]
    pub fn new(observations: &[Observation], groups: &[usize]) -> Self {
        let groups = groups.iter().map(|&group| u32::try_from(group).unwrap_or(NO_GROUP)).chain(repeat(NO_GROUP));
        let rows = observations.iter().zip(groups);
        let mut entries = Vec::new();
        if observations.iter().any(Observation::enters_late) {
            entries.extend(rows.clone().map(|(row, group)| Entry { time: row.entry(), group }));
            entries.sort_unstable_by(|a, b| a.time.total_cmp(&b.time));
        }
        let exit =
            |(row, group): (&Observation, u32)| Exit { time: row.exit(), outcome: row.ending().outcome(), group };
        let mut exits: Vec<Exit> = rows.map(exit).collect();
        sort(&mut exits);
        Self { exits, entries }
    }

    /// The table of all rows.
    #[must_use]
    pub fn whole(&self) -> EventTable {
        let entries = self.entries.iter().map(|entry| entry.time).collect();
        let mut table = TableBuilder::new(self.exits.len(), entries);
        for exit in &self.exits {
            table.push(exit.time, exit.outcome);
        }
        table.build()
    }

    /// The tables of so many groups; rows of no group or of a later one are in none.
    #[must_use]
    pub fn by_group(&self, groups: usize) -> Vec<EventTable> {
        let mut members = vec![(0, Vec::new()); groups];
        for exit in &self.exits {
            if let Some((rows, _)) = members.get_mut(exit.group as usize) {
                *rows += 1;
            }
        }
        for entry in &self.entries {
            if let Some((_, entries)) = members.get_mut(entry.group as usize) {
                entries.push(entry.time);
            }
        }
        let builder = |(rows, entries)| TableBuilder::new(rows, entries);
        let mut tables: Vec<TableBuilder> = members.into_iter().map(builder).collect();
        for exit in &self.exits {
            if let Some(table) = tables.get_mut(exit.group as usize) {
                table.push(exit.time, exit.outcome);
            }
        }
        tables.into_iter().map(TableBuilder::build).collect()
    }
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

#[cfg(test)]
mod tests {
    use super::super::observation::Ending;
    use super::*;

    fn row(time: u32) -> Observation {
        let exit = f64::from(time * 7919 % 101);
        let ending = Ending::from_outcome(time % 4);
        if time.is_multiple_of(3) {
            Observation::from_origin(exit, ending).unwrap()
        } else {
            Observation::entering_late(exit / 3.0 - 1.0, exit, ending).unwrap()
        }
    }

    fn assert_same(table: &EventTable, rows: &[Observation]) {
        let alone = EventTable::new(rows);
        assert_eq!(table.steps(), alone.steps());
        assert_eq!((table.len(), table.endings()), (alone.len(), alone.endings()));
        for time in (0..110).map(f64::from) {
            assert_eq!(table.at_risk(time), alone.at_risk(time));
        }
    }

    #[test]
    fn the_table_of_a_group_is_that_of_its_rows_alone() {
        let rows: Vec<_> = (0..500).map(row).collect();
        let groups: Vec<usize> = (0..500).map(|row| row * row % 5).collect();
        let order = ExitOrder::new(&rows, &groups);
        assert_same(&order.whole(), &rows);
        for (group, table) in order.by_group(5).iter().enumerate() {
            let members: Vec<_> = rows.iter().zip(&groups).filter(|row| *row.1 == group).map(|row| *row.0).collect();
            assert_same(table, &members);
        }
    }

    #[test]
    fn a_row_without_a_group_is_in_the_whole_alone() {
        let rows: Vec<_> = (0..10).map(row).collect();
        let order = ExitOrder::new(&rows, &[0, 1, 7, usize::MAX]);
        assert_eq!(order.whole().len(), 10);
        assert_eq!(order.by_group(2).iter().map(EventTable::len).collect::<Vec<_>>(), [1, 1]);
        assert!(ExitOrder::new(&[], &[]).by_group(0).is_empty());
    }
}
