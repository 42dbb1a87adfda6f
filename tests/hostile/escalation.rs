//! Getting more than one's role has: by fields that a form does not have, and by ways round the table.

use aiqyn::access::permission::Scope;
use aiqyn::access::role::{OrganisationKind, Role};
use serde_json::{Value, json};

use crate::support::caseworker::CaseFile;
use crate::support::complaint::step;
use crate::support::http::Client;
use crate::support::staff::Organisation;
use crate::support::{App, Form, a_complaint, for_each_backend, on_sqlite};

/// A case as somebody else has it before them.
fn before<'a>(client: &'a Client, case: &CaseFile<'_>) -> CaseFile<'a> {
    CaseFile::of(
        client,
        &json!({"case_id": case.id, "reference": case.reference, "event_id": case.last_event, "version": case.version}),
    )
}

#[test]
fn a_correction_is_no_way_to_a_step_that_the_role_may_not_record() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let (_, npm) = app.hires("npm", Role::NpmMember);
        let case = app.caseworker().files_complaint();
        let filing = case.last_event.clone();
        let case = case.on("2026-06-02").has_a_visit_requested();
        let theirs = before(&npm, &case);
        theirs.tries(&step("dismiss").on("2026-06-03")).must_be_problem(403, "forbidden");
        let dismissal = step("dismiss").on("2026-06-03");
        theirs.tries_to_correct(&case.last_event, &dismissal).must_be_problem(403, "forbidden");
        theirs.tries_to_correct(&filing, &Form::new("kind", "retraction")).must_be_problem(403, "forbidden");
        theirs.tries_to_correct(&filing, &crate::support::the_filing()).must_be_problem(403, "forbidden");
        assert_eq!(case.stands()[0], "filed");
        // What they may record they may correct.
        theirs.tries_to_correct(&case.last_event, &step("request_visit").on("2026-06-03")).must_be(201);
    });
}

#[test]
fn what_was_refused_in_a_correction_is_in_the_audit_log() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let (_, npm) = app.hires("npm", Role::NpmMember);
        let case = app.caseworker().files_complaint().on("2026-06-02").has_a_visit_requested();
        let refusals = || backend.rows("audit_records").iter().filter(|row| row.contains("access_refused")).count();
        let before_it = refusals();
        before(&npm, &case).tries_to_correct(&case.last_event, &step("dismiss").on("2026-06-03")).must_be(403);
        assert_eq!(refusals(), before_it + 1);
    });
}

#[test]
fn an_answer_is_an_approval_or_a_refusal_and_nothing_else() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let office = Organisation::added(&app.services, "Омбудсман", OrganisationKind::Ombudsman);
        let approver = office.hires(&app.services, "approver", &[Role::Approver]);
        let client = app.client_of(&approver);
        let case = app.caseworker().files_complaint().on("2026-06-02").has_a_visit_requested();
        let path = format!("/api/v1/visits/{}/answers", case.last_event);
        for kind in ["cancel_visit", "dismiss", "note", "request_visit"] {
            let body = step(kind).on("2026-06-03").body();
            client.post(&path, &body).if_match(case.version).send().must_be_problem(422, "invalid_input");
        }
        let body = step("refuse_visit").on("2026-06-03").body();
        client.post(&path, &body).if_match(case.version).send().must_be(201);
    });
}

#[test]
fn an_approver_in_another_organisation_sees_no_request() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        app.caseworker().files_complaint().on("2026-06-02").has_a_visit_requested();
        let other = Organisation::added(&app.services, "Другая", OrganisationKind::Ngo);
        for (login, roles) in [
            ("one", &[Role::Approver][..]),
            ("two", &[Role::Approver, Role::Analyst]),
            ("three", &[Role::Approver, Role::Caseworker]),
        ] {
            let person = other.hires(&app.services, login, roles);
            let queue = app.client_of(&person).get("/api/v1/visits").must_be(200).json();
            assert_eq!(queue["visits"], json!([]), "{roles:?}");
        }
    });
}

#[test]
fn a_kind_that_is_given_twice_does_not_pass_for_another() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let (_, npm) = app.hires("npm", Role::NpmMember);
        let case = app.caseworker().files_complaint().on("2026-06-02").has_a_visit_requested();
        let mut body = step("dismiss").on("2026-06-03").body();
        body["kind"] = json!(["note", "dismiss"]);
        let reply = npm.post(&case.path("/events"), &body).if_match(case.version).send();
        assert_eq!(reply.status, 422, "{}", reply.body);
        let raw = r#"{"kind":"note","kind":"dismiss","text":"x","occurred_at":"2026-06-03"}"#;
        let request = npm.request("POST", &case.path("/events")).if_match(case.version);
        let reply = request.header("content-type", "application/json").text(raw).send();
        assert!([400, 422].contains(&reply.status), "{}", reply.body);
        assert_eq!(case.stands()[0], "filed");
    });
}

/// Adds fields that no form has, each by itself; every one must be refused by name.
fn with_more(client: &Client, method: &str, path: &str, body: &Value, version: i64) {
    let more = [
        "id",
        "case_id",
        "organisation_id",
        "owner",
        "recorded_by",
        "recorded_at",
        "version",
        "state",
        "stage",
        "reference",
        "member_id",
        "shared_with",
        "scope",
        "role",
        "kdf",
        "is_admin",
        "approval_needed",
    ];
    for field in more {
        let mut body = body.clone();
        body[field] = json!("1");
        let reply = client.request(method, path).json(&body).if_match(version).send();
        let wrong: Vec<String> = reply.wrong_fields().into_iter().map(|(field, _)| field).collect();
        assert!(wrong.contains(&field.to_owned()), "{method} {path} {field}: {wrong:?}");
    }
}

