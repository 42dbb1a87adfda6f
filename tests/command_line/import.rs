//! Importing lists into the database: a small one, and the real one.

use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::{Value, json};

use crate::support::program::Outcome;
use crate::support::{Backend, for_each_backend};

const MAPPING: &str = r#"
[source]
name = "hotline 2023"
jurisdiction = "kz"
time_zone = "Asia/Almaty"
key = "no"

[dates]
formats = ["%d.%m.%Y"]

[[codes]]
list = "agency"
code = "hotline_department"
kk = "Бөлім"
ru = "Отдел"
en = "Department"

[[contradiction]]
name = "closed_early"
when = [{ column = "closed", before = "filed" }]
then = "refuse"
reason = "closed on {closed}, before {filed}"

[[event]]
kind = "file"
occurred_at = { column = "filed" }
[event.fields]
channel = { value = "hotline" }
place = { column = "place", map = { "СИЗО" = "sizo_almaty" }, empty = "sizo_astana" }
agency = { value = "hotline_department" }
allegation = { template = "{story}" }

[[event]]
kind = "dismiss"
when = [{ column = "closed", empty = false }]
occurred_at = { column = "closed" }
[event.fields]
deciding_body = { value = "internal_security_mvd" }
ground = { value = "unfounded" }
"#;

const GOOD: &str = "no,filed,closed,place,story\n\
    1,01.02.2023,05.03.2023,СИЗО,Xylophone Ұрды\n\
    2,02.02.2023,,СИЗО,\"Қорқытты,\nқайта-қайта\"\n\
    3,03.02.2023,04.02.2023,,Били\n";

/// One row that closes before it begins, and one with a place that no map knows.
const WITH_BAD_ROWS: &str = "no,filed,closed,place,story\n\
    1,01.02.2023,05.03.2023,СИЗО,a\n\
    2,02.02.2023,01.02.2023,СИЗО,b\n\
    3,03.02.2023,,Луна,c\n\
    4,04.02.2023,,СИЗО,d\n";

impl Backend {
    fn import(&self, list: &str, options: &[&str]) -> Outcome {
        let (list_file, mapping) = (self.file("list.csv"), self.file("mapping.toml"));
        std::fs::write(&list_file, list).unwrap();
        std::fs::write(&mapping, MAPPING).unwrap();
        let words: Vec<&str> =
            ["import", &list_file, "--mapping", &mapping].into_iter().chain(options.iter().copied()).collect();
        self.aiqyn(&words)
    }

    fn cases(&self) -> usize {
        self.rows("cases").len()
    }
}

#[test]
fn a_list_becomes_cases() {
    for_each_backend(|backend| {
        let told = backend.set_up().import(GOOD, &["--json"]).well().json();
        assert_eq!((&told["written"], &told["rows"], &told["good"]), (&json!(true), &json!(3), &json!(3)));
        assert_eq!(told["events"], json!({"dismiss": 2, "file": 3}));
        assert_eq!(told["codes_added"], json!(["agency/hotline_department"]));
        let cases = backend.aiqyn(&["export", "cases", "--json"]).well().json_lines();
        let references: Vec<_> = cases.iter().map(|case| case["reference"].as_str().unwrap()).collect();
        assert_eq!(references, ["2023-000001", "2023-000002", "2023-000003"]);
        let first = &cases[0];
        assert_eq!((&first["stage"], &first["dismissed_at"]), (&json!("dismissed"), &json!("2023-03-05")));
        assert_eq!((&first["region"], &first["kind_of_place"]), (&json!("almaty_city"), &json!("pre_trial_detention")));
        assert_eq!(cases[2]["region"], "astana");
        for what in ["cases", "events"] {
            let out = backend.aiqyn(&["export", what]).well().out;
            assert!(!out.contains("Xylophone") && !out.contains("Ұрды"), "{out}");
        }
    });
}

#[test]
fn a_dry_run_judges_and_stores_nothing() {
    for_each_backend(|backend| {
        let told = backend.set_up().import(WITH_BAD_ROWS, &["--dry-run", "--json"]).well().json();
        assert_eq!((&told["written"], &told["good"], &told["refused"]), (&json!(false), &json!(2), &json!(2)));
        assert_eq!(backend.cases(), 0);
        assert_eq!(backend.number("select count(*) as number from code_entries where code = 'hotline_department'"), 0);
    });
}

