//! The description of the API against what is served: every operation is asked, as everybody, what fits its description
//! and what does not. No answer is an error of the server's, every answer is one that the description has, and what it
//! forbids is refused. `schemathesis` makes the requests up (tests/attacks/schema.py).
//!
//! A clock that stands keeps every session and every proof fresh. With `AIQYN_FUZZ=200` each operation is asked 200
//! times right and 200 times wrong, as everybody.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use aiqyn::access::role::{OrganisationKind, Role, Roles};
use aiqyn::services::{CaseName, Metadata, Services};
use serde_json::{Map, Value, json};

use crate::support::backend::in_ci;
use crate::support::complaint::step;
use crate::support::staff::{Organisation, PASSWORD, Person};
use crate::support::{App, Backend, a_complaint};

/// The folder that schemathesis lies in; tests/all.sh puts it there and sets this.
const SCHEMATHESIS: &str = "AIQYN_TEST_SCHEMATHESIS";

/// How often each operation is asked right and wrong as everybody, and where the chance begins.
const FUZZ: &str = "AIQYN_FUZZ";
const SEED: &str = "AIQYN_FUZZ_SEED";
const SHORT: u32 = 2;

/// How many sessions somebody can spare.
const SPARE: usize = 3;

/// An office in which there is something of everything, and everybody.
struct Busy {
    app: App,
    people: Map<String, Value>,
    persons: BTreeMap<Role, Person>,
    dummies: Vec<Person>,
    /// They have not been given the organisation's key yet.
    waiting: Vec<Person>,
    other: Organisation,
    cases: Vec<Value>,
    documents: Vec<String>,
    requests: Vec<(String, String)>,
}

impl Busy {
    fn on(backend: &Backend) -> Self {
        let app = App::on(backend).with_invented_cases(12);
        let npm = Organisation::added(&app.services, "Ұлттық алдын алу", OrganisationKind::Npm);
        let ombudsman = Organisation::added(&app.services, "Омбудсман", OrganisationKind::Ombudsman);
        let (mut people, mut persons) = (Map::new(), BTreeMap::new());
        for role in Role::ALL.iter().copied() {
            let organisation = match role {
                Role::NpmMember => &npm,
                Role::Approver => &ombudsman,
                _ => &app.organisation,
            };
            let person = organisation.hires(&app.services, &format!("one-{role}"), &[role]);
            let spare = organisation.hires(&app.services, &format!("spare-{role}"), &[role]);
            let spare: Vec<Value> = (0..SPARE).map(|_| browser(&app.services, &spare)).collect();
            people.insert(role.to_string(), json!({"headers": browser(&app.services, &person), "spare": spare}));
            persons.insert(role, person);
        }
        let enrols = |login: &str, role| -> Vec<Person> {
            (0..3).map(|number| app.organisation.enrols(&app.services, &format!("{login}-{number}"), &[role])).collect()
        };
        let (dummies, waiting) = (enrols("dummy", Role::Analyst), enrols("waiting", Role::Caseworker));
        let (mut cases, mut documents, mut requests) = (Vec::new(), Vec::new(), Vec::new());
        let caseworker = app.caseworker.asks(&app.services);
        for _ in 0..6 {
            let case = app.caseworker().files_complaint().on("2026-06-02").has_a_visit_requested();
            let name = CaseName::Id(case.id.parse().unwrap());
            let file = ("снимок.txt", Metadata::Keep);
            let document = app.services.add_document(&caseworker, name, file, &b"evidence"[..]).unwrap();
            app.services.share_case(&caseworker, name, npm.id).unwrap();
            documents.push(document.id.to_string());
            requests.push((case.last_event.clone(), case.id.clone()));
            cases.push(json!(case.id));
        }
        let other = npm;
        Self { app, people, persons, dummies, waiting, other, cases, documents, requests }
    }

