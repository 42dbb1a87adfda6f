//! Kept cases, counted once more into the groups of a gathering.

use std::collections::HashMap;

use chrono::Datelike;

use super::contributions::Met;
use super::packed_wait::KnownWait;
use super::{KnownCase, KnownCases, KnownFigures, KnownVisit, NO_CODE};
use crate::measures::breakdown::{Dimension, Group};
use crate::measures::gathering::Gathering;
use crate::measures::tally::Tally;
use crate::measures::terms::Terms;

/// Counts kept cases once more.
pub(super) struct Replay<'k> {
    known: &'k KnownCases,
    gathering: &'k mut Gathering,
    terms: &'k Terms<'k>,
    /// The places of the groups, each by a number of its own.
    groups: HashMap<u32, usize>,
    /// What was met, by group; none where nothing was.
    met: Vec<Option<Met>>,
}

impl<'k> Replay<'k> {
    pub(super) fn new(known: &'k KnownCases, gathering: &'k mut Gathering, terms: &'k Terms<'k>) -> Self {
        Self { known, gathering, terms, groups: HashMap::new(), met: Vec::new() }
    }

    pub(super) fn case(&mut self, case: &KnownCase) {
        let group = self.group(case, case.kind_of_place, case.body);
        self.count(group, case, &case.figures[self.terms.clock as usize]);
    }

    pub(super) fn visit(&mut self, case: &KnownCase, visit: &KnownVisit) {
        let group = self.group(case, visit.kind_of_place, NO_CODE);
        self.count(group, case, &visit.figures);
    }

    /// The place of the group of a case, or of a visit of it.
    fn group(&mut self, case: &KnownCase, kind_of_place: u16, body: u16) -> usize {
        let Some(by) = self.gathering.by() else { return self.place(0, Group::NotKnown) };
        let (year, month) = (case.filed.year(), case.filed.month0());
        let code = match by {
            Dimension::Year => return self.place(year.cast_unsigned(), Group::Year(year)),
            Dimension::Quarter => {
                let quarter = month / 3;
                return self.place(year.cast_unsigned() * 4 + quarter, Group::Quarter(year, quarter + 1));
            }
            Dimension::Month => {
                return self.place(year.cast_unsigned() * 12 + month, Group::Month(year, month + 1));
            }
            Dimension::Organisation => {
                let organisation = self.known.organisations.get(usize::from(case.organisation));
                return self.place(
                    case.organisation.into(),
                    organisation.map_or(Group::NotKnown, |id| Group::Organisation(*id)),
                );
            }
            Dimension::Region => case.region,
            Dimension::Agency => case.agency,
            Dimension::KindOfPlace => kind_of_place,
            Dimension::Body => body,
            Dimension::Sex => case.sex,
            Dimension::AgeBand => case.age_band,
        };
        self.place(code.into(), self.known.text(code).map_or(Group::NotKnown, Group::Code))
    }

    fn place(&mut self, number: u32, group: Group<'_>) -> usize {
        if let Some(place) = self.groups.get(&number) {
            return *place;
        }
        let place = self.gathering.place_of(group);
        self.groups.insert(number, place);
        if self.met.len() <= place {
            self.met.resize_with(place + 1, || None);
        }
        self.met[place].get_or_insert_with(|| self.known.contributions.none_met());
        place
    }

    fn count(&mut self, group: usize, case: &KnownCase, figures: &KnownFigures) {
        if let Some(met) = &mut self.met[group] {
            self.known.contributions.meet(figures.contribution, met);
        }
        let zone = self.known.zones.get(usize::from(case.zone)).copied().unwrap_or_default();
        let tallies = self.gathering.at(group);
        for wait in figures.waits.of(&self.known.waits) {
            match wait.unpack(zone) {
                Some(KnownWait::Over(over)) => tallies.waits_of(wait.awaited()).add_packed(over),
                Some(KnownWait::Monthly(place)) => {
                    let monthly = self.known.monthly.get(place as usize);
                    monthly.into_iter().for_each(|monthly| tallies.waits_of(wait.awaited()).add_monthly(*monthly));
                }
                Some(KnownWait::Open(open)) => tallies.add_open(&open.until(&self.terms.observed_until)),
                None => {}
            }
        }
    }

    pub(super) fn finish(self) {
        for (group, met) in self.met.iter().enumerate() {
            let Some(met) = met else { continue };
            self.known.contributions.give(met, self.gathering.at(group));
        }
    }
}
