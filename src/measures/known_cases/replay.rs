//! Kept cases, counted once more into the groups of a gathering.

use chrono::Datelike;

use super::contributions::Met;
use super::over_waits::{ChosenSubjects, OverWaits};
use super::packed_wait::KnownWait;
use super::{KnownCase, KnownCases, KnownFigures, KnownVisit, NO_CODE, each_awaited};
use crate::measures::breakdown::{Breakdown, Dimension, Group};
use crate::measures::gathering::Gathering;
use crate::measures::observed::Awaited;
use crate::measures::tally::Tally;
use crate::measures::terms::Terms;

/// The year that periods are counted from; it is slower with earlier ones, and right.
const FIRST_YEAR: i32 = 1900;

/// Counts kept cases once more.
pub(super) struct Replay<'k> {
    known: &'k KnownCases,
    gathering: &'k mut Gathering,
    terms: &'k Terms<'k>,
    /// The places of the groups, each by a number of its own. The numbers are small, and asked for with every case.
    groups: Vec<Option<usize>>,
    /// As [`super::contributions::Contributions::begins`] has it.
    begins: Vec<usize>,
    /// What was met, by group; none where nothing was.
    met: Vec<Option<Met>>,
    /// The waits that are not with their cases, and of which cases and visits they are counted.
    over: Option<(&'k OverWaits, ChosenSubjects)>,
}

impl<'k> Replay<'k> {
    pub(super) fn new(
        known: &'k KnownCases,
        over: Option<&'k OverWaits>,
        gathering: &'k mut Gathering,
        terms: &'k Terms<'k>,
    ) -> Self {
        let over = over.map(|over| (over, over.none_chosen()));
        let begins = known.contributions.begins();
        Self { known, gathering, terms, groups: Vec::new(), begins, met: Vec::new(), over }
    }

    pub(super) fn case(&mut self, case: &KnownCase) {
        let group = self.group(case, case.kind_of_place, case.body);
        self.count(group, case, case.case, &case.figures[self.terms.clock as usize]);
    }

    pub(super) fn visit(&mut self, case: &KnownCase, visit: &KnownVisit) {
        let group = self.group(case, visit.kind_of_place, NO_CODE);
        self.count(group, case, visit.subject, &visit.figures);
    }

    /// The place of the group of a case, or of a visit of it.
    fn group(&mut self, case: &KnownCase, kind_of_place: u16, body: u16) -> usize {
        let Some(Breakdown { dimension: by, .. }) = self.gathering.breakdown() else {
            return self.place(0, Group::NotKnown);
        };
        let (year, month) = (case.filed.year(), case.filed.month0());
        let years = year - FIRST_YEAR;
        let code = match by {
            Dimension::Year => return self.place_of_period(years, Group::Year(year)),
            Dimension::Quarter => {
                let quarter = month as i32 / 3;
                return self.place_of_period(years * 4 + quarter, Group::Quarter(year, quarter.cast_unsigned() + 1));
            }
            Dimension::Month => return self.place_of_period(years * 12 + month as i32, Group::Month(year, month + 1)),
            Dimension::Organisation => {
                let organisation = self.known.organisations.get(usize::from(case.organisation));
                let group = organisation.map_or(Group::NotKnown, |id| Group::Organisation(*id));
                return self.place(case.organisation, group);
            }
            Dimension::Region => case.region,
            Dimension::Agency => case.agency,
            Dimension::KindOfPlace => kind_of_place,
            Dimension::Body => body,
            Dimension::Sex => case.sex,
            Dimension::AgeBand => case.age_band,
        };
        // So that what has no code is the first and not the last.
        self.place(code.wrapping_add(1), self.known.text(code).map_or(Group::NotKnown, Group::Code))
    }

    /// The place of a group of cases that were filed in one period; the periods are counted through.
    fn place_of_period(&mut self, period: i32, group: Group<'_>) -> usize {
        match u16::try_from(period) {
            Ok(number) => self.place(number, group),
            Err(_) => self.take_in(group),
        }
    }

    fn place(&mut self, number: u16, group: Group<'_>) -> usize {
        let number = usize::from(number);
        if let Some(Some(place)) = self.groups.get(number) {
            return *place;
        }
        let place = self.take_in(group);
        if self.groups.len() <= number {
            self.groups.resize(number + 1, None);
        }
        self.groups[number] = Some(place);
        place
    }

    fn take_in(&mut self, group: Group<'_>) -> usize {
        let place = self.gathering.place_of(group);
        if self.met.len() <= place {
            self.met.resize_with(place + 1, || None);
        }
        self.met[place].get_or_insert_with(|| self.known.contributions.none_met());
        place
    }

    fn count(&mut self, group: usize, case: &KnownCase, subject: u32, figures: &KnownFigures) {
        if let Some((_, chosen)) = &mut self.over {
            chosen.choose(subject, case.version, group);
        }
        if let Some(met) = &mut self.met[group] {
            self.known.contributions.meet(figures.contribution, &self.begins, met);
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
        let Some((over, chosen)) = self.over.as_ref().filter(|_| !self.met.is_empty()) else { return };
        let clock = self.terms.clock;
        for awaited in each_awaited() {
            match awaited {
                Awaited::Delay(measure) if !self.gathering.is_told_of_groups(measure) => {
                    self.gathering.add_together(measure, over.together(awaited, chosen, clock));
                }
                _ => {
                    let of_groups = over.of_groups(awaited, chosen, clock, self.met.len());
                    for (group, waits) in of_groups.into_iter().enumerate().filter(|(_, waits)| !waits.is_empty()) {
                        self.gathering.at(group).waits_of(awaited).add_in_order(waits);
                    }
                }
            }
        }
    }
}
