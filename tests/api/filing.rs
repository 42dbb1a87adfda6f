//! Filing a complaint, alone and by many at once.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{App, Form, a_complaint, for_each_backend};

#[test]
fn a_complaint_is_filed_with_nothing_but_what_it_must_carry() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let reply = app.caseworker().tries_to_file(&a_complaint()).must_be(201);
        let receipt = reply.json();
        assert_eq!(receipt["reference"], "2026-000001");
        assert_eq!(receipt["version"], 1);
        assert_eq!(reply.header("etag"), "\"1\"");
        let case = app.get(reply.header("location"));
        assert_eq!(case["id"], receipt["case_id"]);
        assert_eq!(case["complaint"]["id"], receipt["event_id"]);
        assert_eq!(
            case["complaint"]["details"],
            json!({"channel": "hotline", "allegation": "Дәлізде ұрды, адвокат жібермеді"})
        );
        assert_eq!((&case["stage"], &case["visit"]["state"]), (&json!("filed"), &json!("not_requested")));
        assert_eq!((&case["jurisdiction"], &case["time_zone"]), (&json!("kz"), &json!("Asia/Almaty")));
        assert_eq!(
            (&case["milestones"]["learnt"], &case["milestones"]["filed"]),
            (&json!("2026-06-01"), &json!("2026-06-01"))
        );
        assert_eq!(case["facts"], json!([]));
    });
}

fn a_full_complaint() -> Form {
    a_complaint()
        .on("2026-06-02T09:15")
        .with("learnt_at", "2026-06-01T22:40")
        .with("jurisdiction", "kz")
        .with("time_zone", "Asia/Almaty")
        .with("region", "almaty_city")
        .with("kind_of_place", "police_office")
        .with("agency", "police_local")
        .with("incident_at", "2026-05")
        .with("context", "interrogation")
        .with("sex", "female")
        .with("age_band", "14_17")
        .with("forms", json!(["beating", "threat_family"]))
        .with("purposes", json!(["confession"]))
        .with("remarks", "Записано со слов матери")
        .with(
            "people",
            json!([
                {"part": "alleged_victim", "sex": "female", "age_band": "14_17", "name": "Мысалова Үлгі"},
                {"part": "complainant", "name": "Мысалова Ана", "contact": "+7 000 000 00 00"},
                {"part": "alleged_perpetrator", "agency": "police_local", "rank_or_unit": "капитан"},
            ]),
        )
}

#[test]
fn a_complaint_is_filed_with_all_that_is_known() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files(&a_full_complaint());
        assert_eq!(case.version, 5, "the filing, when it was learnt of, and three people");
        let shown = case.shows();
        let told = a_full_complaint().body();
        for (field, value) in shown["complaint"]["details"].as_object().unwrap() {
            assert_eq!(*value, told[field], "{field}");
        }
        assert_eq!(shown["complaint"]["details"].as_object().unwrap().len(), 12);
        assert_eq!(shown["milestones"]["learnt"], "2026-06-01T22:40+05:00");
        assert_eq!(shown["milestones"]["filed"], "2026-06-02T09:15+05:00");
        let facts = shown["facts"].as_array().unwrap();
        let kinds: Vec<_> = facts.iter().map(|fact| fact["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["learn_of_allegation", "person", "person", "person"]);
        let people: Vec<_> = facts[1..].iter().map(|fact| fact["details"].clone()).collect();
        assert_eq!(Value::Array(people), told["people"]);
    });
}

#[test]
fn the_clock_of_a_complaint_starts_when_it_was_learnt_of() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files(&a_complaint().with("learnt_at", "2026-05-30T10:00"));
        let first = &case.shows()["deadlines"][0];
        assert_eq!(first["step"], "first_response");
        assert_eq!(first["since"], "2026-05-30T10:00+05:00");
        assert_eq!(first["due_at"], "2026-05-31T10:00+05:00");
        assert_eq!(first["overdue"], true);
    });
}

