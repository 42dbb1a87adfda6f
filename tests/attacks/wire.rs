//! Bytes over a connection, as they are: what no HTTP client would send, and in whatever time.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::support::http::Reply;

/// A connection to the server.
pub struct Wire(TcpStream);

/// How a connection ended.
#[derive(Debug, PartialEq, Eq)]
pub enum End {
    /// The server closed it, or broke it off.
    Cut,
    /// It is still open.
    Open,
}

impl Wire {
    pub fn to(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Self(stream)
    }

    /// Sends bytes; false where the other end is gone.
    pub fn sends(&mut self, bytes: &[u8]) -> bool {
        self.0.write_all(bytes).is_ok()
    }

    /// How many bytes have come, of a few at most; none at the end.
    pub fn reads_some(&mut self) -> Option<usize> {
        let mut piece = [0; 16 * 1024];
        self.0.read(&mut piece).ok().filter(|length| *length > 0)
    }

    /// Everything that comes until the server closes the connection, and whether it does within the time.
    pub fn reads_to_the_end(&mut self, within: Duration) -> (Vec<u8>, End) {
        self.0.set_read_timeout(Some(within)).unwrap();
        let (mut all, mut piece) = (Vec::new(), [0; 16 * 1024]);
        loop {
            match self.0.read(&mut piece) {
                Ok(0) => return (all, End::Cut),
                Ok(length) => all.extend_from_slice(&piece[..length]),
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                    return (all, End::Open);
                }
                Err(_) => return (all, End::Cut),
            }
        }
    }
}

/// The answer to bytes, after which the server closes the connection; none where it closes it without a word.
pub fn asks(address: SocketAddr, bytes: &[u8]) -> Option<Reply> {
    let mut wire = Wire::to(address);
    wire.sends(bytes);
    let (answer, _) = wire.reads_to_the_end(Duration::from_secs(30));
    let answer = String::from_utf8_lossy(&answer).into_owned();
    answer.contains("\r\n\r\n").then(|| Reply::parse(&answer))
}

/// A request with these lines in its head, of a client that wants the connection closed.
pub fn request(address: SocketAddr, line: &str, headers: &[u8], body: &[u8]) -> Vec<u8> {
    let head = format!("{line} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
    [head.as_bytes(), headers, b"\r\n", body].concat()
}
