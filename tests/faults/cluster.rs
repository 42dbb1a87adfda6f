//! A PostgreSQL of our own, which may be killed: with everything that makes a commit last, unlike the one
//! that the other tests share.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use tempfile::TempDir;

use crate::support::Backend;
use crate::support::backend::in_ci;

const PATIENCE: Duration = Duration::from_secs(60);

/// PostgreSQL refuses to run as root; then it runs as this account, which its package makes.
const ACCOUNT: &str = "postgres";

/// A running PostgreSQL; it is killed at the end.
pub struct Cluster {
    programs: PathBuf,
    folder: TempDir,
    account: Option<(u32, u32)>,
    postmaster: Child,
}

impl Cluster {
    /// Makes one; none where there is no PostgreSQL on this machine.
    pub fn start() -> Option<Self> {
        let missing = |what: &str| {
            assert!(!in_ci(), "{what}");
            println!("SKIPPED: PostgreSQL ({what})");
        };
        let Some(programs) = newest_programs() else {
            missing("there is no /usr/lib/postgresql/*/bin/initdb");
            return None;
        };
        let is_root = number_of("id", &["-u"]) == Some(0);
        let account = if is_root {
            let Some(account) = number_of("id", &["-u", ACCOUNT]).zip(number_of("id", &["-g", ACCOUNT])) else {
                missing("there is no account postgres, and it does not run as root");
                return None;
            };
            Some(account)
        } else {
            None
        };
        let folder = folder_of(account);
        let data = folder.path().join("data");
        let mut initdb = of_account(&programs.join("initdb"), folder.path(), account);
        initdb.arg("-D").arg(&data).args(["-U", "postgres", "-A", "trust", "--no-locale", "-E", "UTF8", "-N"]);
        let made = initdb.output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let postmaster = postgres(&programs, folder.path(), account);
        let mut cluster = Self { programs, folder, account, postmaster };
        cluster.wait_until_it_answers();
        Some(cluster)
    }

    /// Another one that follows it, as `pg_basebackup -R` makes it, under this name.
    pub fn standby(&self, name: &str) -> Self {
        let folder = folder_of(self.account);
        self.copy_to(folder.path(), name);
        let postmaster = postgres(&self.programs, folder.path(), self.account);
        let mut standby = Self { programs: self.programs.clone(), folder, account: self.account, postmaster };
        standby.wait_until_it_answers();
        standby
    }

    /// Begins anew as a follower of another one; what it had is thrown away.
    pub fn follows(&mut self, primary: &Self, name: &str) {
        fs::remove_dir_all(self.folder.path().join("data")).unwrap();
        primary.copy_to(self.folder.path(), name);
        self.restart();
    }

    fn copy_to(&self, folder: &Path, name: &str) {
        let from = format!("host='{}' user=postgres application_name={name}", self.folder.path().display());
        let mut copy = of_account(&self.programs.join("pg_basebackup"), folder, self.account);
        copy.args(["-R", "-X", "stream", "-c", "fast", "-d", &from, "-D"]).arg(folder.join("data"));
        let copied = copy.output().unwrap();
        assert!(copied.status.success(), "{}", String::from_utf8_lossy(&copied.stderr));
    }

    /// Has every commit wait until the standby of this name has it on its disk.
    pub fn waits_for(&self, name: &str) {
        let is_streaming =
            format!("select 1 from pg_stat_replication where application_name = '{name}' and state = 'streaming'");
        wait_until(|| self.has(&is_streaming));
        self.tell(&format!("alter system set synchronous_standby_names = '{name}'"));
        self.tell("select pg_reload_conf()");
        wait_until(|| self.has("select 1 from pg_stat_replication where sync_state = 'sync'"));
    }

