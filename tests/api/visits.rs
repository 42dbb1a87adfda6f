//! The queue of urgent visits.

use serde_json::{Value, json};

use crate::support::caseworker::CaseFile;
use crate::support::complaint::step;
use crate::support::{App, a_complaint, for_each_backend};

fn queue(app: &App) -> Vec<Value> {
    app.get("/api/v1/visits")["visits"].as_array().unwrap().clone()
}

fn references(app: &App) -> Vec<String> {
    queue(app).iter().map(|visit| visit["reference"].as_str().unwrap().to_owned()).collect()
}

fn requested<'a>(app: &'a App, time: &str) -> CaseFile<'a> {
    app.caseworker().files(&a_complaint().on("2026-05-01")).on(time).has_a_visit_requested()
}

#[test]
fn a_request_waits_in_the_queue_with_its_deadline() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = requested(&app, "2026-06-13T09:00");
        let [visit] = queue(&app).try_into().unwrap();
        assert_eq!((&visit["case_id"], &visit["request"]), (&json!(case.id), &json!(case.last_event)));
        assert_eq!((&visit["state"], &visit["needs_approval"]), (&json!("requested"), &json!(true)));
        assert_eq!((&visit["place"], &visit["evidence"]), (&json!("sizo_almaty"), &json!("oral")));
        assert_eq!(visit["requested_at"], "2026-06-13T09:00+05:00");
        assert_eq!(visit["due_at"], "2026-06-14T09:00+05:00", "a day for the answer");
        assert_eq!((&visit["waited_hours"], &visit["waited_days"]), (&json!(51), &json!(2)));
        assert_eq!(visit["overdue"], true);
        app.clock.set("2026-06-14T09:00:00+05:00");
        assert_eq!(queue(&app)[0]["overdue"], false, "the last minute is in time");
    });
}

#[test]
fn an_approval_starts_the_wait_for_the_visit() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        requested(&app, "2026-06-13T09:00").on("2026-06-14").has_the_visit_approved();
        let [visit] = queue(&app).try_into().unwrap();
        assert_eq!((&visit["state"], &visit["approved_at"]), (&json!("approved"), &json!("2026-06-14")));
        assert_eq!(visit["waiting_since"], "2026-06-14");
        assert_eq!((&visit["waited_days"], &visit["waited_hours"]), (&json!(1), &Value::Null));
        assert_eq!(
            visit["due_at"], "2026-06-17T00:00+05:00",
            "two days from the end of a day, in favour of the authority"
        );
    });
}

#[test]
fn the_earliest_deadline_comes_first_then_what_has_none_and_waits_longest() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        // Without a deadline for the visit itself, what is approved has none.
        backend.execute("delete from deadline_rules where step = 'carry_out_visit'").unwrap();
        let approved =
            |time: &str, approval: &str| requested(&app, time).on(approval).has_the_visit_approved().reference;
        let undated_late = approved("2026-06-09T09:00", "2026-06-12T09:00");
        let undated_early = approved("2026-06-01T09:00", "2026-06-11T09:00");
        let due_late = requested(&app, "2026-06-14T18:00").reference;
        let due_early = requested(&app, "2026-06-14T08:00").reference;
        let due_between = requested(&app, "2026-06-14T10:00").reference;
        let order = [due_early, due_between, due_late, undated_early, undated_late];
        assert_eq!(references(&app), order);
        for limit in 1..=order.len() {
            let queue = app.get(&format!("/api/v1/visits?limit={limit}"));
            let first: Vec<_> =
                queue["visits"].as_array().unwrap().iter().map(|visit| visit["reference"].as_str().unwrap()).collect();
            assert_eq!(first, order[..limit]);
        }
    });
}

#[test]
fn a_kind_of_place_may_have_a_deadline_of_its_own() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let request = step("request_visit").without("place").with("kind_of_place", "temporary_detention");
        let case = app.caseworker().files_complaint().on("2026-06-14T09:00").records(&request);
        case.on("2026-06-14T12:00").has_the_visit_approved();
        assert_eq!(queue(&app)[0]["due_at"], "2026-06-15T12:00+05:00", "24 hours, not 48");
    });
}

#[test]
fn whatever_ends_a_visit_takes_it_out_of_the_queue() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let approved = || requested(&app, "2026-06-10").on("2026-06-11").has_the_visit_approved().on("2026-06-12");
        for kind in ["carry_out_visit", "deny_access", "cancel_visit", "lapse_visit"] {
            let case = approved();
            assert_eq!(references(&app), [case.reference.as_str()]);
            case.records(&step(kind));
            assert_eq!(queue(&app), [] as [Value; 0], "{kind}");
        }
        for kind in ["refuse_visit", "cancel_visit", "lapse_visit"] {
            requested(&app, "2026-06-10").on("2026-06-12").records(&step(kind));
            assert_eq!(queue(&app), [] as [Value; 0], "{kind}");
        }
        requested(&app, "2026-06-10").on("2026-06-12").records(&step("end_of_follow_up"));
        assert_eq!(queue(&app), [] as [Value; 0], "nobody knows what became of it");
    });
}

#[test]
fn a_place_that_needs_no_approval_is_visited_without_an_answer() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let filed = || app.caseworker().files_complaint().on("2026-06-10");
        let free = filed().records(&step("request_visit").with("approval", "not_required"));
        assert_eq!(queue(&app)[0]["needs_approval"], false);
        assert_eq!(free.on("2026-06-11").is_visited().stands()[1], "visited");
        let bound = filed().has_a_visit_requested().on("2026-06-11");
        let problem = bound.tries(&step("carry_out_visit")).must_be_problem(409, "illegal_step");
        assert_eq!(problem["state"]["visit"], "requested");
    });
}

#[test]
fn an_urgent_visit_does_not_wait_for_the_investigation() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = requested(&app, "2026-06-02").on("2026-06-03").routes_to_internal_security();
        assert_eq!(case.stands(), ["routed_to_internal_security", "requested", "visit_requested"]);
        let case = case.on("2026-06-04").is_dismissed().on("2026-06-05").has_the_visit_approved();
        assert_eq!(case.stands(), ["dismissed", "approved", "visit_approved"]);
        case.tries(&step("request_visit").on("2026-06-06")).must_be_problem(409, "illegal_step");
        assert_eq!(case.on("2026-06-06").is_visited().stands(), ["dismissed", "visited", "dismissed"]);
    });
}

#[test]
fn the_queue_of_many_cases_is_what_the_cases_say() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(120);
        let mut waiting = Vec::new();
        for case in app.all_pages("", 200) {
            let case = app.get(&format!("/api/v1/cases/{}", case["id"].as_str().unwrap()));
            let open = case["visit"]["visits"]
                .as_array()
                .unwrap()
                .iter()
                .find(|visit| ["requested", "approved"].contains(&visit["state"].as_str().unwrap()));
            if let (Some(visit), true) = (open, case["milestones"]["follow_up_ended"].is_null()) {
                waiting.push(visit["request"].as_str().unwrap().to_owned());
            }
        }
        let mut queued: Vec<_> =
            queue(&app).iter().map(|visit| visit["request"].as_str().unwrap().to_owned()).collect();
        assert!(!queued.is_empty());
        queued.sort();
        waiting.sort();
        assert_eq!(queued, waiting);
    });
}
