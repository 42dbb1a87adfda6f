//! Where a case is set: the kind of place, the region, the people complained of, and how slowly
//! the authorities there answer.

use chrono::{DateTime, Utc};

use super::chance::wait;
use super::chronicle::{Chronicle, Weighted, When};
use super::plot::{Ending, Plot, VisitFate};
use crate::domain::code::{CodeIn, ListName, list};

/// What a story is about; its words and its likely facts follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Theme {
    /// Police offices and cells.
    Police,
    /// Pre-trial detention.
    Remand,
    /// Serving a sentence.
    Prison,
    /// Military service.
    Army,
    /// Care institutions and hospitals.
    Care,
    /// Leaving the country against one's will.
    Removal,
    /// A peaceful assembly.
    Assembly,
    /// A street, or a home that is searched.
    Encounter,
    /// Trafficking in persons.
    Trafficking,
}

impl Theme {
    /// Whether the person is held when the complaint is filed.
    pub fn is_held(self) -> bool {
        !matches!(self, Self::Assembly | Self::Encounter | Self::Trafficking)
    }
}

/// Who is met there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// Adults, mostly men.
    Adults,
    /// Women.
    Women,
    /// Boys of 14 to 17.
    Boys,
    /// Children.
    Children,
    /// Conscripts.
    YoungMen,
    /// Old people.
    Elderly,
}

/// A kind of place with what usually goes with it.
#[derive(Debug)]
pub(super) struct Scene {
    weight: u32,
    /// The code of the kind of place.
    pub kind: &'static str,
    /// What the story is about.
    pub theme: Theme,
    /// Who is met there.
    pub who: Who,
    /// The circumstances.
    pub contexts: Weighted,
    /// The agencies complained of.
    pub agencies: Weighted,
    /// How many times as long as elsewhere the authorities take.
    pace: f64,
}

const fn scene(weight: u32, kind: &'static str, theme: Theme, contexts: Weighted, agencies: Weighted) -> Scene {
    Scene { weight, kind, theme, who: Who::Adults, contexts, agencies, pace: 1.0 }
}

impl Scene {
    const fn of(self, who: Who) -> Self {
        Self { who, ..self }
    }

    const fn at_pace(self, pace: f64) -> Self {
        Self { pace, ..self }
    }
}

const POLICE: Weighted = &[(45, "police_operational"), (35, "police_local"), (20, "police_investigation")];
const OFFICERS: Weighted = &[(70, "police_local"), (30, "national_guard")];
const TRAFFICKERS: Weighted = &[(70, "private_actor"), (30, "police_local")];
const PRISON: Weighted = &[(85, "penitentiary_institution"), (15, "kuis")];
const QUESTIONED: Weighted = &[(60, "interrogation"), (25, "arrest"), (15, "police_custody")];
const SERVING: Weighted = &[(92, "prison"), (8, "transfer")];

