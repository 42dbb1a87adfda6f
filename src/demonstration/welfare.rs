//! What befalls the people meanwhile: examinations, reprisals, self-harm and death in custody; and
//! the notes of those who look after the case.

use chrono::{DateTime, TimeDelta, Utc};

use super::chance::{Wait, wait};
use super::chronicle::{Chronicle, Memory, Telling, Weighted, When};
use super::investigation::Course;
use super::setting::{Setting, Theme};
use super::wording::{MEDICAL, NO_INJURIES, NOTES, reprisal as reprisal_in_words, say};
use crate::domain::code::list;
use crate::domain::complaint::Answer;
use crate::domain::event::Happening;
use crate::domain::fact::{Consistency, CustodyIncident, Fact, MedicalExamination, Note, Reprisal};

const AGAINST_THE_HELD: Weighted = &[
    (26, "threat"),
    (16, "pressure_to_withdraw"),
    (12, "denial_of_contact"),
    (11, "transfer"),
    (10, "disciplinary"),
    (7, "false_report_charge"),
    (6, "against_family"),
    (5, "violence"),
    (4, "against_lawyer"),
    (3, "against_defender"),
    (3, "new_charge"),
];

const AGAINST_THE_FREE: Weighted = &[
    (34, "threat"),
    (22, "pressure_to_withdraw"),
    (12, "false_report_charge"),
    (10, "against_family"),
    (8, "new_charge"),
    (7, "loss_of_work"),
    (7, "against_defender"),
];

/// Tells these facts.
pub(super) fn tell(chronicle: &mut Chronicle<'_>, setting: &Setting, filed: When, course: &Course) {
    if setting.dead {
        death(chronicle, setting, filed);
    } else {
        perhaps_self_harm(chronicle, setting, filed);
    }
    if setting.dead || chronicle.chance.yes(24) {
        examination(chronicle, filed);
    }
    reprisals(chronicle, setting, filed, course);
    notes(chronicle, filed);
}

fn some_time_after(chronicle: &mut Chronicle<'_>, since: DateTime<Utc>, takes: Wait, memory: Memory) -> When {
    let at = chronicle.later(since, takes);
    chronicle.when(at, memory)
}

/// Between the incident and the filing.
fn death(chronicle: &mut Chronicle<'_>, setting: &Setting, filed: When) {
    let minutes = (filed.instant - setting.incident).num_minutes();
    let at = setting.incident + TimeDelta::minutes(minutes / 2);
    let when = chronicle.when(at, Memory::Paper);
    incident(
        chronicle,
        when,
        &[(65, "death"), (35, "suicide")],
        [(66, Answer::No), (12, Answer::Yes), (22, Answer::Unknown)],
    );
}

fn perhaps_self_harm(chronicle: &mut Chronicle<'_>, setting: &Setting, filed: When) {
    let per_cent = match setting.scene.theme {
        Theme::Prison => 12,
        Theme::Remand => 8,
        Theme::Police | Theme::Army => 3,
        Theme::Care | Theme::Removal => 1,
        Theme::Assembly | Theme::Encounter | Theme::Trafficking => 0,
    };
    if chronicle.chance.yes(per_cent) {
        let when = some_time_after(chronicle, filed.instant, wait(12.0, 0.8), Memory::Recollection);
        let kinds = &[(68, "self_harm"), (32, "attempted_suicide")];
        incident(chronicle, when, kinds, [(75, Answer::No), (3, Answer::Yes), (22, Answer::Unknown)]);
    }
}

fn incident(chronicle: &mut Chronicle<'_>, when: When, kinds: Weighted, inquiry: [(u32, Answer); 3]) {
    let independent_inquiry = chronicle.chance.weigh(&inquiry);
    let Some(incident) = chronicle.code(when, kinds) else { return };
    let incident = CustodyIncident { incident, independent_inquiry, remarks: None };
    chronicle.add(Happening::Fact(Fact::CustodyIncident(incident)), when, Telling::InDueCourse);
}

fn examination(chronicle: &mut Chronicle<'_>, filed: When) {
    let when = some_time_after(chronicle, filed.instant, wait(6.0, 0.9), Memory::Paper);
    let consistency = chronicle.chance.weigh(&[
        (9, Consistency::NotConsistent),
        (39, Consistency::ConsistentWith),
        (31, Consistency::HighlyConsistent),
        (15, Consistency::TypicalOf),
        (6, Consistency::DiagnosticOf),
    ]);
    let independent = chronicle.chance.weigh(&[(34, Answer::Yes), (48, Answer::No), (18, Answer::Unknown)]);
    let findings = match consistency {
        _ if chronicle.chance.yes(30) => None,
        Consistency::NotConsistent => say(chronicle, &NO_INJURIES),
        _ => say(chronicle, &MEDICAL),
    };
    let examination = MedicalExamination { consistency, independent, findings, remarks: None };
    chronicle.add(Happening::Fact(Fact::MedicalExamination(examination)), when, Telling::InDueCourse);
}

/// One case in eight, and most of those that are withdrawn under pressure.
fn reprisals(chronicle: &mut Chronicle<'_>, setting: &Setting, filed: When, course: &Course) {
    if let Some(withdrawn) = course.withdrawn_under_pressure {
        if chronicle.chance.yes(70) {
            let minutes = (withdrawn - filed.instant).num_minutes();
            let at = withdrawn - TimeDelta::minutes(chronicle.chance.between(1, (minutes / 2).max(1)));
            let when = chronicle.when(at, Memory::Recollection);
            reprisal(chronicle, setting, when, &[(80, "pressure_to_withdraw"), (20, "threat")]);
        }
    } else if chronicle.chance.yes(12) {
        let when = some_time_after(chronicle, filed.instant, wait(20.0, 0.9), Memory::Recollection);
        let kinds = if setting.scene.theme.is_held() { AGAINST_THE_HELD } else { AGAINST_THE_FREE };
        reprisal(chronicle, setting, when, kinds);
    }
}

fn reprisal(chronicle: &mut Chronicle<'_>, setting: &Setting, when: When, kinds: Weighted) {
    let Some(reprisal) = chronicle.code::<list::ReprisalKind>(when, kinds) else { return };
    let agency = if chronicle.chance.yes(75) { chronicle.exact(when, setting.agency_code()) } else { None };
    let description =
        if chronicle.chance.yes(80) { reprisal_in_words(chronicle, reprisal.code().as_str()) } else { None };
    let reprisal = Reprisal { reprisal, agency, description, remarks: None };
    chronicle.add(Happening::Fact(Fact::Reprisal(reprisal)), when, Telling::InDueCourse);
}

fn notes(chronicle: &mut Chronicle<'_>, filed: When) {
    let number = chronicle.chance.weigh(&[(45, 0), (30, 1), (17, 2), (8, 3)]);
    let mut at = filed.instant;
    for _ in 0..number {
        at = chronicle.office_answers(at, wait(14.0, 0.9));
        let Some(text) = say(chronicle, &NOTES) else { return };
        let when = chronicle.when(at, Memory::Clock);
        chronicle.add(Happening::Fact(Fact::Note(Note { text, remarks: None })), when, Telling::AtOnce);
    }
}
