//! Urgent visits: asked for in a hurry, answered in days or weeks, mostly with a refusal, and at
//! times when there is nobody left to see.

use chrono::{DateTime, TimeDelta, Utc};

use super::chance::{Wait, wait};
use super::chronicle::{Chronicle, Memory, Telling, Weighted, When};
use super::plot::{Ending, Plot, VisitFate};
use super::setting::Setting;
use super::wording::{CALLED_OFF, FINDINGS, REFUSALS, URGENCY, say};
use crate::domain::code::{CodeIn, list};
use crate::domain::complaint::Answer;
use crate::domain::event::Happening;
use crate::domain::fact::{CustodyIncident, Fact};
use crate::domain::id::EventId;
use crate::domain::sealed::PlainText;
use crate::domain::visit::{
    Approval, ApproveVisit, CancelVisit, CarryOutVisit, DenyAccess, Evidence, LapseVisit, RefuseVisit, RequestVisit,
    VisitStep as Step,
};

const ASKING: Wait = wait(1.1, 0.8);
const ANSWERING: Wait = wait(8.0, 0.9);
const GOING: Wait = wait(4.0, 0.7);
const MOVING_ON: Wait = wait(5.0, 0.7);

const OMBUDSMAN: Weighted = &[(80, "ombudsman"), (15, "ombudsman_regional"), (5, "npm_council")];

/// Asks for the urgent visit of a case, and follows the request.
pub(super) fn follow(chronicle: &mut Chronicle<'_>, setting: &Setting, filed: When, plot: Plot) {
    let Some(fate) = plot.visit else { return };
    let at = time_of_request(chronicle, filed, fate);
    let mut story = Story { chronicle, setting, at };
    match fate {
        VisitFate::Refused => story.refused(plot.ending),
        VisitFate::Visited => story.visited(None),
        VisitFate::AccessDenied => story.access_denied(),
        VisitFate::ApprovedTooLate => story.approved_too_late(),
        VisitFate::Lapsed => story.lapsed(None),
        VisitFate::Cancelled => story.cancelled(),
        VisitFate::NeverAnswered => story.request(NEUTRAL, None, Telling::InDueCourse).map(|_| ()),
        VisitFate::OpenNow => story.request(NEUTRAL, None, Telling::AtOnce).map(|_| ()),
        VisitFate::ApprovedNow => story.approved_now(),
    };
}

/// A day or so after the filing; where the visit is awaited now, surely before the present.
fn time_of_request(chronicle: &mut Chronicle<'_>, filed: When, fate: VisitFate) -> DateTime<Utc> {
    let asked = chronicle.later(filed.instant, ASKING);
    if !matches!(fate, VisitFate::OpenNow | VisitFate::ApprovedNow) {
        return asked;
    }
    let minutes = (chronicle.until - filed.instant).num_minutes();
    asked.min(filed.instant + TimeDelta::minutes(minutes / 3))
}

/// The evidence offered, by weight. Those whose request succeeds had more to show.
type EvidenceOffered = [(u32, Evidence); 4];

const WEAK: EvidenceOffered =
    [(30, Evidence::None), (45, Evidence::Oral), (20, Evidence::Written), (5, Evidence::WrittenAndSigned)];
const NEUTRAL: EvidenceOffered =
    [(18, Evidence::None), (40, Evidence::Oral), (27, Evidence::Written), (15, Evidence::WrittenAndSigned)];
const STRONG: EvidenceOffered =
    [(7, Evidence::None), (25, Evidence::Oral), (33, Evidence::Written), (35, Evidence::WrittenAndSigned)];

/// A visit as it unfolds. Every act answers `None` where the lists lack a code for it: then the
/// story breaks off.
struct Story<'s, 'a> {
    chronicle: &'s mut Chronicle<'a>,
    setting: &'s Setting,
    /// When the last step happened.
    at: DateTime<Utc>,
}

