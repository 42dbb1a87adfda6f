//! The real program, as a person starts it.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::Arc;

use aiqyn::access::role::Role;
use aiqyn::services::Services;
use aiqyn::services::clock::SystemClock;
use serde_json::Value;

use super::backend::Backend;
use super::http::Client;
use super::staff::Organisation;

/// What a command printed and how it ended.
#[derive(Debug)]
pub struct Outcome {
    pub ok: bool,
    pub out: String,
    pub err: String,
}

/// `aiqyn` with these words, in a folder.
pub fn aiqyn(folder: &Path, words: &[&str]) -> Outcome {
    Outcome::of(&command(folder, words).output().unwrap())
}

/// The same, with something said in its environment.
pub fn aiqyn_with(folder: &Path, words: &[&str], said: (&str, &str)) -> Outcome {
    Outcome::of(&command(folder, words).env(said.0, said.1).output().unwrap())
}

fn command(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aiqyn"));
    command
        .args(words)
        .current_dir(folder)
        .env_remove("AIQYN_DATABASE")
        .env_remove("AIQYN_AUDIT_KEY")
        .env_remove("AIQYN_CONFIG")
        .env_remove("AIQYN_LOG")
        .stdin(Stdio::null());
    command
}

impl Outcome {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Self { ok: output.status.success(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// It must have gone well.
    #[track_caller]
    pub fn well(self) -> Self {
        assert!(self.ok, "{}{}", self.out, self.err);
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self
    }

    /// It must have failed, in words, without a panic.
    #[track_caller]
    pub fn badly(self) -> Self {
        assert!(!self.ok, "{}", self.out);
        assert!(!self.err.is_empty() && !self.err.contains("panicked"), "{}", self.err);
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }

    /// One JSON value a line.
    #[track_caller]
    pub fn json_lines(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

impl Backend {
    /// `aiqyn` with these words on this database.
    pub fn aiqyn(&self, words: &[&str]) -> Outcome {
        let words: Vec<&str> = words.iter().copied().chain(["--database", &self.url]).collect();
        aiqyn(self.folder.path(), &words)
    }

    /// Sets it up as a person would, and hires a caseworker.
    pub fn set_up(&self) -> &Self {
        let made = self.aiqyn(&["init", "--organisation", "Қадір-қасиет", "--json"]).well().json();
        let organisation = Organisation {
            id: made["organisation_id"].as_str().unwrap().parse().unwrap(),
            recovery_key: made["recovery_key"].as_str().unwrap().to_owned(),
        };
        let caseworker = organisation.hires(&self.services(), "aigul", &[Role::Caseworker]);
        self.token.set(caseworker.token).unwrap();
        self
    }

    /// The use cases on it, by this machine's clock.
    pub fn services(&self) -> Services {
        Services::open(&self.url, Arc::new(SystemClock)).unwrap()
    }

    /// Makes a demo of so many cases on it, without serving it.
    pub fn demo(&self, cases: usize) -> &Self {
        let made = self.aiqyn(&["demo", "--no-serve", "--json", "--cases", &cases.to_string()]).well().json();
        let mut accounts = made["accounts"].as_array().unwrap().iter();
        let caseworker = accounts.find(|account| account["role"] == "caseworker").unwrap();
        self.token.set(caseworker["token"].as_str().unwrap().to_owned()).unwrap();
        self
    }

    /// Starts the real server on it. Its client is the caseworker's.
    pub fn serve(&self) -> Served {
        let words = ["serve", "--listen", "127.0.0.1:0", "--database", &self.url];
        let served = Served::start(self.folder.path(), &words);
        match self.token.get() {
            Some(token) => served.to(token),
            None => served,
        }
    }
}

/// A running `aiqyn serve`; it is killed at the end.
pub struct Served {
    child: Child,
    /// The address that it told.
    pub told: String,
    /// Of no use where the server speaks TLS, or goes by another name than its address.
    pub client: Client,
    /// Whoever watches over it, where there is a way for them.
    pub metrics: Option<Client>,
}

impl Served {
    /// Starts it and waits until it says where it is.
    pub fn start(folder: &Path, words: &[&str]) -> Self {
        Self::launch(command(folder, words))
    }

    /// The same, with something said in its environment.
    pub fn start_with(folder: &Path, words: &[&str], said: (&str, &str)) -> Self {
        let mut command = command(folder, words);
        command.env(said.0, said.1);
        Self::launch(command)
    }

    /// The same, where it is told of a file that may not grow by an error, and not ended by a signal.
    pub fn start_without_file_signal(folder: &Path, words: &[&str]) -> Self {
        let plain = command(folder, words);
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]).arg(plain.get_program()).args(plain.get_args());
        command.current_dir(folder).env_remove("AIQYN_AUDIT_KEY").stdin(Stdio::null());
        Self::launch(command)
    }

    /// The same, with its log in a file.
    pub fn start_with_log(folder: &Path, words: &[&str], log: &Path) -> Self {
        Self::launch_with_log(command(folder, words), File::create(log).unwrap().into())
    }

    /// The same, under a service manager that listens at a socket.
    pub fn start_under(folder: &Path, words: &[&str], manager: &Path) -> Self {
        let mut command = command(folder, words);
        command.env("NOTIFY_SOCKET", manager);
        Self::launch(command)
    }

    fn launch(command: Command) -> Self {
        Self::launch_with_log(command, Stdio::null())
    }

    fn launch_with_log(mut command: Command, log: Stdio) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut token = None;
        let (mut told, mut metrics) = (None, None);
        let last = lines.by_ref().map(Result::unwrap).find(|line| {
            let word = || line.split_whitespace().last().map(str::to_owned);
            // The demo prints a token for each role.
            if line.starts_with("caseworker ") {
                token = word();
            } else if line.starts_with("Aiqyn is at") {
                told = word();
            } else if line.starts_with("Metrics at") {
                metrics = word();
            }
            line.starts_with("Stop it")
        });
        last.expect("the server says how to stop it");
        let told = told.expect("the server says where it is");
        let metrics =
            metrics.map(|url| url.strip_prefix("http://").unwrap().trim_end_matches("/metrics").parse().unwrap());
        let plain = told.strip_prefix("http://").and_then(|rest| rest.trim_end_matches('/').parse().ok());
        let address: SocketAddr = plain.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 0)));
        // What it says later must not stop it for want of a reader.
        std::thread::spawn(move || lines.for_each(drop));
        let served = Self { child, told, client: Client::of(address), metrics: metrics.map(Client::of) };
        match token {
            Some(token) => served.to(&token),
            None => served,
        }
    }

    /// The same, asked by whoever has a token.
    pub fn to(mut self, token: &str) -> Self {
        self.client = self.client.clone().with_token(token);
        self
    }

    /// Sets how large a file it may make, as `prlimit` has it. It is told so where it writes on.
    pub fn lets_no_file_grow_beyond(&self, limit: &str) {
        let limit = format!("--fsize={limit}");
        let set = Command::new("prlimit").args(["--pid", &self.child.id().to_string(), &limit]).status().unwrap();
        assert!(set.success());
    }

    /// Tells it to stop, as a service manager does, and goes on.
    pub fn is_told_to_stop(&self) {
        let process = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(process, rustix::process::Signal::TERM).unwrap();
    }

    /// Waits until it has ended, and says how.
    pub fn ends(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
