//! The way to PostgreSQL, which can be stopped up, cut, and mended: a proxy before its socket.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};

/// What becomes of what is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// It arrives.
    Open,
    /// It is taken and kept back.
    StoppedUp,
    /// Nobody comes through.
    Cut,
    /// The test is over.
    Gone,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    streams: Mutex<Vec<(TcpStream, UnixStream)>>,
}

/// A way that lies open at first.
pub struct Way {
    address: SocketAddr,
    shared: Arc<Shared>,
}

impl Way {
    /// A way to a socket.
    pub fn to(socket: PathBuf) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let shared =
            Arc::new(Shared { state: Mutex::new(State::Open), changed: Condvar::new(), streams: Mutex::default() });
        let way = Self { address, shared: shared.clone() };
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                match shared.now() {
                    State::Gone => return,
                    State::Cut => drop(client),
                    State::Open | State::StoppedUp => shared.leads(client, &socket),
                }
            }
        });
        way
    }

    /// The address of a database by this way.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@{}/{database}", self.address)
    }

    pub fn opens(&self) {
        self.shared.becomes(State::Open);
    }

    pub fn is_stopped_up(&self) {
        self.shared.becomes(State::StoppedUp);
    }

    pub fn is_cut(&self) {
        self.shared.becomes(State::Cut);
        self.shared.ends_all();
    }
}

impl Drop for Way {
    fn drop(&mut self) {
        self.shared.becomes(State::Gone);
        self.shared.ends_all();
        // The one who waits for clients sees that it is over.
        drop(TcpStream::connect(self.address));
    }
}

impl Shared {
    fn now(&self) -> State {
        *self.state.lock().unwrap()
    }

    fn becomes(&self, state: State) {
        *self.state.lock().unwrap() = state;
        self.changed.notify_all();
    }

    fn ends_all(&self) {
        for (client, server) in self.streams.lock().unwrap().drain(..) {
            let _ = client.shutdown(Shutdown::Both);
            let _ = server.shutdown(Shutdown::Both);
        }
    }

    fn leads(self: &Arc<Self>, client: TcpStream, socket: &Path) {
        let Ok(server) = UnixStream::connect(socket) else { return };
        let mut streams = self.streams.lock().unwrap();
        let (there, back) = (self.clone(), self.clone());
        let (from_client, to_server) = (client.try_clone().unwrap(), server.try_clone().unwrap());
        let (from_server, to_client) = (server.try_clone().unwrap(), client.try_clone().unwrap());
        std::thread::spawn(move || {
            there.passes_on(&from_client, &to_server);
            let _ = to_server.shutdown(Shutdown::Both);
        });
        std::thread::spawn(move || {
            back.passes_on(&from_server, &to_client);
            let _ = to_client.shutdown(Shutdown::Both);
        });
        streams.push((client, server));
    }

    /// Passes on what one end says until it has gone.
    fn passes_on(&self, mut from: impl Read, mut to: impl Write) {
        let mut piece = [0; 16 * 1024];
        while let Ok(length) = from.read(&mut piece) {
            drop(self.changed.wait_while(self.state.lock().unwrap(), |state| *state == State::StoppedUp));
            if length == 0 || to.write_all(&piece[..length]).is_err() {
                return;
            }
        }
    }
}
