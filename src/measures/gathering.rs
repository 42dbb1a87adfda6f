//! Gathers the figures of many cases, one case at a time: whole, or by group. Several gatherings of parts, in whatever
//! order, merge into what one gathering of all would have been.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::breakdown::{Breakdown, Group};
use super::delay::DelayMeasure;
use super::delay_tally::DelayTally;
use super::ending_figures::EndingFigures;
use super::group_test::GroupTest;
use super::measured::MeasuredCase;
use super::observed::{ObservedCase, ObservedVisit};
use super::selection::Selection;
use super::side_by_side::{both, side_by_side};
use super::sorted_delay::SortedDelay;
use super::sorted_endings::SortedEndings;
use super::statistics::{DelayRow, DrawnGroups, MOST_COMPARED_GROUPS, MOST_DRAWN_GROUPS, Statistics};
use super::tallies::{OtherTallies, Tallies};
use super::tally::Tally;
use super::terms::Terms;
use super::waits::Alike;

/// The figures of many cases, while they are gathered. Broken down, every case and every visit falls into exactly one
/// group, so that the whole need not be gathered beside the groups: it is their sum.
#[derive(Clone, Debug)]
pub struct Gathering {
    breakdown: Option<Breakdown>,
    groups: Groups,
    /// Waits for what is not told of each group, as far as nobody took the trouble to tell the groups apart.
    together: Vec<DelayTally>,
}

impl Gathering {
    /// An empty one.
    #[must_use]
    pub fn new(breakdown: Option<Breakdown>) -> Self {
        let together = DelayMeasure::ALL.iter().map(|measure| DelayTally::new(*measure)).collect();
        Self { breakdown, groups: Groups::default(), together }
    }

    /// Counts a case and its visits, as far as the question is about them.
    pub fn add(&mut self, case: &MeasuredCase<'_>, selection: &Selection, terms: &Terms<'_>) {
        if selection.admits_case(case) {
            let group = self.breakdown.map_or(Group::NotKnown, |breakdown| Group::of_case(case, breakdown.dimension));
            let (tallies, observed) = (self.groups.of(group), ObservedCase::of(case, terms));
            tallies.add_case(&observed, terms);
            observed.open_waits().for_each(|wait| tallies.add_open(&wait.until(&terms.observed_until)));
        }
        for visit in case.visits.iter().filter(|visit| selection.admits_visit(case, visit)) {
            let group =
                self.breakdown.map_or(Group::NotKnown, |breakdown| Group::of_visit(case, visit, breakdown.dimension));
            let (tallies, observed) = (self.groups.of(group), ObservedVisit::of(case, visit, terms));
            tallies.add_visit(&observed, terms);
            observed.open_waits().for_each(|wait| tallies.add_open(&wait.until(&terms.observed_until)));
        }
    }

    /// How it is broken down.
    pub(super) fn breakdown(&self) -> Option<Breakdown> {
        self.breakdown
    }

    /// Whether the groups have to be told apart for a delay.
    pub(super) fn is_told_of_groups(&self, measure: DelayMeasure) -> bool {
        self.breakdown.is_none_or(|breakdown| breakdown.delays_of_groups.contains(measure))
    }

    /// Adds waits for a delay that is not told of each group, in their order.
    pub(super) fn add_together(&mut self, measure: DelayMeasure, waits: Vec<Alike>) {
        self.together[measure as usize].waits.add_in_order(waits);
    }

    /// The place of a group.
    pub(super) fn place_of(&mut self, group: Group<'_>) -> usize {
        self.groups.place(group)
    }

    /// The tallies of the group at this place.
    pub(super) fn at(&mut self, place: usize) -> &mut Tallies {
        &mut self.groups.tallies[place]
    }

    /// Takes in what another gathering by the same dimension has counted.
    pub fn merge(&mut self, other: Self) {
        for (group, tallies) in other.groups.into_each() {
            self.groups.take_in(&group, tallies);
        }
        self.together.iter_mut().zip(other.together).for_each(|(delay, more)| delay.merge(more));
    }

