//! How long a client may take to send a body: half a minute, and then a second for every 4 KiB that
//! have come. Who sends a byte now and then would hold a connection for ever; who sends a large
//! document through Tor is slow, and is waited for.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::middleware::Next;
use actix_web::rt::time::{Instant, Sleep, sleep_until};
use actix_web::web::Bytes;
use actix_web::{Error, HttpMessage, web};
use futures_core::Stream;

use crate::web::client_patience::ClientPatience;
use crate::web::front::Front;

/// What brings more time, in bytes.
const PIECE: u64 = 4 * 1024;

/// Ends bodies that come too slowly.
///
/// # Errors
/// Those of the handler.
pub async fn with_bodies(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let patience = request.app_data::<web::Data<Front>>().map_or_else(ClientPatience::default, |front| front.patience);
    let payload = request.take_payload();
    // Most requests have no body, and need no timer.
    request.set_payload(match payload {
        Payload::None => Payload::None,
        payload => Payload::Stream { payload: Box::pin(Patient::new(payload, Instant::now(), patience)) },
    });
    next.call(request).await
}

/// A body with a deadline that what has come moves on.
struct Patient<S> {
    body: S,
    began: Instant,
    patience: ClientPatience,
    received: u64,
    deadline: Pin<Box<Sleep>>,
}

impl<S> Patient<S> {
    fn new(body: S, began: Instant, patience: ClientPatience) -> Self {
        Self { body, began, patience, received: 0, deadline: Box::pin(sleep_until(began + patience.body)) }
    }
}

impl<S: Stream<Item = Result<Bytes, PayloadError>> + Unpin> Stream for Patient<S> {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match Pin::new(&mut self.body).poll_next(context) {
            Poll::Ready(Some(Ok(chunk))) => {
                self.received = self.received.saturating_add(chunk.len() as u64);
                let pieces = u32::try_from(self.received / PIECE).unwrap_or(u32::MAX);
                let deadline = self.began + self.patience.body + self.patience.body_piece.saturating_mul(pieces);
                self.deadline.as_mut().reset(deadline);
                Poll::Ready(Some(Ok(chunk)))
            }
            Poll::Pending => match self.deadline.as_mut().poll(context) {
                Poll::Ready(()) => Poll::Ready(Some(Err(PayloadError::Io(io::ErrorKind::TimedOut.into())))),
                Poll::Pending => Poll::Pending,
            },
            ended => ended,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// A body of which some bytes have come, and then nothing more does.
    struct Stalled(Option<usize>);

    impl Stream for Stalled {
        type Item = Result<Bytes, PayloadError>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            match self.0.take() {
                Some(length) => Poll::Ready(Some(Ok(Bytes::from(vec![0; length])))),
                None => Poll::Pending,
            }
        }
    }

    /// What a body does that began so long ago, after what has come: whether it is ended at once.
    fn is_ended(received: usize, ago: u64) -> bool {
        actix_web::rt::System::new().block_on(async {
            let began = Instant::now() - Duration::from_secs(ago);
            let mut patient = Box::pin(Patient::new(Stalled(Some(received)), began, ClientPatience::default()));
            let first = std::future::poll_fn(|context| patient.as_mut().poll_next(context)).await;
            assert!(first.is_some_and(|chunk| chunk.is_ok()));
            let next = std::future::poll_fn(|context| patient.as_mut().poll_next(context));
            match actix_web::rt::time::timeout(Duration::from_millis(50), next).await {
                Ok(next) => next.is_some_and(|chunk| chunk.is_err()),
                Err(_) => false,
            }
        })
    }

    #[test]
    fn a_body_that_dribbles_is_ended() {
        assert!(!is_ended(1, 25));
        assert!(is_ended(1, 31));
    }

    #[test]
    fn a_large_body_is_waited_for() {
        assert!(!is_ended(4 * 1024 * 100, 125));
        assert!(is_ended(4 * 1024 * 100, 131));
    }
}
