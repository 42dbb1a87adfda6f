//! The waits of arranged cases that are over and known to the minute or the day, in the order of how long they were: what is
//! chosen of them comes in its order already, whatever the question, and need not be sorted. A wait is kept once for all
//! versions of its case in a row in which it was as long: most are the same in everything that becomes known later.

use chrono::NaiveDate;

use super::packed_wait::{PackedWait, place_of};
use super::{KnownCase, KnownCases, Span, TooMuch, each_awaited};
use crate::measures::delay::ComplaintClock;
use crate::measures::observed::Awaited;
use crate::measures::waits::Alike;

/// A wait of a case, or of one of its visits, as the case was known in some versions that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct OverWait {
    /// As [`crate::measures::waits::Waits`] packs it.
    packed: u32,
    whose: Whose,
    first_version: u16,
    last_version: u16,
}

/// Whose wait, and by which clocks of the complaint it lasted so long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Whose(u32);

const CLOCK_BITS: u32 = ComplaintClock::ALL.len() as u32;
/// All of them: those of a visit do not go by any.
const EVERY_CLOCK: u32 = (1 << CLOCK_BITS) - 1;
const MOST_SUBJECTS: u32 = u32::MAX >> CLOCK_BITS;

impl Whose {
    fn new(subject: u32, clocks: u32) -> Self {
        Self(subject << CLOCK_BITS | clocks)
    }

    fn subject(self) -> usize {
        (self.0 >> CLOCK_BITS) as usize
    }

    fn is_by(self, clock: ComplaintClock) -> bool {
        self.0 >> clock as u32 & 1 == 1
    }

    fn is_of_same(self, other: Self) -> bool {
        self.subject() == other.subject()
    }

    fn has_no_clock_of(self, other: Self) -> bool {
        self.0 & other.0 & EVERY_CLOCK == 0
    }

    /// By the clocks of another of the same subject as well.
    fn also(self, other: Self) -> Self {
        Self(self.0 | other.0 & EVERY_CLOCK)
    }
}

/// Those waits.
#[derive(Debug)]
pub(super) struct OverWaits {
    /// Those for each thing that is awaited, the shortest first.
    lists: Vec<Vec<OverWait>>,
    subjects: u32,
}

/// Which version of a case is counted, or of the case of a visit, and in which group.
#[derive(Clone, Copy, Debug)]
struct CountedAs {
    group: u32,
    version: u16,
}

/// Of each case and visit, how it is counted.
#[derive(Debug)]
pub(super) struct ChosenSubjects(Vec<CountedAs>);

/// The group of what is not counted.
const NO_GROUP: u32 = u32::MAX;

impl ChosenSubjects {
    /// Notes that a case or visit is counted.
    pub(super) fn choose(&mut self, subject: u32, version: u16, group: usize) {
        if let Some(chosen) = self.0.get_mut(subject as usize) {
            *chosen = CountedAs { group: group as u32, version };
        }
    }

    /// What is counted of some waits by a clock, each with its group.
    fn of<'w>(&'w self, waits: &'w [OverWait], clock: ComplaintClock) -> impl Iterator<Item = (u32, u32)> + 'w {
        waits.iter().filter_map(move |wait| {
            let CountedAs { group, version } = *self.0.get(wait.whose.subject())?;
            let is_known = (wait.first_version..=wait.last_version).contains(&version);
            (is_known && group != NO_GROUP && wait.whose.is_by(clock)).then_some((group, wait.packed))
        })
    }
}

impl OverWaits {
    /// Those of some cases, whose versions and visits are numbered by it.
    pub(super) fn of(cases: &mut KnownCases) -> Result<Self, TooMuch> {
        let KnownCases { spans, known, visits, waits, cases, .. } = cases;
        let of_row = |(place, (known, span)): (usize, (&KnownCase, &Span))| (known.case, span.from, place);
        let mut by_case: Vec<(u32, NaiveDate, usize)> = known.iter().zip(&*spans).enumerate().map(of_row).collect();
        by_case.sort_unstable();
        // The cases are the first subjects.
        let mut subjects = u32::try_from(cases.len()).ok().filter(|all| *all <= MOST_SUBJECTS).ok_or(TooMuch)?;
        let mut lists: Vec<Vec<OverWait>> = each_awaited().map(|_| Vec::new()).collect();
        let mut going_on = GoingOn::default();
        for versions in by_case.chunk_by(|(one, ..), (other, ..)| one == other) {
            let mut of_visits: Vec<u32> = Vec::new();
            for (version, (.., place)) in versions.iter().enumerate() {
                let case = &mut known[*place];
                case.version = u16::try_from(version).map_err(|_| TooMuch)?;
                for (clock, figures) in ComplaintClock::ALL.iter().zip(&case.figures) {
                    going_on.take_in(case.version, Whose::new(case.case, 1 << *clock as u32), figures.waits.of(waits));
                }
                for (number, visit) in case.visits.of_mut(visits).iter_mut().enumerate() {
                    if number == of_visits.len() {
                        of_visits.push(subjects);
                        subjects = subjects.checked_add(1).filter(|all| *all <= MOST_SUBJECTS).ok_or(TooMuch)?;
                    }
                    visit.subject = of_visits[number];
                    let whose = Whose::new(visit.subject, EVERY_CLOCK);
                    going_on.take_in(case.version, whose, visit.figures.waits.of(waits));
                }
                going_on.go_on(&mut lists);
            }
            // Nothing goes on in a version after the last.
            going_on.go_on(&mut lists);
        }
        for list in &mut lists {
            list.sort_unstable();
            list.shrink_to_fit();
        }
        Ok(Self { lists, subjects })
    }

