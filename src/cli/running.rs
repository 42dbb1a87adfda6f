//! A server that runs: what it says when it begins, and how it ends.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use sd_notify::NotifyState;
use serde_json::json;

use super::CliError;
use super::backup_schedule::Making;
use super::output::say;
use crate::services::Services;
use crate::web::desk::Office;
use crate::web::inner::Inner;
use crate::web::server::{Listening, STOP_WITHIN, run};

/// How a server is watched and how it ends.
#[derive(Debug, Clone, clap::Args)]
pub struct Running {
    /// Where metrics are told (`/metrics`, and `/live` and `/ready`): an address of this machine, such as 127.0.0.1:9090.
    /// Left out, nowhere. Port 0: any free one.
    #[arg(long, env = "AIQYN_METRICS_LISTEN", value_name = "ADDRESS")]
    metrics_listen: Option<SocketAddr>,
    /// Within how many seconds requests at work must end when the server is told to stop.
    #[arg(long, env = "AIQYN_SHUTDOWN_WITHIN", value_name = "SECONDS", default_value_t = STOP_WITHIN.as_secs(), value_parser = clap::value_parser!(u64).range(1..=3600))]
    shutdown_within: u64,
}

impl Default for Running {
    fn default() -> Self {
        Self { metrics_listen: None, shutdown_within: STOP_WITHIN.as_secs() }
    }
}

impl Running {
    /// Takes the address for metrics, where there is one.
    pub fn inner(&self) -> Result<Option<Inner>, CliError> {
        Ok(self.metrics_listen.map(Inner::listen).transpose()?)
    }

    /// Serves until it is told to stop.
    pub fn serve(
        &self,
        office: Office,
        listening: Listening,
        inner: Option<Inner>,
        json: bool,
        backups: Option<Making>,
    ) -> Result<(), CliError> {
        let services = office.services().clone();
        services.check_health()?;
        tidy(&services);
        services.keep_figures_ready()?;
        tell(&listening, inner.as_ref(), json)?;
        let within = Duration::from_secs(self.shutdown_within);
        let ready = || notify(NotifyState::Ready);
        let stopping = || {
            tracing::info!("told to stop: what is at work ends, and nothing else begins");
            notify(NotifyState::Stopping);
        };
        run(listening, inner, office, within, ready, stopping)?;
        // The requests have had their time; for what goes on behind them some seconds are enough.
        let until = Instant::now() + within.min(BEHIND);
        if let Some(backups) = backups {
            backups.stop(until);
        }
        services.end_work_behind(until);
        Ok(())
    }
}

/// How long what goes on behind the requests is waited for.
const BEHIND: Duration = Duration::from_secs(5);

fn tidy(services: &Services) {
    if !services.keeps_documents() {
        return;
    }
    // A crash may have left some. It is no reason not to serve that they cannot be removed.
    match services.remove_orphans() {
        Ok(0) => {}
        Ok(removed) => tracing::warn!(removed, "files of documents that were never finished have been removed"),
        Err(error) => tracing::error!(%error, "the document store could not be tidied"),
    }
}

fn tell(listening: &Listening, inner: Option<&Inner>, json: bool) -> Result<(), CliError> {
    let pages = listening.url()?;
    let api = format!("{pages}api/docs/");
    let metrics = inner.map(Inner::local_addr).transpose()?.map(|address| format!("http://{address}/metrics"));
    if json {
        say(json!({ "pages": pages, "api_browser": api, "metrics": metrics }));
        return Ok(());
    }
    say(format_args!("Aiqyn is at     {pages}"));
    say(format_args!("API browser at  {api}"));
    if let Some(metrics) = metrics {
        say(format_args!("Metrics at      {metrics}"));
    }
    say("Stop it with Ctrl+C.");
    Ok(())
}

/// Tells the service manager, where one waits for it.
fn notify(state: NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::warn!(%error, "the service manager cannot be told");
    }
}
