//! Deadlines: data by jurisdiction, kind of place and awaited step. No treaty gives a number of
//! days, so none stands in the code.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Serialize;

use super::case::Case;
use super::code::Code;
use super::id::EventId;
use super::investigation::InvestigationState;
use super::milestone::Milestones;
use super::payload::words;
use super::time::{PartialTime, Zone};
use super::visit::VisitState;

words! {
    /// What is waited for.
    AwaitedStep {
        /// That any authority takes a step, from when the allegation became known.
        FirstResponse = "first_response",
        /// That the complaint is routed, likewise.
        Route = "route",
        /// A decision (dismissal or charges), from its routing or the opening of an investigation.
        Decide = "decide",
        /// The answer to an appeal.
        AnswerAppeal = "answer_appeal",
        /// The answer to a visit request.
        AnswerVisit = "answer_visit",
        /// The visit itself, from its approval.
        CarryOutVisit = "carry_out_visit",
        /// Registration of the detention, from the actual deprivation of liberty.
        RegisterDetention = "register_detention",
        /// Access to a lawyer, likewise.
        AccessToLawyer = "access_to_lawyer",
        /// Access to a doctor, likewise.
        AccessToDoctor = "access_to_doctor",
        /// Notice to the family, likewise.
        NotifyFamily = "notify_family",
    }
}

words! {
    /// What a deadline rests on.
    Basis {
        /// A law, which its source names.
        Law = "law",
        /// A yardstick of the organisation's own, with its reason.
        Benchmark = "benchmark",
    }
}

/// A rule: so many hours for a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadlineRule {
    /// Where it holds.
    pub jurisdiction: Code,
    /// For which kind of place; none = any.
    pub kind_of_place: Option<Code>,
    /// For which step.
    pub step: AwaitedStep,
    /// The hours allowed.
    pub hours: i32,
    /// First day of validity; none = always was.
    pub valid_from: Option<NaiveDate>,
    /// First day on which it no longer holds; none = still does.
    pub valid_to: Option<NaiveDate>,
    /// What it rests on.
    pub basis: Basis,
}

/// All rules, as they are in the database; by step, and those for a kind of place before those for any, for a million
/// waits are held against them one by one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deadlines([Vec<DeadlineRule>; AwaitedStep::ALL.len()]);

impl Deadlines {
    /// Takes the rules. Where two hold alike, the later in the list counts.
    #[must_use]
    pub fn new(rules: Vec<DeadlineRule>) -> Self {
        let mut deadlines = Self::default();
        for rule in rules.into_iter().rev() {
            deadlines.0[rule.step as usize].push(rule);
        }
        deadlines.0.iter_mut().for_each(|of_step| of_step.sort_by_key(|rule| rule.kind_of_place.is_none()));
        deadlines
    }

    /// Every rule, by step.
    pub fn rules(&self) -> impl Iterator<Item = &DeadlineRule> {
        self.0.iter().flatten()
    }

    /// Whether there is any rule for a step.
    #[must_use]
    pub fn know(&self, step: AwaitedStep) -> bool {
        !self.0[step as usize].is_empty()
    }

    /// The hours allowed for a step that is awaited since a day. `None` where there is no rule.
    #[must_use]
    pub fn hours(
        &self,
        jurisdiction: &str,
        kind_of_place: Option<&str>,
        step: AwaitedStep,
        since: NaiveDate,
    ) -> Option<i32> {
        self.rule(jurisdiction, kind_of_place, step, since).map(|rule| rule.hours)
    }

    /// The rule for a step that is awaited since a day; one for the kind of place comes before one for any. `None` where
    /// there is no rule.
    #[must_use]
    pub fn rule(
        &self,
        jurisdiction: &str,
        kind_of_place: Option<&str>,
        step: AwaitedStep,
        since: NaiveDate,
    ) -> Option<&DeadlineRule> {
        let holds = |rule: &&DeadlineRule| {
            rule.valid_from.is_none_or(|from| from <= since)
                && rule.valid_to.is_none_or(|to| since < to)
                && rule.jurisdiction.as_str() == jurisdiction
                && rule.kind_of_place.as_ref().is_none_or(|kind| Some(kind.as_str()) == kind_of_place)
        };
        self.0[step as usize].iter().find(holds)
    }
}

/// The instant at which a wait of so many hours runs out. Where the start is known only to the day
/// or the month, the latest instant that it can mean counts, in the authority's favour.
#[must_use]
pub fn due_at(since: PartialTime, hours: i32, zone: Zone) -> DateTime<Utc> {
    let start = match since {
        PartialTime::Minute(instant) => instant,
        PartialTime::Day(_) | PartialTime::Month(_) => since.end(zone),
    };
    start + TimeDelta::hours(i64::from(hours))
}

/// A step that is awaited now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wait {
    /// What is waited for.
    pub step: AwaitedStep,
    /// Since when.
    pub since: PartialTime,
    /// When the deadline runs out; none where there is no rule.
    pub due_at: Option<DateTime<Utc>>,
    /// The visit request that it is about.
    pub request: Option<EventId>,
}

/// What a case waits for, with the deadlines of its jurisdiction and kinds of place.
#[must_use]
pub fn waits(case: &Case, milestones: &Milestones, deadlines: &Deadlines, jurisdiction: &str) -> Vec<Wait> {
    let zone = case.zone();
    let kind_of_place =
        case.complaint().and_then(|(_, file)| file.kind_of_place.as_ref()).map(|kind| kind.code().as_str());
    let wait = |step, since: Option<PartialTime>, kind: Option<&str>, request| {
        let since = since?;
        let due =
            deadlines.hours(jurisdiction, kind, step, since.first_day(zone)).map(|hours| due_at(since, hours, zone));
        Some(Wait { step, since, due_at: due, request })
    };
    let mut waits = Vec::new();
    if milestones.follow_up_ended.is_some() {
        return waits;
    }
    match case.position().investigation {
        InvestigationState::Filed => {
            waits.extend(wait(AwaitedStep::FirstResponse, milestones.learnt, kind_of_place, None));
            waits.extend(wait(AwaitedStep::Route, milestones.learnt, kind_of_place, None));
        }
        InvestigationState::RoutedToInternalSecurity | InvestigationState::UnderInvestigation => {
            let since = last_step_at(case);
            waits.extend(wait(AwaitedStep::Decide, since, kind_of_place, None));
        }
        InvestigationState::UnderAppeal => {
            waits.extend(wait(AwaitedStep::AnswerAppeal, last_step_at(case), kind_of_place, None))
        }
        _ => {}
    }
    if let Some(visit) = case.visits().last() {
        let kind = visit.requested.kind_of_place.code().as_str();
        let awaited = match visit.state {
            VisitState::Requested => {
                wait(AwaitedStep::AnswerVisit, Some(visit.requested_at), Some(kind), Some(visit.request))
            }
            VisitState::Approved => {
                wait(AwaitedStep::CarryOutVisit, visit.approved_at, Some(kind), Some(visit.request))
            }
            _ => None,
        };
        waits.extend(awaited);
    }
    waits
}

/// When the investigation came to where it stands.
fn last_step_at(case: &Case) -> Option<PartialTime> {
    use super::event::HappeningKind;
    case.steps()
        .filter(|event| {
            matches!(event.entry.happening().map(super::event::Happening::kind), Some(HappeningKind::Investigation(_)))
        })
        .last()
        .map(|event| event.occurred_at)
}