static SCENES: [Scene; 25] = [
    scene(25, "police_office", Theme::Police, QUESTIONED, POLICE),
    scene(14, "temporary_detention", Theme::Police, &[(70, "police_custody"), (30, "interrogation")], POLICE)
        .at_pace(0.8),
    scene(2, "police_special_room", Theme::Police, &[(1, "police_custody")], POLICE),
    scene(3, "administrative_detention", Theme::Police, &[(50, "public_assembly"), (50, "police_custody")], POLICE),
    scene(14, "pre_trial_detention", Theme::Remand, &[(90, "pre_trial_detention"), (10, "interrogation")], PRISON)
        .at_pace(1.1),
    scene(3, "knb_detention", Theme::Remand, &[(60, "interrogation"), (40, "pre_trial_detention")], &[(1, "knb")])
        .at_pace(2.0),
    scene(11, "penal_colony_medium", Theme::Prison, SERVING, PRISON).at_pace(1.3),
    scene(5, "penal_colony_maximum", Theme::Prison, SERVING, PRISON).at_pace(1.5),
    scene(3, "prison", Theme::Prison, SERVING, PRISON).at_pace(1.4),
    scene(3, "penal_colony_women", Theme::Prison, SERVING, PRISON).of(Who::Women).at_pace(1.2),
    scene(1, "penal_colony_juvenile", Theme::Prison, SERVING, PRISON).of(Who::Boys),
    scene(5, "military_unit", Theme::Army, &[(1, "army")], &[(75, "military_command"), (25, "national_guard")])
        .of(Who::YoungMen)
        .at_pace(1.6),
    scene(1, "military_guardhouse", Theme::Army, &[(1, "army")], &[(1, "military_police")])
        .of(Who::YoungMen)
        .at_pace(1.4),
    scene(2, "psychiatric_hospital", Theme::Care, &[(1, "psychiatric")], &[(1, "health_institution")]).at_pace(1.2),
    scene(1, "psychiatric_intensive", Theme::Care, &[(1, "psychiatric")], &[(1, "health_institution")]).at_pace(1.4),
    scene(2, "orphanage", Theme::Care, &[(1, "care_institution")], &[(1, "education_institution")])
        .of(Who::Children)
        .at_pace(0.7),
    scene(1, "special_education", Theme::Care, &[(1, "care_institution")], &[(1, "education_institution")])
        .of(Who::Boys)
        .at_pace(0.7),
    scene(2, "nursing_home", Theme::Care, &[(1, "care_institution")], &[(1, "social_institution")]).of(Who::Elderly),
    scene(2, "migration_detention", Theme::Removal, &[(1, "expulsion")], &[(70, "police_regional"), (30, "mvd")]),
    scene(1, "border_transit", Theme::Removal, &[(1, "expulsion")], &[(1, "border_service")]),
    scene(3, "public_place", Theme::Assembly, &[(1, "public_assembly")], OFFICERS),
    scene(3, "public_place", Theme::Encounter, &[(1, "street")], &[(1, "police_local")]),
    scene(2, "private_home", Theme::Encounter, &[(1, "home_search")], POLICE),
    scene(2, "private_home", Theme::Trafficking, &[(1, "trafficking")], TRAFFICKERS).of(Who::Women),
    scene(1, "transport_escort", Theme::Remand, &[(1, "transfer")], &[(1, "national_guard")]),
];

/// Regions by weight, with how many times as long as elsewhere the authorities take. A region that
/// was divided and what came of it stand side by side: the day decides.
const REGIONS: [(u32, &str, f64); 25] = [
    (15, "almaty_city", 0.8),
    (9, "astana", 0.7),
    (6, "shymkent", 1.0),
    (6, "turkistan", 1.2),
    (8, "south_kazakhstan_until_2018", 1.2),
    (10, "karaganda_until_2022", 1.4),
    (8, "karaganda", 1.4),
    (2, "ulytau", 1.6),
    (8, "east_kazakhstan_until_2022", 1.0),
    (5, "east_kazakhstan", 1.0),
    (3, "abai", 1.1),
    (7, "almaty_region_until_2022", 1.0),
    (5, "almaty_region", 1.0),
    (3, "zhetysu", 1.2),
    (6, "pavlodar", 0.8),
    (6, "kostanay", 0.9),
    (5, "akmola", 1.1),
    (5, "zhambyl", 1.3),
    (4, "aktobe", 1.0),
    (4, "mangystau", 1.7),
    (3, "atyrau", 1.3),
    (3, "kyzylorda", 1.2),
    (3, "west_kazakhstan", 1.0),
    (3, "north_kazakhstan", 0.8),
    (1, "unknown", 1.0),
];

/// Where a case is set.
#[derive(Debug)]
pub(super) struct Setting {
    /// The kind of place, with what goes with it.
    pub scene: &'static Scene,
    /// The region.
    pub region: Option<CodeIn<list::Region>>,
    /// The place on the list.
    pub place: Option<CodeIn<list::Place>>,
    /// The agency complained of.
    pub agency: Option<CodeIn<list::Agency>>,
    /// The alleged victim's sex and age band, by code.
    pub victim: (&'static str, &'static str),
    /// When it happened.
    pub incident: DateTime<Utc>,
    /// Whether the person died in custody before the complaint.
    pub dead: bool,
    /// How many times as long as elsewhere the authorities take.
    pub pace: f64,
}

