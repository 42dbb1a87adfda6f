//! The safeguards of the first hours, to the minute where somebody kept count: how late a person
//! was registered, saw a lawyer and a doctor, and how late the family was told.

use chrono::{DateTime, TimeDelta, Utc};

use super::chance::{Wait, wait};
use super::chronicle::{Chronicle, Memory, Telling};
use super::setting::{Setting, Theme};
use crate::domain::event::Happening;
use crate::domain::fact::{Fact, Safeguard, SafeguardKind};

/// Each safeguard with its usual wait and how often, in a hundred, it was ever given.
const SAFEGUARDS: [(SafeguardKind, Wait, u32); 4] = [
    (SafeguardKind::Registration, wait(7.0 / 24.0, 0.9), 94),
    (SafeguardKind::AccessToLawyer, wait(27.0 / 24.0, 1.0), 84),
    (SafeguardKind::AccessToDoctor, wait(44.0 / 24.0, 1.1), 70),
    (SafeguardKind::NoticeToFamily, wait(17.0 / 24.0, 1.0), 88),
];

/// Tells the times of the first hours, where the case is about them and they are known.
pub(super) fn tell(chronicle: &mut Chronicle<'_>, setting: &Setting) {
    let known = match setting.scene.theme {
        Theme::Police => 62,
        Theme::Remand => 40,
        Theme::Assembly | Theme::Encounter | Theme::Removal => 35,
        Theme::Prison | Theme::Army | Theme::Care | Theme::Trafficking => 0,
    };
    if !chronicle.chance.yes(known) {
        return;
    }
    let taken = setting.incident - TimeDelta::minutes(chronicle.chance.between(20, 400));
    add(chronicle, SafeguardKind::DeprivationOfLiberty, taken);
    for (safeguard, usual, ever) in SAFEGUARDS {
        if chronicle.chance.yes(ever) {
            let given = chronicle.later(taken, usual.times(setting.pace));
            add(chronicle, safeguard, given);
        }
    }
}

fn add(chronicle: &mut Chronicle<'_>, safeguard: SafeguardKind, instant: DateTime<Utc>) {
    let memory = chronicle.chance.weigh(&[(80, Memory::Clock), (20, Memory::Paper)]);
    let when = chronicle.when(instant, memory);
    let telling = if chronicle.chance.yes(70) { Telling::AtOnce } else { Telling::InDueCourse };
    chronicle.add(Happening::Fact(Fact::Safeguard(Safeguard { safeguard, remarks: None })), when, telling);
}
