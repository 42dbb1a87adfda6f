//! Whoever holds no key gets no texts: a token without the scope, a member who waits, and everybody after an erasure.

use aiqyn::access::permission::Scope;
use aiqyn::access::role::Role;
use aiqyn::services::{CaseName, Metadata};
use serde_json::json;

use crate::browser::Browser;
use crate::support::caseworker::CaseFile;
use crate::support::complaint::step;
use crate::support::http::Client;
use crate::support::{App, a_complaint, for_each_backend};

const TEXTS: [&str; 5] = ["Дәлізде", "Мысалов", "іздер кетіп", "снимок", "evidence of it"];

/// A case with a person, a visit request and a document.
fn a_full_case(app: &App) -> (CaseFile<'_>, String) {
    let named = a_complaint().with("people", json!([{"part": "alleged_victim", "name": "Мысалов Үлгі"}]));
    let case = app.caseworker().files(&named).on("2026-06-02").has_a_visit_requested();
    let caller = app.caseworker.asks(&app.services);
    let name = CaseName::Id(case.id.parse().unwrap());
    let file = ("снимок.txt", Metadata::Keep);
    let document = app.services.add_document(&caller, name, file, &b"evidence of it"[..]).unwrap();
    (case, document.id.to_string())
}

/// What can be read of a case, in one text.
fn everything(client: &Client, case: &CaseFile<'_>, document: &str) -> String {
    let paths = [
        case.path(""),
        case.path("/events"),
        case.path("/documents"),
        format!("/api/v1/documents/{document}"),
        format!("/api/v1/visits/{}", case.last_event),
        "/api/v1/cases".to_owned(),
        "/api/v1/visits".to_owned(),
    ];
    paths.iter().map(|path| client.get(path).body).collect()
}

fn reads_nothing(client: &Client, case: &CaseFile<'_>, document: &str) {
    let read = everything(client, case, document);
    for text in TEXTS {
        assert!(!read.contains(text), "{text}: {read}");
    }
}

#[test]
fn whoever_holds_the_key_reads_all_of_it() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let (case, document) = a_full_case(&app);
        let read = everything(&app.client, &case, &document);
        for text in TEXTS {
            assert!(read.contains(text), "{text}: {read}");
        }
    });
}

#[test]
fn a_token_without_the_scope_gets_no_texts() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let (case, document) = a_full_case(&app);
        let token = app.caseworker.makes_token(&app.services, &[Scope::Read, Scope::Write]);
        let client = app.nobody().clone().with_token(&token);
        assert_eq!(client.get(&case.path("")).must_be(200).json()["texts"], "sealed");
        reads_nothing(&client, &case, &document);
        client.get(&format!("/api/v1/documents/{document}")).must_be_problem(409, "no_key");
        client.post("/api/v1/name-searches", &json!({"name": "Мысалов"})).send().must_be_problem(403, "out_of_scope");
        let other = crate::support::staff::Organisation::added(
            &app.services,
            "Другая",
            aiqyn::access::role::OrganisationKind::Ngo,
        );
        let share = json!({"organisation": other.id.to_string()});
        client.post(&case.path("/shares"), &share).send().must_be_problem(409, "no_key");
        // It may write what it cannot read back.
        client.post("/api/v1/cases", &a_complaint().body()).send().must_be(201);
    });
}

#[test]
fn a_member_who_waits_for_the_key_gets_no_texts_and_may_file() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let (case, document) = a_full_case(&app);
        let person = app.organisation.enrols(&app.services, "waits", &[Role::Caseworker]);
        let client = app.nobody().clone().with_token(&person.makes_token(&app.services, Scope::ALL));
        assert_eq!(client.get("/api/v1/session").must_be(200).json()["waits_for_key"], true);
        assert_eq!(client.get(&case.path("")).must_be(200).json()["texts"], "sealed");
        reads_nothing(&client, &case, &document);
        client.post("/api/v1/name-searches", &json!({"name": "Мысалов"})).send().must_be_problem(409, "no_key");
        let filed = crate::support::caseworker::Caseworker::of(&client).files_complaint();
        let shown = app.client.get(&filed.path("")).must_be(200).json();
        assert_eq!(shown["complaint"]["details"]["allegation"], "Дәлізде ұрды, адвокат жібермеді");
        client.post(&filed.path("/events"), &step("note").on("2026-06-03").body()).if_match(1).send().must_be(201);
    });
}

#[test]
fn of_an_erased_case_nobody_reads_anything_and_nothing_can_be_written_into_it() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let (case, document) = a_full_case(&app);
        let browser = Browser::of(&app, &app.caseworker);
        browser.posts(&case.path("/erasure"), &json!({})).must_be(204);
        let shown = app.client.get(&case.path("")).must_be(200).json();
        assert_eq!(shown["texts"], "erased");
        reads_nothing(&app.client, &case, &document);
        let hits = app.client.post("/api/v1/name-searches", &json!({"name": "Мысалов"})).send().must_be(200).json();
        assert_eq!(hits["hits"], json!([]));
        case.tries(&step("note").on("2026-06-03")).must_be_problem(409, "erased");
        let other = crate::support::staff::Organisation::added(
            &app.services,
            "Другая",
            aiqyn::access::role::OrganisationKind::Ngo,
        );
        let share = json!({"organisation": other.id.to_string()});
        app.client.post(&case.path("/shares"), &share).send().must_be_problem(409, "erased");
        browser.posts(&case.path("/erasure"), &json!({})).must_be_problem(409, "erased");
        // Its times stay in the figures.
        assert_eq!(app.get("/api/v1/statistics/rates")["cases"], 1);
    });
}
