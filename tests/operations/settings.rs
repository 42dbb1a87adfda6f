//! Settings come from the command line, the environment and a file, in this order.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::program::Outcome;
use crate::support::{Backend, on_sqlite};

/// A folder with settings in it.
struct Folder(tempfile::TempDir);

impl Folder {
    fn with(settings: &str) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.writes(settings);
        folder
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("aiqyn.toml")
    }

    fn writes(&self, settings: &str) {
        fs::write(self.file(), settings).unwrap();
        self.lets(0o600);
    }

    fn lets(&self, mode: u32) {
        fs::set_permissions(self.file(), fs::Permissions::from_mode(mode)).unwrap();
    }

    fn runs(&self, words: &[&str], environment: &[(&str, &str)]) -> Outcome {
        runs(self.0.path(), words, environment)
    }

    /// What it says of a command that reads the file.
    #[track_caller]
    fn refuses(&self, words: &[&str]) -> String {
        self.runs(&[words, &["--config", "aiqyn.toml"]].concat(), &[]).badly().err
    }
}

fn runs(folder: &Path, words: &[&str], environment: &[(&str, &str)]) -> Outcome {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aiqyn"));
    command.current_dir(folder).args(words).env_clear().envs(environment.iter().copied());
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    Outcome { ok: output.status.success(), out: text(&output.stdout), err: text(&output.stderr) }
}

#[test]
fn the_command_line_goes_before_the_environment_and_that_before_the_file() {
    let folder = Folder::with("database = 'of-the-file.sqlite3'\n");
    let made = |name: &str| folder.0.path().join(name).exists();
    let migrate = ["migrate", "--config", "aiqyn.toml"];
    folder.runs(&["migrate"], &[("AIQYN_CONFIG", "aiqyn.toml")]).well();
    assert!(made("of-the-file.sqlite3"));
    folder.runs(&migrate, &[("AIQYN_DATABASE", "of-the-environment.sqlite3")]).well();
    assert!(made("of-the-environment.sqlite3"));
    let environment = [("AIQYN_DATABASE", "not-made.sqlite3")];
    folder.runs(&[&migrate[..], &["--database", "of-the-line.sqlite3"]].concat(), &environment).well();
    assert!(made("of-the-line.sqlite3") && !made("not-made.sqlite3"));
    folder.writes("log = 'aiqyn=warn'\n");
    for words in [&["--log", "off", "migrate"][..], &["migrate", "--log", "off"]] {
        folder.runs(&[words, &migrate[1..]].concat(), &[]).well();
    }
    folder.runs(&["migrate"], &[]).well();
    assert!(made("aiqyn.sqlite3"), "a file that is not named is not read");
}

#[test]
fn a_file_reaches_commands_within_commands_and_sets_what_is_for_all() {
    let folder = Folder::with("database = 'a.sqlite3'\nlog = 'off'\nlisten = '127.0.0.1:0'\n");
    let config = ["--config", "aiqyn.toml"];
    folder.runs(&[&["init", "--organisation", "Қадір"], &config[..]].concat(), &[]).well();
    let listed = folder.runs(&[&["user", "list", "--json"], &config[..]].concat(), &[]).well();
    assert_eq!(listed.json()[0]["login"], "administrator");
    let first = folder.runs(&[&config[..], &["user", "list", "--json"]].concat(), &[]).well();
    assert_eq!(first.json(), listed.json());
    folder.runs(&[&["audit", "verify"], &config[..]].concat(), &[]).well();
    folder.runs(&[&["serve", "--help"], &config[..]].concat(), &[]).well();
}

#[test]
fn a_setting_of_a_file_needs_what_its_option_needs() {
    let folder = Folder::with("tls-certificate = 'chain.pem'\n");
    let told = folder.refuses(&["serve"]);
    assert!(told.contains("--tls-key"), "{told}");
}

#[test]
fn what_is_wrong_with_a_file_is_told_with_its_line_and_its_mend() {
    let folder = Folder::with("# ours\nlisten = '127.0.0.1:0'\nlissten = '127.0.0.1:0'\n");
    let told = folder.refuses(&["migrate"]);
    assert!(
        told.starts_with("aiqyn: aiqyn.toml, line 3: \"lissten\" is no setting. Settings are answer-within,"),
        "{told}"
    );
    for (settings, says) in [
        ("listen = 'here'", "line 1: listen is wrong: invalid value 'here' for '--listen <ADDRESS>'"),
        ("\nanswer-within = 0", "line 2: answer-within is wrong: invalid value '0'"),
        ("answer-within = ['1']", "line 1: answer-within takes one value, not a list"),
        ("host = ['a.example', 'b c']", "line 1: host is wrong: invalid value 'b c'"),
        ("listen = 1.5", "line 1: listen takes a text in quotation marks or a whole number"),
        ("config = 'other.toml'", "line 1: \"config\" is no setting"),
        ("cases = 3", "line 1: \"cases\" is no setting"),
        ("host = [", "line 1: "),
        ("[serve]\nlisten = '127.0.0.1:0'", "line 1: \"serve\" is no setting"),
    ] {
        folder.writes(settings);
        let told = folder.refuses(&["migrate"]);
        assert!(told.starts_with("aiqyn: aiqyn.toml, ") && told.contains(says), "{settings}: {told}");
    }
    folder.writes("database = 'postgres://a:secret@127.0.0.1/b\n");
    let told = folder.refuses(&["migrate"]);
    assert!(told.contains("line 1") && !told.contains("secret"), "{told}");
    let told = folder.runs(&["migrate", "--config", "nowhere.toml"], &[]).badly().err;
    assert!(told.contains("nowhere.toml"), "{told}");
}

#[test]
fn a_file_that_others_may_write_or_whose_password_they_may_read_is_refused() {
    let folder = Folder::with("log = 'off'\n");
    folder.lets(0o644);
    folder.runs(&["migrate", "--config", "aiqyn.toml"], &[]).well();
    folder.lets(0o664);
    let told = folder.refuses(&["migrate"]);
    assert!(told.contains("Mend it: chmod go-w aiqyn.toml"), "{told}");
    for address in ["postgres://a:secret@127.0.0.1:1/b", "postgres://127.0.0.1:1/b?password=secret"] {
        folder.writes(&format!("database = '{address}?connect_timeout=1'\n"));
        folder.lets(0o644);
        let told = folder.refuses(&["migrate"]);
        assert!(told.contains("Mend it: chmod o-rwx aiqyn.toml") && !told.contains("secret"), "{told}");
        folder.lets(0o640);
        let told = folder.refuses(&["migrate"]);
        assert!(told.contains("out of reach") && !told.contains("secret"), "{told}");
    }
}

#[test]
fn a_log_level_that_is_none_is_told() {
    on_sqlite(|backend: &Backend| {
        let told = runs(backend.folder.path(), &["migrate"], &[("AIQYN_LOG", "aiqyn=loud")]).badly().err;
        assert!(told.contains("--log"), "{told}");
    });
}
