//! Three organisations, everybody in every role, and four cases that differ in who may see them.

use aiqyn::access::permission::{Relation, Scope, Standing};
use aiqyn::access::role::{OrganisationKind, Role, Roles};
use aiqyn::domain::id::OrganisationId;
use aiqyn::services::{CaseName, Metadata, NewToken};
use aiqyn::vault::SessionSecret;

use crate::support::App;
use crate::support::http::Request;
use crate::support::staff::{Organisation, Person};

/// Where somebody works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Office {
    /// It owns the cases, and runs the installation.
    Owner,
    /// Some cases are shared with it.
    Other,
    /// It is given visit requests.
    Ombudsman,
}

/// Somebody with one role.
pub struct Visitor {
    pub office: Office,
    pub role: Role,
    pub person: Person,
    /// A browser's session, the proof of which is no longer fresh.
    pub session: SessionSecret,
    /// A token that may only read, and one for statistics only.
    narrow: [(Scope, String); 2],
}

/// A case of the owner's.
pub struct Target {
    pub case: String,
    pub shared: bool,
    pub visit: Option<String>,
    pub document: String,
}

/// An account that nobody uses: what happens to it hurts nobody.
pub struct Dummy {
    pub member: String,
    pub login: String,
}

pub struct World {
    pub app: App,
    pub other: Organisation,
    pub third: Organisation,
    pub ombudsman: Organisation,
    pub visitors: Vec<Visitor>,
    pub targets: Vec<Target>,
    pub dummies: [Dummy; 2],
}

/// How somebody proves who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum With {
    Session,
    /// A token that has every scope.
    BroadToken,
    /// A token that lacks this scope.
    TokenWithout(Option<Scope>),
}

impl Visitor {
    fn of(app: &App, organisation: &Organisation, office: Office, role: Role) -> Self {
        let login = format!("{office:?}-{role}").to_lowercase();
        let person = organisation.hires(&app.services, &login, &[role]);
        let session = person.signs_in(&app.services);
        let caller = app.services.authenticate(Some(&session)).unwrap();
        let narrow = [Scope::Read, Scope::Statistics].map(|scope| {
            let token = NewToken { name: "narrow".to_owned(), scopes: vec![scope], days: 30 };
            (scope, app.services.make_token(&caller, &token).unwrap().print().to_string())
        });
        Self { office, role, person, session, narrow }
    }

    pub fn name(&self) -> String {
        format!("{} of {:?}", self.role, self.office)
    }

    pub fn standing(&self) -> Standing {
        Standing::Member(Roles::new([self.role]).unwrap())
    }

    /// How they stand to a case.
    pub fn relation(&self, target: &Target) -> Relation {
        Relation::Case {
            owned: self.office == Office::Owner,
            shared: self.office == Office::Other && target.shared,
            visit_requested: target.visit.is_some(),
        }
    }

    /// How they stand to the visit request in a case.
    pub fn relation_to_request(&self, target: &Target) -> Relation {
        let readable = self.office == Office::Owner || (self.office == Office::Other && target.shared);
        Relation::Request { given: self.office == Office::Ombudsman, readable }
    }

    /// How they stand to one of the two organisations.
    pub fn relation_to_organisation(&self, office: Office) -> Relation {
        let runs_all = self.office == Office::Owner && self.role == Role::Administrator;
        Relation::Organisation { administered: self.office == office || runs_all }
    }

    /// Puts what they prove themselves with on a request.
    pub fn signs<'a>(&self, request: Request<'a>, with: With) -> Request<'a> {
        let bearer = |token: &str| format!("Bearer {token}");
        match with {
            With::Session => request
                .header("cookie", &format!("aiqyn={}", self.session.print().as_str()))
                .header("x-csrf-token", &self.session.form_token()),
            With::BroadToken => request.header("authorization", &bearer(&self.person.token)),
            With::TokenWithout(scope) => {
                let (_, token) = self.narrow.iter().find(|(narrow, _)| Some(*narrow) != scope).unwrap();
                request.header("authorization", &bearer(token))
            }
        }
    }
}

impl World {
    pub fn of(app: App) -> Self {
        let added = |name: &str, kind| Organisation::added(&app.services, name, kind);
        let other = added("Другая", OrganisationKind::Ngo);
        let third = added("Третья", OrganisationKind::Ngo);
        let ombudsman = added("Омбудсман", OrganisationKind::Ombudsman);
        let dummy = |organisation: &Organisation, login: &str| Dummy {
            member: organisation.enrols(&app.services, login, &[Role::Analyst]).member.to_string(),
            login: login.to_owned(),
        };
        let dummies = [dummy(&app.organisation, "dummy-a"), dummy(&other, "dummy-b")];
        let mut visitors = Vec::new();
        for role in Role::ALL.iter().copied() {
            visitors.push(Visitor::of(&app, &app.organisation, Office::Owner, role));
            visitors.push(Visitor::of(&app, &other, Office::Other, role));
        }
        visitors.push(Visitor::of(&app, &ombudsman, Office::Ombudsman, Role::Approver));
        let caseworker = app.caseworker.asks(&app.services);
        let kinds = [(true, true), (true, false), (false, true), (false, false)];
        let targets = kinds.map(|(shared, visit)| {
            let filed = app.caseworker().files_complaint();
            let case = if visit { filed.on("2026-06-02").has_a_visit_requested() } else { filed };
            let name = CaseName::Id(case.id.parse().unwrap());
            let file = ("снимок.txt", Metadata::Keep);
            let document = app.services.add_document(&caseworker, name, file, &b"evidence"[..]).unwrap();
            if shared {
                app.services.share_case(&caseworker, name, other.id).unwrap();
            }
            let visit = visit.then(|| case.last_event.clone());
            Target { case: case.id, shared, visit, document: document.id.to_string() }
        });
        // Six minutes on, no proof is fresh any more, and no session has been idle for long.
        app.clock.set("2026-06-15T12:06:00+05:00");
        Self { app, other, third, ombudsman, visitors, targets: targets.into(), dummies }
    }

    pub fn organisation(&self, office: Office) -> OrganisationId {
        match office {
            Office::Owner => self.app.organisation.id,
            Office::Other => self.other.id,
            Office::Ombudsman => self.ombudsman.id,
        }
    }

    /// Shares a case with the third organisation, so that there is a share to be ended.
    pub fn shares_with_the_third(&self, case: &str) {
        let body = serde_json::json!({"organisation": self.third.id.to_string()});
        self.app.client.post(&format!("/api/v1/cases/{case}/shares"), &body).send().must_be(201);
    }
}
