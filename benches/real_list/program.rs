//! The program itself as a process: run to its end, or serving until it is dropped.

use std::error::Error;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Seek};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use crate::database::Database;

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_aiqyn"))
}

/// What a command took.
pub struct Run {
    /// From its start to its end.
    pub time: Duration,
    /// The most memory that it held (`VmHWM`); none where there is no /proc.
    pub peak_mib: Option<f64>,
    /// What it printed.
    pub told: String,
}

/// Runs a command to its end and watches its memory.
pub fn run_measured<const N: usize>(arguments: [&OsStr; N]) -> Result<Run, Box<dyn Error>> {
    let begun = Instant::now();
    // A file, and not a pipe that somebody would have to empty.
    let mut output = tempfile::tempfile()?;
    let mut child = program().args(arguments).stdout(output.try_clone()?).stderr(Stdio::null()).spawn()?;
    let mut peak_mib = None;
    // The mark only rises, so the last look before the end has it, but for what came within the pause.
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        peak_mib = peak_memory(child.id()).or(peak_mib);
        std::thread::sleep(Duration::from_millis(5));
    };
    if !status.success() {
        return Err(format!("aiqyn {arguments:?} failed: {status}").into());
    }
    let time = begun.elapsed();
    let mut told = String::new();
    output.rewind()?;
    output.read_to_string(&mut told)?;
    Ok(Run { time, peak_mib, told })
}

/// A member of the demonstration, as it prints them.
pub struct Account {
    /// A token of theirs.
    pub token: String,
    /// What they sign in with.
    pub password: String,
    /// The secret of their one-time codes.
    pub one_time_codes: String,
}

/// Has the program invent and file so many cases. Returns what that took, and the caseworker.
pub fn invent(database: &Database, cases: usize) -> Result<(Run, Account), Box<dyn Error>> {
    let cases = cases.to_string();
    let run = run_measured([
        "demo".as_ref(),
        "--no-serve".as_ref(),
        "--json".as_ref(),
        "--cases".as_ref(),
        cases.as_ref(),
        "--database".as_ref(),
        database.url().as_ref(),
    ])?;
    let account = caseworker(&run.told)?;
    Ok((run, account))
}

/// The caseworker of a demonstration, from what it printed.
pub fn caseworker(told: &str) -> Result<Account, Box<dyn Error>> {
    let told: serde_json::Value = serde_json::from_str(told)?;
    let mut accounts = told["accounts"].as_array().into_iter().flatten();
    let account = accounts.find(|account| account["role"] == "caseworker").ok_or("the demo has no caseworker")?;
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    Ok(Account {
        token: text(&account["token"]),
        password: text(&told["password"]),
        one_time_codes: text(&account["one_time_code_secret"]),
    })
}

fn peak_memory(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib / 1024.0)
}

/// A server, stopped when dropped.
pub struct Serving {
    child: Child,
    /// Kept open, for the server goes on printing.
    output: BufReader<ChildStdout>,
    /// Where it is.
    pub base: String,
}

impl Serving {
    /// Starts it and waits until it listens. Nobody has asked it anything yet.
    pub fn start(database: &Database) -> Result<Self, Box<dyn Error>> {
        let mut command = program();
        command.args(["serve", "--listen", "127.0.0.1:0", "--database", database.url()]);
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let output = BufReader::new(child.stdout.take().ok_or("the server has no output")?);
        let mut serving = Self { child, output, base: String::new() };
        let mut line = String::new();
        while serving.output.read_line(&mut line)? > 0 {
            if let Some(at) = line.find("http://") {
                line[at..].trim_end().trim_end_matches('/').clone_into(&mut serving.base);
                return Ok(serving);
            }
            line.clear();
        }
        Err("the server did not start".into())
    }

    /// The most memory that it has held.
    pub fn peak_mib(&self) -> Option<f64> {
        peak_memory(self.child.id())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
