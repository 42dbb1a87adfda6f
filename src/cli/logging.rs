//! What is logged to standard error, and how. A log holds no personal data: neither addresses nor paths with
//! identifiers, nor what somebody wrote, and of a panic only where it was.

use std::io;
use std::panic::{self, PanicHookInfo};

use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::log_lines::LogLines;

/// How the log looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A line for people.
    Text,
    /// A JSON object a line, for programs.
    Json,
}

/// What is logged, and how.
#[derive(Debug, Clone, clap::Args)]
pub struct Logging {
    /// What is logged to standard error: `error`, `warn`, `info` (requests too, without their addresses) or `off`; for one
    /// part, `aiqyn::web=debug`; more than one with commas.
    #[arg(long, env = "AIQYN_LOG", value_name = "LEVELS", default_value = "warn", global = true)]
    log: Targets,
    /// How the log looks: `text`, a line for people, or `json`, an object for programs.
    #[arg(long, env = "AIQYN_LOG_FORMAT", value_name = "FORMAT", default_value = "text", value_enum, global = true)]
    log_format: Format,
}

impl Logging {
    /// Begins to log.
    pub fn begin(&self) {
        let lines = match self.log_format {
            Format::Text => fmt::layer().with_writer(LogLines).boxed(),
            Format::Json => fmt::layer().with_writer(io::stderr).json().flatten_event(true).boxed(),
        };
        tracing_subscriber::registry().with(self.log.clone()).with(lines).init();
        panic::set_hook(Box::new(|panic| {
            let (place, words) = (place(panic), fixed_words(panic));
            tracing::error!(place, words, "a fault in the program: it panicked");
        }));
    }
}

fn place(panic: &PanicHookInfo<'_>) -> String {
    panic.location().map(ToString::to_string).unwrap_or_default()
}

/// The words of a panic, if they stand so in the program. Others may hold what somebody wrote: a text that is cut in the
/// middle of a letter is told whole.
fn fixed_words<'a>(panic: &'a PanicHookInfo<'_>) -> &'a str {
    panic.payload().downcast_ref::<&'static str>().copied().unwrap_or("not told")
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[test]
    fn a_panic_tells_where_it_was_and_nothing_that_somebody_wrote() {
        let told = Arc::new(Mutex::new(Vec::new()));
        let telling = told.clone();
        let usual = panic::take_hook();
        let thread = std::thread::current().id();
        panic::set_hook(Box::new(move |panic| {
            if std::thread::current().id() == thread {
                telling.lock().unwrap().push((place(panic), fixed_words(panic).to_owned()));
            } else {
                usual(panic);
            }
        }));
        let written = String::from("они били меня");
        let cut = panic::catch_unwind(|| written[..1].len());
        let fixed = panic::catch_unwind(|| panic!("no such day"));
        drop(panic::take_hook());
        assert!(cut.is_err() && fixed.is_err());
        let told = told.lock().unwrap();
        assert!(told.iter().all(|(place, _)| place.contains("logging.rs")), "{told:?}");
        let words: Vec<&str> = told.iter().map(|(_, words)| words.as_str()).collect();
        assert_eq!(words, ["not told", "no such day"]);
    }
}
