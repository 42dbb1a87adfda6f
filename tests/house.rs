//! The house rules: which part may use which, what lies where, and that the documentation holds.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use clap::Parser;
use clap::error::ErrorKind;

/// Which part may use which. Arrows run downwards only; a new part gets its line here.
const ARROWS: &[(&str, &[&str])] = &[
    (
        "cli",
        &[
            "web",
            "services",
            "backup",
            "access",
            "audit",
            "vault",
            "import",
            "demonstration",
            "report",
            "i18n",
            "measures",
            "statistics",
            "domain",
        ],
    ),
    ("web", &["services", "access", "audit", "vault", "documents", "report", "i18n", "measures", "domain"]),
    (
        "services",
        &[
            "store",
            "backup",
            "access",
            "audit",
            "vault",
            "documents",
            "import",
            "report",
            "measures",
            "statistics",
            "domain",
        ],
    ),
    ("store", &["access", "audit", "vault", "measures", "domain"]),
    ("report", &["i18n", "measures", "statistics", "domain"]),
    ("i18n", &["measures", "domain"]),
    ("report", &["statistics", "domain"]),
    ("import", &["domain"]),
    ("demonstration", &["domain"]),
    ("backup", &[]),
    ("documents", &["domain"]),
    ("access", &["vault", "domain"]),
    ("vault", &["domain"]),
    ("audit", &["domain"]),
    ("measures", &["domain", "statistics"]),
    ("domain", &[]),
    ("statistics", &[]),
];

/// What may lie at the top of the repository.
const TOP_LEVEL: &[&str] = &[
    ".ci",
    ".git",
    ".gitignore",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "askama.toml",
    "benches",
    "deny.toml",
    "deploy",
    "diesel.toml",
    "docs",
    "migrations",
    "rust-toolchain.toml",
    "rustfmt.toml",
    "src",
    "tests",
];

/// Names that say nothing of what a file is about.
const NAMELESS: &[&str] = &["util", "utils", "helper", "helpers", "common", "misc", "manager", "managers"];

const MOST_LINES: usize = 400;

/// The hosts that an address in the documentation may name.
const HOSTS: &[&str] = &["127.0.0.1:8080"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension() == Some(OsStr::new(extension)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

// --- the code -----------------------------------------------------------------------------------

/// A file of `src`, without comments.
struct Source {
    name: String,
    /// The part that it belongs to: `domain` for `src/domain/time.rs`.
    part: String,
    /// How many `super::` lead from it to the crate.
    depth: usize,
    code: String,
}

fn sources() -> Vec<Source> {
    files("src", "rs").iter().map(|path| Source::read(path)).collect()
}

impl Source {
    fn read(path: &Path) -> Self {
        let name = name(path);
        let steps: Vec<&str> = name.trim_start_matches("src/").trim_end_matches(".rs").split('/').collect();
        let depth = steps.iter().filter(|step| **step != "mod").count();
        let text = read(path);
        let code: Vec<&str> = text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
        Self { part: steps[0].to_owned(), depth, code: code.join("\n"), name: name.clone() }
    }

    fn is_a_part(&self) -> bool {
        !matches!(self.part.as_str(), "lib" | "main")
    }

    fn names(&self, path: &str) -> bool {
        self.code.match_indices(path).any(|(at, _)| {
            let before = self.code[..at].chars().next_back();
            !before.is_some_and(|character| character.is_alphanumeric() || character == '_' || character == ':')
        })
    }

    /// The parts that it uses, by `crate::…` or by as many `super::` as lead to the crate.
    fn uses(&self) -> BTreeSet<String> {
        let to_crate = "super::".repeat(self.depth);
        let mut used = BTreeSet::new();
        for prefix in ["crate::", to_crate.as_str()] {
            for (at, _) in self.code.match_indices(prefix) {
                if self.code[..at].ends_with("::") {
                    continue;
                }
                let rest = &self.code[at + prefix.len()..];
                let group = rest.strip_prefix('{').map_or(rest, |group| group.split('}').next().unwrap_or(group));
                let paths = if rest.starts_with('{') { group.split(',').collect() } else { vec![rest] };
                used.extend(paths.iter().map(|path| first_word(path)));
            }
        }
        used.retain(|word| ARROWS.iter().any(|(part, _)| part == word) && *word != self.part);
        used
    }
}

fn first_word(path: &str) -> String {
    path.trim_start().chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
}

#[test]
fn arrows_run_downwards_only() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| source.is_a_part()) {
        let Some((_, allowed)) = ARROWS.iter().find(|(part, _)| *part == source.part) else {
            faults.push(format!("{}: say in tests/house.rs what `{}` may use", source.name, source.part));
            continue;
        };
        for used in source.uses().iter().filter(|used| !allowed.contains(&used.as_str())) {
            faults.push(format!("{}: `{}` may not use `{used}`", source.name, source.part));
        }
    }
    none(faults);
}

