//! The office of the random life: what happens to its cases, each time beside the model.

use std::collections::BTreeSet;
use std::sync::Arc;

use aiqyn::access::role::{OrganisationKind, Role};
use aiqyn::domain::id::{CaseVersion, EventId};
use aiqyn::services::{AddEvent, Caller, CaseName, FileComplaint, ServiceError, Services, Written};
use aiqyn::vault::KeyRing;

use crate::model::{CaseFile, Member, Office, Org, Visit};
use crate::rows_at_rest::{AtRest, StolenKey};
use crate::support::Backend;
use crate::support::app::{SettableClock, USUAL_NOW};
use crate::support::chance::Chance;
use crate::support::staff::Organisation;

/// The Ombudsman's office.
pub const OFFICE: Org = 3;

const NGO: &[Role] = &[Role::Caseworker, Role::IntakeOfficer, Role::Analyst];
const NPM: &[Role] = &[Role::NpmMember, Role::Auditor];
const OMBUDSMAN: &[Role] = &[Role::Approver, Role::Analyst];

/// Whoever had a session in an organisation once, and keeps every key that they see.
#[derive(Clone)]
pub struct Thief {
    pub key: StolenKey,
    pub rings: Vec<KeyRing>,
}

/// A thief whose organisation has rotated its key, with the number of texts that there were by then.
pub struct ShutOut {
    pub org: Org,
    pub thief: Thief,
    pub texts: usize,
}

pub struct World {
    pub services: Services,
    pub at_rest: AtRest,
    pub offices: Vec<Office>,
    pub members: Vec<Member>,
    pub cases: Vec<CaseFile>,
    pub thieves: Vec<Thief>,
    /// Those who have been shut out by a rotation.
    pub shut_out: Vec<ShutOut>,
    done: BTreeSet<&'static str>,
    pub texts: usize,
}

impl World {
    pub fn on(backend: &Backend) -> Self {
        let services = Services::open(&backend.url, Arc::new(SettableClock::at(USUAL_NOW))).unwrap();
        services.migrate().unwrap();
        let first = Organisation::of(&services.set_up("Қадір-қасиет", "administrator").unwrap().organisation);
        let added = |name, kind| Organisation::added(&services, name, kind);
        let made = [
            (first, NGO),
            (added("Другая", OrganisationKind::Ngo), NGO),
            (added("НПМ", OrganisationKind::Npm), NPM),
            (added("Омбудсман", OrganisationKind::Ombudsman), OMBUDSMAN),
        ];
        let office = |(made, roles): (Organisation, &'static [Role])| Office {
            id: made.id,
            recovery_key: made.recovery_key,
            roles,
        };
        let offices: Vec<Office> = made.into_iter().map(office).collect();
        let mut world = Self {
            services,
            at_rest: AtRest::of(&backend.url),
            offices,
            members: Vec::new(),
            cases: Vec::new(),
            thieves: Vec::new(),
            shut_out: Vec::new(),
            done: BTreeSet::new(),
            texts: 0,
        };
        world.is_staffed();
        for org in 0..world.offices.len() {
            let key = world.steals_a_key(org);
            world.thieves.push(Thief { key, rings: Vec::new() });
        }
        world
    }

    /// One of the things that may happen does.
    pub fn does_something(&mut self, chance: &mut Chance) {
        let case = if self.cases.is_empty() { None } else { Some(chance.below(self.cases.len())) };
        let what = chance.below(22);
        let (Some(case), true) = (case, self.cases.len() >= 2) else { return self.files(chance) };
        match what {
            0 if self.cases.len() < 6 => self.files(chance),
            0..=3 => self.writes_a_note(chance, case),
            4 => self.corrects_a_note(chance, case),
            5..=7 => self.moves_the_visit_on(chance, case),
            8..=11 => self.shares(chance, case),
            12..=13 => self.ends_a_share(chance, case),
            14 if chance.below(4) == 0 => self.erases(chance, case),
            other => self.changes_members(chance, other),
        }
    }

    /// That something has come about, so that a life in which little did does not pass for a test.
    pub fn has_done(&mut self, what: &'static str) {
        println!("{what}");
        self.done.insert(what);
    }

    /// Everything that this is about came about.
    pub fn has_lived(&self) {
        for what in ["filed", "noted", "shared", "share ended", "key rotated", "admitted", "invited anew", "requested"]
        {
            assert!(self.done.contains(what), "never {what}: {:?}", self.done);
        }
    }

    fn new_text(&mut self) -> String {
        self.texts += 1;
        numbered(self.texts)
    }

