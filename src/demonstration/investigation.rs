//! The course of the investigation: passed on within days, mostly dismissed after weeks or months,
//! now and then appealed, very rarely taken up again or prosecuted.

use chrono::{DateTime, Utc};

use super::chance::{Wait, wait};
use super::chronicle::{Chronicle, Memory, Telling, Weighted, When};
use super::plot::{Ending, Trial};
use super::setting::Setting;
use crate::domain::code::{CodeIn, list};
use crate::domain::complaint::Answer;
use crate::domain::event::Happening;
use crate::domain::fact::{EndOfFollowUp, Fact, FollowUpEnd};
use crate::domain::investigation::{
    Acquit, Appeal, Convict, Discontinue, Dismiss, InvestigationStep as Step, OpenInvestigation, Prosecute, Reopen,
    Route, UpholdDismissal, Withdraw,
};
use crate::domain::sealed::PlainText;

/// What later facts need to know of the course.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Course {
    /// When charges were brought.
    pub charged: Option<DateTime<Utc>>,
    /// When somebody was convicted.
    pub convicted: Option<DateTime<Utc>>,
    /// When the complaint was dismissed last.
    pub dismissed: Option<DateTime<Utc>>,
    /// When it was withdrawn under pressure, as is alleged.
    pub withdrawn_under_pressure: Option<DateTime<Utc>>,
}

const ROUTING: Wait = wait(3.2, 0.8);
const CHECKING: Wait = wait(42.0, 0.65);
const INVESTIGATING: Wait = wait(75.0, 0.55);
const APPEALING: Wait = wait(16.0, 0.7);
const ANSWERING: Wait = wait(14.0, 0.8);

const GROUNDS: Weighted = &[
    (34, "unfounded"),
    (30, "not_confirmed"),
    (12, "no_elements"),
    (7, "no_event"),
    (5, "no_medical_evidence"),
    (4, "exonerated"),
    (4, "lawful_force"),
    (3, "perpetrator_unknown"),
    (1, "not_stated"),
];

const OUTRIGHT_GROUNDS: Weighted = &[(35, "not_signed"), (30, "anonymous"), (25, "no_jurisdiction"), (10, "late")];

const APPEALED_TO: Weighted = &[(58, "prosecutor_regional"), (30, "investigating_judge"), (12, "prosecutor_general")];

const COURT: Weighted = &[(1, "court_district")];

/// Follows the investigation to its end, or to where it stands.
pub(super) fn follow(chronicle: &mut Chronicle<'_>, setting: &Setting, filed: When, ending: Ending) -> Course {
    let mut story = Story { chronicle, setting, at: filed.instant, course: Course::default() };
    match ending {
        Ending::DismissedByInternalSecurity => story.dismissed_by_internal_security(),
        Ending::DismissedOutright => story.dismissed_outright(),
        Ending::DismissedAfterInvestigation => story.dismissed_after_investigation(),
        Ending::Prosecuted(trial) => story.prosecuted(trial),
        Ending::Withdrawn => story.withdrawn(),
        Ending::Stalled => story.stalled(),
        Ending::Unanswered => None,
    };
    story.course
}

/// The investigation as it unfolds. Every act answers `None` where the lists lack a code for it:
/// then the story breaks off.
struct Story<'s, 'a> {
    chronicle: &'s mut Chronicle<'a>,
    setting: &'s Setting,
    /// When the last step happened.
    at: DateTime<Utc>,
    course: Course,
}

impl Story<'_, '_> {
    fn dismissed_by_internal_security(&mut self) -> Option<()> {
        let telling = if self.chronicle.chance.yes(7) { Telling::Belatedly } else { Telling::InDueCourse };
        let body = self.route(telling)?;
        self.dismiss(body, CHECKING, GROUNDS)?;
        self.perhaps_appealed()
    }

    fn dismissed_outright(&mut self) -> Option<()> {
        let when = self.office_answers(wait(9.0, 0.8));
        let deciding_body = self.chronicle.code(when, &[(60, "police_regional"), (40, "prosecutor_regional")])?;
        let ground = self.chronicle.code(when, OUTRIGHT_GROUNDS)?;
        self.step(Step::Dismiss(Dismiss { deciding_body, ground, remarks: None }), when);
        self.course.dismissed = Some(when.instant);
        self.perhaps_appealed()
    }

    fn dismissed_after_investigation(&mut self) -> Option<()> {
        if !self.straight_to_prosecutors() {
            self.route(Telling::InDueCourse)?;
        }
        let body = self.open_investigation(wait(24.0, 0.7))?;
        self.dismiss(body, INVESTIGATING, GROUNDS)?;
        self.perhaps_appealed()
    }

