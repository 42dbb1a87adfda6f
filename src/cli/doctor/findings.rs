//! What is found, and how it is told.

use std::fmt;

use serde::Serialize;
use serde_json::json;

use crate::cli::CliError;
use crate::cli::output::{self, say};

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// As it should be.
    Ok,
    /// It works, and something may come of it.
    Warning,
    /// Data are in danger, or the server does not work.
    Problem,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Problem => "PROBLEM",
        })
    }
}

/// Something that was looked at.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// What: one word.
    about: &'static str,
    verdict: Verdict,
    /// How it is.
    found: String,
    /// What to do; empty where it is well.
    mend: String,
}

/// All that was looked at.
#[derive(Debug, Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// It is well.
    pub fn ok(&mut self, about: &'static str, found: impl Into<String>) {
        self.add(about, Verdict::Ok, found, "");
    }

    /// Something may come of it.
    pub fn warning(&mut self, about: &'static str, found: impl Into<String>, mend: impl Into<String>) {
        self.add(about, Verdict::Warning, found, mend);
    }

    /// It must be mended.
    pub fn problem(&mut self, about: &'static str, found: impl Into<String>, mend: impl Into<String>) {
        self.add(about, Verdict::Problem, found, mend);
    }

    /// As it was judged.
    pub fn add(&mut self, about: &'static str, verdict: Verdict, found: impl Into<String>, mend: impl Into<String>) {
        self.0.push(Finding { about, verdict, found: found.into(), mend: mend.into() });
    }

    fn count(&self, verdict: Verdict) -> usize {
        self.0.iter().filter(|finding| finding.verdict == verdict).count()
    }

    /// Tells all of it; a problem makes the command fail.
    pub fn tell(&self, json: bool) -> Result<(), CliError> {
        let (problems, warnings) = (self.count(Verdict::Problem), self.count(Verdict::Warning));
        if json {
            output::json(&json!({ "problems": problems, "warnings": warnings, "findings": self.0 }))?;
        } else {
            for Finding { about, verdict, found, mend } in &self.0 {
                say(format_args!("{verdict:<8} {about}: {found}"));
                if !mend.is_empty() {
                    say(format_args!("         Mend it: {mend}"));
                }
            }
        }
        if problems > 0 { Err(CliError::Unsound(problems)) } else { Ok(()) }
    }
}
