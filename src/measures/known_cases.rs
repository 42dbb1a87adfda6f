//! Many cases as they were known on each day, kept in memory so that any question can be answered at once.
//!
//! Of a case is kept by what it is chosen and grouped, what it adds to the counters of a tally, and its waits: some
//! hundred bytes for each day on which something was recorded of it, and once what is the same on many days. All of it is
//! found by a tally of the case alone; nothing is counted here in a way of its own. It holds on the terms on which it was kept: other deadlines or code lists
//! need it made anew. Only for how long open waits have lasted is asked of the day of the figures.

mod arranged;
mod chosen;
mod contributions;
mod over_waits;
mod packed_wait;
mod replay;

use std::collections::HashMap;
use std::ops::Range;

use chrono::NaiveDate;

use self::chosen::Chosen;
use self::contributions::Contributions;
use self::over_waits::OverWaits;
use self::packed_wait::PackedWait;
use self::replay::Replay;
use super::delay::{ComplaintClock, DelayMeasure};
use super::gathering::Gathering;
use super::measured::{MeasuredCase, MeasuredVisit};
use super::observed::{Awaited, ObservedCase, ObservedVisit, OpenWait};
use super::selection::Selection;
use super::tallies::Tallies;
use super::tally::Tally;
use super::terms::Terms;
use super::waits::MonthlyWait;
use crate::domain::id::{CaseId, OrganisationId};
use crate::domain::stage::Stage;
use crate::domain::time::Zone;

pub use self::arranged::ArrangedCases;
pub use self::chosen::KnownReader;

/// There are more cases, codes or counters than the numbers that they are kept by can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there are too many cases or codes to keep in memory")]
pub struct TooMuch;

/// The code of what has none.
const NO_CODE: u16 = u16::MAX;

/// From when until when a case was known as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first day at whose end it was.
    pub from: NaiveDate,
    /// The first day at whose end it no longer was; none where it still is.
    pub to: Option<NaiveDate>,
}

impl Span {
    fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}

/// Which of the known cases a question is about.
#[derive(Clone, Debug)]
pub struct KnownQuestion<'q> {
    /// As they were known at the end of this day.
    pub known_on: NaiveDate,
    /// Filed on this day or later.
    pub filed_from: Option<NaiveDate>,
    /// Filed on this day or earlier.
    pub filed_to: Option<NaiveDate>,
    /// Those that it admits.
    pub selection: &'q Selection,
    /// Only those that somebody may read.
    pub reader: Option<&'q KnownReader>,
}

/// A case as it was known for some time.
#[derive(Clone, Copy, Debug)]
struct KnownCase {
    case: u32,
    /// Which of its versions this is; told when they are arranged.
    version: u16,
    filed: NaiveDate,
    organisation: u16,
    zone: u8,
    stage: Stage,
    region: u16,
    agency: u16,
    kind_of_place: u16,
    place: u16,
    body: u16,
    sex: u16,
    age_band: u16,
    visits: Place,
    /// By the clock of the complaint.
    figures: [KnownFigures; ComplaintClock::ALL.len()],
}

/// A visit, likewise.
#[derive(Clone, Copy, Debug)]
struct KnownVisit {
    /// A number among all cases and visits: that of its place in the list of its case, in whatever version; told when they
    /// are arranged.
    subject: u32,
    kind_of_place: u16,
    place: u16,
    figures: KnownFigures,
}

/// What a case or a visit adds to a tally.
#[derive(Clone, Copy, Debug)]
struct KnownFigures {
    contribution: u32,
    waits: Place,
}

/// Some neighbours in a list.
#[derive(Clone, Copy, Debug)]
struct Place {
    from: u32,
    count: u16,
}

impl Place {
    /// Those from a place on to the end.
    fn since(from: usize, end: usize) -> Result<Self, TooMuch> {
        let count = u16::try_from(end - from).map_err(|_| TooMuch)?;
        Ok(Self { from: u32::try_from(from).map_err(|_| TooMuch)?, count })
    }

    fn of<T>(self, all: &[T]) -> &[T] {
        let from = self.from as usize;
        all.get(from..from + usize::from(self.count)).unwrap_or_default()
    }

    fn of_mut<T>(self, all: &mut [T]) -> &mut [T] {
        let from = self.from as usize;
        all.get_mut(from..from + usize::from(self.count)).unwrap_or_default()
    }
}

