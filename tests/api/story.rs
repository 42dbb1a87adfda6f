//! The story that the report to the Committee tells, from the first call to a conviction, and what
//! the API makes of it. The figures are worked by hand from the dates.

use serde_json::{Value, json};

use crate::support::caseworker::CaseFile;
use crate::support::{App, a_complaint, for_each_backend};

/// Learnt of on 9 January, filed a day later, dismissed by internal security, reopened on appeal.
fn the_story(app: &App) -> CaseFile<'_> {
    let complaint = a_complaint()
        .on("2026-01-10T10:00")
        .with("learnt_at", "2026-01-09T10:00")
        .with("place", "sizo_almaty")
        .with("agency", "police_local");
    let case = app.caseworker().files(&complaint).on("2026-01-12T10:00").routes_to_internal_security();
    let case = case.on("2026-01-12T12:00").has_a_visit_requested();
    let request = case.last_event.clone();
    case.on("2026-01-14T12:00")
        .has_the_visit_refused_for_want_of_written_evidence()
        .on("2026-01-15T09:00")
        .has_the_visit_requested_again(&request)
        .on("2026-01-18T09:00")
        .has_the_visit_approved()
        .on("2026-01-19T09:00")
        .is_visited()
        .on("2026-02-11T10:00")
        .is_dismissed()
        .on("2026-02-20T10:00")
        .is_appealed()
        .on("2026-03-02T10:00")
        .is_reopened()
        .on("2026-04-01T10:00")
        .is_prosecuted()
        .on("2026-06-10T10:00")
        .ends_in_a_conviction()
}

#[test]
fn the_case_shows_both_regions_with_every_time() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = the_story(&app);
        assert_eq!(case.stands(), ["closed", "visited", "closed"]);
        let shown = case.shows();
        assert_eq!(shown["version"], 13);
        let steps: Vec<_> = shown["investigation"]["steps"]
            .as_array()
            .unwrap()
            .iter()
            .map(|step| (step["kind"].as_str().unwrap(), step["occurred_at"].as_str().unwrap()))
            .collect();
        assert_eq!(
            steps,
            [
                ("file", "2026-01-10T10:00+05:00"),
                ("route", "2026-01-12T10:00+05:00"),
                ("dismiss", "2026-02-11T10:00+05:00"),
                ("appeal", "2026-02-20T10:00+05:00"),
                ("reopen", "2026-03-02T10:00+05:00"),
                ("prosecute", "2026-04-01T10:00+05:00"),
                ("convict", "2026-06-10T10:00+05:00"),
            ]
        );
        assert_eq!(
            shown["milestones"],
            json!({
                "learnt": "2026-01-09T10:00+05:00",
                "filed": "2026-01-10T10:00+05:00",
                "routed": "2026-01-12T10:00+05:00",
                "investigation_opened": "2026-03-02T10:00+05:00",
                "first_response": "2026-01-12T10:00+05:00",
                "dismissed": "2026-02-11T10:00+05:00",
                "appealed": "2026-02-20T10:00+05:00",
                "appeal_answered": "2026-03-02T10:00+05:00",
                "appeal_withdrawn": null,
                "reopened": "2026-03-02T10:00+05:00",
                "prosecuted": "2026-04-01T10:00+05:00",
                "closed": "2026-06-10T10:00+05:00",
                "withdrawn": null,
                "deprived_of_liberty": null,
                "registered": null,
                "lawyer": null,
                "doctor": null,
                "family": null,
                "follow_up_ended": null,
            })
        );
        assert_eq!(shown["deadlines"], json!([]), "nothing is waited for any more");
        let permitted = shown["permitted"].as_array().unwrap();
        assert!(permitted.iter().all(|kind| kind["is_step"] == false), "{permitted:?}");
    });
}

#[test]
fn both_visits_stand_in_the_case_and_the_second_names_the_first() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let shown = the_story(&app).shows();
        let [refused, renewed] = shown["visit"]["visits"].as_array().unwrap().as_slice() else { panic!("{shown}") };
        assert_eq!(
            (&refused["state"], &refused["refusal_ground"], &refused["evidence"], &refused["answered_at"]),
            (&json!("refused"), &json!("no_written_evidence"), &json!("oral"), &json!("2026-01-14T12:00+05:00"))
        );
        assert_eq!((&refused["carried_out_at"], &refused["renews"]), (&Value::Null, &Value::Null));
        assert_eq!(
            (&renewed["state"], &renewed["renews"], &renewed["evidence"]),
            (&json!("visited"), &refused["request"], &json!("written_and_signed"))
        );
        assert_eq!(renewed["answered_at"], "2026-01-18T09:00+05:00");
        assert_eq!(renewed["carried_out_at"], "2026-01-19T09:00+05:00");
        assert_eq!((&renewed["announced"], &renewed["private_interview"]), (&json!("no"), &json!("yes")));
    });
}