    /// Makes the follower the one that is written to.
    pub fn promote(&self) {
        let mut promote = of_account(&self.programs.join("pg_ctl"), self.folder.path(), self.account);
        let done = promote.args(["promote", "-w", "-D"]).arg(self.folder.path().join("data")).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    /// Whether a query gives any row.
    pub fn has(&self, query: &str) -> bool {
        diesel::sql_query(query).execute(&mut PgConnection::establish(&self.url()).unwrap()).unwrap() > 0
    }

    /// A database of this name on it.
    pub fn url_of(&self, database: &str) -> String {
        format!("postgres://postgres@{}/{database}", self.host())
    }

    /// A database of this name on whichever of the two can be written to.
    pub fn url_of_either(&self, other: &Self, database: &str) -> String {
        format!("postgres://postgres@{},{}/{database}?target_session_attrs=read-write", self.host(), other.host())
    }

    fn host(&self) -> String {
        self.folder.path().to_str().unwrap().replace('/', "%2F")
    }

    /// A fresh database on it.
    pub fn backend(&self) -> Backend {
        Backend::on_server(self.url())
    }

    /// A fresh database on it whose files lie in a folder.
    pub fn backend_on(&self, folder: &Path) -> Backend {
        self.tell(&format!("create tablespace apart location '{}'", folder.to_str().unwrap()));
        Backend::on_server_with(self.url(), "tablespace apart")
    }

    /// The socket that it listens on.
    pub fn socket(&self) -> PathBuf {
        self.folder.path().join(".s.PGSQL.5432")
    }

    /// Tells it something as its owner.
    pub fn tell(&self, command: &str) {
        PgConnection::establish(&self.url()).unwrap().batch_execute(command).unwrap();
    }

    /// The account that it runs as, where that is another than ours.
    pub fn account(&self) -> Option<(u32, u32)> {
        self.account
    }

    fn url(&self) -> String {
        self.url_of("postgres")
    }

    /// `kill -9` of its first process. The others see that and end, unless they are `too`.
    pub fn kill(&mut self, too: Others) {
        let others = children(self.postmaster.id());
        self.postmaster.kill().unwrap();
        self.postmaster.wait().unwrap();
        if too == Others::Killed {
            for other in &others {
                // One that has ended already is as good.
                let _ = Command::new("kill").args(["-9", &other.to_string()]).stderr(Stdio::null()).status();
            }
        }
        // It does not start again beside processes that still have its shared memory.
        wait_until(|| !others.iter().any(|other| lives(*other)));
    }

    /// Starts it after a kill; it recovers from its log.
    pub fn restart(&mut self) {
        self.postmaster = postgres(&self.programs, self.folder.path(), self.account);
        self.wait_until_it_answers();
    }

    fn wait_until_it_answers(&mut self) {
        wait_until(|| {
            if self.postmaster.try_wait().unwrap().is_some() {
                // What the one before has left was still in use.
                self.postmaster = postgres(&self.programs, self.folder.path(), self.account);
            }
            PgConnection::establish(&self.url()).is_ok()
        });
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.kill(Others::Killed);
    }
}

/// What becomes of the processes that the first one has started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// They are killed with it.
    Killed,
    /// They find out by themselves.
    Left,
}

fn postgres(programs: &Path, folder: &Path, account: Option<(u32, u32)>) -> Child {
    let log = fs::OpenOptions::new().create(true).append(true).open(folder.join("log")).unwrap();
    let mut sockets = OsString::from("unix_socket_directories=");
    sockets.push(folder);
    let mut postgres = of_account(&programs.join("postgres"), folder, account);
    postgres.arg("-D").arg(folder.join("data")).args(["-c", "listen_addresses="]).arg("-c").arg(sockets);
    postgres.stdout(Stdio::null()).stderr(log).spawn().unwrap()
}

fn of_account(program: &Path, folder: &Path, account: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).stdin(Stdio::null());
    if let Some((user, group)) = account {
        command.uid(user).gid(group);
    }
    command
}

/// A folder that belongs to the account.
fn folder_of(account: Option<(u32, u32)>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    if let Some((user, group)) = account {
        chown(folder.path(), Some(user), Some(group)).unwrap();
    }
    folder
}

/// The folder of the newest server on this machine.
fn newest_programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    let number = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = versions.filter(|path| path.join("bin/initdb").exists()).max_by_key(number)?;
    Some(newest.join("bin"))
}

fn number_of(program: &str, words: &[&str]) -> Option<u32> {
    let output = Command::new(program).args(words).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// State and parent of a process; none where it is gone.
fn state_and_parent(process: u32) -> Option<(char, u32)> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name before it stands in brackets and may hold anything.
    let mut words = stat.rsplit_once(')')?.1.split_whitespace();
    Some((words.next()?.chars().next()?, words.next()?.parse().ok()?))
}

fn children(parent: u32) -> Vec<u32> {
    let processes = fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    processes.filter(|process| state_and_parent(*process).is_some_and(|(_, above)| above == parent)).collect()
}

/// One that nobody has buried yet does not live.
fn lives(process: u32) -> bool {
    state_and_parent(process).is_some_and(|(state, _)| !matches!(state, 'Z' | 'X'))
}

/// Looks again and again until it is so.
#[track_caller]
pub fn wait_until(mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < end, "it did not come to that within {PATIENCE:?}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
