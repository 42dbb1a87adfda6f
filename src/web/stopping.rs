//! The end of a server: it is told to stop once, by whoever started it, and everything that goes on looks here.

use std::io;
#[cfg(unix)]
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[cfg(unix)]
use actix_web::rt::signal::unix::{Signal, SignalKind, signal};
#[cfg(unix)]
use futures_util::future::select;

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

/// What tells the program to end: SIGTERM, or Ctrl+C. From the moment that there is one, neither ends it at once.
pub(super) struct Ends {
    #[cfg(unix)]
    signals: [Signal; 2],
}

impl Ends {
    /// Hears them from now on.
    pub(super) fn hear() -> io::Result<Self> {
        Ok(Self {
            #[cfg(unix)]
            signals: [signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?],
        })
    }

    /// Waits until the program is told to end.
    pub(super) async fn told(&mut self) {
        #[cfg(unix)]
        {
            let [terminate, interrupt] = &mut self.signals;
            select(pin!(terminate.recv()), pin!(interrupt.recv())).await;
        }
        #[cfg(not(unix))]
        if actix_web::rt::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