impl Story<'_, '_> {
    /// Refused; some ask again, with more in hand.
    fn refused(&mut self, ending: Ending) -> Option<()> {
        let mut asked = self.request_and_be_refused(None)?;
        // Once a prosecution has ended nobody asks any more; those who ask once do not come so far.
        if matches!(ending, Ending::Prosecuted(_)) || !self.chronicle.chance.yes(38) {
            return Some(());
        }
        self.at = self.chronicle.later(self.at, wait(3.0, 0.7));
        if self.chronicle.chance.yes(25) {
            asked = self.request_and_be_refused(Some(asked))?;
            self.at = self.chronicle.later(self.at, wait(3.0, 0.7));
        }
        match self.chronicle.chance.between(1, 100) {
            1..=45 => self.visited(Some(asked)),
            46..=65 => self.lapsed(Some(asked)),
            _ => self.request_and_be_refused(Some(asked)).map(|_| ()),
        }
    }

    fn request_and_be_refused(&mut self, renews: Option<EventId>) -> Option<EventId> {
        let (asked, evidence) = self.request(WEAK, renews, Telling::InDueCourse)?;
        let when = self.answer();
        let ground = self.chronicle.code(when, self.grounds(when, evidence))?;
        let remarks = if self.chronicle.chance.yes(30) { say(self.chronicle, &REFUSALS) } else { None };
        let refusing_body = self.chronicle.code(when, OMBUDSMAN);
        self.step(Step::RefuseVisit(RefuseVisit { refusing_body, ground, remarks }), when);
        Some(asked)
    }

    /// The grounds of the report, as they fit the place and the evidence.
    fn grounds(&self, when: When, evidence: Evidence) -> Weighted {
        if self.coverage(when) != Some("covered") {
            return &[(85, "outside_mandate"), (10, "mere_suspicion"), (5, "other")];
        }
        match evidence {
            Evidence::None => &[(50, "no_written_evidence"), (45, "mere_suspicion"), (5, "other")],
            Evidence::Oral => &[(60, "no_written_evidence"), (32, "mere_suspicion"), (5, "security"), (3, "other")],
            Evidence::Written => &[(66, "not_signed_by_victim"), (24, "mere_suspicion"), (6, "security"), (4, "other")],
            Evidence::WrittenAndSigned => &[(45, "mere_suspicion"), (40, "security"), (15, "other")],
        }
    }

    fn coverage(&self, when: When) -> Option<&str> {
        let kind: CodeIn<list::KindOfPlace> = self.chronicle.exact(when, self.setting.scene.kind)?;
        self.chronicle.entry(&kind, when)?.attributes.get("npm_coverage").map(String::as_str)
    }

    fn visited(&mut self, renews: Option<EventId>) -> Option<()> {
        self.request_and_be_approved(renews)?;
        let at = self.chronicle.office_answers(self.at, GOING);
        let when = self.move_to(at, Memory::Clock);
        let chance = &mut self.chronicle.chance;
        let announced = chance.weigh(&[(42, Answer::Yes), (46, Answer::No), (12, Answer::Unknown)]);
        let private_interview = chance.weigh(&[(58, Answer::Yes), (33, Answer::No), (9, Answer::Unknown)]);
        let findings = say(self.chronicle, &FINDINGS)?;
        let visit = CarryOutVisit { announced, private_interview, findings, remarks: None };
        self.step(Step::CarryOutVisit(visit), when);
        Some(())
    }

    fn access_denied(&mut self) -> Option<()> {
        self.request_and_be_approved(None)?;
        let at = self.chronicle.office_answers(self.at, GOING);
        let when = self.move_to(at, Memory::Clock);
        let denied_by = self.chronicle.code(when, self.setting.scene.agencies)?;
        self.step(Step::DenyAccess(DenyAccess { denied_by, remarks: None }), when);
        Some(())
    }

    fn approved_too_late(&mut self) -> Option<()> {
        self.request_and_be_approved(None)?;
        self.lapse()
    }

    fn approved_now(&mut self) -> Option<()> {
        self.request(STRONG, None, Telling::AtOnce)?;
        let minutes = (self.chronicle.until - self.at).num_minutes();
        let approved = self.at + TimeDelta::minutes(minutes / 2);
        let when = self.move_to(approved, Memory::Clock);
        let approving_body = self.chronicle.code(when, OMBUDSMAN)?;
        let approve = Step::ApproveVisit(ApproveVisit { approving_body, remarks: None });
        self.chronicle.add(Happening::Visit(approve), when, Telling::AtOnce);
        Some(())
    }

