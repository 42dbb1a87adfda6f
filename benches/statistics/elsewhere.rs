//! The same by R and by lifelines, each in a process of its own, which tells its times itself.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::methods::{COMMAND, CURVE, GRAY, INCIDENCE, LOG_RANK};

/// A time of another program.
pub struct Elsewhere {
    pub what: String,
    pub seconds: f64,
    /// The method of ours that does the same.
    pub beside: &'static str,
}

impl Elsewhere {
    /// All of them; those that are not installed are named and left out.
    pub fn measure(file: &Path) -> io::Result<Vec<Self>> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches/statistics");
        let mut found = Self::run(Command::new("Rscript").arg(folder.join("time.R")).arg(file))?;
        found.extend(Self::run(Command::new("python3").arg(folder.join("time_lifelines.py")).arg(file))?);
        Ok(found)
    }

    fn run(command: &mut Command) -> io::Result<Vec<Self>> {
        match command.output() {
            Ok(output) if output.status.success() => {
                Ok(String::from_utf8_lossy(&output.stdout).lines().filter_map(Self::read).collect())
            }
            Ok(output) => {
                println!("SKIPPED: {command:?}: {}", String::from_utf8_lossy(&output.stderr).trim());
                Ok(Vec::new())
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                println!("SKIPPED: {:?} is not installed", command.get_program());
                Ok(Vec::new())
            }
            Err(error) => Err(error),
        }
    }

    /// `method TAB what TAB seconds`.
    fn read(line: &str) -> Option<Self> {
        let mut parts = line.split('\t');
        let beside = match parts.next()? {
            "curve" => CURVE,
            "incidence" => INCIDENCE,
            "log_rank" => LOG_RANK,
            "gray" => GRAY,
            "command" => COMMAND,
            _ => return None,
        };
        Some(Self { what: parts.next()?.to_owned(), seconds: parts.next()?.parse().ok()?, beside })
    }
}
