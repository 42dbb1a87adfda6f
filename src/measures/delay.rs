//! The delays: from which milestone to which, what ends the wait otherwise, and the figures of each.
//!
//! A wait that has not ended is not left out: it is observed until now (right-censored), so that
//! the figures do not flatter whoever answers only the easy cases.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::figures::{Estimate, Share};
use super::measured::{MeasuredCase, MeasuredVisit};
use crate::domain::deadline::{AwaitedStep, Deadlines};
use crate::domain::milestone::{Ending, Milestones};
use crate::domain::time::{Delay, PartialTime, Precision, Zone};
use crate::statistics::{self, ConfidenceLevel, Endpoint, EventTable, KaplanMeier, Observation, Transform};

/// When the clock of a complaint starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ComplaintClock {
    /// When an authority or the organisation first learnt of the allegation (CAT art. 12 and 13), or
    /// with the filing where that came first.
    #[default]
    Learnt,
    /// With the formal filing.
    Filed,
}

macro_rules! delays {
    ($($(#[$doc:meta])* $name:ident = $text:literal),+ $(,)?) => {
        /// A delay that is measured.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum DelayMeasure {$($(#[$doc])* $name),+}

        impl DelayMeasure {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The name in URLs, files and on the command line.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {$(Self::$name => $text),+}
            }
        }
    };
}

delays! {
    /// From the start of the complaint's clock to its routing to internal security. Ends otherwise: another
    /// step of an authority, or withdrawal.
    FilingToRouting = "filing_to_routing",
    /// From routing to the first decision (dismissal or charges). Ends otherwise: withdrawal.
    RoutingToDecision = "routing_to_decision",
    /// From the start of the complaint's clock to the first step of any authority. Ends otherwise: withdrawal.
    FilingToFirstResponse = "filing_to_first_response",
    /// From the start of the complaint's clock to a dismissal that comes before any other ending.
    FilingToDismissal = "filing_to_dismissal",
    /// From the start of the complaint's clock to charges that come before any other ending.
    FilingToProsecution = "filing_to_prosecution",
    /// From a visit request that needs approval to its approval or refusal. Ends otherwise: cancelled, lapsed.
    VisitRequestToAnswer = "visit_request_to_answer",
    /// From a visit request to the visit. Ends otherwise: refused, denied, cancelled, lapsed.
    VisitRequestToVisit = "visit_request_to_visit",
    /// From the approval to the visit. Ends otherwise: denied, cancelled, lapsed.
    VisitApprovalToVisit = "visit_approval_to_visit",
    /// From the first appeal to its answer. Ends otherwise: withdrawal.
    AppealToAnswer = "appeal_to_answer",
    /// From the actual deprivation of liberty to its registration; a missing time counts as still
    /// missing when the complaint was filed.
    DeprivationToRegistration = "deprivation_to_registration",
    /// From the actual deprivation of liberty to the first access to a lawyer, likewise.
    DeprivationToLawyer = "deprivation_to_lawyer",
    /// From the actual deprivation of liberty to the first access to a doctor, likewise.
    DeprivationToDoctor = "deprivation_to_doctor",
    /// From the actual deprivation of liberty to notice to the family, likewise.
    DeprivationToFamilyNotice = "deprivation_to_family_notice",
}

impl DelayMeasure {
    /// Whether it is measured on visits, not on cases.
    #[must_use]
    pub fn is_of_visits(self) -> bool {
        matches!(self, Self::VisitRequestToAnswer | Self::VisitRequestToVisit | Self::VisitApprovalToVisit)
    }

    /// The step whose deadline it is held against; none where there can be none.
    #[must_use]
    pub fn awaited_step(self) -> Option<AwaitedStep> {
        match self {
            Self::FilingToRouting => Some(AwaitedStep::Route),
            Self::RoutingToDecision => Some(AwaitedStep::Decide),
            Self::FilingToFirstResponse => Some(AwaitedStep::FirstResponse),
            Self::VisitRequestToAnswer => Some(AwaitedStep::AnswerVisit),
            Self::VisitApprovalToVisit => Some(AwaitedStep::CarryOutVisit),
            Self::AppealToAnswer => Some(AwaitedStep::AnswerAppeal),
            Self::DeprivationToRegistration => Some(AwaitedStep::RegisterDetention),
            Self::DeprivationToLawyer => Some(AwaitedStep::AccessToLawyer),
            Self::DeprivationToDoctor => Some(AwaitedStep::AccessToDoctor),
            Self::DeprivationToFamilyNotice => Some(AwaitedStep::NotifyFamily),
            Self::FilingToDismissal | Self::FilingToProsecution | Self::VisitRequestToVisit => None,
        }
    }

    /// The wait in a case; none where it never began, or the measure is one of visits.
    #[must_use]
    pub fn of_case(self, case: &MeasuredCase, clock: ComplaintClock) -> Option<Wait> {
        let times = &case.milestones;
        let clock_start = match clock {
            ComplaintClock::Learnt => times.learnt,
            ComplaintClock::Filed => times.filed,
        };
        let (start, end, otherwise) = match self {
            Self::FilingToRouting => {
                let other_steps = [times.investigation_opened, times.dismissed, times.prosecuted, times.withdrawn];
                (clock_start, times.routed, earliest(other_steps, case.zone))
            }
            Self::RoutingToDecision => {
                (times.routed, earliest([times.dismissed, times.prosecuted], case.zone), times.withdrawn)
            }
            Self::FilingToFirstResponse => (clock_start, times.first_response, times.withdrawn),
            Self::FilingToDismissal => ending(times, clock_start, Ending::Dismissed),
            Self::FilingToProsecution => ending(times, clock_start, Ending::Prosecuted),
            Self::AppealToAnswer => (times.appealed, times.appeal_answered, times.appeal_withdrawn),
            Self::DeprivationToRegistration => return safeguard(times, times.registered),
            Self::DeprivationToLawyer => return safeguard(times, times.lawyer),
            Self::DeprivationToDoctor => return safeguard(times, times.doctor),
            Self::DeprivationToFamilyNotice => return safeguard(times, times.family),
            Self::VisitRequestToAnswer | Self::VisitRequestToVisit | Self::VisitApprovalToVisit => return None,
        };
        Some(Wait { start: start?, end, otherwise, lost: times.follow_up_ended })
    }

    /// The wait in a visit; none where it never began, or the measure is one of cases.
    #[must_use]
    pub fn of_visit(self, visit: &MeasuredVisit) -> Option<Wait> {
        let (start, end) = match self {
            Self::VisitRequestToAnswer if visit.needs_approval => (visit.requested, visit.answered),
            Self::VisitRequestToVisit => (visit.requested, visit.carried_out),
            Self::VisitApprovalToVisit => (visit.approved?, visit.carried_out),
            _ => return None,
        };
        Some(Wait { start, end, otherwise: visit.ended, lost: visit.follow_up_ended })
    }
}

fn earliest<const N: usize>(times: [Option<PartialTime>; N], zone: Zone) -> Option<PartialTime> {
    times.into_iter().flatten().reduce(|first, time| if time.begins_before(first, zone) { time } else { first })
}

/// From the clock's start to one of the three endings that compete: where another came first, that
/// one ends the wait.
fn ending(
    times: &Milestones,
    start: Option<PartialTime>,
    wanted: Ending,
) -> (Option<PartialTime>, Option<PartialTime>, Option<PartialTime>) {
    let at = match times.first_ending {
        Some(Ending::Dismissed) => times.dismissed,
        Some(Ending::Prosecuted) => times.prosecuted,
        Some(Ending::Withdrawn) => times.withdrawn,
        None => None,
    };
    if times.first_ending == Some(wanted) { (start, at, None) } else { (start, None, at) }
}

/// A safeguard that nobody recorded was, as far as is known, still missing when the complaint was
/// filed. Nothing is known of it after that, so it is not counted as missing until today.
fn safeguard(times: &Milestones, end: Option<PartialTime>) -> Option<Wait> {
    Some(Wait { start: times.deprived_of_liberty?, end, otherwise: None, lost: times.filed })
}

/// A wait: when it began and what ended it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// When it began.
    pub start: PartialTime,
    /// When it ended as it should.
    pub end: Option<PartialTime>,
    /// When it ended otherwise.
    pub otherwise: Option<PartialTime>,
    /// When it was lost sight of.
    pub lost: Option<PartialTime>,
}

