//! Delays and rates over many cases: the parts make the whole, and both databases say the same.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::support::complaint::step;
use crate::support::{App, a_complaint, for_each_backend};

const DIMENSIONS: &[&str] = &["year", "region", "agency", "kind_of_place", "body"];

/// Where the counts of a row lie.
const COUNTS_OF_A_DELAY: &[&str] = &[
    "/n",
    "/ended",
    "/ended_otherwise",
    "/lost",
    "/open",
    "/left_out",
    "/precision/minute",
    "/precision/day",
    "/precision/month",
    "/within_deadline/numerator",
    "/within_deadline/denominator",
];
const COUNTS_OF_A_RATE: &[&str] =
    &["/of_all/numerator", "/of_all/denominator", "/of_ended/numerator", "/of_ended/denominator"];

/// The counts of every measure, for all together and added up over the groups.
fn whole_and_parts(rows: &[Value], counts: &[&str]) -> [BTreeMap<String, i64>; 2] {
    let mut sums = [BTreeMap::new(), BTreeMap::new()];
    for row in rows {
        let part = usize::from(!row["group"].is_null());
        for count in counts {
            let name = format!("{}{count}", row["measure"].as_str().unwrap());
            *sums[part].entry(name).or_default() += row.pointer(count).and_then(Value::as_i64).unwrap();
        }
    }
    sums
}

#[test]
fn a_breakdown_adds_up_whatever_it_is_by() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(150);
        for (what, counts) in [("delays", COUNTS_OF_A_DELAY), ("rates", COUNTS_OF_A_RATE)] {
            let plain = app.get(&format!("/api/v1/statistics/{what}"));
            assert_eq!(plain["cases"], 150);
            for by in DIMENSIONS {
                let broken_down = app.get(&format!("/api/v1/statistics/{what}?by={by}"));
                let rows = broken_down[what].as_array().unwrap();
                let [whole, parts] = whole_and_parts(rows, counts);
                assert_eq!(whole, parts, "{what} by {by}");
                let all = rows.iter().filter(|row| row["group"].is_null()).cloned().collect::<Vec<_>>();
                assert_eq!(json!(all), plain[what], "all together does not hang on the breakdown");
                let groups: BTreeSet<_> = rows.iter().filter_map(|row| row["group"].as_str()).collect();
                assert!(groups.len() > 2, "{what} by {by}: {groups:?}");
            }
        }
    });
}

#[test]
fn a_group_has_the_figures_of_its_filter() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(150);
        for what in ["delays", "rates"] {
            let by_region = app.get(&format!("/api/v1/statistics/{what}?by=region"));
            let rows = by_region[what].as_array().unwrap();
            let regions: BTreeSet<_> = rows.iter().filter_map(|row| row["group"].as_str()).collect();
            for region in regions.into_iter().filter(|region| *region != "not_known") {
                let filtered = app.get(&format!("/api/v1/statistics/{what}?region={region}"));
                let without_group = |row: &Value| {
                    let mut row = row.clone();
                    row["group"] = Value::Null;
                    row
                };
                let group: Vec<_> = rows.iter().filter(|row| row["group"] == region).map(without_group).collect();
                assert_eq!(json!(group), filtered[what], "{what} of {region}");
            }
        }
    });
}

#[test]
fn a_span_of_days_counts_the_cases_filed_in_it() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(150);
        let listed = |query: &str| app.all_pages(query, 200).len();
        for query in ["filed_from=2023-01-01", "filed_to=2022-12-31", "filed_from=2023-01-01&filed_to=2023-12-31"] {
            for what in ["delays", "rates"] {
                let figures = app.get(&format!("/api/v1/statistics/{what}?{query}"));
                assert_eq!(figures["cases"], listed(query), "{query}");
            }
        }
        assert_eq!(listed("filed_from=2023-01-01") + listed("filed_to=2022-12-31"), 150);
        let by_year = app.get("/api/v1/statistics/rates?by=year&filed_from=2023-01-01&filed_to=2023-12-31");
        let years: BTreeSet<_> =
            by_year["rates"].as_array().unwrap().iter().filter_map(|row| row["group"].as_str()).collect();
        assert_eq!(years, BTreeSet::from(["2023"]));
    });
}

/// The groups of the first rate with how many cases are in each.
fn groups(app: &App, query: &str) -> BTreeMap<String, i64> {
    let rates = app.get(&format!("/api/v1/statistics/rates?{query}"));
    let rows = rates["rates"].as_array().unwrap().iter().filter(|row| row["measure"] == "routed");
    rows.filter_map(|row| Some((row["group"].as_str()?.to_owned(), row["of_all"]["denominator"].as_i64().unwrap())))
        .collect()
}

fn counted(groups: &[(&str, i64)]) -> BTreeMap<String, i64> {
    groups.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
}

