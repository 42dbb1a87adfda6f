//! A stranger from another organisation, who knows every identifier: none of them leads anywhere, and no answer
//! tells that there is something.

use aiqyn::access::role::{OrganisationKind, Role};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::caseworker::CaseFile;
use crate::support::complaint::step;
use crate::support::http::{Client, Reply};
use crate::support::staff::{Organisation, Person};
use crate::support::{App, a_complaint, for_each_backend};

fn stranger(app: &App, role: Role) -> (Organisation, Person, Client) {
    let other = Organisation::added(&app.services, "Другая", OrganisationKind::Ngo);
    let person = other.hires(&app.services, "stranger", &[role]);
    let client = app.client_of(&person);
    (other, person, client)
}

/// Everything that can be asked of a case under a name for it.
fn asks_all(client: &Client, case: &str, event: &str, version: i64) -> Vec<Reply> {
    let path = |below: &str| format!("/api/v1/cases/{case}{below}");
    let post = |below: &str, body: &Value| client.post(&path(below), body).if_match(version).send();
    let correction = step("note").on("2026-06-03").with("corrects", event).with("why", "w").body();
    vec![
        client.get(&path("")),
        client.get(&path("/events")),
        client.get(&path("/documents")),
        post("/events", &step("route").on("2026-06-03").body()),
        post("/events", &step("note").on("2026-06-03").body()),
        post("/events", &step("request_visit").on("2026-06-03").body()),
        post("/corrections", &correction),
        post("/documents", &json!({})),
        post("/shares", &json!({"organisation": Uuid::now_v7().to_string()})),
        client.get(&format!("/api/v1/visits/{event}")),
    ]
}

fn told(replies: Vec<Reply>) -> Vec<(u16, String)> {
    replies.into_iter().map(|reply| (reply.status, reply.body)).collect()
}

#[test]
fn neither_the_identifier_nor_the_reference_of_a_foreign_case_leads_anywhere() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files_complaint().on("2026-06-02").has_a_visit_requested();
        let (_, _, client) = stranger(&app, Role::Caseworker);
        let nothing = told(asks_all(&client, &Uuid::now_v7().to_string(), &Uuid::now_v7().to_string(), 2));
        assert!(nothing.iter().all(|(status, _)| *status == 404), "{nothing:?}");
        for name in [&case.id, &case.reference] {
            assert_eq!(told(asks_all(&client, name, &case.last_event, case.version)), nothing, "{name}");
        }
        assert_eq!(case.shows()["version"], 2);
    });
}

#[test]
fn references_that_are_guessed_one_after_the_other_tell_nothing() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        for _ in 0..3 {
            app.caseworker().files_complaint();
        }
        let (_, _, client) = stranger(&app, Role::Caseworker);
        let told = |number: u32| {
            let reply = client.get(&format!("/api/v1/cases/2026-{number:06}"));
            (reply.status, reply.body)
        };
        for number in 1..6 {
            assert_eq!(told(number), told(999_999), "{number}");
        }
    });
}

#[test]
fn whoever_lost_a_share_finds_nothing_any_more_and_nothing_was_lost_to_the_owner() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files_complaint();
        let (other, _, client) = stranger(&app, Role::Caseworker);
        let share = json!({"organisation": other.id.to_string()});
        app.client.post(&case.path("/shares"), &share).send().must_be(201);
        let receipt = json!({
            "case_id": case.id, "reference": case.reference, "event_id": case.last_event, "version": 1,
        });
        let shared = CaseFile::of(&client, &receipt);
        assert_eq!(shared.shows()["complaint"]["details"]["allegation"], "Дәлізде ұрды, адвокат жібермеді");
        // It may neither hand the case on nor end another's share.
        let on = client.post(&case.path("/shares"), &json!({"organisation": app.organisation.id.to_string()})).send();
        on.must_be_problem(404, "not_found");
        app.client.request("DELETE", &case.path(&format!("/shares/{}", other.id))).send().must_be(204);
        client.get(&case.path("")).must_be_problem(404, "not_found");
        shared.tries(&step("note").on("2026-06-03")).must_be_problem(404, "not_found");
        assert_eq!(case.shows()["complaint"]["details"]["allegation"], "Дәлізде ұрды, адвокат жібермеді");
    });
}

#[test]
fn an_event_of_a_foreign_case_corrects_nothing_in_ones_own() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let foreign = app.caseworker().files_complaint();
        let (_, _, client) = stranger(&app, Role::Caseworker);
        let own = crate::support::caseworker::Caseworker::of(&client).files_complaint();
        let reply = own.tries_to_correct(&foreign.last_event, &crate::support::Form::new("kind", "retraction"));
        let nothing =
            own.tries_to_correct(&Uuid::now_v7().to_string(), &crate::support::Form::new("kind", "retraction"));
        assert_eq!((reply.status, &reply.body), (nothing.status, &nothing.body));
        assert_eq!(reply.status, 422);
    });
}

#[test]
fn a_foreign_name_is_not_found_and_warns_of_no_duplicate() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let named = a_complaint().with("people", json!([{"part": "alleged_victim", "name": "Мысалов Үлгі"}]));
        app.caseworker().files(&named);
        let (_, _, client) = stranger(&app, Role::Caseworker);
        let found = client.post("/api/v1/name-searches", &json!({"name": "Мысалов"})).send().must_be(200).json();
        assert_eq!(found["hits"], json!([]));
        let receipt = client.post("/api/v1/cases", &named.body()).send().must_be(201).json();
        assert!(receipt["possible_duplicates"].as_array().is_none_or(Vec::is_empty), "{receipt}");
    });
}

#[test]
fn another_organisations_members_cannot_be_seen_admitted_or_changed() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let (other, _, client) = stranger(&app, Role::Administrator);
        let member = app.caseworker.member;
        let path = |below: &str| format!("/api/v1/members/{member}{below}");
        let list = client.get(&format!("/api/v1/members?organisation={}", app.organisation.id));
        list.must_be_problem(404, "not_found");
        client.request("DELETE", &path("")).send().must_be_problem(404, "not_found");
        let roles = json!({"roles": ["administrator"]});
        client.request("PUT", &path("/roles")).json(&roles).send().must_be_problem(404, "not_found");
        client.post(&path("/invitation"), &json!({})).send().must_be_problem(404, "not_found");
        // Nor does a caseworker of the first organisation, which runs the installation, see those of another.
        let list = app.client.get(&format!("/api/v1/members?organisation={}", other.id));
        assert!([403, 404].contains(&list.status), "{}", list.body);
        app.client.get("/api/v1/cases").must_be(200);
    });
}