    /// Names the groups anew, each once. Groups that get one name become one.
    #[must_use]
    pub fn rename(self, new_name: impl Fn(&str) -> String) -> Self {
        let mut renamed = Groups::default();
        for (group, tallies) in self.groups.into_each() {
            renamed.take_in(&new_name(&group), tallies);
        }
        Self { groups: renamed, ..self }
    }

    /// The figures, with the curves of these groups.
    #[must_use]
    pub fn finish(self, drawn: DrawnGroups) -> Statistics {
        let groups = self.groups.into_each();
        match self.breakdown {
            None => whole(groups.into_values().next().unwrap_or_default()),
            Some(breakdown) => broken_down(breakdown, groups, self.together, drawn),
        }
    }
}

/// From how many waits of delays on it is worth while to start threads.
const WORTH_THREADS: usize = 20_000;

fn whole(tallies: Tallies) -> Statistics {
    let Tallies { delays, endings, others } = tallies;
    let is_worth_threads = delays.iter().map(DelayTally::len).sum::<usize>() >= WORTH_THREADS;
    let row = |delay: &DelayTally| DelayRow { measure: delay.measure(), figures: delay.figures() };
    let (endings, delays) =
        both(is_worth_threads, || endings.figures(), || side_by_side(&delays, is_worth_threads, row));
    Statistics { all: others.figures(delays, endings), by: None, groups: Vec::new(), tests: Vec::new() }
}

fn broken_down(
    Breakdown { dimension, delays_of_groups }: Breakdown,
    mut groups: BTreeMap<String, Tallies>,
    mut together: Vec<DelayTally>,
    drawn: DrawnGroups,
) -> Statistics {
    for (place, all) in together.iter_mut().enumerate().filter(|(_, all)| !delays_of_groups.contains(all.measure())) {
        groups.values_mut().for_each(|tallies| all.merge(tallies.take_delay(place)));
    }
    let waits =
        groups.values().flat_map(|tallies| &tallies.delays).chain(&together).map(DelayTally::len).sum::<usize>();
    let is_worth_threads = waits >= WORTH_THREADS;
    let are_compared = groups.len() <= MOST_COMPARED_GROUPS;
    let compared = are_compared.then_some(drawn);
    let delay = |all: &DelayTally| match delays_of_groups.contains(all.measure()) {
        true => BrokenDownDelay::of(all.measure(), &groups, compared),
        false => BrokenDownDelay::whole(all),
    };
    let (endings, delays) = both(
        is_worth_threads,
        || BrokenDownEndings::of(&groups, compared),
        || side_by_side(&together, is_worth_threads, delay),
    );

    let mut rows_of_all = Vec::new();
    let mut rows_of_groups: Vec<Vec<DelayRow>> = groups.values().map(|_| Vec::new()).collect();
    let mut tests = Vec::new();
    for delay in delays {
        rows_of_all.push(delay.of_all);
        rows_of_groups.iter_mut().zip(delay.of_groups).for_each(|(rows, row)| rows.push(row));
        tests.extend(delay.test);
    }
    let all = OtherTallies::sum(groups.values().map(|tallies| &tallies.others)).figures(rows_of_all, endings.of_all);
    let of_groups = groups.into_iter().zip(rows_of_groups).zip(endings.of_groups);
    let figures = of_groups.map(|(((name, tallies), delays), endings)| (name, tallies.others.figures(delays, endings)));
    Statistics { all, by: Some(dimension), groups: figures.collect(), tests }
}

/// One delay of all together, and of every group where it is told of each. The sorted waits are let go with it: those
/// of all delays at once would be too much.
struct BrokenDownDelay {
    of_all: DelayRow,
    of_groups: Vec<DelayRow>,
    test: Option<GroupTest>,
}

impl BrokenDownDelay {
    /// A delay that is not told of each group.
    fn whole(all: &DelayTally) -> Self {
        let of_all = DelayRow { measure: all.measure(), figures: all.figures() };
        Self { of_all, of_groups: Vec::new(), test: None }
    }

