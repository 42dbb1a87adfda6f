//! What goes on behind an answer: figures of many cases lag a moment behind what is recorded, those of days long past
//! do not move at all, and the names of a long list are indexed behind the first search.

use std::sync::Arc;
use std::time::{Duration, Instant};

use aiqyn::access::role::{OrganisationKind, Role};
use aiqyn::measures::delay::DelayMeasure;
use aiqyn::measures::statistics::Statistics;
use aiqyn::services::{Caller, Lag, MeasureQuery};
use serde_json::json;

use crate::support::complaint::step;
use crate::support::http::Client;
use crate::support::staff::Organisation;
use crate::support::{App, Backend, a_complaint, for_each_backend};

/// Every office has many cases here.
fn lagging(backend: &Backend) -> App {
    App::lagging(backend, Lag { from_cases: 1, ..Lag::default() })
}

fn files(app: &App) {
    app.caseworker().files(&a_complaint().on("2026-06-02"));
}

/// How many cases were counted, and when, where that is told.
fn counted(app: &App) -> (u64, Option<String>) {
    let delays = app.get("/api/v1/statistics/delays");
    (delays["cases"].as_u64().unwrap(), delays["counted_at"].as_str().map(str::to_owned))
}

#[test]
fn figures_of_many_cases_lag_say_since_when_and_catch_up() {
    for_each_backend(|backend| {
        let app = lagging(backend);
        files(&app);
        assert_eq!(counted(&app), (1, None));
        files(&app);
        app.clock.set("2026-06-15T12:00:09+05:00");
        assert_eq!(counted(&app), (1, Some("2026-06-15T07:00:00+00:00".to_owned())));
        // What has to be read counts, not what the question leaves of it.
        let prosecuted = || app.get("/api/v1/statistics/delays?stage=prosecution");
        assert_eq!(prosecuted()["counted_at"], serde_json::Value::Null);
        files(&app);
        assert!(prosecuted()["counted_at"].is_string());
        // From now on whoever is given the old ones has them counted anew.
        app.clock.set("2026-06-15T12:00:11+05:00");
        let begun = Instant::now();
        while counted(&app).0 < 3 {
            assert!(begun.elapsed() < Duration::from_secs(30), "nobody counted anew");
            std::thread::sleep(Duration::from_millis(10));
        }
        assert_eq!(counted(&app), (3, None));
        files(&app);
        app.clock.set("2026-06-15T12:10:12+05:00");
        assert_eq!(counted(&app), (4, None), "ten minutes are too much");
    });
}

/// Whether there were figures to look after.
fn looks_after_them(app: &App) -> bool {
    app.services.renew_figures().unwrap()
}

#[test]
fn figures_that_somebody_asked_for_today_are_counted_anew_before_they_lag_too_far() {
    for_each_backend(|backend| {
        let app = lagging(backend);
        files(&app);
        assert!(!looks_after_them(&app), "nobody has asked for any");
        let by_region = || app.get("/api/v1/statistics/delays?by=region");
        assert_eq!((counted(&app), by_region()["cases"].as_u64()), ((1, None), Some(1)));
        files(&app);
        app.clock.set("2026-06-15T12:04:59+05:00");
        assert!(!looks_after_them(&app), "they may lag for a while yet");
        app.clock.set("2026-06-15T12:05:00+05:00");
        assert!(looks_after_them(&app));
        assert!(!looks_after_them(&app), "both were counted at once");
        files(&app);
        app.clock.set("2026-06-15T12:14:00+05:00");
        let counted_then = Some("2026-06-15T07:05:00+00:00".to_owned());
        assert_eq!(counted(&app), (2, counted_then), "more than ten minutes after somebody asked");
        // What was asked about today will be asked about tomorrow.
        app.clock.set("2026-06-16T00:00:01+05:00");
        assert!(looks_after_them(&app));
        files(&app);
        app.clock.set("2026-06-16T00:09:00+05:00");
        let of_the_day = app.get("/api/v1/statistics/delays");
        assert_eq!(of_the_day["cases"].as_u64(), Some(3));
        assert_eq!(of_the_day["counted_at"].as_str(), Some("2026-06-15T19:00:01+00:00"));
        // And when nobody has asked for a day, nobody needs them.
        app.clock.set("2026-06-17T00:10:00+05:00");
        assert!(!looks_after_them(&app));
    });
}

