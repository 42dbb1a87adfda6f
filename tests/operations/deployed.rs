//! What is in `deploy/` fits the program: its commands are ones, its settings are known, its paths are there.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use aiqyn::cli::Cli;
use aiqyn::cli::settings::all;
use clap::{CommandFactory, Parser};

use crate::support::backend::in_ci;
use crate::support::program::aiqyn;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join("deploy").join(name)).unwrap()
}

/// The values of a line that begins so, of a unit or a Containerfile.
fn lines<'a>(text: &'a str, begin: &str) -> Vec<&'a str> {
    text.lines().filter_map(|line| line.strip_prefix(begin)).collect()
}

#[track_caller]
fn is_a_command(line: &str) {
    let words = line.split_whitespace();
    Cli::try_parse_from(words).unwrap_or_else(|error| panic!("{line}: {error}"));
}

#[track_caller]
fn are_settings(assignments: &[&str]) {
    let known = all(&Cli::command());
    for assignment in assignments {
        let (variable, _) = assignment.split_once('=').unwrap();
        assert!(known.iter().any(|setting| setting.variable == variable), "{variable} is no setting");
    }
}

#[test]
fn the_unit_starts_what_there_is() {
    let unit = read("aiqyn.service");
    let [command] = lines(&unit, "ExecStart=")[..] else { panic!("one command") };
    is_a_command(command);
    are_settings(&lines(&read("by-tls.conf"), "Environment="));
}

#[test]
fn systemd_understands_the_unit_and_finds_it_closed() {
    if Command::new("systemd-analyze").arg("--version").output().is_err() {
        assert!(!in_ci(), "systemd-analyze is missing (Debian: apt-get install systemd)");
        println!("SKIPPED: systemd-analyze is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let unit = folder.path().join("aiqyn.service");
    let program = env!("CARGO_BIN_EXE_aiqyn");
    fs::write(&unit, read("aiqyn.service").replace("/usr/local/bin/aiqyn", program)).unwrap();
    let analyse = |words: &[&str]| {
        let output = Command::new("systemd-analyze").args(words).arg(&unit).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{text}");
        text
    };
    assert_eq!(analyse(&["verify"]), "");
    // Other versions look at other things; the threshold is ten times what is told.
    analyse(&["security", "--offline=true", "--threshold=20"]);
    let with = folder.path().join("aiqyn.service.d");
    fs::create_dir(&with).unwrap();
    fs::write(with.join("by-tls.conf"), read("by-tls.conf")).unwrap();
    assert_eq!(analyse(&["verify"]), "");
    analyse(&["security", "--offline=true", "--threshold=20"]);
}

#[test]
fn the_settings_to_begin_with_are_understood() {
    let folder = tempfile::tempdir().unwrap();
    let lines = read("aiqyn.toml");
    // With all that is offered, too: what stands behind one mark of a comment and has a value.
    let offered: String = lines
        .lines()
        .map(|line| line.strip_prefix("# ").filter(|rest| rest.contains(" = ")).unwrap_or(line))
        .filter(|line| !line.starts_with("database = \"postgres") && !line.starts_with("backup-seal-to"))
        .map(|line| format!("{line}\n"))
        .collect();
    for settings in [&lines, &offered] {
        let file = folder.path().join("aiqyn.toml");
        fs::write(&file, settings).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        let told = aiqyn(folder.path(), &["migrate", "--config", "aiqyn.toml", "--database", "a.sqlite3"]);
        told.well();
    }
}

#[test]
fn the_container_is_made_of_what_there_is() {
    let file = read("Containerfile").replace("\\\n", " ");
    for copied in lines(&file, "COPY ").iter().filter(|copied| !copied.starts_with("--from")) {
        let words: Vec<&str> = copied.split_whitespace().collect();
        for name in &words[..words.len() - 1] {
            assert!(root().join(name).exists(), "{name} is not there");
        }
    }
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(manifest.contains("rust-version = \"1.95\"") && file.contains("FROM rust:1.95-"), "the same Rust");
    let assigned = lines(&file, "ENV ");
    are_settings(&assigned.iter().flat_map(|line| line.split_whitespace()).collect::<Vec<_>>());
    let words = |begin: &str| -> Vec<String> { serde_json::from_str(lines(&file, begin)[0]).unwrap() };
    is_a_command(&[words("ENTRYPOINT "), words("CMD ")].concat().join(" "));
    assert_eq!(words("ENTRYPOINT "), ["/usr/local/bin/aiqyn"]);
    assert!(file.contains("USER aiqyn") && !file.contains("://"), "{file}");
}
