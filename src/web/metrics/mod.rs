//! What a monitoring server may learn: how much there is to do, how long it takes, and what fails. It must never learn
//! of whom: no login, no address, no case, no organisation, and no path but its pattern. What complainants do
//! is not told apart at all (`routes.rs`).

mod routes;
mod state;

use std::time::Duration;

use chrono::{DateTime, Utc};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

pub use routes::{Asked, Told};
pub use state::Documents;

use super::office::Office;

/// Upper ends of what answers take, in seconds.
const TAKES: [f64; 10] = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    method: &'static str,
    route: String,
    status: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

/// What is counted from the start of the server on.
#[derive(Clone, Debug)]
pub struct Metrics {
    requests: Family<Request, Counter>,
    durations: Family<Route, Histogram, fn() -> Histogram>,
    /// Backups that the server makes by itself.
    pub backups: Backups,
}

impl Default for Metrics {
    fn default() -> Self {
        let durations = Family::new_with_constructor((|| Histogram::new(TAKES)) as fn() -> Histogram);
        Self { requests: Family::default(), durations, backups: Backups::default() }
    }
}

impl Metrics {
    /// Counts an answer that took so long to begin.
    pub(super) fn count(&self, told: &Told, took: Duration) {
        let (method, route, status) = (told.method, told.route.clone(), told.status);
        self.requests.get_or_create(&Request { method, route, status }).inc();
        if told.is_timed {
            let route = Route { route: told.route.clone() };
            self.durations.get_or_create(&route).observe(took.as_secs_f64());
        }
    }

    /// Everything there is to tell, of an office and of what was counted.
    pub(super) fn registry(&self, office: &Office, documents: &Documents) -> Registry {
        let mut all = Registry::with_prefix("aiqyn");
        all.register("build", "This program", Info::new([("version", env!("CARGO_PKG_VERSION"))]));
        all.register("requests", "Requests that were answered", self.requests.clone());
        let takes = "From the head of a request to that of its answer, except for what complainants ask";
        all.register_with_unit("request_duration", takes, Unit::Seconds, self.durations.clone());
        let made = "When the newest backup was made by the schedule, in seconds since 1970; 0: there is none";
        all.register("backup_made_at", made, self.backups.made_at.clone());
        all.register("backup_failures", "Backups of the schedule that failed", self.backups.failures.clone());
        all.register_collector(Box::new(state::State::of(office.clone(), documents.clone())));
        all
    }
}

/// Backups that the server makes by itself.
#[derive(Clone, Debug, Default)]
pub struct Backups {
    made_at: Gauge,
    failures: Counter,
}

impl Backups {
    /// The newest one was made then.
    pub fn made(&self, at: DateTime<Utc>) {
        self.made_at.set(at.timestamp());
    }

    /// One could not be made.
    pub fn failed(&self) {
        self.failures.inc();
    }
}
