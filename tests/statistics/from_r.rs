//! The command gives R's figures on waits that nobody published: ties, delayed entry, strata, single rows, waits of
//! no time, nobody ended. `benches/statistics/check.py --keep` drew them and asked R; `figures.tsv` says where in
//! the JSON each figure stands.

use std::path::{Path, PathBuf};

use aiqyn::cli::stats_survival::{Args, run};
use clap::Parser;
use serde_json::Value;

use super::reference::check::Check;

#[derive(Parser)]
struct Command {
    #[command(flatten)]
    args: Args,
}

#[test]
fn every_figure_of_every_drawn_case_is_the_one_of_r() {
    let mut cases: Vec<PathBuf> =
        std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/statistics/from_r"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
    cases.sort();
    assert_eq!(cases.len(), 8);
    for case in cases {
        let check = compare(&case);
        println!("{}: {} figures", case.display(), check.total());
        assert!(check.wrong.is_empty(), "{}:\n{}", case.display(), check.wrong.join("\n"));
        assert!(check.total() > 30, "only {} figures compared", check.total());
    }
}

fn compare(case: &Path) -> Check {
    let report = report(case);
    let mut check = Check::default();
    for line in std::fs::read_to_string(case.join("figures.tsv")).unwrap().lines() {
        let (place, figure) = line.split_once('\t').unwrap();
        let expected = figure.parse::<f64>().map_or(Value::Null, Value::from);
        let actual = report.pointer(place).unwrap_or_else(|| panic!("{place} is missing")).as_f64();
        let field = place.rsplit('/').next().unwrap();
        match field {
            "n" | "rows" | "events" | "open" | "k" | "n_risk" | "cum_events" | "df" => {
                check.exact("count", place, actual, &expected);
            }
            _ if place.contains("/quantiles/") => check.exact("quantile", place, actual, &expected),
            "survival" | "estimate" | "share" | "difference" => check.estimate("estimate", place, actual, &expected),
            _ => check.relative("other", place, actual, &expected),
        }
    }
    check
}

fn report(case: &Path) -> Value {
    let (file, options) = (case.join("waits.csv"), std::fs::read_to_string(case.join("options")).unwrap());
    let header = std::fs::read_to_string(&file).unwrap().lines().next().unwrap().to_owned();
    let mut words = vec!["aiqyn", file.to_str().unwrap(), "--json"];
    words.extend(options.split_whitespace());
    for (column, option) in [("group", "--group"), ("stratum", "--strata")] {
        if header.split(',').any(|name| name == column) {
            words.extend([option, column]);
        }
    }
    let mut out = Vec::new();
    run(&Command::parse_from(words).args, &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}
