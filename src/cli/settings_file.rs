//! The settings file. Each line of it stands for the option of its name, where neither the command line nor the
//! environment says otherwise: it is put among the arguments before they are read, and what it means is defined by the
//! option alone. The file is never printed: the address of a database may hold a password.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Command};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::settings::{self, FILE, Setting};

/// A settings file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// It cannot be read.
    #[error("{}: {source}", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Others may read or write what they must not.
    #[error("{} {what}. Mend it: {mend} {}", file.display(), file.display())]
    Exposed {
        /// The file.
        file: PathBuf,
        /// What others may do.
        what: &'static str,
        /// The command that mends it.
        mend: &'static str,
    },
    /// A line of it.
    #[error("{}, line {line}: {fault}", file.display())]
    Line {
        /// The file.
        file: PathBuf,
        /// Which line, from 1.
        line: usize,
        /// What is wrong with it, and what would be right.
        fault: String,
    },
}

/// A setting of a file, with its values as they would be typed.
struct Given {
    key: String,
    values: Vec<String>,
}

/// The arguments of a program with the settings of its file among them, where a file is named.
///
/// # Errors
/// What is wrong with the file.
pub fn with_file(command: &Command, arguments: Vec<OsString>) -> Result<Vec<OsString>, SettingsError> {
    // What is wrong with the arguments themselves is told when they are read in earnest.
    let Ok(matches) = command.clone().ignore_errors(true).try_get_matches_from(&arguments) else {
        return Ok(arguments);
    };
    let levels = levels(command, &matches);
    let named = levels.iter().rev().find_map(|(_, matches)| matches.try_get_one::<PathBuf>(FILE).ok().flatten());
    let Some(file) = named else { return Ok(arguments) };
    let given = read(command, file)?;
    let mut whole = arguments;
    let mut at = 1;
    for (depth, (level, _)) in levels.iter().enumerate() {
        if depth > 0 {
            let word = whole.iter().skip(at).position(|argument| argument == level.get_name());
            at += word.map_or(0, |word| word + 1);
        }
        let options = level.get_arguments().filter(|option| option.get_env().is_some());
        let silent = options.filter(|option| !levels.iter().any(|(_, matches)| is_said(matches, option.get_id())));
        let added: Vec<OsString> = silent.flat_map(|option| as_arguments(option, &given)).collect();
        let count = added.len();
        whole.splice(at..at, added);
        at += count;
    }
    Ok(whole)
}

/// The command and, below it, those that the arguments name.
fn levels<'a>(command: &'a Command, matches: &'a ArgMatches) -> Vec<(&'a Command, &'a ArgMatches)> {
    let mut levels = vec![(command, matches)];
    while let Some((name, below)) = levels.last().and_then(|(_, matches)| matches.subcommand()) {
        let Some(sub) = levels.last().and_then(|(level, _)| level.find_subcommand(name)) else { break };
        levels.push((sub, below));
    }
    levels
}

/// Whether the command line or the environment says it.
fn is_said(matches: &ArgMatches, option: &clap::Id) -> bool {
    let is_there = matches.try_contains_id(option.as_str()).is_ok_and(|is_there| is_there);
    is_there
        && matches!(matches.value_source(option.as_str()), Some(ValueSource::CommandLine | ValueSource::EnvVariable))
}

fn as_arguments(option: &clap::Arg, given: &[Given]) -> Vec<OsString> {
    let names = settings::names(option);
    let given = given.iter().filter(|given| names.contains(&given.key));
    let long = option.get_long().unwrap_or_default();
    given.flat_map(|given| given.values.iter().map(|value| format!("--{long}={value}").into())).collect()
}

