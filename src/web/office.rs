//! What the server keeps for all requests: the services, and the queues before them.

use std::time::Duration;

use super::metrics::Metrics;
use super::queue::Queue;
use super::stopping::Stopping;
use crate::services::{CONNECTIONS, Services};

/// How many passwords are tried at once. Each takes a processor for tens of milliseconds; one is left for
/// everybody else.
fn passwords_at_once() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| cores.get().saturating_sub(1)).max(1)
}

/// How many may wait for their password to be tried, or for a report, those whose turn it is among them: some
/// seconds' worth.
const MOST_WAITING: usize = 100;

/// How long somebody waits for a password to be tried or a report to be made before them.
const TURN: Duration = Duration::from_secs(600);

/// How many requests that take long work at once.
const LONG_AT_WORK: usize = 4;

/// How many ask at once whether all is well.
const HEALTH_AT_WORK: usize = 2;

/// How many of those that write work at once. They wait for each other, for a lock and for the disk, and must not take the
/// turns of those that only read.
const WRITING_AT_WORK: usize = 6;

/// How many of those that only read work at once. There is a connection to the database for each, and whoever asks whether
/// all is well finds one too.
const READING_AT_WORK: usize = CONNECTIONS - WRITING_AT_WORK - LONG_AT_WORK - HEALTH_AT_WORK;

/// How many that write, and as many that read, may be there, those at work among them.
const MOST_AT_THE_DATABASE: usize = 512;

/// Within how long a request is answered, unless it is told otherwise.
pub const ANSWER: Duration = Duration::from_secs(30);

/// The same for what is known to take long: a report, the end of a large document.
pub(super) const LONG_ANSWER: Duration = Duration::from_secs(600);

/// How long somebody who asks whether all is well is kept waiting.
pub(super) const HEALTH: Duration = Duration::from_secs(2);

/// What the server keeps for all requests.
#[derive(Clone)]
pub struct Office {
    pub(super) services: Services,
    /// Whether browsers come by TLS, so that cookies may be marked so.
    pub by_tls: bool,
    /// For the password of a login, by whoever has not signed in from there before.
    pub(super) strangers: Queue,
    /// For the password of somebody known.
    pub(super) known: Queue,
    pub(super) reports: Queue,
    /// For the database, by what only reads.
    pub(super) reading: Queue,
    /// For the database too, by what writes.
    pub(super) writing: Queue,
    /// For the database too, by what takes long.
    pub(super) long: Queue,
    pub(super) health: Queue,
    /// How long the work of a request may take.
    pub(super) answer: Duration,
    /// What is counted.
    pub metrics: Metrics,
    /// Whether the server was told to stop.
    pub stopping: Stopping,
}

/// The queues of those that read and of those that write, and how long their work may take, where a request is answered
/// within so long: a quarter of it to wait for a turn, the rest for the work.
fn at_the_database(answer: Duration) -> (Queue, Queue, Duration) {
    let turn = answer / 4;
    let queue = |at_work| Queue::of(at_work, MOST_AT_THE_DATABASE, turn);
    (queue(READING_AT_WORK), queue(WRITING_AT_WORK), answer.saturating_sub(turn))
}

impl Office {
    /// An office over services.
    #[must_use]
    pub fn new(services: Services, by_tls: bool) -> Self {
        let queue = |turns| Queue::of(turns, MOST_WAITING, TURN);
        let (reading, writing, answer) = at_the_database(ANSWER);
        Self {
            services,
            by_tls,
            strangers: queue(passwords_at_once()),
            known: queue(1),
            reports: queue(1),
            reading,
            writing,
            long: Queue::of(LONG_AT_WORK, MOST_WAITING, TURN),
            health: Queue::of(HEALTH_AT_WORK, MOST_WAITING, HEALTH),
            answer,
            metrics: Metrics::default(),
            stopping: Stopping::default(),
        }
    }

    /// The services that it works with.
    #[must_use]
    pub fn services(&self) -> &Services {
        &self.services
    }

    /// The same, where backups are counted elsewhere too.
    #[must_use]
    pub fn counting_with(self, metrics: Metrics) -> Self {
        Self { metrics, ..self }
    }

    /// The same, where a request is answered within so long.
    #[must_use]
    pub fn answering_within(self, answer: Duration) -> Self {
        let (reading, writing, answer) = at_the_database(answer);
        Self { reading, writing, answer, ..self }
    }
}

impl std::fmt::Debug for Office {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Office")
    }
}
