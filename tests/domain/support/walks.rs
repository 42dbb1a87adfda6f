//! Random walks through the state machine, each step judged by the model.

use std::collections::BTreeMap;

use aiqyn::domain::event::{Entry, Event};
use aiqyn::domain::time::{Month, PartialTime};
use chrono::{DateTime, Days, TimeDelta, TimeZone, Utc};
use proptest::prelude::*;
use proptest::sample::Index;

use super::model::{Model, all_steps};
use super::{event_of, happening, zone};

/// What the model says of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Legal,
    Illegal,
    RenewsUnknownEvent,
    RenewsUnrefused,
}

/// A step of a walk, with what the model says of it and where it stands then.
#[derive(Clone, Debug)]
pub struct Judged {
    pub event: Event,
    pub verdict: Verdict,
    pub before: Model,
    pub after: Model,
}

/// What a step of a walk is made of.
#[derive(Clone, Debug)]
struct Choice {
    legal_biased: bool,
    step: Index,
    fact: Option<Index>,
    needs_approval: bool,
    renews: Option<Index>,
    gap: i64,
    precision: u8,
}

const FACTS: &[&str] = &[
    "learn_of_allegation",
    "person",
    "safeguard safeguard=deprivation_of_liberty",
    "safeguard safeguard=registration",
    "safeguard safeguard=access_to_lawyer",
    "safeguard safeguard=access_to_doctor",
    "safeguard safeguard=notice_to_family",
    "medical_examination",
    "reprisal",
    "court_motion",
    "reparation_claim",
    "expulsion_proceeding",
    "custody_incident",
    "end_of_follow_up",
    "note",
];

fn choice() -> impl Strategy<Value = Choice> {
    let index = any::<Index>;
    let sometimes = |share| proptest::option::weighted(share, index());
    (prop::bool::weighted(0.75), index(), sometimes(0.15), any::<bool>(), sometimes(0.4), 1..100_000i64, 0..10u8)
        .prop_map(|(legal_biased, step, fact, needs_approval, renews, gap, precision)| Choice {
            legal_biased,
            step,
            fact,
            needs_approval,
            renews,
            gap,
            precision,
        })
}

/// A filing and up to so many steps and facts after it, legal or not, at times of every precision
/// of which each is surely later than the one before.
pub fn walks(most: usize) -> impl Strategy<Value = Vec<Judged>> {
    prop::collection::vec(choice(), 0..most).prop_map(|choices| Walk::new().through(&choices))
}

/// The same with nothing illegal in it.
pub fn legal_walks(most: usize) -> impl Strategy<Value = Vec<Event>> {
    walks(most).prop_map(|walk| {
        walk.into_iter().filter(|judged| judged.verdict == Verdict::Legal).map(|judged| judged.event).collect()
    })
}

struct Walk {
    clock: Clock,
    model: Model,
    /// The state of each request, by the number of its event; refused ones can be renewed.
    requests: BTreeMap<usize, &'static str>,
    recorded: Vec<usize>,
    judged: Vec<Judged>,
}

impl Walk {
    fn new() -> Self {
        let clock = Clock(Utc.with_ymd_and_hms(2001, 1, 1, 0, 0, 0).unwrap());
        let mut walk =
            Self { clock, model: Model::START, requests: BTreeMap::new(), recorded: Vec::new(), judged: Vec::new() };
        let filing_at = walk.clock.advance(0, 9);
        walk.take("file", "file".to_owned(), None, true, filing_at);
        walk
    }

    fn through(mut self, choices: &[Choice]) -> Vec<Judged> {
        for choice in choices {
            let when = self.clock.advance(choice.gap, choice.precision);
            if let Some(fact) = choice.fact {
                let told = *fact.get(FACTS);
                self.take(told, told.to_owned(), None, true, when);
            } else {
                self.step(choice, when);
            }
        }
        self.judged
    }

    fn step(&mut self, choice: &Choice, when: PartialTime) {
        let permitted = self.model.permitted();
        let step = if choice.legal_biased && !permitted.is_empty() {
            *choice.step.get(&permitted)
        } else {
            *choice.step.get(&all_steps())
        };
        if step != "request_visit" {
            return self.take(step, step.to_owned(), None, true, when);
        }
        let renews = choice.renews.map(|named| self.request_to_renew(named, choice.legal_biased));
        let approval = if choice.needs_approval { "required" } else { "not_required" };
        let renewal = renews.map(|number| format!(" renews={number}")).unwrap_or_default();
        self.take(step, format!("{step} approval={approval}{renewal}"), renews, choice.needs_approval, when);
    }

    /// A refused request where there is one and legal steps are preferred, else any event, or none.
    fn request_to_renew(&self, named: Index, legal_biased: bool) -> usize {
        let refused: Vec<usize> =
            self.requests.iter().filter(|(_, state)| **state == "refused").map(|(number, _)| *number).collect();
        if legal_biased && !refused.is_empty() { *named.get(&refused) } else { named.index(self.judged.len() + 5) + 1 }
    }

    fn take(&mut self, word: &str, told: String, renews: Option<usize>, needs_approval: bool, when: PartialTime) {
        let number = self.judged.len() + 1;
        let before = self.model;
        let after = if all_steps().contains(&word) { before.after(word, needs_approval) } else { Some(before) };
        let verdict = match (after, renews) {
            (None, _) => Verdict::Illegal,
            (_, Some(named)) if named != number && !self.recorded.contains(&named) => Verdict::RenewsUnknownEvent,
            (_, Some(named)) if self.requests.get(&named) != Some(&"refused") => Verdict::RenewsUnrefused,
            _ => Verdict::Legal,
        };
        if verdict == Verdict::Legal {
            self.model = after.unwrap_or(before);
            self.recorded.push(number);
            if word == "request_visit" {
                self.requests.insert(number, "requested");
            } else if let Some(mut latest) = self.requests.last_entry() {
                *latest.get_mut() = self.model.visit;
            }
        }
        let event = event_of(u128::try_from(number).unwrap(), Entry::New(happening(&told)), when);
        self.judged.push(Judged { event, verdict, before, after: self.model });
    }
}

/// The first instant after everything so far.
struct Clock(DateTime<Utc>);

impl Clock {
    fn advance(&mut self, gap: i64, precision: u8) -> PartialTime {
        let today = zone().date_of(self.0);
        let time = match precision {
            0 => PartialTime::Month(Month::of(Month::of(today).last_day() + Days::new(1))),
            1..=4 => PartialTime::Day(today + Days::new(1 + u64::try_from(gap % 40).unwrap())),
            _ => PartialTime::minute(self.0 + TimeDelta::minutes(gap % 5_000)),
        };
        self.0 = time.end(zone());
        time
    }
}