#[test]
fn wall_clock_times_are_those_of_the_complaint_s_time_zone() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let filed_at = |complaint: &Form| app.caseworker().files(complaint).shows()["complaint"]["occurred_at"].clone();
        let noon = a_complaint().on("2026-06-01T12:00");
        assert_eq!(filed_at(&noon), "2026-06-01T12:00+05:00");
        assert_eq!(filed_at(&noon.clone().with("time_zone", "Europe/Paris")), "2026-06-01T12:00+02:00");
        assert_eq!(filed_at(&noon.on("2026-06-01T12:00Z")), "2026-06-01T17:00+05:00");
    });
}

#[test]
fn a_reference_counts_within_the_year_of_filing_in_the_time_zone_of_the_case() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let files = |time: &str| app.caseworker().files(&a_complaint().on(time)).reference;
        assert_eq!(files("2026-03-01"), "2026-000001");
        assert_eq!(files("2025-12-31T23:59"), "2025-000001");
        assert_eq!(files("2026-01-01T00:00"), "2026-000002", "2025 in UTC, but 2026 in Almaty");
        assert_eq!(files("2025-12"), "2025-000002");
        assert_eq!(files("1998-05"), "1998-000001");
    });
}

#[test]
fn a_place_on_the_list_tells_its_kind_and_its_region() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let place = a_complaint().with("place", "sizo_almaty");
        let details = |complaint: &Form| app.caseworker().files(complaint).shows()["complaint"]["details"].clone();
        let filled = details(&place);
        assert_eq!(filled["kind_of_place"], "pre_trial_detention");
        assert_eq!(filled["region"], "almaty_city");
        let told = details(&place.with("region", "abai").with("kind_of_place", "knb_detention"));
        assert_eq!(told["kind_of_place"], "knb_detention", "what was told is kept");
        assert_eq!(told["region"], "abai");
    });
}

#[test]
fn a_place_counts_for_the_region_that_it_lay_in_on_that_day() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let region = |time: &str| {
            let complaint = a_complaint().with("place", "colony_women_zhaugashty").on(time);
            app.caseworker().files(&complaint).shows()["complaint"]["details"]["region"].clone()
        };
        assert_eq!(region("2022-06-07"), "almaty_region_until_2022");
        assert_eq!(region("2022-06-08"), "almaty_region");
    });
}

fn a_complaint_full_of_mistakes() -> Form {
    Form::new("occurred_at", "1 June")
        .with("channel", "pigeon")
        .with("learnt_at", "2026-13")
        .with("time_zone", "Asia/Atlantis")
        .with("region", json!(["akmola", "aktobe"]))
        .with("allegation", "  ")
        .with("forms", json!(["beating", "tickling"]))
        .with("colour", "blue")
        .with("people", json!([{"part": "alleged_victim"}, {"part": "bystander", "shoe_size": 43}]))
}

#[test]
fn every_wrong_field_is_named_at_once() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let wrong = app.caseworker().tries_to_file(&a_complaint_full_of_mistakes()).wrong_fields();
        let wrong: Vec<_> = wrong.iter().map(|(field, problem)| (field.as_str(), problem.as_str())).collect();
        assert_eq!(
            wrong,
            [
                ("allegation", "missing"),
                ("channel", "unknown_code"),
                ("colour", "unknown"),
                ("forms", "unknown_code"),
                ("learnt_at", "not_a_time"),
                ("occurred_at", "not_a_time"),
                ("people[1].part", "not_one_of"),
                ("people[1].shoe_size", "unknown"),
                ("region", "not_single"),
                ("time_zone", "not_a_time_zone"),
            ]
        );
    });
}

