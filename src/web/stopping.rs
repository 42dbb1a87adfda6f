//! The end of a server: it is told to stop once, by whoever started it, and everything that goes on looks here.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the server was told to stop.
#[derive(Clone, Debug, Default)]
pub struct Stopping(Arc<AtomicBool>);

impl Stopping {
    /// Whether it was.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    /// Tells it.
    pub fn tell(&self) {
        self.0.store(true, Ordering::Release);
    }
}

/// Waits until the program is told to end: SIGTERM, or Ctrl+C.
pub(super) async fn told() {
    #[cfg(unix)]
    {
        use actix_web::rt::signal::unix::{SignalKind, signal};
        use futures_util::future::select;
        let both = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
        if let (Ok(mut terminate), Ok(mut interrupt)) = both {
            select(std::pin::pin!(terminate.recv()), std::pin::pin!(interrupt.recv())).await;
            return;
        }
        tracing::warn!("signals cannot be heard; the server ends at once when it is told to");
        std::future::pending::<()>().await;
    }
    #[cfg(not(unix))]
    if actix_web::rt::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
