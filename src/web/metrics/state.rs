//! What an office is like at the moment: who waits, what is at work, how much there is.

use std::fmt::Error;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use actix_web::rt::time::timeout;
use actix_web::web;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;

use crate::web::office::{HEALTH, Office};
use crate::web::queue::Queue;

/// How often documents are summed up, and to what: not at which minute somebody brought one.
const SUM_AGAIN: Duration = Duration::from_secs(600);
const STEP: u64 = 64 * 1024 * 1024;

/// How many bytes the documents have, as it was asked last.
#[derive(Clone, Debug, Default)]
pub struct Documents(Arc<Mutex<Option<(Instant, u64)>>>);

impl Documents {
    /// Sums them up, if that is long ago. A database that does not answer leaves things as they are.
    pub async fn refresh(&self, office: &Office) {
        let known = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.is_some_and(|(at, _)| at.elapsed() < SUM_AGAIN) {
            return;
        }
        let Some(turn) = office.health.turn().await else { return };
        let services = office.services.clone();
        let summed = web::block(move || {
            let summed = services.documents_size();
            drop(turn);
            summed
        });
        if let Ok(Ok(Ok(bytes))) = timeout(HEALTH, summed).await {
            let told = bytes.div_ceil(STEP) * STEP;
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), told));
        }
    }
}

/// What is looked at when it is asked for.
#[derive(Debug)]
pub(super) struct State {
    office: Office,
    documents: Documents,
}

impl State {
    pub(super) fn of(office: Office, documents: Documents) -> Self {
        Self { office, documents }
    }

    /// The queues by what there is little of. Strangers and those known are told as one: a receipt is tried among the
    /// strangers. So are those who read and who write: what the public writes is a complaint.
    fn queues(&self) -> [(&'static str, Vec<&Queue>); 5] {
        let Office { strangers, known, reports, reading, writing, long, health, .. } = &self.office;
        [
            ("passwords", vec![strangers, known]),
            ("reports", vec![reports]),
            ("database", vec![reading, writing]),
            ("long", vec![long]),
            ("health", vec![health]),
        ]
    }
}

/// Some numbers of a kind, each with a label.
fn tell(
    to: &mut DescriptorEncoder<'_>,
    (name, help): (&str, &str),
    label: &'static str,
    numbers: impl IntoIterator<Item = (&'static str, u64)>,
    kind: MetricType,
) -> Result<(), Error> {
    let mut family = to.encode_descriptor(name, help, None, kind)?;
    for (value, number) in numbers {
        let labels = [(label, value)];
        let one = family.encode_family(&labels)?;
        match kind {
            MetricType::Counter => ConstCounter::new(number).encode(one)?,
            _ => ConstGauge::new(i64::try_from(number).unwrap_or(i64::MAX)).encode(one)?,
        }
    }
    Ok(())
}

impl Collector for State {
    fn encode(&self, mut to: DescriptorEncoder<'_>) -> Result<(), Error> {
        let to = &mut to;
        let queues = self.queues();
        let sum = |of: fn(&Queue) -> u64| {
            queues.iter().map(move |(name, queues)| (*name, queues.iter().map(|queue| of(queue)).sum()))
        };
        let gauge = MetricType::Gauge;
        tell(to, ("queue_waiting", "Requests that wait for their turn"), "queue", sum(Queue::waiting), gauge)?;
        tell(to, ("queue_at_work", "Requests whose turn it is"), "queue", sum(Queue::at_work), gauge)?;
        let refused = "Requests that were sent away: too many waited, or their turn did not come";
        tell(to, ("queue_refused", refused), "queue", sum(Queue::refused), MetricType::Counter)?;
        let services = &self.office.services;
        let pool = services.connections();
        let connections = [("used", pool.used.into()), ("idle", pool.idle.into())];
        tell(to, ("database_connections", "Connections to the database"), "state", connections, gauge)?;
        let jobs = services.work_behind().map(|(name, is_at_work)| (name, u64::from(is_at_work)));
        tell(to, ("background_jobs", "Work behind answers that goes on now"), "job", jobs, gauge)?;
        if let Some((_, bytes)) = *self.documents.0.lock().unwrap_or_else(PoisonError::into_inner) {
            let help = "Bytes of all documents, in steps of 64 MiB and summed up every ten minutes";
            let one = to.encode_descriptor("documents_bytes", help, None, gauge)?;
            ConstGauge::new(i64::try_from(bytes).unwrap_or(i64::MAX)).encode(one)?;
        }
        let one = to.encode_descriptor("stopping", "1 once the server was told to stop", None, gauge)?;
        ConstGauge::new(i64::from(self.office.stopping.is_told())).encode(one)
    }
}