#[test]
fn what_is_wrong_is_said_in_kazakh_russian_and_english() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let told: BTreeSet<String> = ["kk", "ru", "en"]
            .into_iter()
            .map(|language| {
                let request = app.client.post("/api/v1/cases", &a_complaint_full_of_mistakes().body());
                let reply = request.in_language(language).send();
                assert_eq!(reply.header("content-language"), language);
                let problem = reply.must_be_problem(422, "invalid_input");
                let errors = problem["errors"].as_array().unwrap();
                assert_eq!(errors.len(), 10);
                for error in errors {
                    let message = error["message"].as_str().unwrap();
                    assert!(!message.is_empty() && !message.contains(['{', '$']), "{language}: {message}");
                    assert!(problem["detail"].as_str().unwrap().contains(message));
                }
                problem["title"].as_str().unwrap().to_owned()
            })
            .collect();
        assert_eq!(told.len(), 3, "{told:?}");
    });
}

#[test]
fn the_future_is_refused_where_it_stands() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let wrong = |complaint: &Form| app.caseworker().tries_to_file(complaint).wrong_fields();
        let future = |field: &str| vec![(field.to_owned(), "in_the_future".to_owned())];
        assert_eq!(wrong(&a_complaint().on("2026-06-15T12:01")), future("occurred_at"));
        assert_eq!(wrong(&a_complaint().on("2026-06-16")), future("occurred_at"));
        assert_eq!(wrong(&a_complaint().with("learnt_at", "2026-06-16")), future("learnt_at"));
        assert_eq!(wrong(&a_complaint().with("incident_at", "2026-07")), future("incident_at"));
        app.caseworker().files(&a_complaint().on("2026-06-15T12:00"));
        app.caseworker().files(&a_complaint().on("2026-06-15"));
    });
}

#[test]
fn a_code_must_be_valid_on_the_day_of_the_filing() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let old = a_complaint().with("region", "south_kazakhstan_until_2018");
        app.caseworker().files(&old.clone().on("2018-06-18"));
        let wrong = app.caseworker().tries_to_file(&old.on("2018-06-19")).wrong_fields();
        assert_eq!(wrong, [("region".to_owned(), "code_not_valid_on".to_owned())]);
    });
}

#[test]
fn what_is_wrong_leaves_nothing_behind() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let tries = |complaint: &Form| app.caseworker().tries_to_file(complaint).must_be(422);
        tries(&a_complaint_full_of_mistakes());
        tries(&a_complaint().on("2026-06-16"));
        tries(&a_complaint().with("people", json!([{"part": "bystander"}])));
        for table in ["cases", "events", "case_summaries", "visit_summaries", "idempotency_keys", "reference_counters"]
        {
            assert_eq!(backend.rows(table), [""; 0], "{table}");
        }
        assert_eq!(app.caseworker().files_complaint().reference, "2026-000001");
    });
}

#[test]
fn eight_people_filing_at_once_get_references_without_gaps_or_duplicates() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let client = &app.client;
        let mut references: Vec<String> = std::thread::scope(|scope| {
            let person = |person: usize| {
                let caseworker = crate::support::caseworker::Caseworker::of(client);
                let mut got = Vec::new();
                for turn in 0..6 {
                    let year = 2024 + (person + turn) % 2;
                    let complaint = a_complaint().on(&format!("{year}-02-03"));
                    got.push(caseworker.files(&complaint).reference);
                    caseworker.tries_to_file(&complaint.with("channel", "pigeon")).must_be(422);
                    caseworker.tries_to_file(&a_complaint().on("2026-06-16")).must_be(422);
                }
                got
            };
            let people: Vec<_> = (0..8).map(|number| scope.spawn(move || person(number))).collect();
            people.into_iter().flat_map(|person| person.join().unwrap()).collect()
        });
        references.sort();
        let expected: Vec<String> =
            [2024, 2025].into_iter().flat_map(|year| (1..=24).map(move |n| format!("{year}-{n:06}"))).collect();
        assert_eq!(references, expected);
    });
}

#[test]
fn at_most_fifty_people_come_with_a_filing() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let with = |people: usize| a_complaint().with("people", vec![json!({"part": "witness"}); people]);
        assert_eq!(app.caseworker().files(&with(50)).version, 51);
        let wrong = app.caseworker().tries_to_file(&with(51)).wrong_fields();
        assert_eq!(wrong, [("people".to_owned(), "too_many".to_owned())]);
    });
}
