//! How a complaint comes in: its channel, its facts, and how the allegation became known before.

use chrono::TimeDelta;

use super::chronicle::{Chronicle, Memory, Telling, Weighted, When};
use super::narrative;
use super::plot::{Plot, VisitFate};
use super::setting::{Setting, Theme};
use crate::domain::code::{CodeIn, CodeList};
use crate::domain::complaint::File;
use crate::domain::event::Happening;
use crate::domain::fact::{Fact, LearnOfAllegation};
use crate::domain::investigation::InvestigationStep;

const CHANNELS: Weighted = &[
    (28, "hotline"),
    (21, "lawyer"),
    (14, "letter"),
    (10, "in_person"),
    (10, "online"),
    (6, "visit"),
    (5, "court"),
    (4, "referral"),
    (2, "media"),
];

const LEARNT_FROM: Weighted = &[
    (30, "court_district"),
    (20, "investigating_judge"),
    (20, "health_institution"),
    (15, "prosecutor_regional"),
    (15, "ombudsman"),
];

/// When it is filed: within waking hours, and not after the present.
pub(super) fn time_of_filing(chronicle: &mut Chronicle<'_>, plot: Plot) -> When {
    let day = chronicle.day_of(plot.filed);
    let minutes = chronicle.chance.between(8 * 60, 22 * 60 - 1);
    let at = chronicle.on_day(day, minutes);
    let fresh = chronicle.until - plot.filed < TimeDelta::days(1);
    let instant = if at > chronicle.until || fresh { plot.filed } else { at };
    let memory = if is_fresh(plot) { Memory::Clock } else { Memory::Paper };
    chronicle.when(instant, memory)
}

/// Whether the case waits for a visit just now: then everything about it is written down at once.
fn is_fresh(plot: Plot) -> bool {
    matches!(plot.visit, Some(VisitFate::OpenNow | VisitFate::ApprovedNow))
}

/// Files the complaint.
pub(super) fn file(chronicle: &mut Chronicle<'_>, setting: &Setting, plot: Plot, filed: When) -> Option<()> {
    let channel = chronicle.code(filed, CHANNELS)?;
    let incident_at = chronicle.chance.yes(90).then(|| chronicle.when(setting.incident, Memory::Recollection).told);
    let forms = distinct(chronicle, filed, forms_of(setting.scene.theme), 3);
    let purposes = distinct(chronicle, filed, purposes_of(setting.scene.theme), 2);
    let allegation = narrative::allegation(chronicle, setting, filed, &forms)?;
    let (sex, age_band) = setting.victim;
    let file = File {
        channel,
        region: setting.region.clone(),
        kind_of_place: chronicle.exact(filed, setting.scene.kind),
        place: setting.place.clone(),
        agency: setting.agency.clone(),
        incident_at,
        context: chronicle.code(filed, setting.scene.contexts),
        sex: chronicle.exact(filed, sex),
        age_band: chronicle.exact(filed, age_band),
        forms,
        purposes,
        allegation,
        remarks: None,
    };
    let telling = if is_fresh(plot) || chronicle.chance.yes(60) { Telling::AtOnce } else { Telling::InDueCourse };
    chronicle.add(Happening::Investigation(InvestigationStep::File(file)), filed, telling);
    if chronicle.chance.yes(40) {
        became_known(chronicle, setting, filed);
    }
    Some(())
}

/// Somebody knew of it before the complaint was filed.
fn became_known(chronicle: &mut Chronicle<'_>, setting: &Setting, filed: When) {
    let minutes = (filed.instant - setting.incident).num_minutes();
    let instant = filed.instant - TimeDelta::minutes(chronicle.chance.between(0, minutes));
    let when = chronicle.when(instant, Memory::Recollection);
    let agency = if chronicle.chance.yes(55) { chronicle.code(when, LEARNT_FROM) } else { None };
    let learnt = LearnOfAllegation { agency, remarks: None };
    chronicle.add(Happening::Fact(Fact::LearnOfAllegation(learnt)), when, Telling::AtOnce);
}

/// One to so many different codes.
fn distinct<L: CodeList>(chronicle: &mut Chronicle<'_>, filed: When, choices: Weighted, most: i64) -> Vec<CodeIn<L>> {
    let mut codes: Vec<CodeIn<L>> = Vec::new();
    for _ in 0..chronicle.chance.between(1, most) {
        codes.extend(chronicle.code(filed, choices).filter(|code| !codes.contains(code)));
    }
    codes
}

fn forms_of(theme: Theme) -> Weighted {
    match theme {
        Theme::Police | Theme::Remand => &[
            (40, "beating"),
            (18, "threat"),
            (14, "incommunicado"),
            (12, "asphyxiation"),
            (12, "restraint"),
            (10, "threat_family"),
            (10, "humiliation"),
            (8, "denial_medical_care"),
            (7, "electric_shock"),
            (6, "sleep_deprivation"),
            (6, "positional"),
            (3, "sexual_violence"),
            (3, "suspension"),
            (2, "falanga"),
        ],
        Theme::Prison => &[
            (32, "beating"),
            (18, "denial_medical_care"),
            (18, "solitary_confinement"),
            (14, "inhuman_conditions"),
            (12, "humiliation"),
            (10, "unlawful_search"),
            (10, "threat"),
            (7, "restraint"),
            (6, "temperature_noise_light"),
        ],
        Theme::Army => &[(45, "beating"), (30, "humiliation"), (15, "threat"), (10, "denial_medical_care")],
        Theme::Care => &[
            (22, "restraint"),
            (18, "forced_medication"),
            (16, "beating"),
            (14, "humiliation"),
            (10, "denial_medical_care"),
            (10, "inhuman_conditions"),
            (8, "solitary_confinement"),
            (6, "food_water_deprivation"),
        ],
        Theme::Removal => &[(30, "threat"), (25, "inhuman_conditions"), (20, "incommunicado"), (15, "beating")],
        Theme::Assembly => {
            &[(45, "excessive_force_arrest"), (25, "beating"), (15, "verbal_abuse"), (10, "chemical"), (8, "restraint")]
        }
        Theme::Encounter => &[(45, "excessive_force_arrest"), (28, "beating"), (17, "verbal_abuse"), (10, "threat")],
        Theme::Trafficking => &[(35, "threat"), (25, "beating"), (20, "humiliation"), (12, "sexual_violence")],
    }
}

fn purposes_of(theme: Theme) -> Weighted {
    match theme {
        Theme::Police | Theme::Remand => {
            &[(60, "confession"), (15, "information"), (10, "intimidation"), (8, "punishment"), (4, "unknown")]
        }
        Theme::Prison => &[(50, "punishment"), (35, "intimidation"), (8, "coercion_third_person"), (7, "unknown")],
        Theme::Army | Theme::Assembly | Theme::Encounter => {
            &[(50, "intimidation"), (35, "punishment"), (15, "discrimination")]
        }
        Theme::Care => &[(45, "punishment"), (30, "discrimination"), (25, "unknown")],
        Theme::Removal | Theme::Trafficking => &[(55, "intimidation"), (45, "discrimination")],
    }
}
