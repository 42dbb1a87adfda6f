//! Settings: the options that an environment variable stands for too, and a line of the settings file.
//! They are defined where the options are; here they are only found.

use std::collections::BTreeMap;

use clap::{Arg, ArgAction, Command};

/// The option that names the settings file. It is no setting itself.
pub(super) const FILE: &str = "config";

/// A setting.
#[derive(Debug)]
pub struct Setting {
    /// Its name in a settings file, and behind `--` on the command line.
    pub key: String,
    /// Its environment variable.
    pub variable: String,
    /// The commands that take it, by their words: `serve`, `audit verify`; `aiqyn` itself where all of them do.
    pub commands: Vec<String>,
    /// The option, as the first of these commands has it.
    pub option: Arg,
}

impl Setting {
    /// Whether it may have more than one value.
    #[must_use]
    pub fn is_list(&self) -> bool {
        matches!(self.option.get_action(), ArgAction::Append)
    }
}

/// All settings of a program's commands, by their names.
#[must_use]
pub fn all(command: &Command) -> Vec<Setting> {
    let mut options: BTreeMap<String, Vec<(String, Arg)>> = BTreeMap::new();
    gather(command, "", &mut options);
    let mut settings: Vec<Setting> = options.into_iter().filter_map(|(name, found)| one(name, found)).collect();
    settings.sort_by(|one, other| one.key.cmp(&other.key));
    settings
}

fn gather(command: &Command, words: &str, into: &mut BTreeMap<String, Vec<(String, Arg)>>) {
    for option in command.get_arguments().filter(|option| option.get_id() != FILE) {
        if let Some(variable) = option.get_env() {
            let of = if words.is_empty() { command.get_name() } else { words };
            let found = into.entry(variable.to_string_lossy().into_owned()).or_default();
            found.push((of.to_owned(), option.clone()));
        }
    }
    for sub in command.get_subcommands() {
        gather(sub, format!("{words} {}", sub.get_name()).trim_start(), into);
    }
}

/// One setting of the options that share a variable: its name is the one that all of them have.
fn one(variable: String, found: Vec<(String, Arg)>) -> Option<Setting> {
    let (_, option) = found.first()?.clone();
    let has = |option: &Arg, name: &String| names(option).contains(name);
    let key = names(&option).into_iter().find(|name| found.iter().all(|(_, other)| has(other, name)))?;
    Some(Setting { key, variable, commands: found.into_iter().map(|(words, _)| words).collect(), option })
}

/// The names that an option has: its own and its others.
pub(super) fn names(option: &Arg) -> Vec<String> {
    let others = option.get_all_aliases().unwrap_or_default();
    option.get_long().into_iter().chain(others).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_commands_hold_together() {
        crate::cli::Cli::command().debug_assert();
    }

    #[test]
    fn every_option_with_a_variable_is_a_setting_with_one_name() {
        let command = crate::cli::Cli::command();
        let mut options = BTreeMap::new();
        gather(&command, "", &mut options);
        let settings = all(&command);
        assert_eq!(settings.len(), options.len(), "options that share a variable share a name");
        let keys: std::collections::BTreeSet<&str> = settings.iter().map(|setting| setting.key.as_str()).collect();
        assert_eq!(keys.len(), settings.len());
        for setting in &settings {
            assert!(setting.variable.starts_with("AIQYN_"), "{}", setting.variable);
        }
    }
}
