//! `aiqyn stats survival`: the figures of a small file, worked by hand, and what is said of a file that is wrong.

use std::io::Write;

use aiqyn::cli::stats_survival::{Args, SurvivalError, run};
use clap::Parser;
use serde_json::{Value, json};

#[derive(Parser)]
struct Command {
    #[command(flatten)]
    args: Args,
}

struct File(tempfile::NamedTempFile);

fn file(text: &str) -> File {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    File(file)
}

impl File {
    fn run(&self, options: &str) -> Result<String, SurvivalError> {
        let path = self.0.path().to_str().unwrap();
        let words = ["aiqyn", path].into_iter().chain(options.split_whitespace());
        let mut out = Vec::new();
        let result = run(&Command::try_parse_from(words).unwrap().args, &mut out);
        assert!(result.is_ok() || out.is_empty(), "figures were printed beside an error");
        result.map(|()| String::from_utf8(out).unwrap())
    }

    fn json(&self, options: &str) -> Value {
        serde_json::from_str(&self.run(&format!("{options} --json")).unwrap()).unwrap()
    }

    fn error(&self, options: &str) -> String {
        self.run(options).unwrap_err().to_string()
    }
}

const SMALL: &str = "entry_days,exit_days,outcome,sex\n0,1,1,f\n0,2,0,m\n0,3,2,f\n0,3,1,m\n";

#[test]
fn the_figures_of_a_small_file_are_those_worked_by_hand() {
    let report = file(SMALL).json("--at 3 --tau 3");
    assert_eq!(report["rows"], 4);
    assert_eq!(report["delayed_entry"], false);
    assert_eq!(report["outcomes"], json!([1, 2]));
    let all = &report["all"];
    assert_eq!((&all["n"], &all["events"], &all["open"]), (&json!(4), &json!(3), &json!(1)));
    let at_three = &all["kaplan_meier"]["at"][0];
    assert_eq!((&at_three["n_risk"], &at_three["cum_events"]), (&json!(2), &json!(3)));
    assert_eq!((&at_three["survival"], &at_three["se"], &at_three["lo"]), (&json!(0.0), &Value::Null, &Value::Null));
    assert_eq!(all["kaplan_meier"]["quantiles"][1]["estimate"], 3.0);
    assert_eq!(all["kaplan_meier"]["restricted_mean"][0]["estimate"], 2.5);
    assert_eq!(all["cumulative_incidence"][0]["at"][0]["estimate"], 0.625);
    assert_eq!(all["cumulative_incidence"][1]["at"][0]["estimate"], 0.375);
    assert_eq!(all["nelson_aalen"][0]["hazard"], 1.25);
    assert_eq!(all["endings"][0]["k"], 2);
    assert_eq!(all["endings"][0]["all_rows"]["share"], 0.5);
    assert_eq!(all["endings"][0]["ended_rows"]["n"], 3);
    assert_eq!(all["cause_specific"][1]["outcome"], 2);
    assert_eq!((&report["groups"], &report["logrank"]), (&json!([]), &Value::Null));
}

#[test]
fn groups_come_in_order_with_their_tests() {
    let report = file(SMALL).json("--group sex");
    assert_eq!(report["groups"][0]["group"], "f");
    assert_eq!(report["groups"][1]["n"], 2);
    assert_eq!(report["logrank"]["any"]["groups"], json!(["f", "m"]));
    assert_eq!(report["logrank"]["any"]["observed"], json!([2, 1]));
    assert_eq!(report["logrank"]["any"]["df"], 1);
    assert_eq!(report["logrank"]["by_outcome"][0]["observed"], json!([1, 1]));
    assert_eq!(report["restricted_mean_difference"][0]["minuend"], "f");
}

#[test]
fn without_times_it_takes_the_quartiles_of_the_exits_and_the_last() {
    let report = file(SMALL).json("");
    assert_eq!((&report["at"], &report["tau"]), (&json!([1.0, 2.0, 3.0]), &json!([3.0])));
}

#[test]
fn entries_all_zero_are_no_delayed_entry_and_the_same_day_counts() {
    let report = file("entry_days,exit_days,outcome\n0,0,1\n0,2,0\n").json("--at 0");
    assert_eq!(report["delayed_entry"], false);
    assert_eq!(report["all"]["kaplan_meier"]["at"][0]["survival"], 0.5);
}