#[test]
fn figures_of_which_nothing_has_changed_are_found_to_be_as_they_were() {
    for_each_backend(|backend| {
        let app = lagging(backend);
        files(&app);
        let caseworker = app.caseworker.asks(&app.services);
        let figures = || app.services.statistics(&caseworker, &MeasureQuery::default()).unwrap().statistics;
        let first = figures();
        app.clock.set("2026-06-15T12:05:00+05:00");
        assert!(looks_after_them(&app));
        assert!(Arc::ptr_eq(&first, &figures()), "counted anew for nothing");
        assert!(!looks_after_them(&app), "it was looked at a moment ago");
    });
}

/// Files one of a region, against an agency.
fn files_in(app: &App, region: &str, agency: &str) {
    app.caseworker().files(&a_complaint().with("region", region).with("agency", agency));
}

#[test]
fn the_usual_figures_are_counted_before_anybody_asks() {
    for_each_backend(|backend| {
        let app = lagging(backend);
        files_in(&app, "almaty_city", "mvd");
        app.services.count_usual_figures().unwrap();
        files_in(&app, "almaty_city", "mvd");
        files_in(&app, "karaganda", "mvd");
        let cases = |query: &str| {
            let delays = app.get(&format!("/api/v1/statistics/delays?{query}"));
            (delays["cases"].as_u64().unwrap(), delays["counted_at"].is_string())
        };
        for ready in [
            "",
            "by=region",
            "by=year",
            "region=almaty_city",
            "agency=mvd",
            "filed_from=2026-01-01&filed_to=2026-12-31",
        ] {
            assert_eq!(cases(ready), (1, true), "{ready}");
        }
        // There was no such group when they were counted, or there is none.
        for not_ready in [
            ("region=karaganda", 1),
            ("region=not_known", 0),
            ("region=almaty_city&agency=mvd", 2),
            ("stage=filed&region=almaty_city", 2),
            ("filed_from=2026-01-02&filed_to=2026-12-31", 3),
            ("by=agency&region=almaty_city", 2),
        ] {
            assert_eq!(cases(not_ready.0), (not_ready.1, false), "{not_ready:?}");
        }
    });
}

#[test]
fn one_group_of_a_breakdown_is_given_what_the_same_choice_would_be() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(200);
        let choices =
            ["region=karaganda", "kind_of_place=pre_trial_detention", "filed_from=2025-01-01&filed_to=2025-12-31"];
        let figures = |client: &Client| {
            let paths = ["delays", "endings", "visits", "indicators"];
            let asked =
                paths.iter().flat_map(|part| choices.map(|choice| format!("/api/v1/statistics/{part}?{choice}")));
            asked.map(|path| client.get(&path).must_be(200).json()).collect::<Vec<_>>()
        };
        let counted = figures(&app.client);
        let node = app.another_node(backend, |services| services);
        let client = node.client.clone().with_token(&app.caseworker.token);
        for by in ["region", "kind_of_place", "year"] {
            client.get(&format!("/api/v1/statistics/delays?by={by}")).must_be(200);
        }
        backend.execute("delete from case_measures").unwrap();
        assert_eq!(figures(&client), counted, "there is nothing left to count");
    });
}

