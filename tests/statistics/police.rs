//! The figures of the real list that docs/statistics.md sets beside R's are what the command prints.
//!
//! The list lies beside the checkout and may not be copied into it; R's figures, by `benches/statistics/police.R`,
//! stand here.

use std::fmt::Write as _;
use std::path::Path;

use aiqyn::cli::stats_survival::{Args, run};
use chrono::NaiveDate;
use clap::Parser;
use serde_json::{Value, json};

use super::reference::check::Check;
use super::reference::data_set::shared_folder;

/// Median days to closure: estimate, lower and upper limit.
const MEDIANS: &[(&str, [f64; 3])] = &[
    ("BIA", [207.0, 205.0, 208.0]),
    ("IPRA", [202.0, 193.0, 211.0]),
    ("OPS", [220.0, 218.0, 223.0]),
    ("civilian body", [218.5, 216.0, 221.0]),
    ("internal affairs", [207.0, 205.0, 208.0]),
];

/// Cumulative incidence of sustained (1) and not sustained (2) by a day: estimate, error, limits.
const INCIDENCES: &[(&str, usize, usize, [f64; 4])] = &[
    ("all", 1, 365, [0.000_769_475_251_334, 0.000_113_409_278_256, 0.000_573_031_607_157, 0.001_021_305_136_71]),
    ("all", 1, 730, [0.003_830_648_533_82, 0.000_252_651_076_84, 0.003_361_042_462_7, 0.004_352_776_657_99]),
    ("all", 2, 365, [0.121_543_634_265, 0.001_336_425_083_59, 0.118_939_160_907, 0.124_177_770_543]),
    ("all", 2, 730, [0.155_249_995_818, 0.001_481_147_507_65, 0.152_359_624_809, 0.158_165_507_293]),
    ("IPRA", 1, 365, [0.005_490_483_162_52, 0.001_413_739_545_02, 0.003_231_897_132_39, 0.008_881_676_928_29]),
    ("IPRA", 1, 730, [0.013_177_159_59, 0.002_181_675_486_06, 0.009_407_549_768_67, 0.018_013_527_651_8]),
    ("IPRA", 2, 365, [0.193_631_039_531, 0.007_559_865_033_17, 0.179_042_106_887, 0.208_663_045_188]),
    ("IPRA", 2, 730, [0.284_040_995_608, 0.008_627_684_262_46, 0.267_242_012_868, 0.301_046_890_924]),
    ("OPS", 1, 365, [0.001_741_377_373_33, 0.000_312_488_173_3, 0.001_212_937_760_5, 0.002_451_821_627_05]),
    ("OPS", 1, 730, [0.010_841_478_485_6, 0.000_776_144_896_556, 0.009_401_473_939_82, 0.012_447_755_900_4]),
    ("OPS", 2, 365, [0.378_440_624_649, 0.003_635_011_488_22, 0.371_314_614_627, 0.385_562_732_378]),
    ("OPS", 2, 730, [0.477_755_308_392, 0.003_743_737_411_53, 0.470_398_139_783, 0.485_072_611_927]),
];

/// Log-rank test between civilian bodies and internal affairs.
const CHI2: f64 = 228.602_450_636;
const P: f64 = 1.202_620_910_73e-51;
const EXPECTED: [f64; 2] = [22_308.638_087_6, 37_462.361_912_4];

#[derive(Parser)]
struct Command {
    #[command(flatten)]
    args: Args,
}

#[test]
fn the_real_list_gives_the_figures_of_r() {
    let Some(folder) = shared_folder("data") else {
        return;
    };
    let waits = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(&waits, waits_of(&folder.join("police-complaints-2000-2008.csv"))).unwrap();
    let [by_body, by_side] = ["body", "side"].map(|column| report(waits.path(), column));
    let mut check = Check::default();

    for &(group, [estimate, lo, hi]) in MEDIANS {
        let report = if by_body["groups"].to_string().contains(group) { &by_body } else { &by_side };
        let median = &figures(report, group)["kaplan_meier"]["quantiles"][1];
        for (field, expected) in [("estimate", estimate), ("lo", lo), ("hi", hi)] {
            check.exact("median", group, median[field].as_f64(), &json!(expected));
        }
    }
    for &(group, outcome, day, [estimate, se, lo, hi]) in INCIDENCES {
        let at = &figures(&by_body, group)["cumulative_incidence"][outcome - 1]["at"][day / 365 - 1];
        check.estimate("incidence", group, at["estimate"].as_f64(), &json!(estimate));
        for (field, expected) in [("se", se), ("lo", lo), ("hi", hi)] {
            check.relative("incidence", group, at[field].as_f64(), &json!(expected));
        }
    }
    let test = &by_side["logrank"]["any"];
    assert_eq!(test["groups"], json!(["civilian body", "internal affairs"]));
    assert_eq!((&test["observed"], &test["df"]), (&json!([20_534, 39_237]), &json!(1)));
    check.relative("log-rank", "chi2", test["chi2"].as_f64(), &json!(CHI2));
    check.relative("log-rank", "p", test["p"].as_f64(), &json!(P));
    for (index, expected) in EXPECTED.into_iter().enumerate() {
        check.relative("log-rank", "expected", test["expected"][index].as_f64(), &json!(expected));
    }
    assert!(check.wrong.is_empty(), "{}", check.wrong.join("\n"));
}

fn figures<'a>(report: &'a Value, group: &str) -> &'a Value {
    let mut groups = report["groups"].as_array().unwrap().iter();
    if group == "all" { &report["all"] } else { groups.find(|figures| figures["group"] == group).unwrap() }
}

fn report(waits: &Path, column: &str) -> Value {
    let words = ["aiqyn", waits.to_str().unwrap(), "--json", "--at", "365,730", "--group", column];
    let mut out = Vec::new();
    run(&Command::parse_from(words).args, &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

/// What `benches/statistics/police_waits.py` makes of the list.
fn waits_of(list: &Path) -> String {
    let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap();
    let drawn_up = NaiveDate::from_ymd_opt(2022, 9, 1).unwrap();
    let mut waits = "exit_days,outcome,body,side\n".to_owned();
    for record in csv::Reader::from_path(list).unwrap().records().map(Result::unwrap) {
        let [filed, closed, body, status, finding] = [2, 3, 6, 7, 9].map(|column| &record[column]);
        let pending = status.starts_with("PENDING");
        if pending != closed.is_empty() || (!closed.is_empty() && closed < filed) {
            continue;
        }
        let end = if pending { drawn_up } else { day(closed) };
        let outcome = match finding {
            _ if pending => 0,
            "SUSTAINED" => 1,
            "NOT SUSTAINED" => 2,
            _ => 3,
        };
        let side = if body == "BIA" { "internal affairs" } else { "civilian body" };
        writeln!(waits, "{},{outcome},{body},{side}", (end - day(filed)).num_days()).unwrap();
    }
    waits
}