impl Setting {
    /// Draws the setting of a case that is filed at that time.
    pub fn draw(chronicle: &mut Chronicle<'_>, plot: Plot, filed: When) -> Self {
        let scene = draw_scene(chronicle, plot, filed);
        let region = chronicle.code::<list::Region>(filed, &REGIONS.map(|(weight, code, _)| (weight, code)));
        let here =
            |(_, code, _): &&(u32, &str, f64)| region.as_ref().is_some_and(|region| region.code().as_str() == *code);
        let slowness = REGIONS.iter().find(here).map_or(1.0, |(_, _, pace)| *pace);
        let place = draw_place(chronicle, scene, region.as_ref(), filed);
        let agency = chronicle.code(filed, scene.agencies);
        let victim = draw_victim(chronicle, scene.who);
        let ago = if scene.theme == Theme::Prison { wait(24.0, 1.0) } else { wait(6.0, 1.2) };
        let incident = filed.instant - chronicle.chance.lasts(ago);
        let held = scene.theme.is_held() && scene.theme != Theme::Removal;
        let may_be_dead = held && plot.visit.is_none() && plot.ending != Ending::Withdrawn;
        let dead = may_be_dead && chronicle.chance.yes(4);
        Self { scene, region, place, agency, victim, incident, dead, pace: slowness * scene.pace }
    }

    /// The agency complained of, by code.
    pub fn agency_code(&self) -> &str {
        self.agency.as_ref().map_or("unknown", |agency| agency.code().as_str())
    }
}

/// Urgent visits are mostly, but not always, asked for where the mandate reaches.
fn draw_scene(chronicle: &mut Chronicle<'_>, plot: Plot, filed: When) -> &'static Scene {
    let mut drawn = any_scene(chronicle);
    for _ in 0..40 {
        let covered = chronicle.exact::<list::KindOfPlace>(filed, drawn.kind).is_some_and(|kind| {
            chronicle.entry(&kind, filed).and_then(|entry| entry.attributes.get("npm_coverage")).map(String::as_str)
                == Some("covered")
        });
        let fits = match plot.visit {
            None => true,
            Some(VisitFate::Refused | VisitFate::NeverAnswered) => covered || chronicle.chance.yes(60),
            Some(_) => covered,
        };
        if fits {
            break;
        }
        drawn = any_scene(chronicle);
    }
    drawn
}

fn any_scene(chronicle: &mut Chronicle<'_>) -> &'static Scene {
    let weighted: Vec<(u32, &'static Scene)> = SCENES.iter().map(|scene| (scene.weight, scene)).collect();
    chronicle.chance.weigh_any(&weighted).unwrap_or(&SCENES[0])
}

/// A place of this kind in this region, where the list has one; not every complaint names it.
fn draw_place(
    chronicle: &mut Chronicle<'_>,
    scene: &Scene,
    region: Option<&CodeIn<list::Region>>,
    filed: When,
) -> Option<CodeIn<list::Place>> {
    let region = region?.code().as_str();
    let there: Vec<_> = chronicle
        .valid_entries(ListName::Place, filed)
        .filter(|entry| entry.parent.as_ref().is_some_and(|kind| kind.as_str() == scene.kind))
        .filter(|entry| entry.attributes.get("region").is_some_and(|of| of == region))
        .map(|entry| (1, &entry.code))
        .collect();
    let named = chronicle.chance.yes(80);
    chronicle.chance.weigh_any(&there).filter(|_| named).cloned().map(CodeIn::new)
}

fn draw_victim(chronicle: &mut Chronicle<'_>, who: Who) -> (&'static str, &'static str) {
    let chance = &mut chronicle.chance;
    let adult = chance.weigh(&[
        (24, "18_24"),
        (34, "25_34"),
        (22, "35_44"),
        (12, "45_59"),
        (3, "60_plus"),
        (3, "14_17"),
        (2, "unknown"),
    ]);
    match who {
        Who::Adults => (chance.weigh(&[(86, "male"), (13, "female"), (1, "unknown")]), adult),
        Who::Women => ("female", if adult == "14_17" { "18_24" } else { adult }),
        Who::Boys => ("male", "14_17"),
        Who::Children => (chance.pick(&["male", "female"]), chance.weigh(&[(60, "under_14"), (40, "14_17")])),
        Who::YoungMen => ("male", "18_24"),
        Who::Elderly => (chance.weigh(&[(45, "male"), (55, "female")]), "60_plus"),
    }
}
