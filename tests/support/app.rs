//! The real server, on a free port of this machine, with a clock that the test sets.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use aiqyn::access::role::Role;
use aiqyn::services::clock::Clock;
use aiqyn::services::{Caller, Lag, Services};
use aiqyn::web::certificate::Certificate;
use aiqyn::web::desk::Office;
use aiqyn::web::server::{Front, listen, server};
use chrono::{DateTime, Utc};

use super::backend::Backend;
use super::caseworker::Caseworker;
use super::http::{Client, Reply};
use super::staff::{Organisation, Person};

/// The time until a test sets another: a Monday noon in Almaty.
pub const USUAL_NOW: &str = "2026-06-15T12:00:00+05:00";

/// A clock that stands where a test has set it.
#[derive(Clone)]
pub struct SettableClock(Arc<Mutex<DateTime<Utc>>>);

impl SettableClock {
    pub fn at(time: &str) -> Self {
        Self(Arc::new(Mutex::new(time.parse().unwrap())))
    }

    pub fn set(&self, time: &str) {
        *self.0.lock().unwrap() = time.parse().unwrap();
    }
}

impl Clock for SettableClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// A running server.
pub struct Node {
    pub services: Services,
    /// The machine of somebody who has not signed in.
    pub client: Client,
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl Node {
    /// Serves, on a thread of its own, until it is let go.
    pub fn of(services: Services, front: Front) -> Self {
        let office = Office::new(services.clone(), front.is_secure());
        let listener = listen(front).unwrap();
        let address = listener.local_addr().unwrap();
        let (started, start) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = server(listener, office).unwrap();
                started.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        let handle = start.recv().unwrap();
        Self { services, client: Client::of(address), handle, thread: Some(thread) }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // The command is sent at once; the future only waits until it has been done.
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A set-up office and its running server.
pub struct App {
    pub clock: SettableClock,
    pub services: Services,
    pub organisation: Organisation,
    /// The caseworker whose token the client carries.
    pub caseworker: Person,
    pub client: Client,
    nobody: Client,
    /// The certificate, where it speaks TLS.
    pub certificate: Option<Arc<Certificate>>,
    _node: Node,
}

impl App {
    /// Sets up a database and serves it.
    pub fn on(backend: &Backend) -> Self {
        Self::at(backend, SocketAddr::from(([127, 0, 0, 1], 0)))
    }

    /// Sets up a database and serves it at an address, or by TLS, or behind a proxy.
    pub fn at(backend: &Backend, front: impl Into<Front>) -> Self {
        Self::with(backend, front, |services| services)
    }

    /// Sets up a database and serves it, its figures lagging behind what is recorded.
    pub fn lagging(backend: &Backend, lag: Lag) -> Self {
        Self::with(backend, SocketAddr::from(([127, 0, 0, 1], 0)), |services| services.with_lag(lag))
    }

    /// Sets up a database and serves it, taking no document of more bytes.
    pub fn taking_documents_up_to(backend: &Backend, bytes: u64) -> Self {
        Self::with(backend, SocketAddr::from(([127, 0, 0, 1], 0)), |services| services.with_largest_document(bytes))
    }

    fn with(backend: &Backend, front: impl Into<Front>, adjust: impl FnOnce(Services) -> Services) -> Self {
        let clock = SettableClock::at(USUAL_NOW);
        let services = Services::open(&backend.url, Arc::new(clock.clone())).unwrap();
        let services = adjust(services.with_documents_in(backend.file("documents")));
        services.migrate().unwrap();
        let organisation = Organisation::of(&services.set_up("Қадір-қасиет", "administrator").unwrap().organisation);
        let caseworker = organisation.hires(&services, "aigul", &[Role::Caseworker]);
        let front = front.into();
        let certificate = front.certificate.clone();
        let node = Node::of(services.clone(), front);
        let nobody = node.client.clone();
        let client = nobody.clone().with_token(&caseworker.token);
        Self { clock, services, organisation, caseworker, client, nobody, certificate, _node: node }
    }

    /// Another server on the same database, with a memory of its own.
    pub fn another_node(&self, backend: &Backend, adjust: impl FnOnce(Services) -> Services) -> Node {
        let services = Services::open(&backend.url, Arc::new(self.clock.clone())).unwrap();
        let services = adjust(services.with_documents_in(backend.file("documents")));
        Node::of(services, SocketAddr::from(([127, 0, 0, 1], 0)).into())
    }

    /// Whoever moves the cases.
    pub fn caseworker(&self) -> Caseworker<'_> {
        Caseworker::of(&self.client)
    }

    /// Somebody of the first organisation in a role, at their own machine.
    pub fn hires(&self, login: &str, role: Role) -> (Person, Client) {
        let person = self.organisation.hires(&self.services, login, &[role]);
        let client = self.client_of(&person);
        (person, client)
    }

    /// The machine of somebody who has not signed in.
    pub fn nobody(&self) -> &Client {
        &self.nobody
    }

    /// The machine of a person.
    pub fn client_of(&self, person: &Person) -> Client {
        Client::of(self.client.address).with_token(&person.token)
    }

    /// Whoever runs the program on the server itself.
    pub fn console(&self) -> Caller {
        self.services.console().unwrap()
    }

    /// What an address of the API answers; it must be well.
    pub fn get(&self, path: &str) -> serde_json::Value {
        self.client.get(path).must_be(200).json()
    }

    /// What an address of the API answers, well or not.
    pub fn asks(&self, path: &str) -> Reply {
        self.client.get(path)
    }
}
