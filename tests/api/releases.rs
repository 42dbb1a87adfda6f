//! What leaves the system: the release that whoever sees all organisations is given, and the annex.

use std::collections::BTreeSet;

use aiqyn::access::role::Role;
use serde_json::Value;

use crate::support::http::Client;
use crate::support::{App, a_complaint, for_each_backend};

const BREAKDOWNS: [&str; 8] = ["year", "region", "kind_of_place", "agency", "body", "sex", "age_band", "organisation"];

fn analyst(app: &App) -> Client {
    app.hires("dana", Role::Analyst).1
}

fn told(client: &Client, path: &str) -> Value {
    client.get(&format!("/api/v1/{path}")).must_be(200).json()
}

#[test]
fn analysts_are_given_the_release_of_a_quarter_and_nothing_narrower() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(150);
        let analyst = analyst(&app);
        let latest = told(&analyst, "statistics/rates");
        assert_eq!((&latest["as_known_on"], &latest["withheld_below"]), (&"2026-03-31".into(), &5.into()));
        assert_eq!(told(&analyst, "statistics/rates?as_known_on=2026-03-31"), latest);
        assert_ne!(told(&analyst, "statistics/rates?as_known_on=2025-12-31")["cases"], latest["cases"]);
        let narrower = [
            "stage=dismissed",
            "region=abai",
            "agency=police",
            "kind_of_place=police_station",
            "filed_from=2024-01-01",
            "filed_to=2024-12-31",
            "clock=filed",
            "codes=current",
            "by=month",
            "by=quarter",
            "as_known_on=2026-06-14",
            "as_known_on=2026-05-31",
        ];
        for query in narrower {
            for path in ["rates", "delays", "quality", "plots/endings"] {
                let wrong = analyst.get(&format!("/api/v1/statistics/{path}?{query}")).wrong_fields();
                let (field, _) = query.split_once('=').unwrap();
                assert_eq!(wrong, [(field.to_owned(), "singles_out".to_owned())], "{path}?{query}");
            }
        }
        let future = analyst.get("/api/v1/statistics/rates?as_known_on=2026-06-30").wrong_fields();
        assert_eq!(future, [("as_known_on".to_owned(), "singles_out".to_owned())], "a quarter that is not over");
    });
}

#[test]
fn every_table_of_a_release_is_decided_beside_all_others() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(150);
        let analyst = analyst(&app);
        for (path, rows) in [("rates", "rates"), ("delays", "delays")] {
            let whole = told(&analyst, &format!("statistics/{path}"))[rows].clone();
            for by in BREAKDOWNS {
                let broken_down = told(&analyst, &format!("statistics/{path}?by={by}"));
                let all: Vec<Value> = broken_down[rows]
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter(|row| row["group"].is_null())
                    .cloned()
                    .collect();
                assert_eq!(Value::from(all), whole, "{path} by {by}");
                let groups: BTreeSet<&str> =
                    broken_down[rows].as_array().unwrap().iter().filter_map(|row| row["group"].as_str()).collect();
                assert!(!groups.is_empty(), "{path} by {by}");
            }
        }
    });
}

#[test]
fn what_was_recorded_since_the_quarter_changes_nothing_in_its_release() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(60);
        let analyst = analyst(&app);
        let answers = || {
            ["delays?by=sex", "endings", "visits", "indicators", "quality"]
                .map(|path| told(&analyst, &format!("statistics/{path}")).to_string())
        };
        let before = answers();
        app.caseworker().files(&a_complaint().on("2026-02-03"));
        assert_eq!(answers(), before);
        let page = |client: &Client| {
            client.request("GET", "/statistics").header("accept", "text/html").send().must_be(200).body
        };
        let released = page(&analyst);
        assert!(released.contains("As known at the end of 31 March 2026"), "{released}");
        assert!(released.contains("<td>*</td>") && released.contains("from 1 to below 5"), "{released}");
        let [open_visits, withheld] = ["visit requests are open now", "to below"];
        assert!(!released.contains(open_visits), "they change from day to day: {released}");
        assert!(page(&app.client).contains(open_visits) && !page(&app.client).contains(withheld));
    });
}

