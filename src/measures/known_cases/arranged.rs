//! Kept cases arranged by when they were known, so that a question about a day reads little else than what was known on
//! it: not only is that less to look at, it also lies together in memory, where a processor that has done something else
//! meanwhile has to fetch each page anew. The waits that are over lie by their length instead.
//!
//! What was known from one day to another lies in the list of the shortest span of days of a whole power of two in which both
//! days do (an interval tree whose nodes are the prefixes of day numbers). Whatever was known on a day is then in one of
//! as many lists as a day number has bits, and one.

use std::collections::HashMap;
use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::over_waits::OverWaits;
use super::packed_wait::PackedWait;
use super::{KnownCases, KnownFigures, KnownQuestion, KnownVisit, Place, Span, TooMuch};
use crate::domain::id::CaseId;
use crate::measures::gathering::Gathering;
use crate::measures::terms::Terms;

/// Bits of a day number, days being counted from the first of our era.
const BITS: u32 = 20;
const LAST_DAY: u32 = (1 << BITS) - 1;

/// All days whose numbers are one but for their last bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Days {
    last_bits: u32,
    others: u32,
}

impl Days {
    /// Those around a day, but for so many last bits of its number.
    fn around(day: u32, last_bits: u32) -> Self {
        Self { last_bits, others: day >> last_bits }
    }

    /// The fewest in which a span lies.
    fn of(span: Span) -> Self {
        let first = number(span.from);
        let last = span.to.map_or(LAST_DAY, |to| number(to).saturating_sub(1));
        Self::around(first, u32::BITS - (first ^ last.max(first)).leading_zeros())
    }
}

fn number(day: NaiveDate) -> u32 {
    u32::try_from(day.num_days_from_ce()).unwrap_or(0).min(LAST_DAY)
}

/// Where that which was known on some day lies.
#[derive(Debug)]
struct Lists(HashMap<Days, Range<usize>>);

impl Lists {
    /// The places of all that may have been known on a day.
    fn on(&self, day: NaiveDate) -> impl Iterator<Item = Range<usize>> {
        let day = number(day);
        (0..=BITS).filter_map(move |bits| self.0.get(&Days::around(day, bits)).cloned())
    }
}

/// Many cases as they were known on each day, arranged by when that was. Nothing can be added to them.
#[derive(Debug)]
pub struct ArrangedCases {
    cases: KnownCases,
    lists: Lists,
    over: OverWaits,
}

impl ArrangedCases {
    /// How many are kept; each case as often as it was known otherwise than before.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cases.len()
    }

    /// Whether none is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cases.is_empty()
    }

    /// No longer is a case known as it was, from a day on; nothing where it is not kept.
    pub fn end(&mut self, id: CaseId, on: NaiveDate) {
        self.set_end(id, Some(on));
    }

    /// A case is still known as it was, after all.
    pub fn reopen(&mut self, id: CaseId) {
        self.set_end(id, None);
    }

    fn set_end(&mut self, id: CaseId, to: Option<NaiveDate>) {
        let latest = self.cases.cases.get(&id).and_then(|place| place.latest);
        if let Some(span) = latest.and_then(|latest| self.cases.spans.get_mut(latest as usize)) {
            span.to = to;
        }
    }

    /// Counts all that a question is about. Returns how many of the reader's cases of the period were looked at.
    pub fn gather(&self, question: &KnownQuestion<'_>, terms: &Terms<'_>, gatherings: &mut [Gathering]) -> u64 {
        let places = self.lists.on(question.known_on);
        self.cases.gather_from(places, Some(&self.over), question, terms, gatherings)
    }
}

impl KnownCases {
    /// Arranges what is kept by when it was known, and lets go of memory that was taken for more to come.
    ///
    /// # Errors
    /// There is no room.
    pub fn arrange(mut self) -> Result<ArrangedCases, TooMuch> {
        let over = OverWaits::of(&mut self)?;
        let mut order: Vec<usize> = (0..self.spans.len()).collect();
        // What was known for long is known still on most days after its first.
        order.sort_unstable_by_key(|place| (Days::of(self.spans[*place]), self.spans[*place].from, *place));
        let mut lists: HashMap<Days, Range<usize>> = HashMap::new();
        for (place, before) in order.iter().enumerate() {
            lists.entry(Days::of(self.spans[*before])).or_insert(place..place).end = place + 1;
        }

        let (known, spans) = (std::mem::take(&mut self.known), std::mem::take(&mut self.spans));
        self.spans = order.iter().map(|before| spans[*before]).collect();
        drop(spans);
        self.known = order.iter().map(|before| known[*before]).collect();
        drop(known);
        self.arrange_figures();
        self.arrange_latest(&order);
        self.monthly.shrink_to_fit();
        Ok(ArrangedCases { cases: self, lists: Lists(lists), over })
    }

    /// Puts what each case and visit adds, and its waits, in the order of the cases.
    fn arrange_figures(&mut self) {
        let visits = std::mem::take(&mut self.visits);
        let waits = std::mem::take(&mut self.waits);
        let numbers = self.contributions.take_numbers();
        self.visits.reserve_exact(visits.len());
        let is_with_its_case = |wait: &&PackedWait| wait.over_exactly().is_none();
        self.waits.reserve_exact(waits.iter().filter(is_with_its_case).count());
        for known in &mut self.known {
            let mut arranged = |figures: KnownFigures| {
                let from = self.waits.len() as u32;
                self.waits.extend(figures.waits.of(&waits).iter().filter(is_with_its_case));
                let count = (self.waits.len() - from as usize) as u16;
                let contribution = self.contributions.keep_numbers(figures.contribution, &numbers);
                KnownFigures { contribution, waits: Place { from, count } }
            };
            let [first, second] = known.figures;
            let same = first.contribution == second.contribution;
            known.figures[0] = arranged(first);
            known.figures[1] = if same { known.figures[0] } else { arranged(second) };
            let from = self.visits.len() as u32;
            let of_case = known.visits.of(&visits).iter();
            self.visits.extend(of_case.map(|visit| KnownVisit { figures: arranged(visit.figures), ..*visit }));
            known.visits.from = from;
        }
    }

    /// Tells each case where what is known of it still lies now.
    fn arrange_latest(&mut self, order: &[usize]) {
        let mut now = vec![0; order.len()];
        for (place, before) in (0..).zip(order) {
            now[*before] = place;
        }
        for case in self.cases.values_mut() {
            case.latest = case.latest.and_then(|before| now.get(before as usize).copied());
        }
    }
}