    fn invitation(&self, login: &str) -> String {
        let roles = Roles::new([Role::Analyst]).unwrap();
        let invited =
            self.app.services.invite_member(&self.app.console(), self.app.organisation.id, login, &roles).unwrap();
        invited.secret.print().to_string()
    }

    /// Names of what there is, for the parts of paths.
    fn names(&self) -> Value {
        let members: Vec<String> = self.dummies.iter().map(|dummy| dummy.member.to_string()).collect();
        let requests: Vec<&String> = self.requests.iter().map(|(request, _)| request).collect();
        let sessions =
            self.app.services.own_sessions(&self.persons[&Role::Caseworker].asks(&self.app.services)).unwrap();
        // The latest is the one that asked just now: nobody else needs it.
        let session = sessions[0].id.to_string();
        json!({
            "plot": ["endings"],
            "session": [session],
            "case": self.cases[1..],
            "document": self.documents,
            "request": requests,
            "member": members,
            "organisation": [self.other.id.to_string()],
        })
    }

    /// Whole requests that fit, by operation.
    fn ready(&self, names: &Value) -> Value {
        let case = self.cases[1].as_str().unwrap();
        let seen = format!("/api/v1/cases/{case}");
        let event = |kind: &str| {
            let body = step(kind).on("2026-06-05").body();
            json!({"path": {"case": case}, "seen": seen, "body": body})
        };
        let events: Vec<Value> =
            ["note", "route", "medical_examination", "reprisal", "approve_visit"].map(event).into();
        let filed = a_complaint().with("people", json!([{"part": "alleged_victim", "name": "Мысалов Үлгі"}])).body();
        let correction =
            step("note").on("2026-06-03").with("corrects", self.requests[1].0.clone()).with("why", "w").body();
        let of = |role: Role| &self.persons[&role];
        let (request, of_case) = &self.requests[2];
        let member = json!({"member": self.dummies[0].member.to_string()});
        let sign_in = |role: Role| json!({"body": {"login": of(role).login, "password": PASSWORD, "code": of(role).recovery_code()}});
        let proof = |role: Role| json!({"body": {"password": PASSWORD, "code": of(role).recovery_code()}});
        let recovery_key = &self.app.organisation.recovery_key;
        let days = json!({"from": "2024-01-01", "to": "2026-06-01"});
        json!({
            "POST /api/v1/cases": [{"body": filed}, {"body": filed, "headers": {"Idempotency-Key": "one"}}],
            "GET /api/v1/cases": [{"query": {"people": "true", "limit": 2}}, {"query": {"overdue": "true", "sort": "due"}}],
            "POST /api/v1/cases/{case}/events": events,
            "POST /api/v1/cases/{case}/corrections": [{"path": {"case": case}, "seen": seen, "body": correction}],
            "POST /api/v1/cases/{case}/shares": [{"path": {"case": case}, "body": {"organisation": self.other.id.to_string()}}],
            "POST /api/v1/cases/{case}/erasure": [{"path": {"case": self.cases[0]}}],
            "POST /api/v1/visits/{request}/answers": [{
                "path": {"request": request},
                "seen": format!("/api/v1/cases/{of_case}"),
                "body": step("approve_visit").on("2026-06-05").body(),
            }],
            "POST /api/v1/name-searches": [{"body": {"name": "Мысалов"}}],
            "GET /api/v1/reports/annex": [{"query": {"from": days["from"], "to": days["to"], "format": "csv"}}],
            "POST /api/v1/session": [sign_in(Role::Auditor), sign_in(Role::Caseworker)],
            "POST /api/v1/session/proof": [proof(Role::Administrator), proof(Role::Analyst)],
            "POST /api/v1/enrolment": [{"body": {
                "login": "invited", "invitation": self.invitation("invited"), "password": "жаңа құпия сөз 2026",
            }}],
            "POST /api/v1/tokens": [{"body": {"name": "t", "scopes": ["read"], "days": 1}}],
            "POST /api/v1/members": [{"body": {"login": "another", "roles": ["analyst"]}}],
            "PUT /api/v1/members/{member}/roles": [{"path": member, "body": {"roles": ["auditor"]}}],
            "POST /api/v1/members/{member}/admission": [
                {"path": {"member": self.waiting[0].member.to_string()}, "body": {}},
                {"path": {"member": self.waiting[1].member.to_string()}, "body": {"recovery_key": recovery_key}},
            ],
            "POST /api/v1/exports/cases": [{"body": {}}],
            "POST /api/v1/exports/events": [{"body": {}}],
            "DELETE /api/v1/sessions/{session}": [{"path": {"session": names["session"][0]}}],
            "GET /api/v1/statistics/plots/{plot}": [{"path": {"plot": "endings"}}],
            "PUT /api/v1/session/password": [{"body": {"password": PASSWORD, "new_password": "жаңа құпия сөз 2026"}}],
        })
    }