    fn files(&mut self, chance: &mut Chance) {
        let may = |member: &Member| matches!(member.role, Role::Caseworker | Role::IntakeOfficer | Role::NpmMember);
        let Some(member) = self.somebody(chance, may) else { return };
        let (text, caller) = (self.new_text(), self.caller(member));
        let fields = fields(&[("channel", "hotline"), ("occurred_at", "2026-06-01"), ("allegation", &text)]);
        let filed = self.services.file_complaint(&caller, &FileComplaint { fields, ..FileComplaint::default() });
        let mut case = CaseFile::new(filed.unwrap().case, self.members[member].org);
        case.is_told(text, None, OFFICE);
        self.cases.push(case);
        self.has_done("filed");
    }

    fn adds(&self, member: usize, case: usize, told: &[(&str, &str)]) -> Result<Written, ServiceError> {
        let caller = self.caller_of(member);
        let told = [told, &[("occurred_at", "2026-06-02")]].concat();
        match told.iter().any(|(name, _)| *name == "corrects") {
            true => self.services.correct_event(&caller, &self.event(case, &told)),
            false => self.services.record_event(&caller, &self.event(case, &told)),
        }
    }

    fn event(&self, case: usize, told: &[(&str, &str)]) -> AddEvent {
        let case = self.cases[case].id;
        let seen = CaseVersion(self.at_rest.version(case));
        AddEvent { case: CaseName::Id(case), seen, fields: fields(told), idempotency: None }
    }

    /// Holds what came of a write of texts against what may come of it; the event where it was written.
    fn written(&mut self, may: bool, case: usize, result: Result<Written, ServiceError>) -> Option<EventId> {
        match result {
            Ok(written) => {
                assert!(may && !self.cases[case].erased);
                Some(written.event)
            }
            Err(ServiceError::Erased) => {
                assert!(may && self.cases[case].erased);
                None
            }
            Err(ServiceError::Denied(_) | ServiceError::NotFound) => {
                assert!(!may);
                None
            }
            Err(other) => panic!("{other}"),
        }
    }

    fn writes_a_note(&mut self, chance: &mut Chance, case: usize) {
        let Some(member) = self.somebody_for(chance, case, |member, case| member.may_view(case)) else { return };
        let (text, may) = (self.new_text(), self.members[member].may_view(&self.cases[case]));
        self.caller(member);
        let result = self.adds(member, case, &[("kind", "note"), ("text", &text)]);
        if let Some(event) = self.written(may, case, result) {
            self.cases[case].is_told(text, None, OFFICE);
            self.cases[case].notes.push(event);
            self.has_done("noted");
        }
    }

    fn corrects_a_note(&mut self, chance: &mut Chance, case: usize) {
        let may = |member: &Member, case: &CaseFile| member.may_view(case) && member.role != Role::IntakeOfficer;
        let Some(member) = self.somebody_for(chance, case, may) else { return };
        let Some(note) = self.cases[case].notes.last().copied() else { return };
        let may = may(&self.members[member], &self.cases[case]);
        let (text, why, corrects) = (self.new_text(), self.new_text(), note.to_string());
        self.caller(member);
        let told = [("kind", "note"), ("text", text.as_str()), ("why", &why), ("corrects", &corrects)];
        let result = self.adds(member, case, &told);
        if let Some(event) = self.written(may, case, result) {
            let file = &mut self.cases[case];
            file.notes.pop();
            file.notes.push(event);
            file.is_told(text, None, OFFICE);
            file.is_told(why, None, OFFICE);
            self.has_done("corrected");
        }
    }

    fn moves_the_visit_on(&mut self, chance: &mut Chance, case: usize) {
        let approves = chance.below(2) == 0;
        let text = self.new_text();
        let visit = self.cases[case].visit;
        let by_the_case = |member: &Member, case: &CaseFile| {
            let roles = [Role::Caseworker, Role::NpmMember].contains(&member.role);
            roles && case.belongs_or_is_shared_with(member.org)
        };
        let answers = |member: &Member, _: &CaseFile| member.role == Role::Approver;
        let may: &dyn Fn(&Member, &CaseFile) -> bool =
            if matches!(visit, Visit::Requested(_)) { &answers } else { &by_the_case };
        let Some(member) = self.somebody_for(chance, case, may) else { return };
        let may = may(&self.members[member], &self.cases[case]);
        let caller = self.caller(member);
        let evidence = [("kind_of_place", "pre_trial_detention"), ("place", "sizo_almaty"), ("evidence", "oral")];
        let (result, request) = match visit {
            Visit::None => {
                let told = [&[("kind", "request_visit"), ("urgency", text.as_str())], &evidence[..]].concat();
                (self.adds(member, case, &told), None)
            }
            Visit::Requested(request) => {
                let told: &[(&str, &str)] = match approves {
                    true => &[("kind", "approve_visit"), ("approving_body", "ombudsman"), ("remarks", &text)],
                    false => &[
                        ("kind", "refuse_visit"),
                        ("refusing_body", "ombudsman"),
                        ("ground", "mere_suspicion"),
                        ("remarks", &text),
                    ],
                };
                let answer = self.event(case, &[told, &[("occurred_at", "2026-06-02")]].concat());
                (self.services.answer_request(&caller, request, &answer), Some(request))
            }
            Visit::Approved => {
                let told = [("kind", "carry_out_visit"), ("announced", "no"), ("private_interview", "yes")];
                (self.adds(member, case, &[&told[..], &[("findings", &text)]].concat()), None)
            }
        };
        let Some(event) = self.written(may, case, result) else { return };
        let file = &mut self.cases[case];
        let (next, scope, what) = match visit {
            Visit::None => (Visit::Requested(event), Some(event), "requested"),
            Visit::Requested(_) if approves => (Visit::Approved, request, "approved"),
            Visit::Requested(_) => (Visit::None, request, "refused"),
            Visit::Approved => (Visit::None, None, "visited"),
        };
        file.visit = next;
        file.is_told(text, scope, OFFICE);
        if visit == Visit::None {
            file.requests.push(event);
        }
        self.has_done(what);
    }

