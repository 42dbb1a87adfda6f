//! The quick way through a file that is plain: no quotation marks, UTF-8, every value as it should be.
//!
//! It reads the file in as many parts as the machine has processors. It must never report a fault, nor read
//! anything else than the careful way would: where a file is not plain, or anything in it is not usual, it
//! gives up, and the careful way in `rows` reads the file again from its beginning.

use std::num::NonZeroUsize;
use std::thread;

use super::columns::Columns;
use super::labels::{Labels, Met};
use super::rows::{Rows, Wait};

/// A part smaller than this is not worth a thread.
const PART: usize = 1 << 18;

/// Digits that surely fit into the 53 bits of a number.
const EXACT_DIGITS: usize = 15;

/// The powers of ten that are exact, as far as they are needed.
const POWERS_OF_TEN: [f64; EXACT_DIGITS + 1] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// One part of the file.
#[derive(Default)]
struct Part<'text> {
    waits: Vec<Wait>,
    groups: Met<'text>,
    strata: Met<'text>,
}

/// The rows of a plain file; nothing where it is not plain, has a fault, or has no row.
pub(super) fn read(file: &[u8], columns: &Columns) -> Option<Rows> {
    let text = body(file)?;
    let parts = thread::scope(|scope| {
        let running: Vec<_> =
            split(text).into_iter().map(|lines| scope.spawn(move || Part::read(lines, columns))).collect();
        running.into_iter().map(|part| part.join().ok().flatten()).collect::<Option<Vec<Part>>>()
    })?;

    let delayed_entry = parts.iter().any(|part| part.waits.iter().any(|wait| wait.entry > 0.0));
    let mut observations = Vec::with_capacity(parts.iter().map(|part| part.waits.len()).sum());
    for wait in parts.iter().flat_map(|part| &part.waits) {
        observations.push(wait.observed(delayed_entry).ok()?);
    }
    if observations.is_empty() {
        return None;
    }
    let (groups, strata): (Vec<Met>, Vec<Met>) = parts.into_iter().map(|part| (part.groups, part.strata)).unzip();
    Some(Rows { delayed_entry, observations, groups: Labels::join(&groups), strata: Labels::join(&strata) })
}

/// The lines below the header.
fn body(file: &[u8]) -> Option<&str> {
    let lone_return = |(at, &byte): (usize, &u8)| byte == b'\r' && file.get(at + 1) != Some(&b'\n');
    if file.contains(&b'"') || (file.contains(&b'\r') && file.iter().enumerate().any(lone_return)) {
        return None;
    }
    let text = std::str::from_utf8(file).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim_start_matches(['\r', '\n']);
    Some(text.split_once('\n')?.1)
}

/// As many parts as there are processors, cut at ends of lines.
fn split(mut text: &str) -> Vec<&str> {
    let processors = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let size = (text.len() / processors + 1).max(PART);
    let mut parts = Vec::new();
    while text.len() > size {
        let Some(end) = text.as_bytes()[size..].iter().position(|&byte| byte == b'\n') else { break };
        // An end of line is a byte of its own in UTF-8, so this cuts no character in two.
        let (part, rest) = text.split_at(size + end + 1);
        parts.push(part);
        text = rest;
    }
    parts.push(text);
    parts
}

impl<'text> Part<'text> {
    fn read(text: &'text str, columns: &Columns) -> Option<Self> {
        let mut part = Self::default();
        let mut fields: Vec<&str> = Vec::new();
        for line in text.lines().filter(|line| !line.is_empty()) {
            fields.clear();
            fields.extend(line.split(','));
            part.add(&fields, columns)?;
        }
        Some(part)
    }

    fn add(&mut self, fields: &[&'text str], columns: &Columns) -> Option<()> {
        let field = |(index, _): (usize, &str)| fields.get(index).map(|field| field.trim());
        let entry = columns.entry.map_or(Some(0.0), |column| number(field(column)?))?;
        let wait = Wait { entry, exit: number(field(columns.exit)?)?, outcome: field(columns.outcome)?.parse().ok()? };
        self.waits.push(wait);
        for (column, met) in [(columns.group, &mut self.groups), (columns.strata, &mut self.strata)] {
            if let Some(column) = column {
                met.push(field(column).filter(|name| !name.is_empty())?);
            }
        }
        Some(())
    }
}

/// The number as the standard library would read it: digits, a point at most, done here, for most are so.
///
/// A whole number below 2^53 over a power of ten up to 10^22 is rounded once, so it is exact (Clinger 1990).
fn number(text: &str) -> Option<f64> {
    let (mut digits, mut value, mut decimals) = (0, 0_u64, None);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => {
                value = value * 10 + u64::from(byte - b'0');
                digits += 1;
                decimals = decimals.map(|count: usize| count + 1);
            }
            b'.' if decimals.is_none() => decimals = Some(0),
            _ => digits = EXACT_DIGITS + 1,
        }
        if digits > EXACT_DIGITS {
            return text.parse().ok().filter(|number: &f64| number.is_finite());
        }
    }
    #[allow(clippy::cast_precision_loss)] // 15 digits are below 2^53
    (digits > 0).then(|| value as f64 / POWERS_OF_TEN[decimals.unwrap_or(0)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_standard_library() {
        for text in [
            "0",
            "7",
            "12.5",
            "0.1",
            "182.621",
            "5.",
            ".5",
            "999999999999999",
            "0.000000000000001",
            "1e5",
            "-2",
            "+3",
            "123456789012345678",
            "0.12345678901234567",
            "1.7976931348623157e308",
            "4.9e-324",
            "00012.50",
        ] {
            assert_eq!(number(text).map(f64::to_bits), text.parse().ok().map(f64::to_bits), "{text}");
        }
        for text in ["", ".", "x", "1.2.3", "1,5", "inf", "nan", "1 2", "--1", "٣"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn the_parts_together_are_the_whole_and_end_with_lines() {
        let text = "123,4\n".repeat(200_000);
        let parts = split(&text);
        assert_eq!(parts.concat(), text);
        assert!(parts.iter().all(|part| part.ends_with('\n')));
        assert_eq!(split(""), [""]);
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_careful_way() {
        assert_eq!(body(b"a,b\r\n1,2\r\n"), Some("1,2\r\n"));
        assert_eq!(body("\u{feff}\n\na\nб\n".as_bytes()), Some("б\n"));
        assert_eq!(body(b"a\n\"1\"\n"), None);
        assert_eq!(body(b"a\r1\r2\n"), None);
        assert_eq!(body(b"a\n\xff\n"), None);
        assert_eq!(body(b"a"), None);
    }
}