#[test]
fn one_late_entry_turns_delayed_entry_on() {
    let late = file("from,to,how\n0,4,1\n2.5,5,1\n").json("--entry from --exit to --outcome how --at 1,4");
    assert_eq!(late["delayed_entry"], true);
    assert_eq!(late["all"]["kaplan_meier"]["at"][0]["n_risk"], 1);
    assert_eq!(late["all"]["kaplan_meier"]["at"][1]["n_risk"], 2);
    let error = file("entry_days,exit_days,outcome\n3,5,1\n0,0,1\n7,7,1\n").error("");
    assert!(
        error.contains("line 3") && error.contains("line 4") && error.contains("not after the entry time 7"),
        "{error}"
    );
}

#[test]
fn every_bad_value_is_named_with_line_column_and_remedy() {
    let error = file("entry_days,exit_days,outcome\n0,x,1\n0,\"1,5\",1\n0,3,died\n0,inf,0\n0,-2,1\n0,4\n0,5,1\n")
        .error("--json");
    for expected in [
        "6 values cannot be used; no figures",
        "line 2, column \"exit_days\": \"x\"",
        "line 3, column \"exit_days\": \"1,5\": is not a number; write it with a decimal point",
        "line 4, column \"outcome\": \"died\"",
        "line 5, column \"exit_days\": \"inf\"",
        "line 6, column \"exit_days\": \"-2\": the exit time -2 is before the origin",
        "line 7, column \"outcome\": \"\"",
    ] {
        assert!(error.contains(expected), "{expected} is not in: {error}");
    }
}

#[test]
fn twenty_bad_rows_are_shown_and_all_are_counted() {
    let error = file(&format!("exit_days,outcome\n{}", "?,1\n".repeat(50))).error("");
    assert!(error.contains("50 values") && error.contains("… and 30 more"), "{error}");
    assert!(error.contains("line 21,") && !error.contains("line 22,"), "{error}");
}

#[test]
fn a_missing_column_says_which_there_are() {
    let error = file("days,outcome\n1,1\n").error("");
    assert!(error.contains("no column \"exit_days\"") && error.contains("\"days\", \"outcome\""), "{error}");
    assert!(error.contains("--exit"), "{error}");
    assert!(file("exit_days;outcome\n1;1\n").error("").contains("separated by commas"));
    assert!(file("exit_days,outcome\n1,1\n").error("--group region").contains("--group"));
    assert!(file("exit_days,exit_days,outcome\n1,1,1\n").error("").contains("more than once"));
}

#[test]
fn nothing_to_read_is_an_error() {
    assert!(file("exit_days,outcome\n").error("").contains("no rows"));
    assert!(file("").error("").contains("no column"));
    let gone = File(file("").0);
    std::fs::remove_file(gone.0.path()).unwrap();
    assert!(gone.error("").contains("cannot read"));
}

#[test]
fn a_byte_order_mark_and_spaces_do_not_hide_a_column() {
    let report = file("\u{feff}exit_days, outcome\r\n 4 , 1\r\n").json("");
    assert_eq!(report["all"]["events"], 1);
}

#[test]
fn all_open_gives_nulls_and_a_table_of_dashes() {
    let open = file("exit_days,outcome\n4,0\n6,0\n");
    let report = open.json("--group outcome");
    assert_eq!(report["all"]["kaplan_meier"]["quantiles"][1]["estimate"], Value::Null);
    assert_eq!(report["logrank"]["any"]["chi2"], Value::Null);
    assert!(open.run("").unwrap().contains("– [–, –]"));
}

#[test]
fn the_table_is_short_and_has_the_median_the_endings_and_the_test() {
    let text = file(SMALL).run("--group sex").unwrap();
    assert!(text.starts_with("4 rows, without delayed entry"), "{text}");
    assert!(text.contains("half by") && text.contains("50.0 % [15.0, 85.0]"), "{text}");
    assert!(text.contains("Log-rank, any ending: chi2"), "{text}");
    assert!(!text.contains('*'), "{text}");
    assert!(file(SMALL).run("--tau 9").unwrap().contains("nobody observed"));
    assert!(text.lines().count() < 22, "{text}");
}

#[test]
fn times_that_are_none_are_refused_by_the_command_line() {
    for option in ["--at=nan", "--at=-1", "--tau=soon", "--at=1,inf"] {
        assert!(Command::try_parse_from(["aiqyn", "x.csv", option]).is_err(), "{option}");
    }
}
