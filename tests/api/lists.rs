//! The list of cases: filters, orders, pages, and what is overdue.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde_json::{Value, json};

use crate::support::{App, a_complaint, for_each_backend};

fn ids(cases: &[Value]) -> Vec<&str> {
    cases.iter().map(|case| case["id"].as_str().unwrap()).collect()
}

fn set(cases: &[Value]) -> BTreeSet<&str> {
    ids(cases).into_iter().collect()
}

fn filed_day(case: &Value) -> NaiveDate {
    let text = case["filed_at"].as_str().unwrap();
    let day = text.get(..10).map_or_else(|| format!("{text}-01"), str::to_owned);
    day.parse().unwrap()
}

fn instant(text: &Value) -> Option<DateTime<FixedOffset>> {
    text.as_str().map(|text| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%:z").unwrap())
}

#[test]
fn a_filter_lets_through_the_cases_that_have_it_and_no_others() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(60);
        let all = app.all_pages("", 200);
        assert_eq!(all.len(), 60);
        for field in ["stage", "region", "agency", "kind_of_place", "place"] {
            let mut by_value: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
            for case in &all {
                if let Some(value) = case[field].as_str() {
                    by_value.entry(value).or_default().insert(case["id"].as_str().unwrap());
                }
            }
            assert!(by_value.len() > 1, "the invented cases tell nothing of {field}");
            for (value, expected) in by_value {
                let found = app.all_pages(&format!("{field}={value}"), 200);
                assert_eq!(set(&found), expected, "{field}={value}");
            }
        }
        assert_eq!(app.all_pages("region=atlantis", 200), [] as [Value; 0]);
    });
}

#[test]
fn a_span_of_days_of_filing_takes_in_both_its_ends() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(60);
        let all = app.all_pages("sort=filed", 200);
        let (from, to) = (filed_day(&all[20]), filed_day(&all[40]));
        let expected = |within: &dyn Fn(NaiveDate) -> bool| {
            all.iter().filter(|case| within(filed_day(case))).map(|case| case["id"].as_str().unwrap()).collect()
        };
        let found = |query: String| app.all_pages(&query, 200);
        assert_eq!(set(&found(format!("filed_from={from}"))), expected(&|day| day >= from));
        assert_eq!(set(&found(format!("filed_to={to}"))), expected(&|day| day <= to));
        let both = found(format!("filed_from={from}&filed_to={to}"));
        assert_eq!(set(&both), expected(&|day| from <= day && day <= to));
        assert!((20..60).contains(&both.len()));
        assert_eq!(found(format!("filed_from={to}&filed_to={from}")).len(), 0);
    });
}

#[test]
fn filters_hold_together() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(120);
        let all = app.all_pages("", 200);
        for case in &all {
            let (Some(region), Some(agency)) = (case["region"].as_str(), case["agency"].as_str()) else { continue };
            let stage = case["stage"].as_str().unwrap();
            let found = app.all_pages(&format!("region={region}&agency={agency}&stage={stage}"), 200);
            let alike = all.iter().filter(|other| {
                [("region", region), ("agency", agency), ("stage", stage)]
                    .iter()
                    .all(|(name, value)| other[*name] == *value)
            });
            assert_eq!(found.len(), alike.count());
        }
    });
}

#[test]
fn each_order_is_kept() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(60);
        let filed = app.all_pages("sort=filed", 200);
        assert!(filed.is_sorted_by_key(|case| (filed_day(case), case["id"].as_str().unwrap().to_owned())));
        let mut backwards = filed.clone();
        backwards.reverse();
        assert_eq!(ids(&app.all_pages("sort=-filed", 200)), ids(&backwards));
        assert_eq!(ids(&app.all_pages("", 200)), ids(&backwards), "the latest filing first unless told");

        let due = app.all_pages("sort=due", 200);
        let waiting: Vec<Value> = filed.iter().filter(|case| case["next_due_at"] != Value::Null).cloned().collect();
        assert!(!waiting.is_empty() && waiting.len() < 60);
        assert_eq!(set(&due), set(&waiting), "what waits for nothing with a deadline is left out");
        assert!(due.is_sorted_by_key(|case| instant(&case["next_due_at"])));

        let changed = app.all_pages("sort=-updated", 200);
        assert_eq!(changed.len(), 60);
        assert!(changed.is_sorted_by(|a, b| instant(&a["updated_at"]) >= instant(&b["updated_at"])));
    });
}