    fn told(&self, examples: u32, seed: u64) -> Value {
        let names = self.names();
        json!({
            "base": format!("http://{}", self.app.client.address),
            "people": self.people,
            "languages": {"caseworker": "kk", "lawyer": "ru", "nobody": "ru"},
            "ready": self.ready(&names),
            "names": names,
            "examples": examples,
            "seed": seed,
        })
    }
}

/// A session as a browser has it.
fn browser(services: &Services, person: &Person) -> Value {
    let session = person.signs_in(services);
    json!({"Cookie": format!("aiqyn={}", session.print().as_str()), "X-CSRF-Token": session.form_token()})
}

/// What schemathesis says, where it is there.
fn asked(told: &Value) -> Option<Value> {
    let Some(folder) = std::env::var_os(SCHEMATHESIS) else {
        assert!(!in_ci(), "{SCHEMATHESIS} is not set; run the tests with: bash tests/all.sh");
        println!("SKIPPED: schemathesis is not here ({SCHEMATHESIS} is not set)");
        return None;
    };
    let scratch = tempfile::tempdir().unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/attacks/schema.py");
    let command = Command::new("python3")
        .args(["-B", "-W", "ignore"])
        .arg(script)
        .env("PYTHONPATH", folder)
        // What it keeps for the next time is of no use here.
        .current_dir(scratch.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut child = command.unwrap();
    child.stdin.take().unwrap().write_all(told.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "schemathesis did not end well");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().unwrap())
}

/// How many answers an operation gave, by class.
fn by_class(answers: &Value) -> BTreeMap<char, u64> {
    let mut classes = BTreeMap::new();
    for statuses in answers.as_object().unwrap().values() {
        for (status, count) in statuses.as_object().unwrap() {
            *classes.entry(status.chars().next().unwrap()).or_default() += count.as_u64().unwrap();
        }
    }
    classes
}

fn holds_on(backend: &Backend) {
    let examples = u32::try_from(number(FUZZ, SHORT.into())).unwrap();
    let seed = number(SEED, 2026);
    let busy = Busy::on(backend);
    let Some(result) = asked(&busy.told(examples, seed)) else { return };
    println!("{}: {} requests, seed {seed} ({SEED})", backend.name, result["sent"]);
    let mut silent = Vec::new();
    for (operation, answers) in result["answers"].as_object().unwrap() {
        let classes = by_class(answers);
        println!("  {operation}: {classes:?} {answers}");
        if !classes.contains_key(&'2') {
            silent.push(operation);
        }
    }
    let failures: Vec<&str> = result["failures"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
    assert!(silent.is_empty(), "nobody was answered well by {silent:?}");
}

#[test]
fn the_description_holds_on_sqlite() {
    holds_on(&Backend::sqlite());
}

#[test]
fn the_description_holds_on_postgres() {
    if let Some(backend) = Backend::postgres() {
        holds_on(&backend);
    }
}
