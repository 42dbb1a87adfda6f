//! Steps and facts: what is legal, what is recorded late, and what is refused and why.

use aiqyn::domain::event::HappeningKind;
use serde_json::{Value, json};

use crate::support::caseworker::{CaseFile, Caseworker};
use crate::support::complaint::step;
use crate::support::{App, for_each_backend};

#[test]
fn an_illegal_step_is_refused_with_where_the_case_stands_and_what_is_legal_there() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files_complaint();
        let problem = case.tries(&step("convict")).must_be_problem(409, "illegal_step");
        assert_eq!(problem["state"], json!({"investigation": "filed", "visit": "not_requested"}));
        assert_eq!(
            problem["permitted"],
            json!(["route", "open_investigation", "dismiss", "withdraw", "request_visit"])
        );
        assert_eq!(case.shows()["version"], 1);
    });
}

/// Cases at different points of their way, made anew each time.
const WAYS: &[fn(Caseworker<'_>) -> CaseFile<'_>] = &[
    |worker| worker.files_complaint(),
    |worker| worker.files_complaint().routes_to_internal_security().has_a_visit_requested(),
    |worker| worker.files_complaint().is_investigated().has_a_visit_requested().has_the_visit_approved(),
    |worker| worker.files_complaint().is_dismissed(),
    |worker| worker.files_complaint().is_dismissed().is_appealed(),
    |worker| worker.files_complaint().is_investigated().is_prosecuted(),
    |worker| worker.files_complaint().is_investigated().is_prosecuted().ends_in_a_conviction(),
    |worker| worker.files_complaint().is_withdrawn(),
];

#[test]
fn a_case_offers_exactly_the_steps_that_it_takes() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        for way in WAYS {
            let offered = offered_steps(&way(app.caseworker()).shows());
            for kind in HappeningKind::all().filter(|kind| kind.is_step()).map(HappeningKind::as_str) {
                let reply = way(app.caseworker()).on("2026-06-10").tries(&step(kind));
                if offered.iter().any(|offered| offered == kind) {
                    reply.must_be(201);
                } else {
                    reply.must_be_problem(409, "illegal_step");
                }
            }
        }
    });
}

fn offered_steps(case: &Value) -> Vec<String> {
    let offered = case["permitted"].as_array().unwrap().iter().filter(|kind| kind["is_step"] == true);
    offered.map(|kind| kind["kind"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_step_that_would_break_a_later_one_is_refused() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files_complaint().on("2026-06-05").routes_to_internal_security();
        let case = case.on("2026-06-10").is_dismissed();
        let problem = case.clone().on("2026-06-07").tries(&step("withdraw")).must_be_problem(409, "illegal_step");
        assert_eq!(problem["state"], json!({"investigation": "withdrawn", "visit": "not_requested"}));
        assert_eq!(problem["permitted"], json!(["reopen", "request_visit"]));
        assert!(problem["detail"].as_str().unwrap().contains("10 June 2026"), "{problem}");
        assert_eq!(case.stands(), ["dismissed", "not_requested", "dismissed"]);
        assert_eq!(case.shows()["version"], 3);
    });
}

#[test]
fn a_step_that_is_recorded_late_finds_its_place() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files_complaint().on("2026-06-10").is_dismissed();
        let case = case.on("2026-06-04").routes_to_internal_security();
        assert_eq!(case.stands(), ["dismissed", "not_requested", "dismissed"]);
        let kinds = |list: &Value| -> Vec<String> {
            list.as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(kinds(&case.shows()["investigation"]["steps"]), ["file", "route", "dismiss"]);
        assert_eq!(kinds(&case.history()["events"]), ["file", "dismiss", "route"], "as they were recorded");
        let rates = app.get("/api/v1/statistics/rates");
        let by_internal_security = &rates["rates"][2];
        assert_eq!(by_internal_security["measure"], "dismissed_by_internal_security");
        assert_eq!(by_internal_security["of_all"]["numerator"], 1, "the statistics know it too");
    });
}