#[test]
fn a_form_takes_no_field_that_it_does_not_have() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let (administrator, admin) = app.hires("root", Role::Administrator);
        let case = app.caseworker().files_complaint();
        with_more(&app.client, "POST", "/api/v1/cases", &a_complaint().body(), 1);
        with_more(&app.client, "POST", &case.path("/events"), &step("note").on("2026-06-03").body(), 1);
        let share = json!({"organisation": app.organisation.id.to_string()});
        with_more(&app.client, "POST", &case.path("/shares"), &share, 1);
        let invited = json!({"login": "dana", "roles": ["caseworker"]});
        with_more(&admin, "POST", "/api/v1/members", &invited, 1);
        let roles = format!("/api/v1/members/{}/roles", administrator.member);
        with_more(&admin, "PUT", &roles, &json!({"roles": ["administrator"]}), 1);
        let sign_in = json!({"login": "root", "password": "x", "code": "x"});
        with_more(app.nobody(), "POST", "/api/v1/session", &sign_in, 1);
        let enrolment = json!({"login": "root", "invitation": "x", "password": "x"});
        with_more(app.nobody(), "POST", "/api/v1/enrolment", &enrolment, 1);
        assert_eq!(backend.rows("cases").len(), 1);
        admin.get("/api/v1/members").must_be(200);
    });
}

#[test]
fn nobody_but_an_administrator_gives_roles_and_not_to_themselves_either() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        for role in Role::ALL.iter().copied().filter(|role| *role != Role::Administrator) {
            let (person, client) = app.hires(role.as_str(), role);
            let path = format!("/api/v1/members/{}/roles", person.member);
            let all = json!({"roles": ["administrator", "caseworker"]});
            client.request("PUT", &path).json(&all).send().must_be_problem(403, "forbidden");
            client.post("/api/v1/members", &json!({"login": "x", "roles": ["administrator"]})).send().must_be(403);
        }
    });
}

#[test]
fn an_administrator_who_takes_a_reading_role_still_holds_no_key() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files_complaint();
        let (administrator, client) = app.hires("root", Role::Administrator);
        let path = format!("/api/v1/members/{}", administrator.member);
        let roles = json!({"roles": ["administrator", "caseworker"]});
        let by_token = client.request("PUT", &format!("{path}/roles")).json(&roles).send();
        by_token.must_be_problem(403, "out_of_scope");
        let browser = crate::browser::Browser::of(&app, &administrator);
        browser.asks("PUT", &format!("{path}/roles")).json(&roles).send().must_be(204);
        let client = app.nobody().clone().with_token(&administrator.makes_token(&app.services, Scope::ALL));
        let shown = client.get(&case.path("")).must_be(200);
        assert!(!shown.body.contains("Дәлізде"), "{}", shown.body);
        // Nor may they take anything out or destroy it.
        let session = crate::browser::Browser::of(&app, &administrator);
        session.posts(&case.path("/erasure"), &json!({})).must_be_problem(409, "no_key");
        session.posts("/api/v1/exports/cases", &json!({})).must_be_problem(409, "no_key");
        // They cannot admit themselves: whoever admits must hold the key.
        session.posts(&format!("{path}/admission"), &json!({})).must_be_problem(409, "no_key");
    });
}

#[test]
fn a_token_makes_no_token_and_proves_nothing() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let token = json!({"name": "t", "scopes": ["sealed"], "days": 1});
        app.client.post("/api/v1/tokens", &token).send().must_be_problem(403, "out_of_scope");
        let proof = json!({"password": crate::support::staff::PASSWORD, "code": app.caseworker.recovery_code()});
        app.client.post("/api/v1/session/proof", &proof).send().must_be_problem(403, "out_of_scope");
    });
}

#[test]
fn an_intake_officer_reads_no_name_of_a_case_that_is_shared_with_their_organisation() {
    use aiqyn::access::role::OrganisationKind;
    for_each_backend(|backend| {
        let app = App::on(backend);
        let other = crate::support::staff::Organisation::added(&app.services, "Другая", OrganisationKind::Ngo);
        let owner = app.client_of(&other.hires(&app.services, "owner", &[Role::Caseworker]));
        let mut body = crate::support::a_complaint().body();
        body["people"] = json!([{"part": "alleged_victim", "name": "Мысалов Мысал"}]);
        let case = owner.post("/api/v1/cases", &body).send().must_be(201).json();
        let path = format!("/api/v1/cases/{}/shares", case["case_id"].as_str().unwrap());
        owner.post(&path, &json!({"organisation": app.organisation.id.to_string()})).send().must_be(201);
        let (_, intake) = app.hires("intake", Role::IntakeOfficer);
        let seen = |client: &crate::support::http::Client| client.get("/api/v1/cases?people=true").must_be(200).body;
        assert!(seen(&app.client).contains("Мысалов"), "a caseworker does");
        assert!(!seen(&intake).contains("Мысалов"));
    });
}
