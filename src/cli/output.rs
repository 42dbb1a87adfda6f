//! Progress and output, alike for all commands.

use std::fmt;
use std::io::{self, BufWriter, Write};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::CliError;

/// A bar on the terminal; nothing where there is none.
pub fn progress(what: &'static str, total: u64) -> ProgressBar {
    let bar = ProgressBar::new(total);
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:40} {human_pos}/{human_len} {eta}") {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar
}

/// Bytes counted on the terminal, where nobody knows how many there will be.
pub fn counter(what: &'static str) -> ProgressBar {
    counted(what, "{msg} {binary_bytes}")
}

/// Things counted on the terminal, where nobody knows how many there will be.
pub fn count(what: &'static str) -> ProgressBar {
    counted(what, "{msg} {human_pos}")
}

fn counted(what: &'static str, template: &str) -> ProgressBar {
    let bar = ProgressBar::no_length();
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar
}

/// Says a line. Whoever has closed the other end has heard enough: a server must not stop over it.
pub fn say(line: impl fmt::Display) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// Standard output, buffered.
pub fn stdout() -> BufWriter<io::StdoutLock<'static>> {
    BufWriter::new(io::stdout().lock())
}

/// Prints a value as JSON.
pub fn json(value: &impl Serialize) -> Result<(), CliError> {
    let mut out = stdout();
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    Ok(out.flush()?)
}