#[test]
fn a_change_brings_a_case_to_the_front() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(20);
        let last = app.all_pages("sort=-updated", 200).pop().unwrap();
        let receipt =
            json!({"case_id": last["id"], "reference": last["reference"], "event_id": "", "version": last["version"]});
        let case = crate::support::caseworker::CaseFile::of(&app.client, &receipt);
        case.on("2026-06-15").records(&crate::support::complaint::step("note"));
        let first = &app.get("/api/v1/cases?sort=-updated&limit=1")["cases"][0];
        assert_eq!(first["id"], last["id"]);
        assert_eq!(first["updated_at"], "2026-06-15T12:00+05:00");
    });
}

#[test]
fn seven_a_page_give_each_case_once_and_in_order() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(60);
        for _ in 0..9 {
            // Many on one day, so that pages end among them.
            app.caseworker().files_complaint();
        }
        for sort in ["-filed", "filed", "due", "-updated"] {
            for filter in ["", "&filed_from=2023-01-01", "&stage=dismissed", "&overdue=true"] {
                let query = format!("sort={sort}{filter}");
                let whole = app.all_pages(&query, 200);
                assert!(whole.len() > 7 || filter == "&stage=dismissed", "{query}: {}", whole.len());
                assert_eq!(ids(&app.all_pages(&query, 7)), ids(&whole), "{query}");
                assert_eq!(set(&whole).len(), whole.len(), "{query}");
            }
        }
    });
}

#[test]
fn a_last_page_that_is_full_has_no_page_after_it() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(14);
        let first = app.get("/api/v1/cases?limit=7");
        let second = app.get(&format!("/api/v1/cases?limit=7&cursor={}", first["next"].as_str().unwrap()));
        assert_eq!(second["cases"].as_array().unwrap().len(), 7);
        assert_eq!(second["next"], Value::Null);
        assert_eq!(app.get("/api/v1/cases?limit=14")["next"], Value::Null);
        assert_eq!(app.get("/api/v1/cases?stage=closed&region=abai&limit=1&filed_to=1999-01-01")["next"], Value::Null);
    });
}

#[test]
fn a_case_that_is_filed_meanwhile_moves_no_page() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(20);
        let whole = app.all_pages("", 200);
        let first = app.get("/api/v1/cases?limit=7");
        app.caseworker().files_complaint();
        let second = app.get(&format!("/api/v1/cases?limit=7&cursor={}", first["next"].as_str().unwrap()));
        assert_eq!(ids(second["cases"].as_array().unwrap()), ids(&whole[7..14]));
    });
}

#[test]
fn a_case_is_overdue_once_its_deadline_has_passed() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        app.caseworker().files(&a_complaint().on("2026-06-14T12:00"));
        let overdue = || app.all_pages("overdue=true", 50).len();
        let listed = || app.get("/api/v1/cases")["cases"][0].clone();
        assert_eq!(listed()["next_due_at"], "2026-06-15T12:00+05:00", "a day for the first response");
        assert_eq!((overdue(), &listed()["overdue"]), (0, &json!(false)));
        app.clock.set("2026-06-15T12:01:00+05:00");
        assert_eq!((overdue(), &listed()["overdue"]), (1, &json!(true)));
        assert_eq!(app.all_pages("overdue=false", 50).len(), 1, "false asks for all");
    });
}

#[test]
fn the_overdue_are_those_whose_deadline_lies_behind_the_clock() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(120);
        let all = app.all_pages("", 200);
        for now in ["2026-06-15T12:00:00+05:00", "2025-06-01T00:00:00+05:00", "2027-01-01T00:00:00+05:00"] {
            app.clock.set(now);
            let now: DateTime<FixedOffset> = now.parse().unwrap();
            let late = all.iter().filter(|case| instant(&case["next_due_at"]).is_some_and(|due| due < now));
            let expected: BTreeSet<&str> = late.map(|case| case["id"].as_str().unwrap()).collect();
            assert!(!expected.is_empty());
            assert_eq!(set(&app.all_pages("overdue=true", 7)), expected);
        }
    });
}

#[test]
fn a_row_says_what_the_case_says() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(25);
        for row in app.all_pages("", 200) {
            let case = app.get(&format!("/api/v1/cases/{}", row["id"].as_str().unwrap()));
            for field in ["id", "reference", "version", "stage", "stage_label"] {
                assert_eq!(row[field], case[field], "{field}");
            }
            assert_eq!(row["investigation"], case["investigation"]["state"]);
            assert_eq!(row["visit"], case["visit"]["state"]);
            assert_eq!(row["filed_at"], case["milestones"]["filed"]);
            for field in ["channel", "region", "kind_of_place", "place", "agency"] {
                assert_eq!(row[field], case["complaint"]["details"][field], "{field}");
            }
            let due = case["deadlines"].as_array().unwrap().iter().filter_map(|wait| instant(&wait["due_at"])).min();
            assert_eq!(instant(&row["next_due_at"]), due);
        }
    });
}
