//! A server that is told to stop takes nobody on, ends what is at work, and says so.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixDatagram;
use std::time::{Duration, Instant};

use crate::support::program::Served;
use crate::support::{Backend, a_complaint, for_each_backend, on_sqlite};

/// Far longer than it takes; without a bound a test that fails would never end.
const LONG: Duration = Duration::from_secs(60);

fn serves(backend: &Backend, more: &[&str]) -> Served {
    let words = ["serve", "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0", "--database", &backend.url];
    Served::start(backend.folder.path(), &[&words[..], more].concat()).to(backend.token.get().unwrap())
}

/// A request that is at work: the server has asked for its body and does not have it yet.
struct Unfinished {
    stream: TcpStream,
    body: Vec<u8>,
}

impl Unfinished {
    fn begins(served: &Served, token: &str) -> Self {
        let body = a_complaint().on("2024-06-01").body().to_string().into_bytes();
        let address = served.client.address;
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        let head = format!(
            "POST /api/v1/cases HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nIdempotency-Key: slow\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut go_on = [0; 25];
        stream.read_exact(&mut go_on).unwrap();
        assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
        Self { stream, body }
    }

    /// Sends the rest, and returns what is answered.
    fn ends(mut self) -> String {
        self.stream.write_all(&self.body).unwrap();
        let mut answer = String::new();
        self.stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

/// Waits until nobody is taken on any more.
fn is_closed(served: &Served) {
    let begun = Instant::now();
    while TcpStream::connect(served.client.address).is_ok() {
        assert!(begun.elapsed() < LONG, "it still takes requests");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_request_at_work_is_answered_and_nobody_else_is_taken_on() {
    for_each_backend(|backend| {
        backend.set_up();
        let mut served = serves(backend, &[]);
        let metrics = served.metrics.clone().unwrap();
        for path in ["/live", "/ready"] {
            metrics.get(path).must_be(200);
        }
        for path in ["/api/v1/health", "/api/v1/health/live", "/api/v1/health/ready"] {
            assert_eq!(served.client.get(path).must_be(200).json()["status"], "ok");
        }
        let mut idle = TcpStream::connect(served.client.address).unwrap();
        idle.set_read_timeout(Some(LONG)).unwrap();
        let at_work = Unfinished::begins(&served, backend.token.get().unwrap());
        served.is_told_to_stop();
        is_closed(&served);
        metrics.get("/ready").must_be_problem(503, "unavailable");
        metrics.get("/live").must_be(200);
        assert!(metrics.get("/metrics").must_be(200).body.contains("\naiqyn_stopping 1\n"));
        let end = idle.read(&mut [0; 1]);
        assert!(matches!(end, Ok(0)) || end.is_err_and(|error| error.kind() == ErrorKind::ConnectionReset));
        let answer = at_work.ends();
        assert!(answer.starts_with("HTTP/1.1 201 Created\r\n"), "{answer}");
        assert!(answer.to_ascii_lowercase().contains("\r\nconnection: close\r\n"), "{answer}");
        assert_eq!(served.ends().code(), Some(0));
        let mut again = serves(backend, &[]);
        assert_eq!(again.client.get("/api/v1/cases").must_be(200).json()["cases"].as_array().unwrap().len(), 1);
        again.is_told_to_stop();
        assert_eq!(again.ends().code(), Some(0));
    });
}

#[test]
fn a_request_that_does_not_end_is_not_waited_for_for_ever() {
    on_sqlite(|backend| {
        backend.set_up();
        let mut served = serves(backend, &["--shutdown-within", "1"]);
        let _at_work = Unfinished::begins(&served, backend.token.get().unwrap());
        served.is_told_to_stop();
        assert_eq!(served.ends().code(), Some(0));
    });
}

#[test]
fn whoever_tells_it_twice_waits_for_nobody() {
    on_sqlite(|backend| {
        backend.set_up();
        let mut served = serves(backend, &["--shutdown-within", "3600"]);
        let _at_work = Unfinished::begins(&served, backend.token.get().unwrap());
        served.is_told_to_stop();
        is_closed(&served);
        served.is_told_to_stop();
        assert_eq!(served.ends().code(), Some(0));
    });
}

#[test]
fn a_service_manager_is_told_when_it_is_ready_and_when_it_stops() {
    on_sqlite(|backend| {
        backend.set_up();
        let path = backend.folder.path().join("notify");
        let manager = UnixDatagram::bind(&path).unwrap();
        manager.set_read_timeout(Some(LONG)).unwrap();
        let is_told = || {
            let mut told = [0; 64];
            let length = manager.recv(&mut told).unwrap();
            String::from_utf8_lossy(&told[..length]).trim().to_owned()
        };
        let words = ["serve", "--listen", "127.0.0.1:0", "--database", &backend.url];
        let mut served = Served::start_under(backend.folder.path(), &words, &path);
        assert_eq!(is_told(), "READY=1");
        served.is_told_to_stop();
        assert_eq!(is_told(), "STOPPING=1");
        assert_eq!(served.ends().code(), Some(0));
    });
}
