//! The marks on the cookies, with TLS and without.

use std::net::SocketAddr;

use aiqyn::web::server::Front;

use crate::browser::Browser;
use crate::support::http::Reply;
use crate::support::staff::PASSWORD;
use crate::support::{App, on_sqlite};

/// The attributes of a cookie, in small letters.
fn attributes(reply: &Reply, name: &str) -> Vec<String> {
    let mut lines = reply.header("set-cookie").lines();
    let line =
        lines.find(|line| line.starts_with(&format!("{name}="))).unwrap_or_else(|| panic!("no {name}: {reply:?}"));
    line.split(';').skip(1).map(|attribute| attribute.trim().to_lowercase()).collect()
}

fn has(attributes: &[String], attribute: &str) -> bool {
    attributes.iter().any(|one| one == attribute)
}

fn are_strict(attributes: &[String]) {
    for attribute in ["httponly", "samesite=strict", "path=/"] {
        assert!(has(attributes, attribute), "{attribute}: {attributes:?}");
    }
    assert!(!attributes.iter().any(|one| one.starts_with("domain")), "{attributes:?}");
}

#[test]
fn without_tls_cookies_are_for_the_server_alone_and_never_sent_from_elsewhere() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let reply = Browser::at(&app).signs_in(&app.caseworker.login, PASSWORD, &app.caseworker.recovery_code());
        let session = attributes(&reply, "aiqyn");
        are_strict(&session);
        are_strict(&attributes(&reply, "aiqyn-device"));
        let lasts = session.iter().any(|one| one.starts_with("max-age") || one.starts_with("expires"));
        assert!(!lasts, "the browser forgets the session when it is closed: {session:?}");
        assert!(!has(&session, "secure"), "no browser would send it back");
    });
}

#[test]
fn behind_tls_cookies_are_secure_and_bound_to_the_host() {
    on_sqlite(|backend| {
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let (proxies, hosts) = (vec!["127.0.0.1".parse().unwrap()], vec!["aiqyn.example.org".parse().unwrap()]);
        let app = App::at(backend, Front { proxies, hosts, ..Front::from(address) });
        let body = serde_json::json!({
            "login": app.caseworker.login, "password": PASSWORD, "code": app.caseworker.recovery_code(),
        })
        .to_string();
        let head = |method: &str, more: &str, length: usize| {
            format!(
                "{method} /api/v1/session HTTP/1.1\nHost: aiqyn.example.org\nX-Forwarded-Proto: https\n\
                 Content-Type: application/json\nContent-Length: {length}\nConnection: close\n{more}\n"
            )
        };
        let reply = app.client.sends_raw(&head("POST", "", body.len()), body.as_bytes()).must_be(201);
        for name in ["__Host-aiqyn", "__Host-aiqyn-device"] {
            let attributes = attributes(&reply, name);
            are_strict(&attributes);
            assert!(has(&attributes, "secure"), "{attributes:?}");
        }
        // Under the name that a plain connection would use it is no session.
        let secret = crate::browser::cookie(&reply, "__Host-aiqyn").unwrap();
        let asks = |name: &str| app.client.sends_raw(&head("GET", &format!("Cookie: {name}={secret}\n"), 0), b"");
        asks("__Host-aiqyn").must_be(200);
        asks("aiqyn").must_be_problem(401, "not_signed_in");
    });
}
