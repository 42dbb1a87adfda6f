//! What is fought out in court beside the investigation: motions to exclude evidence, claims for
//! reparation, objections to removal. Each is told when it is brought, and again when decided.

use chrono::{DateTime, Utc};

use super::chance::wait;
use super::chronicle::{Chronicle, Memory, Telling, Weighted, When};
use super::investigation::Course;
use super::setting::{Setting, Theme};
use crate::domain::code::{CodeIn, list};
use crate::domain::complaint::Answer;
use crate::domain::event::Happening;
use crate::domain::fact::{CourtMotion, ExpulsionProceeding, Fact, Fate, ReparationClaim, ReparationRoute};
use crate::domain::id::EventId;
use crate::domain::sealed::PlainText;

/// Tells these facts.
pub(super) fn tell(chronicle: &mut Chronicle<'_>, setting: &Setting, filed: When, course: &Course) {
    let questioned = matches!(setting.scene.theme, Theme::Police | Theme::Remand);
    if questioned && chronicle.chance.yes(16) {
        motion(chronicle, filed.instant);
    }
    match *course {
        Course { convicted: Some(convicted), .. } => claim(chronicle, convicted, Claim::AfterConviction),
        Course { charged: Some(charged), .. } => claim(chronicle, charged, Claim::InProceedings),
        Course { dismissed: Some(dismissed), .. } if chronicle.chance.yes(7) => {
            claim(chronicle, dismissed, Claim::WithoutConviction);
        }
        _ => {}
    }
    if setting.scene.theme == Theme::Removal || chronicle.chance.yes(1) {
        expulsion(chronicle, filed.instant);
    }
}

/// Judges mostly take a complaint for an attempt to escape punishment.
fn motion(chronicle: &mut Chronicle<'_>, since: DateTime<Utc>) {
    let at = chronicle.office_answers(since, wait(55.0, 0.6));
    let motion = |fate, about| Fact::CourtMotion(CourtMotion { fate, about, remarks: None });
    let brought = add(chronicle, at, motion(Fate::Pending, None), None);
    if chronicle.chance.yes(85) {
        let decided = chronicle.office_answers(at, wait(20.0, 0.7));
        let fate = chronicle.chance.weigh(&[(70, Fate::Refused), (24, Fate::NotConsidered), (6, Fate::Granted)]);
        add(chronicle, decided, motion(fate, Some(brought)), Some(brought));
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Claim {
    AfterConviction,
    InProceedings,
    WithoutConviction,
}

const REPARATION: Weighted = &[
    (50, "compensation"),
    (25, "rehabilitation"),
    (15, "satisfaction"),
    (7, "guarantees_of_non_repetition"),
    (3, "restitution"),
];

/// Where nobody is convicted, compensation is refused.
fn claim(chronicle: &mut Chronicle<'_>, since: DateTime<Utc>, claim: Claim) {
    let route = match claim {
        Claim::AfterConviction => ReparationRoute::CivilClaim,
        Claim::InProceedings => ReparationRoute::CriminalProceedings,
        Claim::WithoutConviction => chronicle.chance.weigh(&[
            (72, ReparationRoute::CivilClaim),
            (22, ReparationRoute::IndividualCommunication),
            (6, ReparationRoute::Other),
        ]),
    };
    let at = chronicle.office_answers(since, wait(60.0, 0.5));
    let forms = reparation(chronicle, at);
    let told = |fate, about, forms| Fact::ReparationClaim(ReparationClaim { route, fate, about, forms, remarks: None });
    let brought = add(chronicle, at, told(Fate::Pending, None, forms.clone()), None);
    let fate = match (claim, route) {
        (Claim::InProceedings, _) | (_, ReparationRoute::IndividualCommunication) => return,
        (Claim::AfterConviction, _) => Fate::Granted,
        _ => chronicle.chance.weigh(&[(75, Fate::Refused), (21, Fate::NotConsidered), (4, Fate::Granted)]),
    };
    let decided = chronicle.office_answers(at, wait(110.0, 0.5));
    add(chronicle, decided, told(fate, Some(brought), forms), Some(brought));
}

fn reparation(chronicle: &mut Chronicle<'_>, at: DateTime<Utc>) -> Vec<CodeIn<list::ReparationForm>> {
    let when = chronicle.when(at, Memory::Clock);
    let mut forms: Vec<CodeIn<list::ReparationForm>> = Vec::new();
    for _ in 0..chronicle.chance.between(1, 2) {
        forms.extend(chronicle.code(when, REPARATION).filter(|form| !forms.contains(form)));
    }
    forms
}

const REMOVALS: Weighted = &[
    (35, "court_expulsion"),
    (25, "extradition"),
    (20, "return_asylum_seeker"),
    (12, "deportation"),
    (8, "border_refusal"),
];

/// The risk of torture is argued, and rarely looked into.
fn expulsion(chronicle: &mut Chronicle<'_>, since: DateTime<Utc>) {
    let at = chronicle.office_answers(since, wait(9.0, 0.7));
    let when = chronicle.when(at, Memory::Clock);
    let Some(expulsion) = chronicle.code::<list::ExpulsionKind>(when, REMOVALS) else { return };
    let risk_argued = chronicle.chance.weigh(&[(80, Answer::Yes), (12, Answer::No), (8, Answer::Unknown)]);
    let told = |risk_examined, fate, about| {
        let expulsion = expulsion.clone();
        Fact::ExpulsionProceeding(ExpulsionProceeding {
            expulsion,
            risk_argued,
            risk_examined,
            fate,
            about,
            remarks: None,
        })
    };
    let brought = add(chronicle, at, told(Answer::Unknown, Fate::Pending, None), None);
    if chronicle.chance.yes(80) {
        let decided = chronicle.office_answers(at, wait(25.0, 0.6));
        let examined = chronicle.chance.weigh(&[(20, Answer::Yes), (65, Answer::No), (15, Answer::Unknown)]);
        let fate = chronicle.chance.weigh(&[(74, Fate::Refused), (14, Fate::NotConsidered), (12, Fate::Granted)]);
        add(chronicle, decided, told(examined, fate, Some(brought)), Some(brought));
    }
}

/// Adds a fact of the court, on paper; its fate not before what it is the fate of.
fn add(chronicle: &mut Chronicle<'_>, at: DateTime<Utc>, fact: Fact<PlainText>, of: Option<EventId>) -> EventId {
    // The month alone would do where a date may change what the lists hold, but courts give dates.
    let memory = if chronicle.chance.yes(70) { Memory::Clock } else { Memory::Paper };
    let when = chronicle.when(at, memory);
    let telling = of.map_or(Telling::InDueCourse, Telling::After);
    chronicle.add(Happening::Fact(fact), when, telling)
}
