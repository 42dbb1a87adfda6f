//! The page of settings is made from the commands themselves.

use std::fmt::Write;

use aiqyn::cli::Cli;
use aiqyn::cli::settings::{Setting, all};
use clap::CommandFactory;

use crate::support::page;

fn table() -> String {
    let mut table =
        String::from("| setting | environment | if left out | meaning | of |\n| --- | --- | --- | --- | --- |\n");
    for setting in all(&Cli::command()) {
        let value = setting.option.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str());
        let _ = writeln!(
            table,
            "| `{} = {value}`{} | `{}` | {} | {} | {} |",
            setting.key,
            if setting.is_list() { ", a list" } else { "" },
            setting.variable,
            default(&setting),
            meaning(&setting),
            commands(&setting)
        );
    }
    table
}

fn default(setting: &Setting) -> String {
    let values = setting.option.get_default_values().iter().map(|value| format!("`{}`", value.to_string_lossy()));
    values.collect::<Vec<_>>().join(", ")
}

fn meaning(setting: &Setting) -> String {
    let help = setting.option.get_long_help().or(setting.option.get_help()).map(ToString::to_string);
    let help = help.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
    let end = if help.ends_with(['.', ')']) { "" } else { "." };
    format!("{help}{end}")
}

fn commands(setting: &Setting) -> String {
    match setting.commands.as_slice() {
        [all] if all == "aiqyn" => "all".to_owned(),
        some => {
            let mut first: Vec<&str> = some.iter().filter_map(|words| words.split(' ').next()).collect();
            first.dedup();
            first.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
        }
    }
}

#[test]
fn the_page_has_the_settings_of_the_code() {
    page::must_hold("settings.md", "src/cli", &table(), "operations");
}

#[test]
fn every_setting_is_explained() {
    for setting in all(&Cli::command()) {
        assert!(meaning(&setting).len() > 20, "{}", setting.key);
    }
}