    fn withdrawn(&mut self) -> Option<()> {
        if self.chronicle.chance.yes(75) {
            let telling = if self.chronicle.chance.yes(10) { Telling::Belatedly } else { Telling::InDueCourse };
            self.route(telling)?;
        }
        let pressure_alleged =
            self.chronicle.chance.weigh(&[(48, Answer::Yes), (30, Answer::Unknown), (22, Answer::No)]);
        let when = self.office_answers(wait(24.0, 0.7));
        self.step(Step::Withdraw(Withdraw { pressure_alleged, remarks: None }), when);
        if pressure_alleged == Answer::Yes {
            self.course.withdrawn_under_pressure = Some(when.instant);
        }
        Some(())
    }

    /// Passed on, and no decision ever; of some nothing more is known.
    fn stalled(&mut self) -> Option<()> {
        self.route(Telling::InDueCourse)?;
        if self.chronicle.chance.yes(55) {
            let reason = self.chronicle.chance.weigh(&[
                (60, FollowUpEnd::ContactLost),
                (25, FollowUpEnd::EndNotDated),
                (15, FollowUpEnd::SourceEnds),
            ]);
            let when = self.office_answers(wait(170.0, 0.5));
            let end = Fact::EndOfFollowUp(EndOfFollowUp { reason, remarks: None });
            self.chronicle.add(Happening::Fact(end), when, Telling::InDueCourse);
            self.chronicle.end_at(when.instant);
        }
        Some(())
    }

    fn prosecuted(&mut self, trial: Trial) -> Option<()> {
        let body = self.route(Telling::InDueCourse)?;
        if trial == Trial::ConvictedOnAppeal {
            self.dismiss(body, CHECKING, GROUNDS)?;
            self.appeal()?;
            self.reopen()?;
        } else {
            self.open_investigation(wait(14.0, 0.5))?;
        }
        let when = self.office_answers(wait(95.0, 0.3));
        let prosecuting_body = self.chronicle.code(when, &[(1, "prosecutor_regional")])?;
        let charge =
            self.chronicle.code(when, &[(65, "cc2014_146_torture"), (25, "cc2014_362"), (10, "cc2014_415")])?;
        self.step(Step::Prosecute(Prosecute { prosecuting_body, charge, remarks: None }), when);
        self.course.charged = Some(when.instant);
        if trial == Trial::Pending { Some(()) } else { self.tried(trial) }
    }

    fn tried(&mut self, trial: Trial) -> Option<()> {
        let when = self.office_answers(wait(150.0, 0.3));
        let deciding_body = self.chronicle.code(when, COURT)?;
        let remarks = None;
        let step = match trial {
            Trial::Acquitted => Step::Acquit(Acquit { deciding_body, remarks }),
            Trial::Discontinued => {
                let ground = self.chronicle.exact(when, "no_elements");
                let deciding_body = self.chronicle.code(when, &[(1, "prosecutor_regional")])?;
                Step::Discontinue(Discontinue { deciding_body, ground, remarks })
            }
            Trial::Convicted | Trial::ConvictedOnAppeal | Trial::Pending => {
                self.course.convicted = Some(when.instant);
                let charge = self.chronicle.chance.yes(30).then(|| self.chronicle.exact(when, "cc2014_362")).flatten();
                Step::Convict(Convict { deciding_body, charge, remarks })
            }
        };
        self.step(step, when);
        Some(())
    }

    fn perhaps_appealed(&mut self) -> Option<()> {
        if !self.chronicle.chance.yes(33) {
            return Some(());
        }
        self.appeal()?;
        match self.chronicle.chance.between(1, 100) {
            1..=74 => self.uphold(),
            75..=82 => self.taken_up_again(),
            83..=86 => self.give_up(),
            _ => Some(()),
        }
    }

    fn taken_up_again(&mut self) -> Option<()> {
        let body = self.reopen()?;
        if self.chronicle.chance.yes(75) { self.dismiss(body, INVESTIGATING, GROUNDS) } else { Some(()) }
    }

    fn give_up(&mut self) -> Option<()> {
        let when = self.office_answers(wait(20.0, 0.5));
        self.step(Step::Withdraw(Withdraw { pressure_alleged: Answer::Unknown, remarks: None }), when);
        Some(())
    }

    fn route(&mut self, telling: Telling) -> Option<CodeIn<list::Agency>> {
        let when = self.office_answers(ROUTING.times(self.setting.pace));
        let receiving_body: CodeIn<list::Agency> =
            self.chronicle.code(when, internal_security_of(self.setting.agency_code()))?;
        let route = Route { receiving_body: receiving_body.clone(), remarks: None };
        self.chronicle.add(Happening::Investigation(Step::Route(route)), when, telling);
        Some(receiving_body)
    }

