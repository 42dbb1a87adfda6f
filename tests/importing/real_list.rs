//! The real list of complaints, 65,671 rows, by the mapping in docs/examples.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use aiqyn::domain::code::{CodeEntry, CodeLists, ListName};
use aiqyn::import::{Mapping, Report, Row, read};
use chrono::{DateTime, Utc};

fn list() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = std::env::var_os("AIQYN_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let path = shared.join("data/police-complaints-2000-2008.csv");
    if path.exists() {
        return Some(path);
    }
    assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "{} is missing", path.display());
    println!("SKIPPED: {} is missing; set AIQYN_SHARED", path.display());
    None
}

fn mapping_text() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/examples/police-complaints.toml");
    fs::read_to_string(path).unwrap()
}

/// The codes of the seed that the mapping names.
fn seed() -> CodeLists {
    let named: &[(ListName, &[&str])] = &[
        (ListName::Channel, &["import"]),
        (ListName::KindOfPlace, &["public_place", "private_home", "school", "hospital", "other", "unknown"]),
        (ListName::Context, &["arrest", "police_custody"]),
        (ListName::DismissalGround, &["not_confirmed", "unfounded", "exonerated", "not_signed", "not_stated"]),
        (ListName::Charge, &["disciplinary_only"]),
        (
            ListName::FormOfIllTreatment,
            &[
                "beating",
                "asphyxiation",
                "electric_shock",
                "chemical",
                "restraint",
                "threat",
                "rape",
                "sexual_violence",
                "unlawful_search",
                "verbal_abuse",
                "excessive_force_arrest",
            ],
        ),
    ];
    let mut lists = CodeLists::default();
    for (list, codes) in named {
        for code in *codes {
            lists.add(*list, entry(code));
        }
    }
    lists
}

fn entry(code: &str) -> CodeEntry {
    CodeEntry {
        code: code.parse().unwrap(),
        valid_from: None,
        valid_to: None,
        kk: code.to_owned(),
        ru: code.to_owned(),
        en: code.to_owned(),
        parent: None,
        iso: None,
        successors: Vec::new(),
        attributes: BTreeMap::new(),
    }
}

fn now() -> DateTime<Utc> {
    "2026-01-01T00:00:00Z".parse().unwrap()
}

fn import(mapping: &str, list: &Path) -> Report {
    let mapping = Mapping::parse(mapping).unwrap_or_else(|errors| panic!("{errors}"));
    let mut codes = seed();
    mapping.add_missing_codes(&mut codes);
    let mut report = Report::default();
    for row in read(&mapping, File::open(list).unwrap(), &codes, now()).unwrap() {
        match row.unwrap() {
            Row::Good(case) => report.count_good(&case),
            Row::Bad(bad) => report.count_bad(&bad),
        }
    }
    report
}

fn refused(report: &Report) -> Vec<(&str, u64)> {
    report.refused_by.iter().map(|(reason, group)| (reason.as_str(), group.rows)).collect()
}

#[test]
fn the_mapping_of_the_example_brings_every_code_that_the_seed_lacks() {
    let mapping = Mapping::parse(&mapping_text()).unwrap_or_else(|errors| panic!("{errors}"));
    let mut codes = seed();
    assert_eq!(mapping.add_missing_codes(&mut codes), 10);
    assert_eq!(mapping.unknown_codes(&codes), []);
    assert_eq!(mapping.add_missing_codes(&mut codes), 0);
}

#[test]
fn every_row_of_the_real_list_is_a_case_or_refused_with_its_reason() {
    let Some(list) = list() else { return };
    let report = import(&mapping_text(), &list);
    println!("{report}");
    assert!(report.adds_up());
    assert_eq!((report.rows, report.good, report.refused), (65_671, 59_781, 5_890));
    assert_eq!(
        refused(&report),
        [
            ("contradiction closed_before_complaint", 4),
            ("contradiction closed_without_date", 5_882),
            ("contradiction pending_with_closing_date", 4),
        ]
    );
    let events: Vec<_> = report.events.iter().map(|(kind, count)| (*kind, *count)).collect();
    assert_eq!(
        events,
        [
            ("dismiss", 59_058),
            ("end_of_follow_up", 723),
            ("file", 59_781),
            ("note", 22),
            ("open_investigation", 20_534),
            ("prosecute", 713),
            ("route", 39_247),
        ]
    );
    assert_eq!(report.noted["incident_after_complaint"], 22);
}

#[test]
fn the_documented_alternative_keeps_what_was_closed_without_a_date() {
    let Some(list) = list() else { return };
    let mapping = with_alternative(&mapping_text());
    let report = import(&mapping, &list);
    assert!(report.adds_up());
    assert_eq!((report.rows, report.good, report.refused), (65_671, 65_663, 8));
}

/// The mapping with the block of `closed_without_date` deleted and the event behind `#| ` alive.
fn with_alternative(mapping: &str) -> String {
    let block = mapping
        .split_inclusive("\n\n")
        .find(|block| block.contains("name = \"closed_without_date\""))
        .expect("the block of the contradiction");
    mapping.replace(block, "").replace("#| ", "")
}