#[test]
fn one_bad_row_keeps_the_whole_list_out() {
    for_each_backend(|backend| {
        let told = backend.set_up().import(WITH_BAD_ROWS, &[]).badly();
        assert!(told.err.contains("2 rows cannot be imported") && told.err.contains("--skip-bad-rows"), "{}", told.err);
        assert!(told.out.contains("line 3: ") && told.out.contains("line 4: "), "{}", told.out);
        assert!(told.out.contains("closed on 01.02.2023, before 02.02.2023"), "{}", told.out);
        assert_eq!(backend.cases(), 0);
        assert_eq!(backend.rows("reference_counters"), [""; 0]);
        let json = backend.import(WITH_BAD_ROWS, &["--json"]).badly().json();
        assert_eq!((&json["written"], &json["bad_rows"].as_array().unwrap().len()), (&json!(false), &2));
    });
}

#[test]
fn the_good_rows_are_imported_where_that_is_asked_for() {
    for_each_backend(|backend| {
        let told = backend.set_up().import(WITH_BAD_ROWS, &["--skip-bad-rows", "--json"]).well().json();
        assert_eq!((&told["written"], &told["good"], &told["refused"]), (&json!(true), &json!(2), &json!(2)));
        let lines: Vec<_> = told["bad_rows"].as_array().unwrap().iter().map(|row| row["line"].clone()).collect();
        assert_eq!(lines, [3, 4]);
        assert_eq!(backend.cases(), 2);
    });
}

#[test]
fn a_second_run_brings_only_what_is_new() {
    for_each_backend(|backend| {
        backend.set_up().import(GOOD, &[]).well();
        let rows = backend.rows("events");
        let again = backend.import(GOOD, &["--json"]).well().json();
        assert_eq!((&again["written"], &again["already_there"]), (&json!(false), &json!(3)));
        assert_eq!(backend.rows("events"), rows);
        let longer = format!("{GOOD}4,01.01.2024,,,Тағы бір\n");
        let third = backend.import(&longer, &["--json"]).well().json();
        assert_eq!(
            (&third["good"], &third["already_there"], &third["codes_added"]),
            (&json!(1), &json!(3), &json!([]))
        );
        assert_eq!(backend.cases(), 4);
    });
}

#[test]
fn a_list_that_does_not_fit_is_refused_as_a_whole() {
    for_each_backend(|backend| {
        let told = backend.set_up().import("no,filed\n1,01.02.2023\n", &[]).badly();
        assert!(told.err.contains("closed"), "the column that is missing: {}", told.err);
        let missing = backend.aiqyn(&["import", "nowhere.csv", "--mapping", "nowhere.toml"]).badly();
        assert!(missing.err.contains("nowhere.toml"), "{}", missing.err);
        assert_eq!(backend.cases(), 0);
    });
}

#[test]
fn what_was_imported_moves_on_like_any_case() {
    for_each_backend(|backend| {
        backend.set_up().import(GOOD, &[]).well();
        let served = backend.serve();
        let case = served.client.get("/api/v1/cases/2023-000001").must_be(200).json();
        let appeal = crate::support::complaint::step("appeal").on("2023-03-10").body();
        let path = format!("/api/v1/cases/{}/events", case["id"].as_str().unwrap());
        let version = case["version"].as_i64().unwrap();
        served.client.post(&path, &appeal).if_match(version).send().must_be(201);
        let rows = backend.rows("case_summaries");
        backend.aiqyn(&["rebuild"]).well();
        assert_eq!(backend.rows("case_summaries"), rows);
    });
}

fn real_list() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = std::env::var_os("AIQYN_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let path = shared.join("data/police-complaints-2000-2008.csv");
    if path.exists() {
        return Some(path);
    }
    assert!(!crate::support::backend::in_ci(), "{} is missing", path.display());
    println!("SKIPPED: {} is missing; set AIQYN_SHARED", path.display());
    None
}