#[test]
fn the_history_has_every_event_in_the_order_of_recording() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let history = the_story(&app).history();
        assert_eq!((&history["reference"], &history["version"]), (&json!("2026-000001"), &json!(13)));
        let events = history["events"].as_array().unwrap();
        let kinds: Vec<_> = events.iter().map(|event| event["kind"].as_str().unwrap()).collect();
        assert_eq!(
            kinds,
            [
                "file",
                "learn_of_allegation",
                "route",
                "request_visit",
                "refuse_visit",
                "request_visit",
                "approve_visit",
                "carry_out_visit",
                "dismiss",
                "appeal",
                "reopen",
                "prosecute",
                "convict",
            ]
        );
        for (event, sequence) in events.iter().zip(1..) {
            assert_eq!(event["sequence"], sequence);
            assert_eq!(event["recorded_at"], "2026-06-15T07:00:00.000000Z", "the server's clock");
            assert_eq!((&event["corrects"], &event["corrected_by"]), (&Value::Null, &Value::Null));
        }
        assert_eq!(events[7]["details"]["findings"], "Гематомы на спине и плечах");
    });
}

#[test]
fn nothing_of_it_is_left_in_the_queue_of_visits() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        the_story(&app);
        assert_eq!(app.get("/api/v1/visits")["visits"], json!([]));
    });
}

/// Of a delay: n, ended, ended otherwise, quartiles, and how many of how many within the deadline.
type Figures = (i64, i64, i64, [f64; 3], (i64, i64));

fn figures(delays: &Value, measure: &str) -> Figures {
    let row = delays["delays"].as_array().unwrap().iter().find(|row| row["measure"] == measure).unwrap();
    assert_eq!((&row["group"], &row["lost"], &row["left_out"]), (&Value::Null, &json!(0), &json!(0)));
    let count = |value: &Value| value.as_i64().unwrap();
    let days = |name: &str| row[name]["estimate"].as_f64().unwrap_or(f64::INFINITY);
    let within = &row["within_deadline"];
    (
        count(&row["n"]),
        count(&row["ended"]),
        count(&row["ended_otherwise"]),
        [days("first_quartile"), days("median"), days("third_quartile")],
        (count(&within["numerator"]), count(&within["denominator"])),
    )
}

const NEVER: f64 = f64::INFINITY;

#[test]
fn the_delays_are_those_of_its_dates() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        the_story(&app);
        let delays = app.get("/api/v1/statistics/delays");
        assert_eq!(delays["cases"], 1);
        assert_eq!(delays["observed_until"], "2026-06-15T18:59:59+00:00", "the end of that day in Almaty");
        let expected: &[(&str, Figures)] = &[
            ("filing_to_routing", (1, 1, 0, [3.0; 3], (1, 1))),
            ("routing_to_decision", (1, 1, 0, [30.0; 3], (1, 1))),
            ("filing_to_first_response", (1, 1, 0, [3.0; 3], (0, 1))),
            ("filing_to_dismissal", (1, 1, 0, [33.0; 3], (0, 0))),
            ("filing_to_prosecution", (1, 0, 1, [NEVER; 3], (0, 0))),
            ("visit_request_to_answer", (2, 2, 0, [2.0, 2.5, 3.0], (0, 2))),
            ("visit_request_to_visit", (2, 1, 1, [4.0; 3], (0, 0))),
            ("visit_approval_to_visit", (1, 1, 0, [1.0; 3], (1, 1))),
            ("appeal_to_answer", (1, 1, 0, [10.0; 3], (0, 1))),
            ("deprivation_to_lawyer", (0, 0, 0, [NEVER; 3], (0, 0))),
        ];
        for (measure, expected) in expected {
            assert_eq!(figures(&delays, measure), *expected, "{measure}");
        }
        let from_filing = app.get("/api/v1/statistics/delays?clock=filed");
        assert_eq!(figures(&from_filing, "filing_to_routing"), (1, 1, 0, [2.0; 3], (1, 1)));
        assert_eq!(figures(&from_filing, "filing_to_dismissal"), (1, 1, 0, [32.0; 3], (0, 0)));
    });
}

#[test]
fn the_rates_count_it_once_in_each() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        the_story(&app);
        let rates = app.get("/api/v1/statistics/rates");
        let counts: Vec<_> = rates["rates"]
            .as_array()
            .unwrap()
            .iter()
            .map(|rate| {
                let of = &rate["of_all"];
                (
                    rate["measure"].as_str().unwrap(),
                    of["numerator"].as_i64().unwrap(),
                    of["denominator"].as_i64().unwrap(),
                )
            })
            .collect();
        assert_eq!(
            counts,
            [
                ("routed", 1, 1),
                ("dismissed", 1, 1),
                ("dismissed_by_internal_security", 1, 1),
                ("prosecuted", 1, 1),
                ("withdrawn", 0, 1),
                ("convicted", 1, 1),
                ("appealed", 1, 1),
                ("reopened", 1, 1),
                ("visit_approved", 1, 2),
                ("visit_refused", 1, 2),
            ]
        );
        // Wilson's interval of 1 of 2.
        let refused = &rates["rates"][9]["of_all"];
        assert!((refused["lo"].as_f64().unwrap() - 0.094_531_2).abs() < 1e-6, "{refused}");
        assert!((refused["hi"].as_f64().unwrap() - 0.905_468_8).abs() < 1e-6, "{refused}");
    });
}
