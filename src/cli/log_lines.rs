//! The log on standard error: each event is one line. What came from outside may hold line breaks and commands for a
//! terminal; written out, it can neither pass for an event of ours nor do anything to whoever reads it.

use std::borrow::Cow;
use std::io::{self, Write};

use tracing_subscriber::fmt::MakeWriter;

use crate::import::visible;

/// Makes the writers of events.
pub struct LogLines;

/// Writes one event; it comes whole (`tracing_subscriber::fmt`).
pub struct LogLine;

impl MakeWriter<'_> for LogLines {
    type Writer = LogLine;

    fn make_writer(&self) -> LogLine {
        LogLine
    }
}

impl Write for LogLine {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        io::stderr().lock().write_all(one_line(&text).as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

fn one_line(event: &str) -> Cow<'_, str> {
    let (event, end) = event.strip_suffix('\n').map_or((event, ""), |event| (event, "\n"));
    match visible(event) {
        Cow::Borrowed(event) if end.is_empty() => event.into(),
        event => Cow::Owned(event.into_owned() + end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_one_line_whatever_it_holds() {
        let event = "ERROR aiqyn: failed error=no such \"a\nERROR aiqyn: forged\u{1b}[2J\u{202e}\"\n";
        let written = "ERROR aiqyn: failed error=no such \"a\\nERROR aiqyn: forged\\u{1b}[2J\\u{202e}\"\n";
        assert_eq!(one_line(event), written);
        assert_eq!(one_line("қате: жоқ\n"), "қате: жоқ\n");
    }
}