    /// Whether the complaint goes past internal security, more often since only prosecutors may
    /// investigate torture.
    fn straight_to_prosecutors(&mut self) -> bool {
        let per_cent = if self.prosecutors_alone() { 45 } else { 12 };
        self.chronicle.chance.yes(per_cent)
    }

    fn prosecutors_alone(&mut self) -> bool {
        let now = self.chronicle.when(self.at, Memory::Clock);
        self.chronicle
            .exact::<list::Agency>(now, "prosecutor_special")
            .and_then(|body| self.chronicle.entry(&body, now)?.attributes.get("investigates_torture"))
            .is_some_and(|investigates| investigates == "exclusive")
    }

    fn open_investigation(&mut self, takes: Wait) -> Option<CodeIn<list::Agency>> {
        let when = self.office_answers(takes.times(self.setting.pace));
        let investigating_body = self.investigators(when)?;
        let open = OpenInvestigation { investigating_body: investigating_body.clone(), remarks: None };
        self.step(Step::OpenInvestigation(open), when);
        Some(investigating_body)
    }

    fn investigators(&mut self, when: When) -> Option<CodeIn<list::Agency>> {
        let bodies: Weighted = if self.prosecutors_alone() {
            &[(1, "prosecutor_special")]
        } else {
            &[(45, "police_investigation"), (35, "anticorruption_agency"), (20, "prosecutor_special")]
        };
        self.chronicle.code(when, bodies)
    }

    fn dismiss(&mut self, deciding_body: CodeIn<list::Agency>, takes: Wait, grounds: Weighted) -> Option<()> {
        let when = self.office_answers(takes.times(self.setting.pace));
        let deciding_body = self.still_there(deciding_body, when)?;
        let ground = self.chronicle.code(when, grounds)?;
        self.step(Step::Dismiss(Dismiss { deciding_body, ground, remarks: None }), when);
        self.course.dismissed = Some(when.instant);
        Some(())
    }

    fn appeal(&mut self) -> Option<()> {
        let when = self.office_answers(APPEALING);
        let to_body = self.chronicle.code(when, APPEALED_TO)?;
        self.step(Step::Appeal(Appeal { to_body, remarks: None }), when);
        Some(())
    }

    fn uphold(&mut self) -> Option<()> {
        let when = self.office_answers(ANSWERING.times(self.setting.pace));
        let deciding_body = self.chronicle.code(when, APPEALED_TO)?;
        self.step(Step::UpholdDismissal(UpholdDismissal { deciding_body, remarks: None }), when);
        Some(())
    }

    /// The appeal succeeds; the body that decides so takes the case.
    fn reopen(&mut self) -> Option<CodeIn<list::Agency>> {
        let when = self.office_answers(ANSWERING.times(1.6 * self.setting.pace));
        let deciding_body: CodeIn<list::Agency> = self.chronicle.code(when, &[(1, "prosecutor_regional")])?;
        self.step(Step::Reopen(Reopen { deciding_body: deciding_body.clone(), remarks: None }), when);
        self.investigators(when)
    }

    /// The body itself, or, where it was dissolved meanwhile, one that investigates then.
    fn still_there(&mut self, body: CodeIn<list::Agency>, when: When) -> Option<CodeIn<list::Agency>> {
        match self.chronicle.exact(when, body.code().as_str()) {
            Some(body) => Some(body),
            None => self.investigators(when),
        }
    }

    /// When an office answers: the story moves on to then.
    fn office_answers(&mut self, takes: Wait) -> When {
        self.at = self.chronicle.office_answers(self.at, takes);
        self.chronicle.when(self.at, Memory::Paper)
    }

    fn step(&mut self, step: Step<PlainText>, when: When) {
        self.chronicle.add(Happening::Investigation(step), when, Telling::InDueCourse);
    }
}

/// The body that looks into its own: that of the police for the police, others for others.
fn internal_security_of(agency: &str) -> Weighted {
    match agency {
        "knb" | "border_service" | "military_command" | "military_police" | "national_guard" => {
            &[(70, "internal_security_other"), (30, "military_police")]
        }
        "penitentiary_institution" | "kuis" => &[(60, "internal_security_mvd"), (40, "internal_security_other")],
        "health_institution" | "education_institution" | "social_institution" => {
            &[(60, "internal_security_other"), (40, "police_local")]
        }
        _ => &[(65, "internal_security_regional"), (35, "internal_security_mvd")],
    }
}