#[test]
fn an_old_code_counts_under_its_only_successor_but_not_under_several() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let files = |time: &str, agency: &str, region: &str| {
            app.caseworker().files(&a_complaint().on(time).with("agency", agency).with("region", region));
        };
        app.clock.set("2024-06-01T12:00:00+05:00");
        files("2013-01-01", "financial_police", "south_kazakhstan_until_2018");
        files("2017-01-01", "civil_service_anticorruption", "south_kazakhstan_until_2018");
        files("2020-01-01", "anticorruption_agency", "turkistan");
        assert_eq!(
            groups(&app, "by=agency&codes=current"),
            counted(&[("anticorruption_agency", 3)]),
            "as of a day on which the last one was not there yet"
        );
        app.clock.set("2026-06-15T12:00:00+05:00");
        files("2026-01-01", "knb_anticorruption", "abai");
        assert_eq!(
            groups(&app, "by=agency&codes=current&as_known_on=2024-06-01"),
            counted(&[("anticorruption_agency", 3)]),
            "and again, asked later"
        );
        assert_eq!(
            groups(&app, "by=agency"),
            counted(&[
                ("anticorruption_agency", 1),
                ("civil_service_anticorruption", 1),
                ("financial_police", 1),
                ("knb_anticorruption", 1),
            ])
        );
        assert_eq!(groups(&app, "by=agency&codes=current"), counted(&[("knb_anticorruption", 4)]));
        let by_region = counted(&[("abai", 1), ("south_kazakhstan_until_2018", 2), ("turkistan", 1)]);
        assert_eq!(groups(&app, "by=region"), by_region);
        assert_eq!(groups(&app, "by=region&codes=current"), by_region, "it was split in two");
    });
}

#[test]
fn both_databases_give_the_same_figures_for_the_same_cases() {
    let figures = std::sync::Mutex::new(Vec::new());
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(200);
        let mut told = Vec::new();
        for what in ["delays", "rates"] {
            told.push(app.get(&format!("/api/v1/statistics/{what}?clock=filed")));
            for by in DIMENSIONS {
                told.push(app.get(&format!("/api/v1/statistics/{what}?by={by}")));
                told.push(app.get(&format!("/api/v1/statistics/{what}?by={by}&codes=current&filed_from=2022-01-01")));
            }
        }
        figures.lock().unwrap().push(told);
    });
    let figures = figures.into_inner().unwrap();
    assert!(figures.windows(2).all(|two| two[0] == two[1]));
}

#[test]
fn an_open_wait_grows_with_the_clock() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        app.caseworker().files(&a_complaint().on("2026-06-05T12:00"));
        let longest = || {
            let delays = app.get("/api/v1/statistics/delays");
            let row = &delays["delays"][0];
            assert_eq!(
                (&row["measure"], &row["open"], &row["ended"]),
                (&json!("filing_to_routing"), &json!(1), &json!(0))
            );
            row["longest_open"].as_f64().unwrap()
        };
        let minute = 1.0 / (24.0 * 60.0);
        assert!((longest() - (10.5 - minute)).abs() < 1e-9, "it is watched until the end of the day");
        app.clock.set("2026-06-15T23:59:59+05:00");
        assert!((longest() - (10.5 - minute)).abs() < 1e-9, "a day has one figure, whenever it is asked for");
        app.clock.set("2026-06-16T00:00:00+05:00");
        assert!((longest() - (11.5 - minute)).abs() < 1e-9);
    });
}

#[test]
fn a_correction_changes_the_figures_at_once() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files(&a_complaint().on("2026-06-01T10:00")).on("2026-06-05T10:00");
        let case = case.routes_to_internal_security();
        let median = || app.get("/api/v1/statistics/delays")["delays"][0]["median"]["estimate"].as_f64();
        assert_eq!(median(), Some(4.0));
        let route = case.last_event.clone();
        let case = case.corrects(&route, &step("route").on("2026-06-03T10:00"));
        assert_eq!(median(), Some(2.0));
        let route = case.last_event.clone();
        case.retracts(&route);
        assert_eq!(median(), None);
    });
}

#[test]
fn every_figure_has_a_label_and_a_definition_in_three_languages() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        for what in ["delays", "rates"] {
            let mut told = BTreeSet::new();
            for language in ["kk", "ru", "en"] {
                let request = app.client.request("GET", &format!("/api/v1/statistics/{what}")).in_language(language);
                let figures = request.send().must_be(200).json();
                for row in figures[what].as_array().unwrap() {
                    for text in ["label", "definition"] {
                        let text = row[text].as_str().unwrap();
                        assert!(text.len() > 3 && !text.contains("Unknown localization"), "{language}: {row}");
                        told.insert(format!("{language} {text}"));
                    }
                }
            }
            let rows = if what == "delays" { 13 } else { 10 };
            assert_eq!(told.len(), rows * 2 * 3, "no two are alike");
        }
    });
}