#[test]
fn what_is_known_of_every_delay_of_each_group_answers_whoever_asks_for_less_but_not_the_other_way_round() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(60);
        let by_agency = |client: &Client, part: &str| {
            client.get(&format!("/api/v1/statistics/{part}?by=agency")).must_be(200).json()
        };
        let less = ["rates", "endings", "visits", "indicators", "quality"].map(|part| by_agency(&app.client, part));
        let more = by_agency(&app.client, "delays");
        let groups = less[0]["rates"].as_array().unwrap().iter().filter(|rate| rate["measure"] == "dismissed").count();
        assert!(groups > 3, "{less:?}");
        assert_eq!(more["delays"].as_array().unwrap().len(), groups * DelayMeasure::ALL.len());

        let node = app.another_node(backend, |services| services);
        let client = node.client.clone().with_token(&app.caseworker.token);
        assert_eq!(by_agency(&client, "delays"), more);
        backend.execute("delete from case_measures").unwrap();
        let kept = ["rates", "endings", "visits", "indicators", "quality"].map(|part| by_agency(&client, part));
        assert_eq!(kept, less, "there is nothing left to count");
    });
}

#[test]
fn where_more_is_kept_than_is_asked_for_it_is_that_which_is_counted_anew() {
    for_each_backend(|backend| {
        let app = lagging(backend);
        let cases = |part: &str| {
            let figures = app.get(&format!("/api/v1/statistics/{part}?by=agency"));
            (figures["cases"].as_u64().unwrap(), figures["counted_at"].is_string())
        };
        files(&app);
        assert_eq!(cases("delays"), (1, false));
        files(&app);
        app.clock.set("2026-06-15T12:00:11+05:00");
        let begun = Instant::now();
        while cases("rates").0 < 2 {
            assert!(begun.elapsed() < Duration::from_secs(30), "nobody counted anew");
            std::thread::sleep(Duration::from_millis(10));
        }
        backend.execute("delete from case_measures").unwrap();
        assert_eq!(["delays", "endings", "rates"].map(cases), [(2, false); 3], "there is nothing left to count");

        // What was counted of less before somebody asked for more is not looked after beside it.
        files(&app);
        app.clock.set("2026-06-15T12:20:00+05:00");
        assert_eq!(cases("rates"), (1, false), "the two before cannot be counted any more");
        assert_eq!(cases("delays"), (1, false));
        files(&app);
        app.clock.set("2026-06-15T12:25:30+05:00");
        assert!(looks_after_them(&app));
        backend.execute("delete from case_measures").unwrap();
        assert_eq!(["delays", "rates"].map(cases), [(2, false); 2]);
    });
}

#[test]
fn the_release_of_a_quarter_is_made_before_anybody_asks() {
    for_each_backend(|backend| {
        let app = lagging(backend);
        let analyst = app.organisation.hires(&app.services, "analyst", &[Role::Analyst]);
        app.clock.set("2026-03-30T12:00:00+05:00");
        for _ in 0..12 {
            app.caseworker().files(&a_complaint().on("2026-03-02"));
        }
        app.clock.set("2026-06-15T12:00:00+05:00");
        app.services.count_usual_figures().unwrap();
        backend.execute("delete from case_measures").unwrap();
        let figures = app.services.statistics(&analyst.asks(&app.services), &MeasureQuery::default()).unwrap();
        assert_eq!(
            (figures.day.to_string(), figures.statistics.all.cases.shown()),
            ("2026-03-31".to_owned(), Some(12))
        );
    });
}

#[test]
fn figures_of_few_cases_never_lag() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        for cases in 1..=3 {
            files(&app);
            assert_eq!(counted(&app), (cases, None));
        }
        app.clock.set("2026-06-15T12:06:00+05:00");
        assert!(!looks_after_them(&app), "and nobody need look after them");
    });
}