fn read(command: &Command, file: &Path) -> Result<Vec<Given>, SettingsError> {
    let unreadable = |source| SettingsError::Unreadable { file: file.to_owned(), source };
    let text = fs::read_to_string(file).map_err(unreadable)?;
    let line = |at: usize| text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
    let fault = |at: usize, fault: String| SettingsError::Line { file: file.to_owned(), line: line(at), fault };
    // The error's own words would show the line.
    let table = DeTable::parse(&text)
        .map_err(|error| fault(error.span().map_or(0, |span| span.start), error.message().to_owned()))?;
    let settings = settings::all(command);
    let mut given = Vec::new();
    for (key, value) in table.get_ref() {
        let name = key.get_ref().as_ref();
        let setting = settings.iter().find(|setting| setting.key == name);
        let setting = setting.ok_or_else(|| fault(key.span().start, unknown(name, &settings)))?;
        let told = |what: String| fault(value.span().start, format!("{name} {what}"));
        let values = typed(value, setting.is_list()).map_err(|what| told(what.to_owned()))?;
        check(command, setting, &values).map_err(told)?;
        given.push(Given { key: name.to_owned(), values });
    }
    check_rights(file, &given)?;
    Ok(given)
}

fn unknown(name: &str, settings: &[Setting]) -> String {
    let known: Vec<&str> = settings.iter().map(|setting| setting.key.as_str()).collect();
    format!("{name:?} is no setting. Settings are {}", known.join(", "))
}

/// The values as they would be typed.
fn typed(value: &Spanned<DeValue<'_>>, is_list: bool) -> Result<Vec<String>, &'static str> {
    let one = |value: &DeValue<'_>| match value {
        DeValue::String(text) => Ok(text.to_string()),
        DeValue::Integer(number) if number.radix() == 10 => Ok(number.as_str().to_owned()),
        DeValue::Boolean(yes) => Ok(yes.to_string()),
        _ => Err("takes a text in quotation marks or a whole number"),
    };
    match value.get_ref() {
        DeValue::Array(values) if is_list => values.iter().map(|value| one(value.get_ref())).collect(),
        DeValue::Array(_) => Err("takes one value, not a list"),
        value => Ok(vec![one(value)?]),
    }
}

/// Has the option itself judge the values.
fn check(command: &Command, setting: &Setting, values: &[String]) -> Result<(), String> {
    let Some(words) = setting.commands.first() else { return Ok(()) };
    let found = words.split(' ').try_fold(command, |command, word| command.find_subcommand(word));
    // What is for all commands has the program's own name there.
    let judge = found.unwrap_or(command).clone().no_binary_name(true);
    // The environment is not on trial.
    let judge = judge.mut_args(|option| option.env(clap::builder::Resettable::Reset));
    let long = setting.option.get_long().unwrap_or_default();
    match judge.try_get_matches_from(values.iter().map(|value| format!("--{long}={value}"))) {
        Err(error) if matches!(error.kind(), ErrorKind::InvalidValue | ErrorKind::ValueValidation) => {
            let told = error.to_string();
            let first = told.lines().next().unwrap_or_default();
            Err(format!("is wrong: {}", first.trim_start_matches("error: ")))
        }
        _ => Ok(()),
    }
}

/// Whoever may write the file decides where backups go and whom they are sealed to; whoever may read it learns the
/// database's password, if it is there.
#[cfg(unix)]
fn check_rights(file: &Path, given: &[Given]) -> Result<(), SettingsError> {
    use std::os::unix::fs::MetadataExt;
    let metadata = fs::metadata(file).map_err(|source| SettingsError::Unreadable { file: file.to_owned(), source })?;
    let mode = metadata.mode();
    let exposed = |what, mend| Err(SettingsError::Exposed { file: file.to_owned(), what, mend });
    let has_password = given.iter().any(|given| given.values.iter().any(|value| holds_password(value)));
    if metadata.is_file() && mode & 0o022 != 0 {
        return exposed("can be written by others than its owner", "chmod go-w");
    }
    if metadata.is_file() && mode & 0o004 != 0 && has_password {
        return exposed("can be read by everybody, and holds a database password", "chmod o-rwx");
    }
    Ok(())
}

#[cfg(not(unix))]
fn check_rights(_: &Path, _: &[Given]) -> Result<(), SettingsError> {
    Ok(())
}

/// Whether the address of a PostgreSQL server holds a password.
pub(super) fn holds_password(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once("://") else { return false };
    let (host, query) = rest.split_once('?').unwrap_or((rest, ""));
    let who = host.split('/').next().unwrap_or_default().rsplit_once('@').map_or("", |(who, _)| who);
    scheme.starts_with("postgres") && (who.contains(':') || query.split('&').any(|said| said.starts_with("password=")))
}
