//! Slow clients: each is cut off in its time, and an honest one is served meanwhile. The times are shorter here than
//! they are in docs/operations.md; which there are is the same.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use aiqyn::services::{CaseName, Metadata};
use aiqyn::web::client_patience::ClientPatience;
use aiqyn::web::server::Front;

use crate::support::{App, Backend, on_sqlite};
use crate::wire::{End, Wire};

/// Long enough for a busy machine to have done what is in time.
const SOON: Duration = Duration::from_secs(60);

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
    app.client.get("/api/v1/health").must_be(200);
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
            format!("GET /api/v1/health HTTP/1.1\r\nHost: {}\r\n\r\nGET / HTTP/1.1\r\nx: ", app.client.address)
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

#[test]
#[cfg(target_os = "linux")]
fn whoever_does_not_read_the_answer_is_cut_off() {
    on_sqlite(|backend| {
        let app = hurried(backend);
        let caseworker = app.caseworker.asks(&app.services);
        let case = app.caseworker().files_complaint();
        // More than the system holds for a connection.
        let long = vec![b'x'; 24 << 20];
        let name = CaseName::Id(case.id.parse().unwrap());
        let document = app.services.add_document(&caseworker, name, ("a.bin", Metadata::Keep), &long[..]).unwrap();
        let mut wire = Wire::to(app.client.address);
        let request = format!(
            "GET /api/v1/documents/{} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAuthorization: Bearer {}\r\n\r\n",
            document.id, app.client.address, app.caseworker.token
        );
        wire.sends(request.as_bytes());
        std::thread::sleep(hasty().unread * 4);
        is_served(&app);
        let (read, end) = wire.reads_to_the_end(SOON);
        assert_eq!(end, End::Cut);
        assert!(read.len() < long.len(), "all of it came");
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
            wire.sends(format!("GET /api/v1/health HTTP/1.1\r\nHost: {}\r\n\r\n", app.client.address).as_bytes());
        }
        is_served(&app);
        for mut wire in silent {
            assert_eq!(wire.reads_to_the_end(SOON).1, End::Cut);
        }
        is_served(&app);
    });
}