    fn shares(&mut self, chance: &mut Chance, case: usize) {
        let owns = |member: &Member, case: &CaseFile| member.role == Role::Caseworker && case.owner == member.org;
        let Some(member) = self.somebody_for(chance, case, owns) else { return };
        let may = owns(&self.members[member], &self.cases[case]);
        let with = chance.below(OFFICE + 1);
        let (caller, name) = (self.caller(member), CaseName::Id(self.cases[case].id));
        let result = self.services.share_case(&caller, name, self.offices[with].id);
        let (file, admitted) = (&mut self.cases[case], self.members[member].admitted);
        let sensible = with != file.owner && with != OFFICE;
        match result {
            Ok(_) if file.shared_with.contains(&with) => assert!(may),
            Ok(_) => {
                assert!(may && sensible && admitted && !file.erased);
                file.is_shared_with(with);
                self.has_done("shared");
            }
            Err(ServiceError::Invalid(_)) => assert!(may && !sensible),
            Err(ServiceError::Erased) => assert!(may && file.erased),
            Err(ServiceError::NoKey) => assert!(may && !admitted),
            Err(ServiceError::Denied(_) | ServiceError::NotFound) => assert!(!may),
            Err(other) => panic!("{other}"),
        }
    }

    fn ends_a_share(&mut self, chance: &mut Chance, case: usize) {
        let owns = |member: &Member, case: &CaseFile| member.role == Role::Caseworker && case.owner == member.org;
        let Some(member) = self.somebody_for(chance, case, owns) else { return };
        let may = owns(&self.members[member], &self.cases[case]);
        let file = &self.cases[case];
        let shared: Vec<Org> = file.shared_with.iter().copied().collect();
        let with = if shared.is_empty() { chance.below(self.offices.len()) } else { *chance.one_of(&shared) };
        let (name, caller) = (CaseName::Id(file.id), self.caller(member));
        match self.services.end_share(&caller, name, self.offices[with].id) {
            Ok(()) => {
                assert!(may && shared.contains(&with));
                self.cases[case].is_no_longer_shared_with(with);
                self.has_done("share ended");
            }
            Err(ServiceError::NoKey) => assert!(may && !self.members[member].admitted),
            Err(ServiceError::NotFound) => assert!(!may || !shared.contains(&with)),
            Err(ServiceError::Denied(_)) => assert!(!may),
            Err(other) => panic!("{other}"),
        }
    }

    fn erases(&mut self, chance: &mut Chance, case: usize) {
        let owns = |member: &Member, case: &CaseFile| member.role == Role::Caseworker && case.owner == member.org;
        let Some(member) = self.somebody_for(chance, case, owns) else { return };
        let may = owns(&self.members[member], &self.cases[case]);
        let (name, caller) = (CaseName::Id(self.cases[case].id), self.caller(member));
        match self.services.erase_case(&caller, name) {
            Ok(()) => {
                assert!(may && !self.cases[case].erased);
                self.cases[case].is_erased();
                self.has_done("erased");
            }
            Err(ServiceError::Erased) => assert!(may && self.cases[case].erased),
            Err(ServiceError::NoKey) => assert!(may && !self.members[member].admitted),
            Err(ServiceError::Denied(_) | ServiceError::NotFound) => assert!(!may),
            Err(other) => panic!("{other}"),
        }
    }

    /// A member who has signed in.
    pub fn caller(&mut self, member: usize) -> Caller {
        self.is_signed_in(member);
        self.caller_of(member)
    }

    fn caller_of(&self, member: usize) -> Caller {
        self.services.authenticate(self.members[member].session.as_ref()).unwrap()
    }
}

pub fn numbered(text: usize) -> String {
    format!("мәтін № {text}")
}

fn fields(told: &[(&str, &str)]) -> Vec<(String, String)> {
    told.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}
