//! The table that is printed.

use std::fmt;
use std::time::Duration;

/// Times of the same thing, measured again and again.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Adds one.
    pub fn push(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// The value in milliseconds that a share of the times do not exceed.
    fn quantile(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "few")]
        let rank = (sorted.len() as f64 * share).ceil() as usize;
        sorted.get(rank.saturating_sub(1)).map_or(f64::NAN, |time| time.as_secs_f64() * 1_000.0)
    }
}

impl FromIterator<Duration> for Times {
    fn from_iter<T: IntoIterator<Item = Duration>>(times: T) -> Self {
        Self(times.into_iter().collect())
    }
}

/// A line.
#[derive(Debug)]
pub struct Row {
    what: String,
    times: Times,
    bytes: Option<usize>,
    floor: Option<Times>,
}

impl Row {
    /// A line without a floor.
    pub fn of(what: &str, times: Times, bytes: Option<usize>) -> Self {
        Self { what: what.to_owned(), times, bytes, floor: None }
    }

    /// The same with a floor.
    pub fn over(self, floor: Times) -> Self {
        Self { floor: Some(floor), ..self }
    }
}

/// All lines.
#[derive(Debug, Default)]
pub struct Table(Vec<Row>);

impl Table {
    /// Adds one.
    pub fn push(&mut self, row: Row) {
        self.0.push(row);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:64} {:>5} {:>8} {:>8} {:>8} {:>8} {:>7} {:>6}",
            "", "times", "median", "p99", "slowest", "bytes", "floor", "ratio"
        )?;
        for row in &self.0 {
            let median = row.times.quantile(0.5);
            let bytes = row.bytes.map_or_else(String::new, |bytes| bytes.to_string());
            let (floor, ratio) = row.floor.as_ref().map_or_else(Default::default, |times| {
                let floor = times.quantile(0.5);
                (format!("{floor:.2}"), format!("{:.1}", median / floor))
            });
            let (count, p99, slowest) = (row.times.0.len(), row.times.quantile(0.99), row.times.quantile(1.0));
            writeln!(
                f,
                "{:64} {count:>5} {median:>8.2} {p99:>8.2} {slowest:>8.2} {bytes:>8} {floor:>7} {ratio:>6}",
                row.what
            )?;
        }
        Ok(())
    }
}