    /// A delay of every group. Where groups are compared, some of them are drawn.
    fn of(measure: DelayMeasure, groups: &BTreeMap<String, Tallies>, compared: Option<DrawnGroups>) -> Self {
        let of_group = |tallies: &Tallies| tallies.delays[measure as usize].sorted();
        let sorted: Vec<SortedDelay> = groups.values().map(of_group).collect();
        let figures = |(delay, is_drawn): (&SortedDelay, bool)| DelayRow { measure, figures: delay.figures(is_drawn) };
        let of_groups = sorted.iter().zip(are_drawn(&sorted, compared)).map(figures).collect();
        let all = SortedDelay::together(measure, &sorted);
        let of_all = figures((&all, true));
        let test = compared.and_then(|_| {
            let waits: Vec<(&str, usize)> =
                groups.keys().map(String::as_str).zip(sorted.iter().map(SortedDelay::len)).collect();
            GroupTest::between(measure, &waits, &all)
        });
        Self { of_all, of_groups, test }
    }
}

/// The endings of every group, and of all together.
struct BrokenDownEndings {
    of_all: EndingFigures,
    of_groups: Vec<EndingFigures>,
}

impl BrokenDownEndings {
    fn of(groups: &BTreeMap<String, Tallies>, compared: Option<DrawnGroups>) -> Self {
        let sorted: Vec<SortedEndings> = groups.values().map(|tallies| tallies.endings.sorted()).collect();
        let are_drawn = compared == Some(DrawnGroups::Each);
        Self {
            of_all: SortedEndings::together(&sorted).figures(true),
            of_groups: sorted.iter().map(|endings| endings.figures(are_drawn)).collect(),
        }
    }
}

/// Whether each of the groups is drawn.
fn are_drawn(groups: &[SortedDelay], compared: Option<DrawnGroups>) -> Vec<bool> {
    let mut drawn = vec![compared == Some(DrawnGroups::Each); groups.len()];
    if compared == Some(DrawnGroups::Largest) {
        let mut by_size: Vec<usize> = (0..groups.len()).collect();
        by_size.sort_by_key(|group| Reverse(groups[*group].len()));
        by_size.into_iter().take(MOST_DRAWN_GROUPS).for_each(|group| drawn[group] = true);
    }
    drawn
}

/// The tallies of each group. Names are made once a group, not once a case.
#[derive(Clone, Debug, Default)]
struct Groups {
    tallies: Vec<Tallies>,
    by_name: HashMap<String, usize>,
    by_group: HashMap<Group<'static>, usize>,
}

impl Groups {
    fn of(&mut self, group: Group<'_>) -> &mut Tallies {
        let place = self.place(group);
        &mut self.tallies[place]
    }

    fn place(&mut self, group: Group<'_>) -> usize {
        let other: Group<'static> = match group {
            Group::Code(code) => return self.place_of(code),
            Group::Year(year) => Group::Year(year),
            Group::Quarter(year, quarter) => Group::Quarter(year, quarter),
            Group::Month(year, month) => Group::Month(year, month),
            Group::Organisation(organisation) => Group::Organisation(organisation),
            Group::NotKnown => Group::NotKnown,
        };
        if let Some(place) = self.by_group.get(&other) {
            return *place;
        }
        let place = self.place_of(&other.name());
        self.by_group.insert(other, place);
        place
    }

    /// Adds to a group what has been counted of it elsewhere.
    fn take_in(&mut self, name: &str, more: Tallies) {
        let groups = self.tallies.len();
        let place = self.place_of(name);
        if place == groups {
            self.tallies[place] = more;
        } else {
            self.tallies[place].merge(more);
        }
    }

    fn place_of(&mut self, name: &str) -> usize {
        if let Some(place) = self.by_name.get(name) {
            return *place;
        }
        let place = self.tallies.len();
        self.tallies.push(Tallies::default());
        self.by_name.insert(name.to_owned(), place);
        place
    }

    /// Each, by its name.
    fn into_each(self) -> BTreeMap<String, Tallies> {
        let Self { tallies, by_name, .. } = self;
        let mut tallies: Vec<Option<Tallies>> = tallies.into_iter().map(Some).collect();
        let each = by_name.into_iter().filter_map(|(name, place)| Some((name, tallies.get_mut(place)?.take()?)));
        each.collect()
    }
}
