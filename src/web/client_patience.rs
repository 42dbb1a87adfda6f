//! How long the server waits for a client that is slow, on purpose or not.

use std::time::Duration;

/// How long clients are waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientPatience {
    /// For the TLS handshake.
    pub handshake: Duration,
    /// For the head of a request.
    pub head: Duration,
    /// For a request's body, however short it is.
    pub body: Duration,
    /// For each 4 KiB of the body that have come, as well: who sends a large document through Tor is slow.
    pub body_piece: Duration,
    /// For the next request on a connection.
    pub next: Duration,
    /// For room in the client's memory, once an answer fills what the system holds for it (Linux alone knows this).
    pub unread: Duration,
    /// For the end of an answer to be read, when a connection is closed.
    pub goodbye: Duration,
}

impl Default for ClientPatience {
    fn default() -> Self {
        Self {
            handshake: Duration::from_secs(10),
            head: Duration::from_secs(15),
            body: Duration::from_secs(30),
            body_piece: Duration::from_secs(1),
            next: Duration::from_secs(30),
            unread: Duration::from_secs(60),
            goodbye: Duration::from_secs(5),
        }
    }
}