/// How a wait stood when it was last seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LastSeen {
    Ended,
    EndedOtherwise,
    Lost,
    Open,
}

impl Wait {
    /// The delay and how it stood; none where its end surely lies before its start.
    fn observe(&self, zone: Zone, now: DateTime<Utc>) -> Option<(Delay, LastSeen)> {
        let until = |time| Delay::between(self.start, time, zone);
        // A withdrawal before the wait began has not ended it.
        let otherwise = self.otherwise.filter(|other| !other.is_surely_before(self.start, zone));
        // What ended it otherwise came first: a complaint that was withdrawn, taken up again and then
        // dismissed did not wait for its dismissal all the while.
        let overtaken = |end| otherwise.is_some_and(|other| other.is_surely_before(end, zone));
        if let Some(end) = self.end.filter(|end| !overtaken(*end)) {
            return until(end).map(|delay| (delay, LastSeen::Ended));
        }
        if let Some(delay) = otherwise.and_then(until) {
            return Some((delay, LastSeen::EndedOtherwise));
        }
        if let Some(lost) = self.lost {
            return until(lost).map(|delay| (delay, LastSeen::Lost));
        }
        until(PartialTime::minute(now)).map(|delay| (delay, LastSeen::Open))
    }
}

/// How precisely the waits are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PrecisionCounts {
    /// To the minute.
    pub minute: u64,
    /// To the day.
    pub day: u64,
    /// To the month.
    pub month: u64,
}