#[test]
fn the_annex_is_the_same_bytes_each_time_in_every_form_and_language() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(60);
        for (format, media_type, magic) in [
            ("pdf", "application/pdf", &b"%PDF"[..]),
            ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
            ("csv", "application/zip", b"PK"),
        ] {
            let of_language = ["kk", "ru", "en"].map(|language| {
                let path = format!("/api/v1/reports/annex?from=2020-01-01&format={format}&language={language}");
                let annex = app.asks(&path).must_be(200);
                assert_eq!(annex.header("content-type"), media_type);
                assert!(
                    annex.header("content-disposition").contains(&format!("annex-2020-01-01-2026-06-15-{language}."))
                );
                assert_eq!(annex.header("aiqyn-fingerprint").len(), 64);
                assert_eq!(annex.header("cache-control"), "no-store");
                assert!(annex.bytes.starts_with(magic) && annex.bytes.len() > 5000);
                assert_eq!(app.asks(&path).bytes, annex.bytes, "{format} {language}");
                annex.bytes
            });
            assert_eq!(of_language.iter().collect::<BTreeSet<_>>().len(), 3);
        }
    });
}

#[test]
fn an_annex_is_refused_where_its_days_are_wrong_and_an_analyst_has_none_of_their_own() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(60);
        let wrong = |client: &Client, query: &str| client.get(&format!("/api/v1/reports/annex?{query}")).wrong_fields();
        let named = |field: &str, problem: &str| vec![(field.to_owned(), problem.to_owned())];
        assert_eq!(wrong(&app.client, "from=2024-01-02&to=2024-01-01"), named("to", "ends_before_it_begins"));
        assert_eq!(wrong(&app.client, "as_known_on=2026-06-16"), named("as_known_on", "in_the_future"));
        assert_eq!(wrong(&app.client, "from=June"), named("from", "not_a_time"));
        assert_eq!(
            app.asks("/api/v1/statistics/rates?filed_from=2024-01-02&filed_to=2024-01-01").wrong_fields(),
            named("filed_to", "ends_before_it_begins")
        );
        let analyst = analyst(&app);
        assert_eq!(wrong(&analyst, "from=2024-01-01"), named("from", "singles_out"));
        assert_eq!(wrong(&analyst, "to=2024-12-31"), named("to", "singles_out"));
        assert_eq!(wrong(&analyst, "as_known_on=2026-06-14"), named("as_known_on", "singles_out"));
        let annex = analyst.get("/api/v1/reports/annex?format=csv").must_be(200);
        assert!(annex.header("content-disposition").contains("annex-2026-03-31-en.zip"), "{:?}", annex.headers);
    });
}

#[test]
fn an_annex_that_leaves_is_written_to_the_log_and_asking_for_its_head_makes_none() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(60);
        let (_, auditor) = app.hires("auditor", Role::Auditor);
        let path = "/api/v1/reports/annex?to=2025-12-31&language=ru&format=csv";
        app.client.request("HEAD", path).send().must_be(200);
        assert_eq!(told(&auditor, "audit?action=exported")["records"], Value::from(Vec::<Value>::new()));
        let fingerprint = app.asks(path).must_be(200).header("aiqyn-fingerprint").to_owned();
        let records = told(&auditor, "audit?action=exported")["records"].clone();
        assert_eq!(records.as_array().map(Vec::len), Some(1), "{records}");
        let expected = serde_json::json!({
            "what": "annex", "to": "2025-12-31", "as_known_on": "2026-06-15", "language": "ru", "format": "csv",
            "fingerprint": fingerprint,
        });
        assert_eq!(records[0]["details"], expected);
    });
}