    /// Where nothing has been chosen yet.
    pub(super) fn none_chosen(&self) -> ChosenSubjects {
        ChosenSubjects(vec![CountedAs { group: NO_GROUP, version: 0 }; self.subjects as usize])
    }

    /// What was chosen of the waits for one thing, in their order: a list for each of so many groups.
    pub(super) fn of_groups(
        &self,
        awaited: Awaited,
        chosen: &ChosenSubjects,
        clock: ComplaintClock,
        groups: usize,
    ) -> Vec<Vec<Alike>> {
        let list = self.list(awaited);
        // Some groups are larger than others, and few days know of all waits.
        let expected = list.len() / (2 * groups).max(1);
        let mut of_groups: Vec<_> = (0..groups).map(|_| Vec::with_capacity(expected)).collect();
        for (group, packed) in chosen.of(list, clock) {
            if let Some(of_group) = of_groups.get_mut(group as usize) {
                Alike::push(of_group, packed);
            }
        }
        of_groups
    }

    /// Those of all groups, in one list.
    pub(super) fn together(&self, awaited: Awaited, chosen: &ChosenSubjects, clock: ComplaintClock) -> Vec<Alike> {
        let list = self.list(awaited);
        let mut together = Vec::with_capacity(list.len() / 2);
        chosen.of(list, clock).for_each(|(_, packed)| Alike::push(&mut together, packed));
        together
    }

    fn list(&self, awaited: Awaited) -> &[OverWait] {
        self.lists.get(place_of(awaited)).map_or(&[], Vec::as_slice)
    }
}

/// The waits of two versions of a case that follow each other.
#[derive(Default)]
struct GoingOn {
    before: Vec<Held>,
    now: Vec<Held>,
}

/// A wait while it may go on in the next version.
struct Held {
    /// The place of what is awaited.
    awaited: usize,
    wait: OverWait,
    goes_on: bool,
}

impl GoingOn {
    /// Takes in what is known of a case or a visit in a version, by some clocks: what is the same by another is one wait. All
    /// that is known of one of them in a version is taken in before anything of the next.
    fn take_in(&mut self, version: u16, whose: Whose, waits: &[PackedWait]) {
        for wait in waits {
            let Some(packed) = wait.over_exactly() else { continue };
            let awaited = wait.place();
            let mut of_the_same = self.now.iter_mut().rev().take_while(|held| held.wait.whose.is_of_same(whose));
            let by_another_clock = of_the_same.find(|held| {
                (held.awaited, held.wait.packed) == (awaited, packed) && held.wait.whose.has_no_clock_of(whose)
            });
            match by_another_clock {
                Some(held) => held.wait.whose = held.wait.whose.also(whose),
                None => {
                    let wait = OverWait { packed, whose, first_version: version, last_version: version };
                    self.now.push(Held { awaited, wait, goes_on: false });
                }
            }
        }
    }

    /// Goes on to the next version: lists the waits of the one before that are no longer what they were.
    fn go_on(&mut self, lists: &mut [Vec<OverWait>]) {
        let mut expected = 0;
        for held in &mut self.now {
            let is_same = |before: &Held| {
                let of = |held: &Held| (held.awaited, held.wait.whose, held.wait.packed);
                !before.goes_on && of(before) == of(held)
            };
            // Mostly they stand in the same order.
            let same = self.before.get(expected).filter(|before| is_same(before)).map(|_| expected);
            let Some(same) = same.or_else(|| self.before.iter().position(is_same)) else { continue };
            self.before[same].goes_on = true;
            held.wait.first_version = self.before[same].wait.first_version;
            expected = same + 1;
        }
        for held in self.before.drain(..).filter(|held| !held.goes_on) {
            if let Some(list) = lists.get_mut(held.awaited) {
                list.push(held.wait);
            }
        }
        std::mem::swap(&mut self.before, &mut self.now);
    }
}
