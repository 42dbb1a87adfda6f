//! The ways to the server: TLS, a trusted proxy, an onion service; and the ways that are closed.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use aiqyn::web::certificate::{Certificate, CertificateError};
use aiqyn::web::server::{Front, ServerError, listen};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned, SupportedProtocolVersion, version};

use crate::support::http::Reply;
use crate::support::program::{Served, aiqyn};
use crate::support::{App, Backend, on_sqlite};

const NAME: &str = "aiqyn.example.org";

fn anywhere() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 0))
}

/// A certificate of its own authority, in two files.
struct Pair {
    chain: PathBuf,
    key: PathBuf,
    trusted: CertificateDer<'static>,
}

impl Pair {
    fn in_folder(folder: &Path) -> Self {
        let made = rcgen::generate_simple_self_signed([NAME.to_owned()]).unwrap();
        let pair =
            Self { chain: folder.join("chain.pem"), key: folder.join("key.pem"), trusted: made.cert.der().clone() };
        std::fs::write(&pair.chain, made.cert.pem()).unwrap();
        std::fs::write(&pair.key, made.signing_key.serialize_pem()).unwrap();
        pair
    }

    fn read(&self) -> Arc<Certificate> {
        Certificate::read(&self.chain, &self.key).unwrap()
    }

    /// Sends a request by TLS and trusts this certificate alone.
    fn asks(&self, address: SocketAddr, head: &str) -> Result<Reply, std::io::Error> {
        self.asks_with(address, head, &[&version::TLS13, &version::TLS12])
    }

    fn asks_with(
        &self,
        address: SocketAddr,
        head: &str,
        versions: &[&'static SupportedProtocolVersion],
    ) -> Result<Reply, std::io::Error> {
        let mut roots = RootCertStore::empty();
        roots.add(self.trusted.clone()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider).with_protocol_versions(versions).unwrap();
        let config = config.with_root_certificates(roots).with_no_client_auth();
        let client = ClientConnection::new(Arc::new(config), ServerName::try_from(NAME).unwrap()).unwrap();
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        let mut stream = StreamOwned::new(client, stream);
        stream.write_all(head.replace('\n', "\r\n").as_bytes())?;
        let mut answer = Vec::new();
        match stream.read_to_end(&mut answer) {
            // A server that closes without a word of goodbye has still answered.
            Err(error) if answer.is_empty() => Err(error),
            _ => Ok(Reply::parse(&String::from_utf8_lossy(&answer))),
        }
    }
}

fn get(host: &str, more: &str) -> String {
    format!("GET /api/v1/health HTTP/1.1\nHost: {host}\n{more}Connection: close\n\n")
}

fn by_tls(backend: &Backend) -> (App, Pair) {
    let pair = Pair::in_folder(backend.folder.path());
    let hosts = vec![NAME.parse().unwrap()];
    let front = Front { certificate: Some(pair.read()), hosts, ..Front::from(anywhere()) };
    (App::at(backend, front), pair)
}

fn behind_a_proxy(backend: &Backend, proxy: &str) -> App {
    let hosts = vec![NAME.parse().unwrap()];
    App::at(backend, Front { proxies: vec![proxy.parse().unwrap()], hosts, ..Front::from(anywhere()) })
}

#[test]
fn it_speaks_tls_of_both_versions_and_asks_browsers_to_keep_to_it() {
    on_sqlite(|backend| {
        let (app, pair) = by_tls(backend);
        for versions in [[&version::TLS13], [&version::TLS12]] {
            let reply = pair.asks_with(app.client.address, &get(NAME, ""), &versions).unwrap().must_be(200);
            assert_eq!(reply.header("strict-transport-security"), "max-age=63072000; includeSubDomains");
        }
        let error =
            pair.asks(app.client.address, "GET /nowhere HTTP/1.1\nHost: aiqyn.example.org\nConnection: close\n\n");
        let error = error.unwrap().must_be(404);
        assert!(error.header("strict-transport-security").starts_with("max-age="));
    });
}

#[test]
fn plain_http_gets_no_answer_where_tls_is_spoken() {
    on_sqlite(|backend| {
        let (app, _) = by_tls(backend);
        let mut stream = TcpStream::connect(app.client.address).unwrap();
        stream.write_all(get(NAME, "").replace('\n', "\r\n").as_bytes()).unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        assert!(!answer.starts_with(b"HTTP"), "{}", String::from_utf8_lossy(&answer));
    });
}

#[test]
fn by_tls_a_foreign_name_or_origin_is_refused_and_its_own_is_not() {
    on_sqlite(|backend| {
        let (app, pair) = by_tls(backend);
        let asks = |head: String| pair.asks(app.client.address, &head).unwrap();
        asks(get("evil.example.org", "")).must_be_problem(403, "foreign_request");
        let own = format!("{NAME}:{}", app.client.address.port());
        let others =
            [format!("http://{own}"), format!("https://{NAME}"), format!("https://x.{own}"), "null".to_owned()];
        for origin in others {
            asks(get(&own, &format!("Origin: {origin}\n"))).must_be_problem(403, "foreign_request");
        }
        asks(get(&own, &format!("Origin: https://{own}\nSec-Fetch-Site: same-origin\n"))).must_be(200);
    });
}

#[test]
fn a_renewed_certificate_is_used_without_a_restart() {
    on_sqlite(|backend| {
        let (app, old) = by_tls(backend);
        let certificate = old.read();
        assert!(!certificate.reread().unwrap());
        let renewed = Pair::in_folder(backend.folder.path());
        assert!(certificate.reread().unwrap());
        // The running server looks every half a minute; here its own certificate is asked to.
        app.certificate.as_ref().unwrap().reread().unwrap();
        assert!(old.asks(app.client.address, &get(NAME, "")).is_err());
        renewed.asks(app.client.address, &get(NAME, "")).unwrap().must_be(200);
    });
}

#[test]
fn half_of_a_renewed_certificate_leaves_the_old_one_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let pair = Pair::in_folder(folder.path());
    let certificate = pair.read();
    let other = tempfile::tempdir().unwrap();
    let other = Pair::in_folder(other.path());
    std::fs::copy(&other.chain, &pair.chain).unwrap();
    assert!(matches!(certificate.reread(), Err(CertificateError::Refused(_))));
    std::fs::write(&pair.chain, "nothing").unwrap();
    assert!(matches!(certificate.reread(), Err(CertificateError::NotPem { .. })));
    std::fs::copy(&other.chain, &pair.chain).unwrap();
    std::fs::copy(&other.key, &pair.key).unwrap();
    assert!(certificate.reread().unwrap());
}

