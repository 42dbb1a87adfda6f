//! The parts of a case's page: what it waits for, what may be done, the two tracks, the facts, the documents.

use crate::access::permission::Action;
use crate::domain::deadline::Wait;
use crate::domain::escalation::Escalations;
use crate::domain::event::{Happening, HappeningKind};
use crate::domain::fact::FactKind;
use crate::domain::id::EventId;
use crate::domain::visit::VisitStep;
use crate::i18n::{Language, labels, text};
use crate::services::{Caller, CaseView, DocumentView, EventView, ServiceError, Services};
use crate::web::pages::naming::Naming;
use crate::web::pages::spans::{Due, due, level_in_words, since};
use crate::web::pages::telling::{Told, tell};

/// Something that the case waits for.
pub struct WaitLine {
    pub label: String,
    /// For how long, and since when.
    pub waited: String,
    pub due: Option<Due>,
    /// How far its delay has escalated, and what is to be done.
    pub level: Option<String>,
}

impl WaitLine {
    pub fn of(naming: &Naming, escalations: &Escalations, view: &CaseView, wait: &Wait) -> Self {
        let zone = view.case.zone();
        let visit = wait.request.and_then(|request| view.case.visits().iter().find(|visit| visit.request == request));
        let of_complaint = || Some(view.case.complaint()?.1.kind_of_place.as_ref()?.code().as_str());
        let kind = visit.map(|visit| visit.requested.kind_of_place.code().as_str()).or_else(of_complaint);
        Self {
            label: labels::of(naming.language, wait.step),
            waited: text(
                naming.language,
                "case-waiting",
                &[
                    ("span", since(naming.language, wait.since, zone, naming.now).into()),
                    ("time", naming.time(wait.since, zone).into()),
                ],
            ),
            due: wait.due_at.map(|at| due(naming.language, at, naming.now)),
            level: wait.due_at.and_then(|due_at| {
                let level = escalations.level(wait.step, kind, due_at, naming.now)?;
                Some(level_in_words(naming.language, level))
            }),
        }
    }
}