#[test]
fn the_map_has_no_circle() {
    for (place, (part, allowed)) in ARROWS.iter().enumerate() {
        for used in *allowed {
            let lower = ARROWS.iter().position(|(other, _)| other == used);
            assert!(lower.is_some_and(|lower| lower > place), "{part} → {used} points upwards");
        }
    }
}

#[test]
fn only_the_store_names_diesel_and_only_the_web_names_actix() {
    let mut faults = Vec::new();
    for source in sources() {
        let is_store = source.part == "store";
        let is_web = source.part == "web";
        for (library, may) in [("diesel::", is_store), ("diesel_migrations::", is_store), ("actix_web::", is_web)] {
            if source.names(library) && !may {
                faults.push(format!("{} names {library}", source.name));
            }
        }
    }
    none(faults);
}

#[test]
fn what_is_pure_reads_no_clock_and_no_files() {
    const CLOCK: &[&str] = &["Utc::now", "Local::now", "SystemTime", "Instant::now", "Uuid::now"];
    const OUTSIDE: &[&str] = &["std::fs", "std::io", "std::net", "std::env", "std::process"];
    let mut faults = Vec::new();
    for source in sources() {
        let outside = match source.part.as_str() {
            "domain" | "documents" | "statistics" | "measures" | "demonstration" | "audit" => OUTSIDE,
            "import" | "access" | "vault" | "i18n" | "report" => &[],
            _ => continue,
        };
        for word in CLOCK.iter().chain(outside).filter(|word| source.names(word)) {
            faults.push(format!("{} names {word}", source.name));
        }
    }
    none(faults);
}

#[test]
fn every_source_file_says_what_it_is_for() {
    let silent = |path: &&PathBuf| !read(path).starts_with("//! ");
    none(files("src", "rs").iter().filter(silent).map(|path| format!("{} has no head", name(path))).collect());
}

#[test]
fn no_source_file_is_too_long() {
    let mut faults = Vec::new();
    for path in files("src", "rs") {
        let (name, lines) = (name(&path), read(&path).lines().count());
        if lines > MOST_LINES {
            faults.push(format!("{name} has {lines} lines: look for the second subject"));
        }
    }
    none(faults);
}

#[test]
fn every_file_is_named_after_a_subject() {
    let mut faults = Vec::new();
    for path in files("src", "rs").iter().chain(&files("tests", "rs")) {
        let name = name(path);
        if name.trim_end_matches(".rs").split('/').any(|step| NAMELESS.contains(&step)) {
            faults.push(format!("{name} is named after nothing"));
        }
    }
    none(faults);
}

#[test]
fn the_top_level_is_what_the_plan_says() {
    let ignored = read(&root().join(".gitignore"));
    let is_ignored = |name: &str| {
        ignored.lines().map(|line| line.trim().trim_matches('/')).filter(|line| !line.is_empty()).any(|pattern| {
            match pattern.split_once('*') {
                Some((start, end)) => name.starts_with(start) && name.contains(end.trim_matches('*')),
                None => name == pattern,
            }
        })
    };
    let strange = |name: &String| !TOP_LEVEL.contains(&name.as_str()) && !is_ignored(name);
    let entries = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    none(entries.filter(strange).map(|name| format!("{name} lies at the top level")).collect());
}

// --- the documentation --------------------------------------------------------------------------

fn pages() -> Vec<PathBuf> {
    let mut pages = files("docs", "md");
    pages.push(root().join("README.md"));
    pages
}

/// The text outside fenced blocks.
fn prose(text: &str) -> String {
    let mut fenced = false;
    let mut prose = String::new();
    for line in text.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            prose.push_str(line);
            prose.push('\n');
        }
    }
    prose
}

/// The fenced blocks of a language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    text.split(&format!("```{language}\n"))
        .skip(1)
        .filter_map(|rest| rest.split("\n```").next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_link_between_pages_leads_somewhere() {
    let mut faults = Vec::new();
    for page in pages() {
        for link in prose(&read(&page)).split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = link.split('#').next().unwrap_or_default();
            let is_ours = !target.is_empty() && !target.contains("://");
            if is_ours && !page.parent().is_some_and(|folder| folder.join(target).exists()) {
                faults.push(format!("{}: {link} is not there", name(&page)));
            }
        }
    }
    none(faults);
}

#[test]
fn every_page_can_be_reached_from_the_readme() {
    let mut reached = BTreeSet::new();
    let mut next = vec![root().join("README.md")];
    while let Some(page) = next.pop() {
        let Ok(page) = page.canonicalize() else { continue };
        if reached.insert(page.clone()) && page.extension() == Some(OsStr::new("md")) {
            let folder = page.parent().unwrap_or(root());
            let text = read(&page);
            let links = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
            next.extend(links.filter(|link| !link.is_empty()).map(|link| folder.join(link)));
        }
    }
    let unreached = |page: &PathBuf| !page.canonicalize().is_ok_and(|page| reached.contains(&page));
    none(pages().into_iter().filter(unreached).map(|page| format!("nothing leads to {}", name(&page))).collect());
}

