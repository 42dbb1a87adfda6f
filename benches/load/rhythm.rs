//! Requests that begin at fixed moments, whether or not the earlier ones have been answered.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::client::Client;
use crate::mix::Asked;
use crate::table::{Row, Table, Times};

/// How many may wait for an answer at once. Whoever finds none of them free begins late, and that counts.
const CLIENTS: usize = 64;

/// How many requests begin in a second, and how many in all.
pub struct Rhythm {
    pub rate: u32,
    pub requests: usize,
}

/// What became of one request.
struct Outcome {
    number: usize,
    time: Duration,
    bytes: Result<usize, String>,
}

/// What came of all of them.
pub struct Run {
    table: Table,
    /// The size of each answer.
    sizes: Vec<usize>,
    failures: Vec<String>,
    time: Duration,
}

impl Rhythm {
    /// Asks everything. What fails is counted, and its time with the others.
    pub fn run(&self, client: impl Fn() -> Client, asked: &[Asked]) -> Result<Run, Box<dyn Error>> {
        let next = AtomicUsize::new(0);
        let pause = Duration::from_secs(1) / self.rate;
        let begun = Instant::now();
        let outcomes: Vec<Outcome> = thread::scope(|scope| {
            let ask_along = |client: Client| {
                let mut outcomes = Vec::new();
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(request) = asked.get(number).filter(|_| number < self.requests) else { return outcomes };
                    let due = begun + pause * u32::try_from(number).unwrap_or(u32::MAX);
                    thread::sleep(due.saturating_duration_since(Instant::now()));
                    let bytes = request.ask(&client).map(|answer| answer.body.len());
                    let bytes = bytes.map_err(|error| format!("{}: {error}", request.what));
                    outcomes.push(Outcome { number, time: due.elapsed(), bytes });
                }
            };
            let threads: Vec<_> = (0..CLIENTS)
                .map(|_| {
                    let client = client();
                    scope.spawn(move || ask_along(client))
                })
                .collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
        });
        Ok(Run::of(outcomes, asked, begun.elapsed()))
    }
}

impl Run {
    fn of(outcomes: Vec<Outcome>, asked: &[Asked], time: Duration) -> Self {
        let mut by_kind: BTreeMap<&str, (Times, usize, usize)> = BTreeMap::new();
        let mut all = Times::default();
        let mut sizes = vec![0; asked.len()];
        let mut failures = Vec::new();
        for outcome in outcomes {
            let (times, bytes, count) = by_kind.entry(asked[outcome.number].what).or_default();
            times.push(outcome.time);
            all.push(outcome.time);
            match outcome.bytes {
                Ok(size) => {
                    (*bytes, *count) = (*bytes + size, *count + 1);
                    sizes[outcome.number] = size;
                }
                Err(failure) => failures.push(failure),
            }
        }
        let mut table = Table::default();
        for (what, (times, bytes, count)) in by_kind {
            table.push(Row::of(what, times, bytes.checked_div(count)));
        }
        table.push(Row::of("all", all, None));
        Self { table, sizes, failures, time }
    }

    /// Requests to a server that answers each with as many constant bytes.
    pub fn as_constant_bytes(&self, asked: &[Asked]) -> Vec<Asked> {
        asked.iter().zip(&self.sizes).map(|(asked, size)| Asked::reading(asked.what, format!("/{size}"))).collect()
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let answers = self.sizes.len() - self.failures.len();
        #[expect(clippy::cast_precision_loss, reason = "few")]
        let a_second = answers as f64 / self.time.as_secs_f64();
        write!(f, "{}", self.table)?;
        writeln!(f, "{a_second:.1} answers a second, {} failures", self.failures.len())?;
        self.failures.iter().take(3).try_for_each(|failure| writeln!(f, "    {failure}"))
    }
}