/// The figures of one delay. Times are in days.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct DelayFigures {
    /// Waits that began.
    pub n: u64,
    /// Ended as they should.
    pub ended: u64,
    /// Ended otherwise; they leave the risk set then.
    pub ended_otherwise: u64,
    /// Lost sight of; they leave the risk set then.
    pub lost: u64,
    /// Still open.
    pub open: u64,
    /// Left out because a date contradicts another.
    pub left_out: u64,
    /// How precisely the waits are known.
    pub precision: PrecisionCounts,
    /// Kaplan–Meier median with its 95 % log-log interval.
    pub median: Estimate,
    /// Kaplan–Meier first quartile, likewise.
    pub first_quartile: Estimate,
    /// Kaplan–Meier third quartile, likewise.
    pub third_quartile: Estimate,
    /// Of the waits with a deadline that have ended, or have outlasted it: the share that ended within it.
    pub within_deadline: Share,
    /// The longest wait still open.
    pub longest_open: Option<f64>,
}

/// Gathers the waits of one delay.
#[derive(Debug)]
pub struct DelayTally<'a> {
    measure: DelayMeasure,
    deadlines: &'a Deadlines,
    now: DateTime<Utc>,
    observations: Vec<Observation>,
    counts: Counts,
}

#[derive(Debug, Default)]
struct Counts {
    ended: u64,
    ended_otherwise: u64,
    lost: u64,
    open: u64,
    left_out: u64,
    precision: PrecisionCounts,
    within: u64,
    judged: u64,
    longest_open: Option<f64>,
}

impl<'a> DelayTally<'a> {
    /// An empty tally; open waits are observed until `now`.
    #[must_use]
    pub fn new(measure: DelayMeasure, deadlines: &'a Deadlines, now: DateTime<Utc>) -> Self {
        Self { measure, deadlines, now, observations: Vec::new(), counts: Counts::default() }
    }

    /// Counts a wait, with what is needed to find its deadline.
    pub fn add(&mut self, wait: &Wait, zone: Zone, jurisdiction: &str, kind_of_place: Option<&str>) {
        let Some((delay, seen)) = wait.observe(zone, self.now) else {
            self.counts.left_out += 1;
            return;
        };
        let days = delay.days();
        let ending = statistics::Ending::from_outcome(u32::from(seen == LastSeen::Ended));
        let Ok(observation) = Observation::from_origin(days, ending) else {
            self.counts.left_out += 1;
            return;
        };
        self.observations.push(observation);
        match delay.precision() {
            Precision::Minute => self.counts.precision.minute += 1,
            Precision::Day => self.counts.precision.day += 1,
            Precision::Month => self.counts.precision.month += 1,
        }
        match seen {
            LastSeen::Ended => self.counts.ended += 1,
            LastSeen::EndedOtherwise => self.counts.ended_otherwise += 1,
            LastSeen::Lost => self.counts.lost += 1,
            LastSeen::Open => {
                self.counts.open += 1;
                self.counts.longest_open = Some(self.counts.longest_open.map_or(days, |longest| longest.max(days)));
            }
        }
        let step = self.measure.awaited_step();
        let since = wait.start.first_day(zone);
        let hours = step.and_then(|step| self.deadlines.hours(jurisdiction, kind_of_place, step, since));
        if let Some(hours) = hours {
            self.judge(delay, seen, hours);
        }
    }