    fn lapsed(&mut self, renews: Option<EventId>) -> Option<()> {
        self.request(NEUTRAL, renews, Telling::InDueCourse)?;
        self.lapse()
    }

    fn lapse(&mut self) -> Option<()> {
        let at = self.chronicle.later(self.at, MOVING_ON);
        let when = self.move_to(at, Memory::Paper);
        let reason: CodeIn<list::LapseReason> =
            self.chronicle.code(when, &[(55, "moved"), (36, "released"), (5, "died"), (4, "other")])?;
        if reason.code().as_str() == "died" {
            self.death(when);
        }
        self.step(Step::LapseVisit(LapseVisit { reason, remarks: None }), when);
        Some(())
    }

    fn death(&mut self, when: When) {
        let Some(incident) = self.chronicle.exact(when, "death") else { return };
        let independent_inquiry = self.chronicle.chance.weigh(&[(65, Answer::No), (35, Answer::Unknown)]);
        let death = Fact::CustodyIncident(CustodyIncident { incident, independent_inquiry, remarks: None });
        self.chronicle.add(Happening::Fact(death), when, Telling::InDueCourse);
    }

    fn cancelled(&mut self) -> Option<()> {
        self.request(NEUTRAL, None, Telling::InDueCourse)?;
        let at = self.chronicle.later(self.at, wait(3.0, 0.6));
        let when = self.move_to(at, Memory::Paper);
        let reason = say(self.chronicle, &CALLED_OFF)?;
        self.step(Step::CancelVisit(CancelVisit { reason, remarks: None }), when);
        Some(())
    }

    fn request(
        &mut self,
        offered: EvidenceOffered,
        renews: Option<EventId>,
        telling: Telling,
    ) -> Option<(EventId, Evidence)> {
        let when = self.move_to(self.at, Memory::Clock);
        let evidence = self.chronicle.chance.weigh(&offered);
        let kind_of_place: CodeIn<list::KindOfPlace> = self.chronicle.exact(when, self.setting.scene.kind)?;
        let place = self.setting.place.as_ref().and_then(|place| self.chronicle.exact(when, place.code().as_str()));
        let approval = self.approval(&kind_of_place, when);
        let urgency = say(self.chronicle, &URGENCY)?;
        let request = RequestVisit { place, kind_of_place, evidence, approval, renews, urgency, remarks: None };
        let asked = self.chronicle.add(Happening::Visit(Step::RequestVisit(request)), when, telling);
        Some((asked, evidence))
    }

    /// Whether the list says that such places need approval.
    fn approval(&self, kind: &CodeIn<list::KindOfPlace>, when: When) -> Option<Approval> {
        match self.chronicle.entry(kind, when)?.attributes.get("needs_approval")?.as_str() {
            "yes" => Some(Approval::Required),
            "no" => Some(Approval::NotRequired),
            _ => None,
        }
    }

    fn request_and_be_approved(&mut self, renews: Option<EventId>) -> Option<()> {
        self.request(STRONG, renews, Telling::InDueCourse)?;
        let when = self.answer();
        let approving_body = self.chronicle.code(when, OMBUDSMAN)?;
        self.step(Step::ApproveVisit(ApproveVisit { approving_body, remarks: None }), when);
        Some(())
    }

    /// The answer of the Ombudsman's office.
    fn answer(&mut self) -> When {
        let at = self.chronicle.office_answers(self.at, ANSWERING.times(self.setting.pace));
        let memory = self.chronicle.chance.weigh(&[(60, Memory::Clock), (40, Memory::Paper)]);
        self.move_to(at, memory)
    }

    fn move_to(&mut self, at: DateTime<Utc>, memory: Memory) -> When {
        self.at = at;
        self.chronicle.when(at, memory)
    }

    fn step(&mut self, step: Step<PlainText>, when: When) {
        self.chronicle.add(Happening::Visit(step), when, Telling::InDueCourse);
    }
}