#[test]
fn no_page_names_a_place_that_a_reader_does_not_have() {
    const PLACES: &[&str] = &["/root/", "/home/", "/tmp/"];
    let mut faults = Vec::new();
    for page in pages().iter().chain(&files("docs", "toml")) {
        let text = read(page);
        faults.extend(
            PLACES.iter().filter(|place| text.contains(**place)).map(|place| format!("{}: {place}", name(page))),
        );
        for address in text.split("http").skip(1) {
            let Some(rest) = address.strip_prefix("://").or_else(|| address.strip_prefix("s://")) else { continue };
            let host = rest.split(|character: char| "/ )>;`'\"\n".contains(character)).next().unwrap_or_default();
            if !HOSTS.contains(&host) {
                faults.push(format!("{}: the host {host:?}", name(page)));
            }
        }
    }
    none(faults);
}

/// The words of a command line, as a shell parts them; no more than the documentation needs.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for character in line.chars() {
        match (quote, character) {
            (Some(open), close) if open == close => quote = None,
            (None, '"' | '\'') => quote = Some(character),
            (None, ' ') => words.push(String::new()),
            _ => words.last_mut().unwrap().push(character),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn parse(line: &str) -> Result<aiqyn::cli::Cli, clap::Error> {
    aiqyn::cli::Cli::try_parse_from(words(line))
}

#[test]
fn every_command_in_the_documentation_is_one() {
    let mut faults = Vec::new();
    let mut seen = 0;
    for page in pages() {
        let text = read(&page);
        for line in blocks(&text, "sh").iter().flat_map(|block| block.lines()) {
            let line = line.replace("cargo run --release -- ", "aiqyn ");
            if line.starts_with("aiqyn ") {
                seen += 1;
                faults.extend(parse(&line).err().map(|error| format!("{}: {line}: {error}", name(&page))));
            }
            if let Some(script) = line.strip_prefix("bash ").filter(|script| !root().join(script).exists()) {
                faults.push(format!("{}: {script} is not there", name(&page)));
            }
        }
        // In running text a command may be named without what it needs.
        for code in prose(&text).split('`').skip(1).step_by(2).filter(|code| code.starts_with("aiqyn ")) {
            seen += 1;
            let kind = parse(code).err().map(|error| error.kind());
            let is_one = matches!(
                kind,
                None | Some(ErrorKind::MissingRequiredArgument | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand,)
            );
            if !is_one {
                faults.push(format!("{}: {code}: {kind:?}", name(&page)));
            }
        }
    }
    assert!(seen > 20, "only {seen} commands were found");
    none(faults);
}

/// `aiqyn demo`, stopped at the end. What it prints is held open: it may print more.
struct Demo {
    program: Child,
    _printed: Lines<BufReader<ChildStdout>>,
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

impl Demo {
    /// Starts it on a free port and waits for the caseworker's token and its address.
    fn start(database: &Path) -> (Self, String, String) {
        let program = Command::new(env!("CARGO_BIN_EXE_aiqyn"))
            .args(["demo", "--cases", "20", "--listen", "127.0.0.1:0", "--database"])
            .arg(database)
            .stdout(Stdio::piped())
            .spawn();
        let mut program = program.unwrap();
        let mut printed = BufReader::new(program.stdout.take().unwrap()).lines();
        let mut token = String::new();
        let told = printed.find_map(|line| {
            let line = line.unwrap();
            if line.starts_with("caseworker ") {
                token = line.split_whitespace().last().unwrap_or_default().to_owned();
            }
            line.split("http://").nth(1).map(str::to_owned)
        });
        let demo = Self { program, _printed: printed };
        let address = told.unwrap_or_else(|| panic!("the demo did not say where it is"));
        (demo, address.trim_end_matches('/').to_owned(), token)
    }
}

#[test]
fn the_walk_through_the_api_works() {
    let has_curl = Command::new("curl").arg("--version").stdout(Stdio::null()).status().is_ok_and(|s| s.success());
    if !has_curl {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "curl is missing");
        eprintln!("SKIPPED: curl is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (_demo, address, token) = Demo::start(&folder.path().join("demo.sqlite3"));
    let walk = blocks(&read(&root().join("docs/api.md")), "sh").concat().replace("127.0.0.1:8080", &address);
    let output =
        Command::new("bash").args(["-euo", "pipefail", "-c", &walk]).env("AIQYN_TOKEN", token).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    let expected = [
        "\"reference\":\"2024-",
        "\"version\":11}",
        "problem:illegal_step",
        "problem:stale_version",
        "Заполните",
        "\"investigation\":{\"state\":\"prosecution\"",
    ];
    none(expected.iter().filter(|part| !said.contains(**part)).map(|part| format!("no {part} in\n{said}")).collect());
}