    fn judge(&mut self, delay: Delay, seen: LastSeen, hours: i32) {
        let within = delay.is_within_hours(hours);
        // What has not ended within its time yet may still do so: it is not judged.
        if seen == LastSeen::Ended || !within {
            self.counts.judged += 1;
            self.counts.within += u64::from(within);
        }
    }

    /// The figures.
    #[must_use]
    pub fn figures(&self) -> DelayFigures {
        let table = EventTable::new(&self.observations);
        let quantiles = KaplanMeier::new(&table, Endpoint::Any).quantiles(
            &[0.25, 0.5, 0.75],
            Transform::LogLog,
            ConfidenceLevel::default(),
        );
        let quantile =
            |place: usize| quantiles.get(place).map_or(Estimate { estimate: None, lo: None, hi: None }, Estimate::from);
        let counts = &self.counts;
        DelayFigures {
            n: counts.ended + counts.ended_otherwise + counts.lost + counts.open,
            ended: counts.ended,
            ended_otherwise: counts.ended_otherwise,
            lost: counts.lost,
            open: counts.open,
            left_out: counts.left_out,
            precision: counts.precision,
            median: quantile(1),
            first_quartile: quantile(0),
            third_quartile: quantile(2),
            within_deadline: Share::of(counts.within, counts.judged),
            longest_open: counts.longest_open,
        }
    }
}

/// The figures of every delay, in the order of [`DelayMeasure::ALL`]. Each case is looked at once for
/// all of them: many cases are more than the processor keeps at hand.
pub fn measure_all<'a>(
    cases: impl IntoIterator<Item = &'a MeasuredCase>,
    visits: impl IntoIterator<Item = &'a MeasuredVisit>,
    clock: ComplaintClock,
    deadlines: &Deadlines,
    now: DateTime<Utc>,
) -> impl Iterator<Item = (DelayMeasure, DelayFigures)> {
    let tally = |measure: &DelayMeasure| DelayTally::new(*measure, deadlines, now);
    let mut tallies: Vec<DelayTally<'_>> = DelayMeasure::ALL.iter().map(tally).collect();
    for case in cases {
        for tally in &mut tallies {
            if let Some(wait) = tally.measure.of_case(case, clock) {
                tally.add(&wait, case.zone, &case.jurisdiction, case.kind_of_place.as_deref());
            }
        }
    }
    for visit in visits {
        for tally in &mut tallies {
            if let Some(wait) = tally.measure.of_visit(visit) {
                tally.add(&wait, visit.zone, &visit.jurisdiction, Some(&visit.kind_of_place));
            }
        }
    }
    tallies.into_iter().map(|tally| (tally.measure, tally.figures()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> PartialTime {
        PartialTime::parse(text, Zone::default()).unwrap()
    }

    fn observed(end: Option<&str>, otherwise: Option<&str>, lost: Option<&str>) -> Option<(f64, LastSeen)> {
        let wait = Wait {
            start: time("2024-01-01"),
            end: end.map(time),
            otherwise: otherwise.map(time),
            lost: lost.map(time),
        };
        let now = "2024-03-01T00:00:00Z".parse().unwrap();
        wait.observe(Zone::default(), now).map(|(delay, seen)| (delay.days(), seen))
    }

    #[test]
    fn a_wait_ends_with_whatever_came_first() {
        let (early, late) = (Some("2024-01-05"), Some("2024-01-11"));
        assert_eq!(observed(early, None, None), Some((4.0, LastSeen::Ended)));
        assert_eq!(observed(early, late, None), Some((4.0, LastSeen::Ended)));
        assert_eq!(observed(late, early, None), Some((4.0, LastSeen::EndedOtherwise)));
        assert_eq!(observed(early, early, None), Some((4.0, LastSeen::Ended)));
        assert_eq!(observed(early, Some("2024-01"), None), Some((4.0, LastSeen::Ended)));
        assert_eq!(observed(None, early, late), Some((4.0, LastSeen::EndedOtherwise)));
        assert_eq!(observed(None, None, late), Some((10.0, LastSeen::Lost)));
        assert_eq!(observed(None, None, None), Some((60.0, LastSeen::Open)));
        assert_eq!(observed(Some("2023-12-31"), None, None), None);
    }

    #[test]
    fn what_happened_before_a_wait_began_has_not_ended_it() {
        let before = Some("2023-12-01");
        assert_eq!(observed(Some("2024-01-05"), before, None), Some((4.0, LastSeen::Ended)));
        assert_eq!(observed(None, before, None), Some((60.0, LastSeen::Open)));
    }
}
