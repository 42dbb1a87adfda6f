//! Cuts off whoever holds a connection for nothing. The library underneath waits in its time for the first head on a
//! connection, and for the first byte of a later one; for the rest of a later one, and for somebody to read an answer,
//! it waits for ever. So each connection has a time by which something must have come or gone.

use std::any::Any;
use std::cell::Cell;
use std::io;
use std::net::{Shutdown, TcpStream as Socket};
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll};

use actix_tls::accept::rustls_0_23::TlsStream;
use actix_web::Error;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Extensions, ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::rt::net::TcpStream;
use actix_web::rt::time::{Instant, sleep_until};
use actix_web::web::Bytes;

use super::client_patience::ClientPatience;

/// A connection, with its socket a second time: it can be ended from beside whatever waits on it.
struct Connection {
    socket: Socket,
    patience: ClientPatience,
    /// How many answers are being worked out: meanwhile it is the client who waits.
    at_work: Cell<u32>,
    cut_at: Cell<Instant>,
}

impl Connection {
    fn give_time(&self, until: Instant) {
        self.cut_at.set(self.cut_at.get().max(until));
    }

    /// For a whole request, from now on.
    fn await_request(&self) {
        self.give_time(Instant::now() + self.patience.next + self.patience.head);
    }

    /// For so many bytes to be read, beside what is still to be read.
    fn await_reader(&self, bytes: usize) {
        let time = self.patience.body_piece.saturating_mul(u32::try_from(bytes / 4096).unwrap_or(u32::MAX));
        self.give_time(Instant::now() + self.patience.unread + time);
    }
}

/// Somebody works an answer out; that ends when it is dropped.
struct AtWork(Rc<Connection>);

impl AtWork {
    fn on(connection: &Rc<Connection>) -> Self {
        connection.at_work.set(connection.at_work.get() + 1);
        Self(connection.clone())
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        self.0.at_work.set(self.0.at_work.get().saturating_sub(1));
    }
}

/// Begins to watch a connection that has just been made.
pub fn watch(made: &dyn Any, data: &mut Extensions, patience: ClientPatience) {
    let by_tls = made.downcast_ref::<TlsStream<TcpStream>>().map(|stream| stream.get_ref().0);
    let Some(stream) = made.downcast_ref::<TcpStream>().or(by_tls) else { return };
    let socket = match twin(stream) {
        Ok(socket) => socket,
        Err(error) => return tracing::error!(%error, "a connection cannot be watched"),
    };
    let (at_work, cut_at) = (Cell::new(0), Cell::new(Instant::now()));
    let connection = Rc::new(Connection { socket, patience, at_work, cut_at });
    connection.await_request();
    actix_web::rt::spawn(end_in_time(Rc::downgrade(&connection)));
    data.insert(connection);
}

#[cfg(unix)]
fn twin(stream: &TcpStream) -> io::Result<Socket> {
    use std::os::fd::AsFd;
    stream.as_fd().try_clone_to_owned().map(Socket::from)
}

#[cfg(windows)]
fn twin(stream: &TcpStream) -> io::Result<Socket> {
    use std::os::windows::io::AsSocket;
    stream.as_socket().try_clone_to_owned().map(Socket::from)
}

async fn end_in_time(watched: Weak<Connection>) {
    while let Some(connection) = watched.upgrade() {
        let (now, cut_at) = (Instant::now(), connection.cut_at.get());
        let is_at_work = connection.at_work.get() > 0;
        if !is_at_work && now >= cut_at {
            // It may have ended by itself, in this moment.
            let _ = connection.socket.shutdown(Shutdown::Both);
            return;
        }
        let look_again = if is_at_work { now + connection.patience.next } else { cut_at };
        drop(connection);
        sleep_until(look_again).await;
    }
}

/// Tells what becomes of each request on its connection.
///
/// # Errors
/// Those of the handler.
pub async fn watched(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(connection) = request.conn_data::<Rc<Connection>>().cloned() else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let at_work = Some(AtWork::on(&connection));
    let answer = next.call(request).await?;
    Ok(answer.map_body(|_, body| BoxBody::new(WatchedBody { body: body.boxed(), at_work, connection })))
}

/// The body of an answer. While a piece of it is on its way, its reader must read.
struct WatchedBody {
    body: BoxBody,
    at_work: Option<AtWork>,
    connection: Rc<Connection>,
}

impl MessageBody for WatchedBody {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        if self.at_work.is_none() {
            self.at_work = Some(AtWork::on(&self.connection));
        }
        let polled = Pin::new(&mut self.body).poll_next(context);
        if let Poll::Ready(Some(Ok(piece))) = &polled {
            self.connection.await_reader(piece.len());
            self.at_work = None;
        }
        polled
    }
}

impl Drop for WatchedBody {
    fn drop(&mut self) {
        self.connection.await_request();
    }
}
