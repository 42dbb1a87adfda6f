//! What measures need to know of a case: codes, times and words, nothing sealed.
//!
//! It is read off a case once, whenever something is recorded, and stored packed, so that a million of them can
//! be counted without replaying a history. What it leaves out, no figure can be made of.

use chrono::NaiveDate;

use crate::domain::case::Case;
use crate::domain::code::CodeIn;
use crate::domain::complaint::Answer;
use crate::domain::event::{Entry, Happening};
use crate::domain::fact::{Consistency, Fate, ReparationRoute};
use crate::domain::id::OrganisationId;
use crate::domain::investigation::InvestigationStep;
use crate::domain::milestone::{Milestones, Outcome};
use crate::domain::stage::Stage;
use crate::domain::time::{PartialTime, Zone};
use crate::domain::visit::{Approval, Evidence, VisitState};
use crate::domain::visits::Visit;

use super::measured_facts::facts_of;

/// The code of a purpose: to obtain a confession (CAT art. 1 and 15).
const CONFESSION: &str = "confession";

/// Days between what happened and its recording beyond which it counts as recorded late.
pub const LATE_AFTER_DAYS: i64 = 30;

/// A case, as far as it is measured.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasuredCase<'a> {
    /// The organisation that owns it.
    pub organisation: OrganisationId,
    /// The state whose deadlines apply.
    pub jurisdiction: &'a str,
    /// The zone in which its days begin and end.
    pub zone: Zone,
    /// The first day that its filing can mean.
    pub filed_day: NaiveDate,
    /// The headline.
    pub stage: Stage,
    /// How it came in.
    pub channel: &'a str,
    /// The circumstances.
    pub context: Option<&'a str>,
    /// The region.
    pub region: Option<&'a str>,
    /// The kind of place.
    pub kind_of_place: Option<&'a str>,
    /// The place.
    pub place: Option<&'a str>,
    /// The agency complained of.
    pub agency: Option<&'a str>,
    /// The body that first dealt with it.
    pub first_body: Option<&'a str>,
    /// The alleged victim's sex.
    pub sex: Option<&'a str>,
    /// The alleged victim's age band.
    pub age_band: Option<&'a str>,
    /// Whether a confession is said to have been the purpose.
    pub to_obtain_a_confession: bool,
    /// Whether pressure was alleged at a withdrawal: yes where at any, else not known where of any; none where the
    /// complaint was never withdrawn.
    pub pressure_to_withdraw: Option<Answer>,
    /// When the ill-treatment happened.
    pub incident: Option<PartialTime>,
    /// When each thing first happened.
    pub milestones: Milestones,
    /// What is known beside the two regions of the state machine.
    pub facts: MeasuredFacts<'a>,
    /// How it was recorded.
    pub recording: Recording,
    /// Its urgent visits, in the order in which they were asked for.
    pub visits: Vec<MeasuredVisit<'a>>,
}

/// The facts beside the two regions, as far as they are measured. What several events tell of one motion, claim or
/// proceeding is one entry, with its latest fate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeasuredFacts<'a> {
    /// Medical examinations.
    pub examinations: Vec<MeasuredExamination>,
    /// The kinds of the reprisals.
    pub reprisals: Vec<&'a str>,
    /// The fates of motions to exclude evidence.
    pub motions: Vec<Fate>,
    /// Claims for reparation.
    pub claims: Vec<MeasuredClaim<'a>>,
    /// Expulsion, return or extradition proceedings.
    pub expulsions: Vec<MeasuredExpulsion<'a>>,
    /// Deaths and self-harm in custody.
    pub incidents: Vec<MeasuredIncident<'a>>,
}

/// A medical examination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeasuredExamination {
    /// When.
    pub at: PartialTime,
    /// Its conclusion.
    pub consistency: Consistency,
    /// Whether the examiner is independent of the authority complained of.
    pub independent: Answer,
}

/// A claim for reparation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasuredClaim<'a> {
    /// On which way.
    pub route: ReparationRoute,
    /// Its latest fate.
    pub fate: Fate,
    /// What is asked for.
    pub forms: Vec<&'a str>,
}

/// An expulsion, return or extradition proceeding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeasuredExpulsion<'a> {
    /// Its kind.
    pub kind: &'a str,
    /// Whether the risk of torture was argued.
    pub risk_argued: Answer,
    /// Whether the decision looked into that risk.
    pub risk_examined: Answer,
    /// Its latest fate.
    pub fate: Fate,
}

/// A death or self-harm in custody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeasuredIncident<'a> {
    /// Which.
    pub kind: &'a str,
    /// Whether an independent inquiry was opened.
    pub independent_inquiry: Answer,
}

/// How a case was recorded: what the quality of the figures hangs on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recording {
    /// Entries of every sort, also those that were corrected or taken back, and the corrections themselves.
    pub entries: u32,
    /// Events that count, steps and facts.
    pub events: u32,
    /// Of these, recorded more than [`LATE_AFTER_DAYS`] after the last day that their time can mean.
    pub late: u32,
    /// Corrections that told an earlier event otherwise.
    pub corrected: u32,
    /// Corrections that took an earlier event back.
    pub retracted: u32,
    /// Days between the last day that the filing can mean and its first recording; 0 or more.
    pub filing_lag_days: u32,
}