#[test]
fn what_is_recorded_now_leaves_the_figures_of_a_day_long_past_as_they_were_kept() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let caseworker = app.caseworker.asks(&app.services);
        let known_on = |caller: &Caller, day: &str| -> Arc<Statistics> {
            let query = MeasureQuery { as_known_on: Some(day.parse().unwrap()), ..MeasureQuery::default() };
            app.services.statistics(caller, &query).unwrap().statistics
        };
        app.clock.set("2026-06-10T12:00:00+05:00");
        files(&app);
        app.clock.set("2026-06-15T12:00:00+05:00");
        let (past, yesterday) = (known_on(&caseworker, "2026-06-12"), known_on(&caseworker, "2026-06-14"));
        files(&app);
        let case = app.caseworker().files_complaint().on("2026-06-03").routes_to_internal_security();
        assert!(Arc::ptr_eq(&past, &known_on(&caseworker, "2026-06-12")), "counted anew");
        let anew = known_on(&caseworker, "2026-06-14");
        assert!(!Arc::ptr_eq(&yesterday, &anew) && yesterday == anew, "yesterday may not be written yet");
        // Whose cases are counted follows from who may read them now.
        let other = Organisation::added(&app.services, "Another", OrganisationKind::Ngo);
        other.hires(&app.services, "colleague", &[Role::Caseworker]);
        let share = json!({"organisation": other.id.to_string()});
        app.client.post(&case.path("/shares"), &share).send().must_be(201);
        assert!(!Arc::ptr_eq(&past, &known_on(&caseworker, "2026-06-12")));
        let past = known_on(&caseworker, "2026-06-12");
        backend.aiqyn(&["rebuild"]).well();
        assert!(!Arc::ptr_eq(&past, &known_on(&caseworker, "2026-06-12")));
    });
}

/// How many cases wait for their names to be indexed.
fn waiting(backend: &Backend) -> i64 {
    backend.number("select count(*) as number from names_to_index")
}

/// Searches a name. Returns whether cases still waited to be indexed.
fn searches(client: &Client) -> bool {
    let found = client.post("/api/v1/name-searches", &json!({"name": "Ахметов"})).send().must_be(200).json();
    found["index_is_behind"].as_bool().unwrap()
}

#[test]
fn one_search_has_the_names_of_a_long_list_indexed_behind_it() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(400);
        assert!(searches(&app.client));
        let begun = Instant::now();
        while waiting(backend) > 0 {
            assert!(begun.elapsed() < Duration::from_secs(60), "nobody goes on with it");
            std::thread::sleep(Duration::from_millis(10));
        }
        assert!(!searches(&app.client));
        if backend.is_postgres() {
            let tended = "select vacuum_count as number from pg_stat_user_tables where relname = 'name_tokens'";
            let begun = Instant::now();
            while backend.number(tended) < 2 {
                assert!(begun.elapsed() < Duration::from_secs(60), "the planner is not told that the index has grown");
                std::thread::sleep(Duration::from_millis(10));
            }
        }
    });
}

#[test]
fn whoever_has_just_filed_a_complaint_finds_it_before_a_long_list_is_indexed() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(400);
        let case = app.caseworker().files_complaint().records(&step("person").on("2026-06-02"));
        let found = app.client.post("/api/v1/name-searches", &json!({"name": "Мысалов Үлгі"})).send().must_be(200);
        assert_eq!(found.json()["index_is_behind"], true);
        assert!(case.path("").ends_with(found.json()["hits"][0]["case_id"].as_str().unwrap()), "{}", found.body);
    });
}

#[test]
fn of_many_who_search_at_once_none_is_in_the_others_way() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(600);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..4).for_each(|_| _ = searches(&app.client)));
            }
        });
        while searches(&app.client) {}
        assert_eq!(waiting(backend), 0);
    });
}

#[test]
fn names_are_indexed_for_as_long_as_the_session_lasts() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(2_000);
        let caseworker = app.caseworker.asks(&app.services);
        assert!(app.services.search_names(&caseworker, "Ахметов").unwrap().index_is_behind);
        app.services.sign_out(&caseworker).unwrap();
        // What was under way when the session ended may still come to its end.
        std::thread::sleep(Duration::from_secs(1));
        let left = waiting(backend);
        assert!(left > 0, "all were indexed before the session ended: more cases are needed");
        std::thread::sleep(Duration::from_secs(1));
        assert_eq!(waiting(backend), left);
    });
}