#[test]
fn a_trusted_proxy_is_served_if_its_client_came_by_tls() {
    on_sqlite(|backend| {
        let app = behind_a_proxy(backend, "127.0.0.1");
        let asks = |more: &str| app.client.sends_raw(&get(NAME, more), b"");
        let reply = asks("X-Forwarded-Proto: https\nX-Forwarded-For: 192.0.2.7\nOrigin: https://aiqyn.example.org\n");
        assert!(reply.must_be(200).header("strict-transport-security").starts_with("max-age="));
        asks("").must_be_problem(403, "insecure_connection");
        asks("X-Forwarded-Proto: http\n").must_be_problem(403, "insecure_connection");
        let proxied = "X-Forwarded-Proto: https\n";
        app.client.sends_raw(&get("localhost", proxied), b"").must_be_problem(403, "foreign_request");
        let foreign = asks(&format!("{proxied}Origin: http://aiqyn.example.org\n"));
        foreign.must_be_problem(403, "foreign_request");
    });
}

#[test]
fn past_its_proxy_nobody_is_served() {
    on_sqlite(|backend| {
        let app = behind_a_proxy(backend, "192.0.2.1");
        let forged = "X-Forwarded-Proto: https\nX-Forwarded-For: 192.0.2.1\n";
        app.client.sends_raw(&get(NAME, forged), b"").must_be_problem(403, "foreign_request");
    });
}

#[test]
fn an_onion_service_is_reached_under_its_name() {
    on_sqlite(|backend| {
        let onion = format!("{}.onion", "a".repeat(56));
        let app = App::at(backend, Front { hosts: vec![onion.parse().unwrap()], ..Front::from(anywhere()) });
        let own = format!("Origin: http://{onion}\n");
        app.client.sends_raw(&get(&onion, &own), b"").must_be(200);
        app.client.sends_raw(&get("evil.onion", ""), b"").must_be_problem(403, "foreign_request");
    });
}

#[test]
fn a_front_that_would_protect_nobody_is_refused() {
    let hosts = || vec![NAME.parse().unwrap()];
    let everywhere = SocketAddr::from(([0, 0, 0, 0], 0));
    let proxies = vec!["192.0.2.1".parse().unwrap()];
    let refused = |front: Front| listen(front).unwrap_err();
    assert!(matches!(refused(Front { hosts: hosts(), ..Front::from(everywhere) }), ServerError::PlainHttp(_)));
    assert!(matches!(refused(Front { hosts: hosts(), ..Front::from(anywhere()) }), ServerError::NameWithoutTls(_)));
    assert!(matches!(refused(Front { proxies, ..Front::from(everywhere) }), ServerError::NoName));
}

#[test]
fn the_program_serves_by_tls_and_says_where() {
    on_sqlite(|backend| {
        backend.set_up();
        let pair = Pair::in_folder(backend.folder.path());
        let served = Served::start(
            backend.folder.path(),
            &[
                "serve",
                "--database",
                &backend.url,
                "--listen",
                "127.0.0.1:0",
                "--tls-certificate",
                "chain.pem",
                "--tls-key",
                "key.pem",
                "--host",
                NAME,
            ],
        );
        let port = served.told.trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
        assert_eq!(served.told, format!("https://{NAME}:{port}/"));
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        pair.asks(address, &get(&format!("{NAME}:{port}"), "")).unwrap().must_be(200);
    });
}

#[test]
fn the_program_says_why_it_does_not_start() {
    on_sqlite(|backend| {
        backend.set_up();
        let folder = backend.folder.path();
        let refused =
            |more: &[&str]| aiqyn(folder, &[&["serve", "--database", &backend.url], more].concat()).badly().err;
        let plain = refused(&["--listen", "0.0.0.0:0"]);
        assert!(plain.contains("--tls-certificate") && plain.contains("--trusted-proxy"), "{plain}");
        let nameless = refused(&["--listen", "0.0.0.0:0", "--trusted-proxy", "192.0.2.1"]);
        assert!(nameless.contains("--host"), "{nameless}");
        let unread = refused(&["--tls-certificate", "nowhere.pem", "--tls-key", "key.pem", "--host", NAME]);
        assert!(unread.contains("nowhere.pem"), "{unread}");
        let keyless = refused(&["--tls-certificate", "chain.pem"]);
        assert!(keyless.contains("--tls-key"), "{keyless}");
    });
}