#[test]
fn every_kind_of_fact_can_be_recorded_and_is_shown() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let facts = HappeningKind::all().filter(|kind| !kind.is_step());
        let kinds: Vec<&str> = facts.map(HappeningKind::as_str).collect();
        let mut case = app.caseworker().files_complaint();
        for kind in &kinds {
            case = case.records(&step(kind));
        }
        let shown = case.shows();
        assert_eq!(shown["stage"], "filed", "facts change no state");
        let facts: Vec<_> = shown["facts"].as_array().unwrap().iter().map(|fact| fact["kind"].clone()).collect();
        assert_eq!(facts, kinds);
    });
}

#[test]
fn the_safeguards_of_the_first_hours_become_delays() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let safeguard = |kind: &str, time: &str| step("safeguard").with("safeguard", kind).on(time);
        app.caseworker()
            .files_complaint()
            .records(&safeguard("deprivation_of_liberty", "2026-05-20T08:00"))
            .records(&safeguard("registration", "2026-05-20T20:00"))
            .records(&safeguard("access_to_lawyer", "2026-05-22T08:00"));
        let delays = app.get("/api/v1/statistics/delays");
        let delay = |measure: &str| {
            let rows = delays["delays"].as_array().unwrap();
            let row = rows.iter().find(|row| row["measure"] == measure).unwrap();
            (row["median"]["estimate"].as_f64(), row["ended"].clone(), row["lost"].clone())
        };
        assert_eq!(delay("deprivation_to_registration"), (Some(0.5), json!(1), json!(0)));
        assert_eq!(delay("deprivation_to_lawyer"), (Some(2.0), json!(1), json!(0)));
        assert_eq!(delay("deprivation_to_doctor"), (None, json!(0), json!(1)), "not seen when it was filed");
    });
}

#[test]
fn wrong_fields_of_a_step_are_named() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files_complaint();
        let wrong = |form: &crate::support::Form| {
            let wrong = case.tries(form).wrong_fields();
            wrong.into_iter().map(|(field, problem)| format!("{field} {problem}")).collect::<Vec<_>>()
        };
        assert_eq!(wrong(&step("dismiss").without("ground").with("why", "x")), ["ground missing", "why unknown"]);
        assert_eq!(wrong(&step("route").with("receiving_body", json!({"a": 1}))), ["receiving_body unreadable"]);
        assert_eq!(wrong(&step("route").on("")), ["occurred_at missing"]);
        assert_eq!(wrong(&step("route").on("2026-06-16")), ["occurred_at in_the_future"]);
        assert_eq!(wrong(&step("route").without("kind")), ["kind missing"]);
        assert_eq!(wrong(&step("route").with("kind", "bribe")), ["kind unknown_kind"]);
        assert_eq!(wrong(&step("route").with("kind", "retraction")), ["kind unknown_kind"]);
        assert_eq!(case.shows()["version"], 1);
    });
}

#[test]
fn only_a_refused_request_of_the_same_case_is_renewed() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let other = app.caseworker().files_complaint().on("2026-06-02").has_a_visit_requested();
        let case = app.caseworker().files_complaint().on("2026-06-02").has_a_visit_requested();
        let request = case.last_event.clone();
        let case = case.on("2026-06-03").has_the_visit_approved().on("2026-06-04").is_visited().on("2026-06-05");
        for event in [&request, &other.last_event, &case.last_event] {
            let wrong = case.tries(&step("request_visit").with("renews", event.as_str())).wrong_fields();
            assert_eq!(wrong, [("renews".to_owned(), "not_an_event".to_owned())]);
        }
    });
}

#[test]
fn times_too_vague_to_tell_an_order_follow_the_order_of_recording() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files(&crate::support::a_complaint().on("2026-05"));
        let case = case.on("2026-05").routes_to_internal_security().is_dismissed().is_appealed();
        assert_eq!(case.stands(), ["under_appeal", "not_requested", "under_appeal"]);
    });
}
