//! The statistics agree with R: every figure of every reference data set, at the reference's own tolerances.
//!
//! The reference lies beside the checkout (`$AIQYN_SHARED/reference`, default `../shared/reference`).

#![allow(clippy::cast_precision_loss)] // counts of a few thousand rows

mod blocks;
pub mod check;
pub mod data_set;

use std::path::{Path, PathBuf};

use self::blocks::check_set;
use self::check::Check;
use self::data_set::{array, json, object, shared_folder};
use aiqyn::cli::stats_survival;
use clap::Parser;
use serde_json::Value;

#[test]
fn every_figure_agrees_with_the_reference() {
    let Some(folder) = shared_folder("reference") else {
        return;
    };
    let mut sets: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("expected.json").is_file())
        .collect();
    sets.sort();
    assert!(!sets.is_empty(), "no data set in {}", folder.display());

    for set in &sets {
        let mut check = Check::default();
        check_set(&mut check, set);
        println!("{}: {} figures compared {:?}", set.display(), check.total(), check.compared);
        assert!(
            check.wrong.is_empty(),
            "{} of {} figures are wrong:\n{}",
            check.wrong.len(),
            check.total(),
            check.wrong.join("\n")
        );
        assert!(check.total() >= 400, "only {} figures compared", check.total());
        for block in ["km_any", "logrank_any", "gray_test", "rmst_difference", "wilson", "wilson_edge", "window"] {
            let expected = json(set).get(block).is_some();
            assert_eq!(check.compared.contains_key(block), expected, "{block} was not compared");
        }
    }
}

#[test]
fn the_command_prints_the_same_figures() {
    let Some(folder) = shared_folder("reference") else {
        return;
    };
    for set in ["lung", "mgus2", "multicenter_aids"].map(|name| folder.join(name)) {
        let (expected, printed) = (json(&set), command(&set));
        assert_eq!(printed["delayed_entry"], expected["delayed_entry"]);
        let mut check = Check::default();
        for (group, block) in object(expected.get("km_any")) {
            let figures = printed_group(&printed, group);
            check.exact("command", "n", figures["n"].as_f64(), &block["n"]);
            for (actual, expected) in array(figures["kaplan_meier"].get("at")).iter().zip(array(block.get("at"))) {
                check.exact("command", "n_risk", actual["n_risk"].as_f64(), &expected["n_risk"]);
                check.estimate("command", "survival", actual["survival"].as_f64(), &expected["surv"]);
                check.relative("command", "lo", actual["lo"].as_f64(), &expected["lo"]);
            }
        }
        for (group, causes) in object(expected.get("cif")) {
            for (index, cause) in array(Some(causes)).iter().enumerate() {
                let actual = &printed_group(&printed, group)["cumulative_incidence"][index];
                assert_eq!(actual["outcome"].to_string(), cause["cause"].to_string().replace('"', ""));
                for (actual, expected) in array(actual.get("at")).iter().zip(array(cause.get("at"))) {
                    check.estimate("command", "cif", actual["estimate"].as_f64(), &expected["cif"]);
                    check.relative("command", "cif se", actual["se"].as_f64(), &expected["se_greenwood"]);
                }
            }
        }
        check.relative("command", "p", printed["logrank"]["any"]["p"].as_f64(), &expected["logrank_any"]["p"]);
        assert!(check.wrong.is_empty(), "{}", check.wrong.join("\n"));
        assert!(check.total() > 120, "only {} figures compared", check.total());
    }
}

fn command(set: &Path) -> Value {
    let times = |field: &str| {
        let times: Vec<_> = array(json(set).get(field)).iter().map(ToString::to_string).collect();
        times.join(",")
    };
    let file = set.join("input.csv");
    let words = [
        "aiqyn",
        file.to_str().unwrap(),
        "--group",
        "group",
        "--json",
        "--at",
        &times("times"),
        "--tau",
        &times("taus"),
    ];
    let mut out = Vec::new();
    stats_survival::run(&Command::parse_from(words).args, &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

fn printed_group<'a>(printed: &'a Value, group: &str) -> &'a Value {
    let mut groups = array(printed.get("groups")).iter();
    if group == "all" { &printed["all"] } else { groups.find(|figures| figures["group"] == group).unwrap() }
}

#[derive(clap::Parser)]
struct Command {
    #[command(flatten)]
    args: stats_survival::Args,
}

#[test]
fn a_wrong_figure_is_noticed() {
    let mut check = Check::default();
    let expected = serde_json::json!({"surv": 0.5, "se": null, "lo": 0.25});
    check.estimate("km_any", "surv", Some(0.5 + 2e-9), &expected["surv"]);
    check.relative("km_any", "se", Some(0.1), &expected["se"]);
    check.relative("km_any", "lo", None, &expected["lo"]);
    check.relative("km_any", "lo", Some(0.25 * (1.0 + 2e-8)), &expected["lo"]);
    check.exact("km_any", "missing", Some(1.0), &expected["missing"]);
    assert_eq!(check.wrong.len(), 5);
}