/// The figures of docs/import.md, where each stands at the beginning of a line.
fn documented(manual: &str) -> Value {
    let figure = |line: &str| -> Option<(String, u64)> {
        let (number, what) = line.strip_prefix("| ")?.split_once(" | ")?;
        Some((
            what.split(['`', ':', '|']).find(|part| !part.trim().is_empty())?.trim().to_owned(),
            number.replace(',', "").parse().ok()?,
        ))
    };
    let section = manual.split("## The real list").nth(1).unwrap();
    section
        .lines()
        .filter_map(figure)
        .map(|(what, number)| (what, json!(number)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

#[test]
fn the_real_list_is_imported_whole_with_the_figures_of_the_manual() {
    let Some(list) = real_list() else { return };
    let manual = documented(include_str!("../../docs/import.md"));
    assert_eq!((&manual["read"], &manual["new cases"]), (&json!(65_671), &json!(59_781)));
    let mapping = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/examples/police-complaints.toml");
    for_each_backend(|backend| {
        backend.set_up();
        let (list, mapping) = (list.to_str().unwrap(), mapping.to_str().unwrap());
        let begun = Instant::now();
        let told = backend.aiqyn(&["import", list, "--mapping", mapping, "--skip-bad-rows", "--json"]).well().json();
        println!("{}: imported in {:.1} s", backend.name, begun.elapsed().as_secs_f64());
        assert_eq!(
            (&told["rows"], &told["good"], &told["refused"]),
            (&manual["read"], &manual["new cases"], &manual["refused"])
        );
        for (kind, count) in told["events"].as_object().unwrap() {
            assert_eq!(*count, manual[kind], "{kind}");
        }
        for (reason, group) in told["refused_by"].as_object().unwrap() {
            let name = reason.strip_prefix("contradiction ").unwrap();
            assert_eq!(group["rows"], manual[name], "{reason}");
        }
        assert_eq!(backend.number("select count(*) as number from cases"), 59_781);
        assert_eq!(backend.number("select count(*) as number from case_summaries"), 59_781);
        let gaps = "select count(*) as number from (select reference_year from cases group by reference_year \
            having max(reference_number) <> count(*) or min(reference_number) <> 1) years";
        assert_eq!(backend.number(gaps), 0, "references run from 1 without gaps in each year");
        let begun = Instant::now();
        let rates = backend.aiqyn(&["stats", "rates", "--json"]).well().json();
        println!("{}: rates in {:.1} s", backend.name, begun.elapsed().as_secs_f64());
        let rate = |measure: &str| {
            let row = rates["rates"].as_array().unwrap().iter().find(|row| row["measure"] == measure).unwrap().clone();
            row["of_all"]["numerator"].clone()
        };
        assert_eq!((rate("routed"), rate("dismissed"), rate("prosecuted")), (json!(39_247), json!(59_058), json!(713)));
        let begun = Instant::now();
        let delays = backend.aiqyn(&["stats", "delays", "--by", "year", "--json"]).well().json();
        println!("{}: delays by year in {:.1} s", backend.name, begun.elapsed().as_secs_f64());
        assert_eq!(delays["cases"], 59_781);
    });
}

/// Two batches of filings, each in a year of its own.
fn two_years(first: u16, second: u16, numbers_from: usize) -> String {
    let year = |row: usize| if row < 500 { first } else { second };
    let row = |row: usize| format!("{},01.02.{},,СИЗО,a\n", numbers_from + row, year(row));
    format!("no,filed,closed,place,story\n{}", (0..1000).map(row).collect::<String>())
}

#[test]
fn two_lists_at_once_both_come_in_whole() {
    for_each_backend(|backend| {
        backend.set_up();
        let mapping = backend.file("mapping.toml");
        std::fs::write(&mapping, MAPPING).unwrap();
        let lists = [("one.csv", two_years(2022, 2023, 1)), ("two.csv", two_years(2023, 2022, 5001))];
        std::thread::scope(|scope| {
            for (name, list) in &lists {
                let (file, mapping) = (backend.file(name), &mapping);
                std::fs::write(&file, list).unwrap();
                scope.spawn(move || backend.aiqyn(&["import", &file, "--mapping", mapping]).well());
            }
        });
        assert_eq!(backend.cases(), 2000);
        assert_eq!(backend.rows("reference_counters").len(), 2);
    });
}