/// What may be recorded now: each word with its label.
pub struct Actions {
    pub investigation: Vec<(&'static str, String)>,
    pub visit: Vec<(&'static str, String)>,
    pub facts: Vec<(&'static str, String)>,
}

impl Actions {
    pub fn of(language: Language, offered: &[HappeningKind]) -> Self {
        let of = |wanted: fn(&HappeningKind) -> bool| {
            let kinds = offered.iter().filter(|kind| wanted(kind));
            kinds.map(|kind| (kind.as_str(), labels::label(language, "do", kind.as_str()))).collect()
        };
        Self {
            investigation: of(|kind| matches!(kind, HappeningKind::Investigation(_))),
            visit: of(|kind| matches!(kind, HappeningKind::Visit(_))),
            facts: of(|kind| matches!(kind, HappeningKind::Fact(_))),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.investigation.is_empty() && self.visit.is_empty() && self.facts.is_empty()
    }
}

/// The steps of one of the two regions, in the order in which they happened.
pub struct Track {
    pub stops: Vec<Stop>,
}

/// A step on its track.
pub struct Stop {
    pub told: Told,
    /// How many days after the step before.
    pub after: Option<String>,
    /// The request that it begins, with its own page.
    pub request: Option<EventId>,
    /// Whether it is told in full here: the complaint itself has a section of its own.
    pub has_details: bool,
}

impl Track {
    /// What the authorities did with the complaint.
    pub fn of_investigation(naming: &Naming, view: &CaseView) -> Self {
        Self::of(naming, view, |happening| matches!(happening, Happening::Investigation(_)))
    }

    /// What became of the urgent visits.
    pub fn of_visits(naming: &Naming, view: &CaseView) -> Self {
        Self::of(naming, view, |happening| matches!(happening, Happening::Visit(_)))
    }

    fn of(naming: &Naming, view: &CaseView, is_on_it: fn(&Happening) -> bool) -> Self {
        let zone = view.case.zone();
        let mut stops: Vec<Stop> = Vec::new();
        let mut before = None;
        for event in view.case.steps() {
            if !event.entry.happening().is_some_and(is_on_it) {
                continue;
            }
            let known = view.steps.iter().chain(&view.complaint).find(|step| step.event.id == event.id);
            let Some(step) = known else { continue };
            let days = before.and_then(|before| crate::domain::time::Delay::between(before, event.occurred_at, zone));
            before = Some(event.occurred_at);
            stops.push(Stop {
                told: tell(naming, step, zone),
                after: days.map(|delay| after(naming.language, delay)),
                request: request_of(view, step),
                has_details: view.complaint.as_ref().is_none_or(|complaint| complaint.event.id != event.id),
            });
        }
        Self { stops }
    }
}

fn after(language: Language, delay: crate::domain::time::Delay) -> String {
    let span = crate::web::pages::spans::span(language, chrono::TimeDelta::minutes(delay.minutes()));
    text(language, "case-after", &[("span", span.into())])
}

fn request_of(view: &CaseView, step: &EventView) -> Option<EventId> {
    let Some(Happening::Visit(VisitStep::RequestVisit(_))) = &step.happening else { return None };
    let effective = view.case.effective().find(|effective| effective.event.id == step.event.id)?;
    Some(effective.root)
}

/// The facts beside the two tracks, by what they are about.
pub struct Facts {
    pub groups: Vec<FactGroup>,
}

/// Facts of a kind.
pub struct FactGroup {
    /// The identifier of its heading.
    pub id: &'static str,
    pub heading: String,
    pub facts: Vec<Told>,
}

/// In which order the groups stand, and which kinds belong to each.
const GROUPS: &[(&str, &[FactKind])] = &[
    ("people", &[FactKind::Person]),
    ("first-hours", &[FactKind::LearnOfAllegation, FactKind::Safeguard]),
    ("examinations", &[FactKind::MedicalExamination, FactKind::CustodyIncident]),
    ("reprisals", &[FactKind::Reprisal]),
    ("legal", &[FactKind::CourtMotion, FactKind::ReparationClaim, FactKind::ExpulsionProceeding]),
    ("notes", &[FactKind::Note, FactKind::EndOfFollowUp]),
];

impl Facts {
    pub fn of(naming: &Naming, view: &CaseView) -> Self {
        let zone = view.case.zone();
        let group = |(id, kinds): &(&'static str, &[FactKind])| {
            let is_of_it = |fact: &&EventView| match fact.happening.as_ref().map(Happening::kind) {
                Some(HappeningKind::Fact(kind)) => kinds.contains(&kind),
                _ => false,
            };
            FactGroup {
                id,
                heading: text(naming.language, &format!("case-{id}"), &[]),
                facts: view.facts.iter().filter(is_of_it).map(|fact| tell(naming, fact, zone)).collect(),
            }
        };
        let groups: Vec<FactGroup> = GROUPS.iter().map(group).filter(|group| !group.facts.is_empty()).collect();
        Self { groups }
    }
}

/// The documents of a case, and whether more may be added.
pub struct Documents {
    pub documents: Vec<DocumentLine>,
    pub may_add: bool,
}

/// A document in a line.
pub struct DocumentLine {
    pub id: String,
    /// Its name, where it has been opened.
    pub name: Option<String>,
    pub media_type: &'static str,
    pub size: String,
    pub added: String,
    pub is_active: bool,
}

impl Documents {
    /// Those of a case; their names are opened for whoever opens its texts.
    pub fn of(caller: &Caller, naming: &Naming, view: &CaseView, documents: &[DocumentView]) -> Self {
        let line = |document: &DocumentView| DocumentLine {
            id: document.id.to_string(),
            name: document.name.as_ref().map(|name| name.as_str().to_owned()),
            media_type: document.media_type.as_str(),
            size: size(naming.language, document.size),
            added: naming.instant(document.added_at, view.case.zone()),
            is_active: document.is_active(),
        };
        Self {
            documents: documents.iter().map(line).collect(),
            may_add: view.lets(caller, Action::AddDocument) && caller.vault().is_some(),
        }
    }
}

/// How large a document is: kilobytes are near enough.
fn size(language: Language, bytes: u64) -> String {
    format!("{} kB", language.count(bytes.div_ceil(1000)))
}

/// With whom a case is shared, and with whom it can be.
pub struct Sharing {
    pub shared: Vec<(String, String)>,
    pub others: Vec<(String, String)>,
}

impl Sharing {
    /// None for whoever may not share it.
    pub fn of(services: &Services, caller: &Caller, view: &CaseView) -> Result<Option<Self>, ServiceError> {
        if !view.lets(caller, Action::ShareCase) {
            return Ok(None);
        }
        let organisations = services.organisations(caller)?;
        let line = |organisation: &crate::services::OrganisationRecord| {
            (organisation.id.to_string(), organisation.name.clone())
        };
        let is_shared = |id| view.shared_with.contains(&id);
        let may_be = |organisation: &&crate::services::OrganisationRecord| {
            organisation.id != view.record.organisation
                && organisation.kind != crate::access::role::OrganisationKind::Ombudsman
                && !is_shared(organisation.id)
        };
        Ok(Some(Self {
            shared: organisations.iter().filter(|organisation| is_shared(organisation.id)).map(line).collect(),
            others: organisations.iter().filter(may_be).map(line).collect(),
        }))
    }
}