/// Where a case is kept.
#[derive(Clone, Copy, Debug)]
struct CasePlace {
    case: u32,
    /// As it is known still.
    latest: Option<u32>,
}

/// Many cases as they were known on each day.
#[derive(Debug, Default)]
pub struct KnownCases {
    spans: Vec<Span>,
    known: Vec<KnownCase>,
    visits: Vec<KnownVisit>,
    waits: Vec<PackedWait>,
    monthly: Vec<MonthlyWait>,
    contributions: Contributions,
    codes: Vec<String>,
    code_numbers: HashMap<String, u16>,
    organisations: Vec<OrganisationId>,
    zones: Vec<Zone>,
    cases: HashMap<CaseId, CasePlace>,
    tallies: Tallies,
}

impl KnownCases {
    /// How many are kept; each case as often as it was known otherwise than before.
    #[must_use]
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether none is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Keeps a case as it was known for some time. The clock and the end of the observation of these terms have no part
    /// in it.
    ///
    /// # Errors
    /// There is no room: what is kept is of no use then.
    pub fn add(&mut self, id: CaseId, span: Span, case: &MeasuredCase<'_>, terms: &Terms<'_>) -> Result<(), TooMuch> {
        let number = u32::try_from(self.known.len()).map_err(|_| TooMuch)?;
        let next = u32::try_from(self.cases.len()).map_err(|_| TooMuch)?;
        let place = self.cases.entry(id).or_insert(CasePlace { case: next, latest: None });
        if span.to.is_none() {
            place.latest = Some(number);
        }
        let known = KnownCase {
            case: place.case,
            version: 0,
            filed: case.filed_day,
            organisation: u16::try_from(place_in(&mut self.organisations, case.organisation)).map_err(|_| TooMuch)?,
            zone: u8::try_from(place_in(&mut self.zones, case.zone)).map_err(|_| TooMuch)?,
            stage: case.stage,
            region: self.code(case.region)?,
            agency: self.code(case.agency)?,
            kind_of_place: self.code(case.kind_of_place)?,
            place: self.code(case.place)?,
            body: self.code(case.first_body)?,
            sex: self.code(case.sex)?,
            age_band: self.code(case.age_band)?,
            figures: self.figures_of(case, terms)?,
            visits: self.add_visits(case, terms)?,
        };
        self.known.push(known);
        self.spans.push(span);
        Ok(())
    }

    /// Each case with the first day on which it was known as it is kept.
    pub fn first_days(&self) -> impl Iterator<Item = (CaseId, NaiveDate)> {
        let mut first: Vec<Option<NaiveDate>> = vec![None; self.cases.len()];
        for (known, span) in self.known.iter().zip(&self.spans) {
            let first = &mut first[known.case as usize];
            *first = Some(first.map_or(span.from, |first| first.min(span.from)));
        }
        self.cases.iter().filter_map(move |(id, place)| Some((*id, first[place.case as usize]?)))
    }

    fn code(&mut self, code: Option<&str>) -> Result<u16, TooMuch> {
        let Some(code) = code else { return Ok(NO_CODE) };
        if let Some(number) = self.code_numbers.get(code) {
            return Ok(*number);
        }
        let number = u16::try_from(self.codes.len()).ok().filter(|number| *number < chosen::NOWHERE).ok_or(TooMuch)?;
        self.codes.push(code.to_owned());
        self.code_numbers.insert(code.to_owned(), number);
        Ok(number)
    }

    fn figures_of(
        &mut self,
        case: &MeasuredCase<'_>,
        terms: &Terms<'_>,
    ) -> Result<[KnownFigures; ComplaintClock::ALL.len()], TooMuch> {
        let mut by_clock: [Option<KnownFigures>; ComplaintClock::ALL.len()] = [None; ComplaintClock::ALL.len()];
        let start = |clock: ComplaintClock| clock.start(&case.milestones);
        for (place, clock) in ComplaintClock::ALL.iter().enumerate() {
            let same = ComplaintClock::ALL[..place].iter().position(|earlier| start(*earlier) == start(*clock));
            by_clock[place] = match same {
                Some(same) => by_clock[same],
                None => {
                    let terms = Terms { clock: *clock, ..*terms };
                    let observed = ObservedCase::of(case, &terms);
                    self.tallies.add_case(&observed, &terms);
                    Some(self.take_figures(observed.open_waits())?)
                }
            };
        }
        let [Some(first), Some(second)] = by_clock else { return Err(TooMuch) };
        Ok([first, second])
    }

