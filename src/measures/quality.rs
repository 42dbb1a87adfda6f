//! What the figures hang on: which dates, codes and habits of recording are looked at, so that a reader can judge how
//! far to trust the rest.

use super::measured::{MeasuredCase, MeasuredVisit};
use super::observed::ObservedCase;
use crate::domain::time::PartialTime;
use crate::domain::words;

/// The code that some lists have for what is not known.
const UNKNOWN: &str = "unknown";

words! {
    /// A date that figures hang on.
    ImportantDate {
        /// The ill-treatment; in every case.
        Incident = "incident",
        /// When the allegation became known; in every case. Missing where nothing before the filing is on record.
        Learnt = "learnt",
        /// The filing; in every case.
        Filing = "filing",
        /// The routing to internal security, where the case was routed.
        Routing = "routing",
        /// The first dismissal, where there is one.
        Dismissal = "dismissal",
        /// The first charges, where there are any.
        Prosecution = "prosecution",
        /// The actual deprivation of liberty, where anything tells of one.
        DeprivationOfLiberty = "deprivation_of_liberty",
        /// The registration of the detention, likewise.
        Registration = "registration",
        /// The first access to a lawyer, likewise.
        AccessToLawyer = "access_to_lawyer",
        /// The first access to a doctor, likewise.
        AccessToDoctor = "access_to_doctor",
        /// The notice to the family, likewise.
        NoticeToFamily = "notice_to_family",
        /// A visit request.
        VisitRequest = "visit_request",
        /// The answer to a visit request, where there is one.
        VisitAnswer = "visit_answer",
    }
}

words! {
    /// A code that breakdowns hang on.
    ImportantCode {
        /// The region.
        Region = "region",
        /// The kind of place.
        KindOfPlace = "kind_of_place",
        /// The agency complained of.
        Agency = "agency",
        /// The circumstances.
        Context = "context",
        /// The alleged victim's sex.
        Sex = "sex",
        /// The alleged victim's age band.
        AgeBand = "age_band",
    }
}

words! {
    /// A share that tells how cases were recorded.
    RecordingMeasure {
        /// Of the complaints: recorded more than 30 days after the last day that their filing can mean.
        FilingRecordedLate = "filing_recorded_late",
        /// Of the events that count: recorded more than 30 days after the last day that their time can mean.
        EventsRecordedLate = "events_recorded_late",
        /// Of the entries: told an earlier one otherwise.
        Corrections = "corrections",
        /// Of the entries: took an earlier one back.
        Retractions = "retractions",
        /// Of the complaints: at least one entry that tells an earlier one otherwise, or takes it back.
        CorrectedComplaints = "corrected_complaints",
        /// Of the waits of all delays that began: left out because a date contradicts another.
        ContradictoryWaits = "contradictory_waits",
    }
}

impl ImportantDate {
    /// The date in a case, or that it is missing; the outer none where it need not be there.
    pub(super) fn of_case(self, observed: &ObservedCase<'_>) -> Option<Option<PartialTime>> {
        let case = observed.case;
        let times = &case.milestones;
        let in_custody = |time: Option<PartialTime>| observed.tells_of_custody.then_some(time);
        match self {
            Self::Incident => Some(case.incident),
            Self::Learnt => Some(times.learnt.filter(|learnt| Some(*learnt) != times.filed)),
            Self::Filing => Some(times.filed),
            Self::Routing => times.routed.map(Some),
            Self::Dismissal => times.dismissed.map(Some),
            Self::Prosecution => times.prosecuted.map(Some),
            Self::DeprivationOfLiberty => in_custody(times.deprived_of_liberty),
            Self::Registration => in_custody(times.registered),
            Self::AccessToLawyer => in_custody(times.lawyer),
            Self::AccessToDoctor => in_custody(times.doctor),
            Self::NoticeToFamily => in_custody(times.family),
            Self::VisitRequest | Self::VisitAnswer => None,
        }
    }

    /// The date in a visit, likewise.
    pub(super) fn of_visit(self, visit: &MeasuredVisit<'_>) -> Option<Option<PartialTime>> {
        match self {
            Self::VisitRequest => Some(Some(visit.requested)),
            Self::VisitAnswer => visit.answered.map(Some),
            _ => None,
        }
    }
}

impl ImportantCode {
    /// Whether it is known of a case.
    pub(super) fn is_known(self, case: &MeasuredCase<'_>) -> bool {
        let code = match self {
            Self::Region => case.region,
            Self::KindOfPlace => case.kind_of_place,
            Self::Agency => case.agency,
            Self::Context => case.context,
            Self::Sex => case.sex,
            Self::AgeBand => case.age_band,
        };
        code.is_some_and(|code| code != UNKNOWN)
    }
}
