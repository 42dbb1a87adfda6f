//! Nothing is edited: a correction takes the place of an event and says why.

use serde_json::{Value, json};

use crate::support::complaint::step;
use crate::support::{App, Form, a_complaint, for_each_backend, the_filing};

#[test]
fn a_wrong_time_is_corrected_and_both_stay_in_the_history() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files_complaint().on("2026-06-05").routes_to_internal_security();
        let wrong = case.last_event.clone();
        let case = case.corrects(&wrong, &step("route").on("2026-06-03T11:00"));
        assert_eq!(case.shows()["milestones"]["routed"], "2026-06-03T11:00+05:00");
        let history = case.history();
        let [_, old, new] = history["events"].as_array().unwrap().as_slice() else { panic!("{history}") };
        assert_eq!((&old["occurred_at"], &old["corrected_by"]), (&json!("2026-06-05"), &new["id"]));
        assert_eq!((&new["corrects"], &new["why"]), (&old["id"], &json!("Күні қате жазылған")));
        assert_eq!((&new["corrected_by"], &new["kind"]), (&Value::Null, &json!("route")));
    });
}

#[test]
fn a_corrected_filing_changes_the_case_and_the_list_but_not_the_reference() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files(&a_complaint().with("region", "akmola"));
        let filing = case.last_event.clone();
        let case = case.corrects(&filing, &the_filing().on("2025-06-01").with("region", "abai"));
        let shown = case.shows();
        assert_eq!(shown["complaint"]["details"]["region"], "abai");
        assert_eq!((&shown["reference"], &shown["milestones"]["filed"]), (&json!("2026-000001"), &json!("2025-06-01")));
        let listed =
            |region: &str| app.get(&format!("/api/v1/cases?region={region}"))["cases"].as_array().unwrap().len();
        assert_eq!((listed("akmola"), listed("abai")), (0, 1));
    });
}

#[test]
fn an_event_that_never_happened_is_taken_back() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files_complaint().on("2026-06-05").is_dismissed();
        let dismissal = case.last_event.clone();
        let case = case.retracts(&dismissal);
        assert_eq!(case.stands(), ["filed", "not_requested", "filed"]);
        let history = case.history();
        assert_eq!(history["events"][2]["kind"], "retraction");
        assert_eq!(history["events"][2]["details"], Value::Null);
        assert_eq!(history["events"][1]["corrected_by"], history["events"][2]["id"]);
    });
}

#[test]
fn the_filing_can_be_corrected_but_not_taken_back() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files_complaint();
        let tries = |form: &Form| case.tries_to_correct(&case.last_event, form);
        tries(&Form::new("kind", "retraction")).must_be_problem(409, "conflict");
        tries(&step("note").on("2026-06-01")).must_be_problem(409, "conflict");
    });
}

#[test]
fn an_event_is_corrected_once_and_then_its_correction_is() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files_complaint().on("2026-06-05").routes_to_internal_security();
        let first = case.last_event.clone();
        let case = case.corrects(&first, &step("route").on("2026-06-04"));
        let second = case.last_event.clone();
        case.tries_to_correct(&first, &step("route").on("2026-06-03")).must_be_problem(409, "conflict");
        let case = case.corrects(&second, &step("route").on("2026-06-03"));
        assert_eq!(case.shows()["milestones"]["routed"], "2026-06-03");
    });
}

#[test]
fn a_correction_that_later_steps_could_not_follow_is_refused() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files_complaint().on("2026-06-03").is_dismissed();
        let dismissal = case.last_event.clone();
        let case = case.on("2026-06-05").is_appealed();
        let problem = case.tries_to_correct(&dismissal, &Form::new("kind", "retraction"));
        let problem = problem.must_be_problem(409, "illegal_step");
        assert_eq!(problem["state"]["investigation"], "filed");
        case.tries_to_correct(&dismissal, &step("dismiss").on("2026-06-06")).must_be_problem(409, "illegal_step");
        assert_eq!(case.stands(), ["under_appeal", "not_requested", "under_appeal"]);
    });
}

#[test]
fn a_correction_says_what_it_corrects_and_why() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files_complaint();
        let wrong = |body: Value| {
            let reply = app.client.post(&case.path("/corrections"), &body).if_match(1).send().wrong_fields();
            reply.into_iter().map(|(field, problem)| format!("{field} {problem}")).collect::<Vec<_>>()
        };
        assert_eq!(wrong(json!({})), ["corrects missing", "kind missing", "why missing"]);
        assert_eq!(wrong(json!({"kind": "retraction"})), ["corrects missing", "why missing"]);
        assert_eq!(
            wrong(json!({"kind": "tale", "corrects": "the first", "why": "  "})),
            ["corrects not_an_event", "kind unknown_kind", "why missing"]
        );
        let unknown = "0190c2f0-0000-7000-8000-000000000000";
        assert_eq!(
            wrong(json!({"kind": "retraction", "corrects": unknown, "why": "never happened"})),
            ["corrects not_an_event"]
        );
        assert_eq!(case.shows()["version"], 1);
    });
}

#[test]
fn a_renewal_goes_on_naming_the_request_that_was_corrected() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files_complaint().on("2026-06-02").has_a_visit_requested();
        let request = case.last_event.clone();
        let case = case.on("2026-06-03").has_the_visit_refused_for_want_of_written_evidence();
        let case = case.on("2026-06-04").has_the_visit_requested_again(&request);
        let case = case.corrects(&request, &step("request_visit").on("2026-06-02").with("evidence", "none"));
        let shown = case.shows();
        let visits = shown["visit"]["visits"].as_array().unwrap();
        assert_eq!((&visits[0]["request"], &visits[0]["evidence"]), (&json!(request), &json!("none")));
        assert_eq!(visits[1]["renews"], json!(request));
    });
}