    fn add_visits(&mut self, case: &MeasuredCase<'_>, terms: &Terms<'_>) -> Result<Place, TooMuch> {
        let from = self.visits.len();
        for visit in &case.visits {
            let observed = ObservedVisit::of(case, visit, terms);
            self.tallies.add_visit(&observed, terms);
            let figures = self.take_figures(observed.open_waits())?;
            let MeasuredVisit { kind_of_place, place, .. } = visit;
            let (kind_of_place, place) = (self.code(Some(kind_of_place))?, self.code(*place)?);
            self.visits.push(KnownVisit { subject: 0, kind_of_place, place, figures });
        }
        Place::since(from, self.visits.len())
    }

    /// What has been tallied, with the waits that go on.
    fn take_figures(&mut self, open: impl Iterator<Item = OpenWait>) -> Result<KnownFigures, TooMuch> {
        let from = self.waits.len();
        for awaited in each_awaited() {
            let (over, monthly) = self.tallies.waits_of(awaited).drain();
            self.waits.extend(over.map(|wait| PackedWait::over(awaited, wait)));
            for wait in monthly {
                let place = u32::try_from(self.monthly.len()).map_err(|_| TooMuch)?;
                self.monthly.push(wait);
                self.waits.push(PackedWait::monthly(awaited, place));
            }
        }
        for wait in open {
            self.waits.push(PackedWait::open(&wait).ok_or(TooMuch)?);
        }
        let contribution = self.contributions.take(&mut self.tallies)?;
        Ok(KnownFigures { contribution, waits: Place::since(from, self.waits.len())? })
    }

    /// Counts all that a question is about. Returns how many of the reader's cases of the period were looked at.
    pub fn gather(&self, question: &KnownQuestion<'_>, terms: &Terms<'_>, gatherings: &mut [Gathering]) -> u64 {
        self.gather_from(std::iter::once(0..self.known.len()), None, question, terms, gatherings)
    }

    /// Counts those of some places, and of the waits that are over those that are no longer with their cases.
    fn gather_from(
        &self,
        places: impl Iterator<Item = Range<usize>>,
        over: Option<&OverWaits>,
        question: &KnownQuestion<'_>,
        terms: &Terms<'_>,
        gatherings: &mut [Gathering],
    ) -> u64 {
        let chosen = Chosen::of(self, question);
        let mut replays: Vec<Replay<'_>> =
            gatherings.iter_mut().map(|gathering| Replay::new(self, over, gathering, terms)).collect();
        let mut read = 0;
        for (span, known) in places.flat_map(|places| self.spans[places.clone()].iter().zip(&self.known[places])) {
            if !span.holds(question.known_on) || !chosen.may_be_read(known) {
                continue;
            }
            read += 1;
            let visits = known.visits.of(&self.visits);
            if !chosen.admits_matter(known) || chosen.is_hidden(visits.len()) {
                continue;
            }
            if chosen.admits_place(known.kind_of_place, known.place) {
                replays.iter_mut().for_each(|replay| replay.case(known));
            }
            for visit in visits.iter().filter(|visit| chosen.admits_place(visit.kind_of_place, visit.place)) {
                replays.iter_mut().for_each(|replay| replay.visit(known, visit));
            }
        }
        replays.into_iter().for_each(Replay::finish);
        read
    }

    fn text(&self, code: u16) -> Option<&str> {
        self.codes.get(usize::from(code)).map(String::as_str)
    }
}

/// Everything that is awaited.
fn each_awaited() -> impl Iterator<Item = Awaited> {
    DelayMeasure::ALL.iter().map(|measure| Awaited::Delay(*measure)).chain([Awaited::AnyEnding])
}

/// The place of a thing in a short list, at whose end it stands from now on if it did not before.
fn place_in<T: PartialEq>(list: &mut Vec<T>, thing: T) -> usize {
    list.iter().position(|known| *known == thing).unwrap_or_else(|| {
        list.push(thing);
        list.len() - 1
    })
}
