//! Slow clients: each is cut off in its time, and an honest one is served meanwhile. The times are shorter here than
//! they are in docs/operations.md; which there are is the same.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use aiqyn::services::{CaseName, Metadata};
use aiqyn::web::certificate::Certificate;
use aiqyn::web::client_patience::ClientPatience;
use aiqyn::web::server::Front;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::support::{App, Backend, on_sqlite};
use crate::wire::{End, Wire};

/// Long enough for a busy machine to have done what is in time.
const SOON: Duration = Duration::from_secs(60);

/// More than the system holds for a connection.
const LONG: usize = 24 << 20;

fn hasty() -> ClientPatience {
    let short = Duration::from_millis(1500);
    ClientPatience {
        handshake: short,
        head: short,
        body: short,
        body_piece: Duration::from_millis(1),
        next: short,
        unread: short,
        goodbye: Duration::from_millis(500),
    }
}

fn hurried(backend: &Backend) -> App {
    App::at(backend, Front { patience: hasty(), ..Front::from(SocketAddr::from(([127, 0, 0, 1], 0))) })
}

/// Sends a byte now and then for as long as the connection is open. True where it was cut off.
fn dribbles(wire: &mut Wire, byte: u8) -> bool {
    let began = Instant::now();
    while began.elapsed() < SOON {
        if !wire.sends(&[byte]) {
            return true;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    false
}

fn is_served(app: &App) {
    app.client.get("/api/v1/session").must_be(200);
}

#[test]
fn whoever_dribbles_the_head_of_a_request_is_cut_off() {
    on_sqlite(|backend| {
        let app = hurried(backend);
        let mut wire = Wire::to(app.client.address);
        wire.sends(b"GET / HTTP/1.1\r\nx: ");
        assert!(dribbles(&mut wire, b'a'));
        is_served(&app);
    });
}

#[test]
fn whoever_dribbles_the_head_of_the_second_request_is_cut_off_too() {
    on_sqlite(|backend| {
        let app = hurried(backend);
        let mut wire = Wire::to(app.client.address);
        wire.sends(
            format!("GET /static/aiqyn.css HTTP/1.1\r\nHost: {}\r\n\r\nGET / HTTP/1.1\r\nx: ", app.client.address)
                .as_bytes(),
        );
        assert!(dribbles(&mut wire, b'a'));
        is_served(&app);
    });
}

#[test]
fn whoever_dribbles_a_body_is_cut_off() {
    on_sqlite(|backend| {
        let app = hurried(backend);
        let case = app.caseworker().files_complaint();
        let to = [
            ("/api/v1/session".to_owned(), "application/json"),
            ("/sign-in".to_owned(), "application/x-www-form-urlencoded"),
            ("/complaint".to_owned(), "application/x-www-form-urlencoded"),
            (case.path("/documents"), "multipart/form-data; boundary=b"),
            ("/receipt/document".to_owned(), "multipart/form-data; boundary=b"),
        ];
        for (path, media_type) in to {
            let mut wire = Wire::to(app.client.address);
            let head = format!(
                "POST {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: {media_type}\r\nContent-Length: 9000\r\n\
                 Authorization: Bearer {}\r\n\r\n",
                app.client.address, app.caseworker.token
            );
            wire.sends(head.as_bytes());
            assert!(dribbles(&mut wire, b'a'), "{path}");
        }
        is_served(&app);
    });
}

#[test]
fn a_body_that_nobody_reads_is_no_reason_to_stay() {
    on_sqlite(|backend| {
        let app = hurried(backend);
        let mut wire = Wire::to(app.client.address);
        let head = format!("POST /nowhere HTTP/1.1\r\nHost: {}\r\nContent-Length: 1000000\r\n\r\n", app.client.address);
        wire.sends(head.as_bytes());
        assert!(dribbles(&mut wire, b'a'));
        is_served(&app);
    });
}

/// Asks for a document of so many bytes, which is more than the system holds for a connection.
fn asks_for_a_long_document(app: &App, length: usize) -> Wire {
    let caseworker = app.caseworker.asks(&app.services);
    let name = CaseName::Id(app.caseworker().files_complaint().id.parse().unwrap());
    let long = vec![b'x'; length];
    let document = app.services.add_document(&caseworker, name, ("a.bin", Metadata::Keep), &long[..]).unwrap();
    let mut wire = Wire::to(app.client.address);
    let request = format!(
        "GET /api/v1/documents/{} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAuthorization: Bearer {}\r\n\r\n",
        document.id, app.client.address, app.caseworker.token
    );
    wire.sends(request.as_bytes());
    wire
}

#[test]
fn whoever_reads_slowly_but_reads_gets_the_whole_answer() {
    on_sqlite(|backend| {
        let app = hurried(backend);
        let mut wire = asks_for_a_long_document(&app, LONG);
        let began = Instant::now();
        let mut read = 0;
        while let Some(piece) = wire.reads_some() {
            read += piece;
            std::thread::sleep(Duration::from_millis(2));
        }
        assert!(read > LONG, "{read}");
        assert!(began.elapsed() > hasty().unread, "the test is no test: {:?}", began.elapsed());
    });
}

#[test]
fn whoever_does_not_read_the_answer_is_cut_off() {
    on_sqlite(|backend| {
        let app = hurried(backend);
        let mut wire = asks_for_a_long_document(&app, LONG);
        std::thread::sleep(hasty().unread * 4);
        is_served(&app);
        let (read, end) = wire.reads_to_the_end(SOON);
        assert_eq!(end, End::Cut);
        assert!(read.len() < LONG, "all of it came");
    });
}

#[test]
fn many_who_are_connected_and_silent_are_cut_off_and_keep_nobody_waiting() {
    on_sqlite(|backend| {
        let app = hurried(backend);
        let mut silent: Vec<Wire> = (0..300).map(|_| Wire::to(app.client.address)).collect();
        is_served(&app);
        // Half of them have asked for something once.
        for wire in silent.iter_mut().step_by(2) {
            wire.sends(format!("GET /static/aiqyn.css HTTP/1.1\r\nHost: {}\r\n\r\n", app.client.address).as_bytes());
        }
        is_served(&app);
        for mut wire in silent {
            assert_eq!(wire.reads_to_the_end(SOON).1, End::Cut);
        }
        is_served(&app);
    });
}

const NAME: &str = "aiqyn.example.org";

/// The same by TLS, and what its clients trust.
fn hurried_by_tls(backend: &Backend) -> (App, CertificateDer<'static>) {
    let made = rcgen::generate_simple_self_signed([NAME.to_owned()]).unwrap();
    let [chain, key] = ["chain.pem", "key.pem"].map(|name| backend.folder.path().join(name));
    std::fs::write(&chain, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let front = Front {
        certificate: Some(Certificate::read(&chain, &key).unwrap()),
        hosts: vec![NAME.parse().unwrap()],
        patience: hasty(),
        ..Front::from(SocketAddr::from(([127, 0, 0, 1], 0)))
    };
    (App::at(backend, front), made.cert.der().clone())
}

fn by_tls(address: SocketAddr, trusted: CertificateDer<'static>) -> StreamOwned<ClientConnection, TcpStream> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let client = ClientConnection::new(Arc::new(config), ServerName::try_from(NAME).unwrap()).unwrap();
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(SOON)).unwrap();
    StreamOwned::new(client, stream)
}

#[test]
fn whoever_does_not_finish_the_handshake_is_cut_off() {
    on_sqlite(|backend| {
        let (app, _) = hurried_by_tls(backend);
        let mut silent = Wire::to(app.client.address);
        let mut slow = Wire::to(app.client.address);
        // A record of the handshake of which the rest does not come.
        slow.sends(b"\x16\x03\x01\x40\x00");
        assert!(dribbles(&mut slow, 1));
        assert_eq!(silent.reads_to_the_end(SOON).1, End::Cut);
    });
}

#[test]
fn by_tls_the_rest_of_a_second_request_is_not_waited_for_either() {
    on_sqlite(|backend| {
        let (app, trusted) = hurried_by_tls(backend);
        let mut stream = by_tls(app.client.address, trusted);
        let request = format!("GET /static/aiqyn.css HTTP/1.1\r\nHost: {NAME}\r\n\r\nGET / HTTP/1.1\r\nx: ");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        // It ends without a goodbye; what counts is that it ends.
        let ended = stream.read_to_end(&mut answer).map_err(|error| error.kind());
        assert!(!matches!(ended, Err(ErrorKind::WouldBlock | ErrorKind::TimedOut)), "it is still open");
        assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    });
}
