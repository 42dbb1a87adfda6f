//! The server itself: who may ask, and what every answer carries.

use std::net::SocketAddr;

use serde_json::json;

use crate::support::http::Reply;
use crate::support::{App, a_complaint, on_sqlite};

fn must_carry_the_security_headers(reply: &Reply, what: &str) {
    let policy = reply.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{what}: {policy}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-embedder-policy", "require-corp"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-permitted-cross-domain-policies", "none"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(reply.header(name), value, "{name} of {what}");
    }
    assert!(!reply.header("permissions-policy").is_empty(), "{what}");
    assert_eq!(reply.header("server"), "", "{what} tells what it runs on");
    assert_eq!(reply.header("access-control-allow-origin"), "", "{what} is open to other sites");
    assert_eq!(reply.header("strict-transport-security"), "", "{what}: without TLS it would mean nothing");
}

#[test]
fn every_answer_carries_the_security_headers() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files_complaint();
        for path in [
            "/",
            "/static/aiqyn.css",
            "/api/docs/",
            "/api/v1/health",
            "/api/v1/openapi.json",
            "/api/v1/cases",
            "/api/v1/visits",
            "/api/v1/statistics/delays",
            "/api/v1/statistics/rates",
            "/api/v1/code-lists",
            &case.path(""),
            &case.path("/events"),
        ] {
            must_carry_the_security_headers(&app.asks(path).must_be(200), path);
        }
    });
}

#[test]
fn every_error_carries_the_security_headers() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files_complaint();
        let post = || app.client.post("/api/v1/cases", &a_complaint().body());
        let large = "POST /api/v1/cases HTTP/1.1\nhost: localhost\nconnection: close\ncontent-type: application/json\ncontent-length: 1048577\n\n";
        for (status, reply) in [
            (404, app.asks("/nowhere")),
            (404, app.asks("/static/nothing")),
            (404, app.asks("/api/v1/nowhere")),
            (405, app.client.request("DELETE", "/api/v1/cases").send()),
            (405, app.client.request("POST", "/").send()),
            (415, app.client.request("POST", "/api/v1/cases").text("{}").send()),
            (400, post().text("{").send()),
            (422, app.client.post("/api/v1/cases", &json!({})).send()),
            (428, app.client.post(&case.path("/events"), &json!({})).send()),
            (412, app.client.post(&case.path("/events"), &json!({})).if_match(7).send()),
            (413, app.client.sends_raw(large, &vec![b' '; 1_048_577])),
            (403, post().header("origin", "https://example.org").send()),
        ] {
            must_carry_the_security_headers(&reply.must_be(status), &status.to_string());
        }
    });
}

#[test]
fn a_page_from_elsewhere_may_neither_read_nor_write() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let foreign = [
            ("origin", "https://example.org"),
            ("origin", "http://127.0.0.1.example.org"),
            ("origin", "http://localhost.example.org:8080"),
            ("origin", "null"),
            ("origin", "file://"),
            ("origin", "http://127.0.0.1:1"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ];
        for (name, value) in foreign {
            for path in ["/", "/api/v1/cases", "/api/v1/health", "/api/docs/", "/static/aiqyn.css"] {
                let reply = app.client.request("GET", path).header(name, value).send();
                reply.must_be_problem(403, "foreign_request");
            }
            let filing = app.client.post("/api/v1/cases", &a_complaint().body()).header(name, value).send();
            filing.must_be_problem(403, "foreign_request");
        }
        assert_eq!(app.get("/api/v1/cases")["cases"], json!([]));
    });
}

#[test]
fn a_link_from_elsewhere_may_be_followed_and_no_more() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let follows = |method: &str, dest: &str| {
            let request = app.client.request(method, "/api/v1/cases").header("sec-fetch-site", "cross-site");
            request.header("sec-fetch-mode", "navigate").header("sec-fetch-dest", dest).send()
        };
        follows("GET", "document").must_be(200);
        follows("GET", "iframe").must_be_problem(403, "foreign_request");
        follows("POST", "document").must_be_problem(403, "foreign_request");
    });
}

#[test]
fn a_request_that_names_two_hosts_is_refused() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        for head in [
            "GET /api/v1/health HTTP/1.1\nhost: localhost\nhost: example.org\nconnection: close\n\n",
            "GET http://example.org/api/v1/health HTTP/1.1\nhost: localhost\nconnection: close\n\n",
        ] {
            let reply = app.client.sends_raw(head, b"");
            assert!([400, 403].contains(&reply.status), "{}: {}", reply.status, reply.body);
        }
    });
}

#[test]
fn trace_echoes_nothing() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        for path in ["/", "/api/v1/health", "/api/v1/cases", "/static/aiqyn.css", "/api/docs/"] {
            let head = format!("TRACE {path} HTTP/1.1\nHost: localhost\nX-Secret: echo\nConnection: close\n\n");
            let reply = app.client.sends_raw(&head, b"");
            assert!([404, 405].contains(&reply.status) && !reply.body.contains("echo"), "{path}: {}", reply.status);
        }
    });
}

#[test]
fn a_name_that_merely_leads_to_this_machine_is_refused() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let asks = |host: &str| {
            app.client.sends_raw(&format!("GET /api/v1/health HTTP/1.1\n{host}connection: close\n\n"), b"")
        };
        for host in
            ["example.org", "example.org:80", "10.0.0.1", "127.0.0.1.example.org", "localhost.example.org", "[::2]"]
        {
            asks(&format!("host: {host}\n")).must_be_problem(403, "foreign_request");
        }
        asks("").must_be(400);
        for host in ["localhost", "LOCALHOST:1", "127.0.0.1:8080", "127.3.2.1", "[::1]:8080"] {
            asks(&format!("host: {host}\n")).must_be(200);
        }
    });
}

#[test]
fn a_page_of_this_server_may_ask() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let own = format!("http://{}", app.client.address);
        for (name, value) in [("origin", own.as_str()), ("sec-fetch-site", "same-origin"), ("sec-fetch-site", "none")] {
            app.client.post("/api/v1/cases", &a_complaint().body()).header(name, value).send().must_be(201);
        }
    });
}

#[test]
fn it_listens_on_the_loopback_of_ipv6_too() {
    if std::net::TcpListener::bind("[::1]:0").is_err() {
        println!("SKIPPED: this machine has no IPv6 loopback");
        return;
    }
    on_sqlite(|backend| {
        let app = App::at(backend, "[::1]:0".parse::<SocketAddr>().unwrap());
        assert!(app.client.address.is_ipv6());
        assert_eq!(app.get("/api/v1/health")["status"], "ok");
        app.caseworker().files_complaint();
    });
}

#[test]
fn plain_http_is_spoken_on_addresses_of_this_machine_alone() {
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:8080", "[2001:db8::1]:80"] {
        let refused = aiqyn::web::server::listen(address.parse::<SocketAddr>().unwrap()).unwrap_err();
        assert!(matches!(refused, aiqyn::web::server::ServerError::PlainHttp(_)), "{address}");
    }
}

#[test]
fn the_api_browser_is_found_without_the_last_slash() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let reply = app.client.sends_raw("GET /api/docs HTTP/1.1\nHost: localhost\nConnection: close\n\n", b"");
        assert_eq!(reply.must_be(308).header("location"), "/api/docs/");
    });
}