/// A visit, as far as it is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeasuredVisit<'a> {
    /// The kind of place to be visited.
    pub kind_of_place: &'a str,
    /// The place, where it is on the list.
    pub place: Option<&'a str>,
    /// Whether it needed approval.
    pub needs_approval: bool,
    /// The evidence offered.
    pub evidence: Evidence,
    /// Whether it renews a refused request.
    pub renews: bool,
    /// Whether a later request renews it.
    pub renewed: bool,
    /// Where it stands.
    pub state: VisitState,
    /// The ground of its refusal.
    pub refusal_ground: Option<&'a str>,
    /// Whether the place was told beforehand.
    pub announced: Option<Answer>,
    /// Whether the detainee was seen in private.
    pub private_interview: Option<Answer>,
    /// When it was asked for.
    pub requested: PartialTime,
    /// When it was approved.
    pub approved: Option<PartialTime>,
    /// When it was approved or refused.
    pub answered: Option<PartialTime>,
    /// When it took place.
    pub carried_out: Option<PartialTime>,
    /// When it ended in any way.
    pub ended: Option<PartialTime>,
}

impl<'a> MeasuredCase<'a> {
    /// Reads it off a case; none without a filing, which no case is.
    #[must_use]
    pub fn of(case: &'a Case, organisation: OrganisationId, jurisdiction: &'a str) -> Option<Self> {
        let (filing, complaint) = case.complaint()?;
        Some(Self {
            organisation,
            jurisdiction,
            zone: case.zone(),
            filed_day: filing.occurred_at.first_day(case.zone()),
            stage: case.stage(),
            channel: complaint.channel.code().as_str(),
            context: text(complaint.context.as_ref()),
            region: text(complaint.region.as_ref()),
            kind_of_place: text(complaint.kind_of_place.as_ref()),
            place: text(complaint.place.as_ref()),
            agency: text(complaint.agency.as_ref()),
            first_body: first_body(case),
            sex: text(complaint.sex.as_ref()),
            age_band: text(complaint.age_band.as_ref()),
            to_obtain_a_confession: complaint.purposes.iter().any(|purpose| purpose.code().as_str() == CONFESSION),
            pressure_to_withdraw: pressure_to_withdraw(case),
            incident: complaint.incident_at,
            milestones: Milestones::of(case),
            facts: facts_of(case),
            recording: Recording::of(case),
            visits: case.visits().iter().map(MeasuredVisit::of).collect(),
        })
    }

    /// Whether a prosecution ended in a conviction.
    #[must_use]
    pub fn is_convicted(&self) -> bool {
        self.milestones.outcome == Some(Outcome::Convicted)
    }
}

impl<'a> MeasuredVisit<'a> {
    fn of(visit: &'a Visit) -> Self {
        Self {
            kind_of_place: visit.requested.kind_of_place.code().as_str(),
            place: text(visit.requested.place.as_ref()),
            needs_approval: visit.requested.approval != Some(Approval::NotRequired),
            evidence: visit.requested.evidence,
            renews: visit.requested.renews.is_some(),
            renewed: visit.renewed,
            state: visit.state,
            refusal_ground: text(visit.refusal_ground.as_ref()),
            announced: visit.announced,
            private_interview: visit.private_interview,
            requested: visit.requested_at,
            approved: visit.approved_at,
            answered: visit.answered_at(),
            carried_out: visit.carried_out_at,
            ended: visit.ended_at,
        }
    }
}

impl Recording {
    fn of(case: &Case) -> Self {
        let mut recording = Self { entries: u32::try_from(case.events().len()).unwrap_or(u32::MAX), ..Self::default() };
        for event in case.events() {
            if let Entry::Correction { instead, .. } = &event.entry {
                *(if instead.is_some() { &mut recording.corrected } else { &mut recording.retracted }) += 1;
            }
        }
        for effective in case.effective() {
            recording.events += 1;
            recording.late += u32::from(lag_in_days(effective.event, case.zone()) > LATE_AFTER_DAYS);
        }
        let filed = case.events().first().map_or(0, |filing| lag_in_days(filing, case.zone()));
        recording.filing_lag_days = u32::try_from(filed).unwrap_or(0);
        recording
    }
}

fn lag_in_days(event: &crate::domain::event::Event, zone: Zone) -> i64 {
    (zone.date_of(event.recorded_at) - event.occurred_at.last_day(zone)).num_days()
}

pub(super) fn text<L>(code: Option<&CodeIn<L>>) -> Option<&str> {
    code.map(|code| code.code().as_str())
}

fn pressure_to_withdraw(case: &Case) -> Option<Answer> {
    let answers = case.steps().filter_map(|event| match event.entry.happening()? {
        Happening::Investigation(InvestigationStep::Withdraw(step)) => Some(step.pressure_alleged),
        _ => None,
    });
    answers.reduce(|known, answer| match (known, answer) {
        (Answer::Yes, _) | (_, Answer::Yes) => Answer::Yes,
        (Answer::Unknown, _) | (_, Answer::Unknown) => Answer::Unknown,
        (Answer::No, Answer::No) => Answer::No,
    })
}

/// The body that first dealt with the complaint: that it was routed to, or that first opened an
/// investigation, dismissed it or brought charges.
#[must_use]
pub fn first_body(case: &Case) -> Option<&str> {
    case.steps().find_map(|event| match event.entry.happening()? {
        Happening::Investigation(step) => match step {
            InvestigationStep::Route(step) => Some(step.receiving_body.code().as_str()),
            InvestigationStep::OpenInvestigation(step) => Some(step.investigating_body.code().as_str()),
            InvestigationStep::Dismiss(step) => Some(step.deciding_body.code().as_str()),
            InvestigationStep::Prosecute(step) => Some(step.prosecuting_body.code().as_str()),
            _ => None,
        },
        _ => None,
    })
}
