//! How the server is reached: at which address, under which names, and what protects the way there. A
//! front that other machines reach without encryption cannot be made.

use std::fmt;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::str::FromStr;
use std::sync::Arc;

#[cfg(target_os = "linux")]
use socket2::SockRef;

use super::certificate::{Certificate, CertificateError};
use super::client_patience::ClientPatience;

/// Where the server listens, and who may ask.
#[derive(Clone, Debug)]
pub struct Front {
    /// The address; port 0 lets the system choose.
    pub address: SocketAddr,
    /// The certificate, if the server speaks TLS itself.
    pub certificate: Option<Arc<Certificate>>,
    /// The addresses of the proxies that speak TLS for it. If there is one, nobody else is served.
    pub proxies: Vec<IpAddr>,
    /// The names that browsers reach it under.
    pub hosts: Vec<HostName>,
    /// How long slow clients are waited for.
    pub patience: ClientPatience,
}

/// Why the server does not start.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// Plain HTTP, for other machines.
    #[error(
        "{0} can be reached from other machines, and plain HTTP shows passwords and names to the network. Give \
         `aiqyn serve` a certificate (--tls-certificate, --tls-key), or a proxy that speaks TLS (--trusted-proxy), \
         or an address of this machine alone, such as 127.0.0.1:8080"
    )]
    PlainHttp(SocketAddr),
    /// Metrics, for other machines.
    #[error(
        "--metrics-listen {0} can be reached from other machines, and metrics tell when there is work: take an address of \
         this machine, such as 127.0.0.1:9090, and let the monitoring server come by a tunnel or through a proxy that \
         knows it"
    )]
    InnerFromOutside(SocketAddr),
    /// Nobody could ask.
    #[error("say with --host under which name browsers reach Aiqyn, for instance --host aiqyn.example.org")]
    NoName,
    /// A name without TLS.
    #[error(
        "--host {0} needs TLS: give a certificate (--tls-certificate, --tls-key) or a proxy (--trusted-proxy). Only an \
         onion service does without"
    )]
    NameWithoutTls(HostName),
    /// The certificate.
    #[error("{0}")]
    Certificate(#[from] CertificateError),
    /// The address cannot be used.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, #[source] std::io::Error),
    /// The server failed.
    #[error("the server failed: {0}")]
    Run(#[from] std::io::Error),
}

/// A host name without a port: `aiqyn.example.org`, or an IP address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostName(String);

/// A text that is no host name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a host is a name such as aiqyn.example.org, without http:// and without a port (international names as xn--…)"
)]
pub struct NotAHost;

impl FromStr for HostName {
    type Err = NotAHost;

    fn from_str(text: &str) -> Result<Self, NotAHost> {
        let name = text.trim_end_matches('.').to_ascii_lowercase();
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        if let Ok(address) = bare.parse::<IpAddr>() {
            return Ok(Self(address.to_string()));
        }
        let is_label =
            |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if name.len() <= 253 && name.split('.').all(is_label) { Ok(Self(name)) } else { Err(NotAHost) }
    }
}

impl fmt::Display for HostName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.contains(':') { write!(f, "[{}]", self.0) } else { f.write_str(&self.0) }
    }
}

impl HostName {
    /// Whether a `Host` header names it, with whichever port.
    #[must_use]
    pub fn is_named_by(&self, host: &str) -> bool {
        name_of(host).parse::<Self>().is_ok_and(|named| named == *self)
    }

    fn is_onion(&self) -> bool {
        self.0.ends_with(".onion")
    }
}

/// A `Host` header without its port.
fn name_of(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !is_bare_v6(host) => name,
        _ => host,
    }
}

/// An IPv6 address without brackets, which no `Host` header may have: its last group is no port.
fn is_bare_v6(host: &str) -> bool {
    !host.starts_with('[') && host.matches(':').count() > 1
}

/// Whether a `Host` header names this machine for itself alone.
pub(super) fn names_loopback(host: &str) -> bool {
    let name = name_of(host);
    let is_bracketed = name.starts_with('[') && name.ends_with(']');
    let bare = if is_bracketed { &name[1..name.len() - 1] } else { name };
    name.eq_ignore_ascii_case("localhost")
        || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback() && address.is_ipv6() == is_bracketed)
}

impl From<SocketAddr> for Front {
    /// Plain HTTP for programs on this machine.
    fn from(address: SocketAddr) -> Self {
        Self { address, certificate: None, proxies: Vec::new(), hosts: Vec::new(), patience: ClientPatience::default() }
    }
}

impl Front {
    /// Whether every client comes by TLS, to the server itself or to its proxy.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.certificate.is_some() || !self.proxies.is_empty()
    }

    /// Whether a `Host` header names this server. A name that merely leads to the same address is not one:
    /// a foreign page could take it to pass for this site (DNS rebinding).
    #[must_use]
    pub fn is_named_by(&self, host: &str) -> bool {
        let is_for_this_machine = self.address.ip().is_loopback() && self.proxies.is_empty();
        (is_for_this_machine && names_loopback(host)) || self.hosts.iter().any(|name| name.is_named_by(host))
    }

    /// Whether a connection from there is served.
    #[must_use]
    pub fn serves(&self, peer: IpAddr) -> bool {
        self.proxies.is_empty() || self.is_proxy(peer)
    }

    /// Whether there is one of the trusted proxies.
    #[must_use]
    pub fn is_proxy(&self, address: IpAddr) -> bool {
        self.proxies.iter().any(|proxy| proxy.to_canonical() == address.to_canonical())
    }

    /// The address to tell people, once the server listens on a port.
    #[must_use]
    pub fn url(&self, listening: SocketAddr) -> String {
        let scheme = if self.is_secure() { "https" } else { "http" };
        match self.hosts.first() {
            Some(host) if !self.proxies.is_empty() || host.is_onion() => format!("{scheme}://{host}/"),
            Some(host) if listening.port() == 443 => format!("{scheme}://{host}/"),
            Some(host) => format!("{scheme}://{host}:{}/", listening.port()),
            None => format!("{scheme}://{listening}/"),
        }
    }

    /// Whether it protects who comes.
    ///
    /// # Errors
    /// [`ServerError::PlainHttp`], [`ServerError::NoName`] or [`ServerError::NameWithoutTls`] where it would not.
    pub fn check(&self) -> Result<(), ServerError> {
        let is_for_this_machine = self.address.ip().is_loopback();
        if !self.is_secure() {
            if !is_for_this_machine {
                return Err(ServerError::PlainHttp(self.address));
            }
            if let Some(name) = self.hosts.iter().find(|name| !name.is_onion()) {
                return Err(ServerError::NameWithoutTls(name.clone()));
            }
        }
        if self.hosts.is_empty() && (!is_for_this_machine || !self.proxies.is_empty()) {
            return Err(ServerError::NoName);
        }
        Ok(())
    }
}

/// A front that listens.
#[derive(Debug)]
pub struct Listening {
    pub(super) front: Front,
    pub(super) listener: TcpListener,
}

impl Listening {
    /// The address, with the port that the system has chosen.
    ///
    /// # Errors
    /// Those of the system.
    pub fn local_addr(&self) -> Result<SocketAddr, ServerError> {
        Ok(self.listener.local_addr()?)
    }

    /// Whether browsers come by TLS.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.front.is_secure()
    }

    /// The address to tell people.
    ///
    /// # Errors
    /// Those of the system.
    pub fn url(&self) -> Result<String, ServerError> {
        Ok(self.front.url(self.local_addr()?))
    }
}

/// Takes an address.
///
/// # Errors
/// [`ServerError::PlainHttp`], [`ServerError::NoName`] or [`ServerError::NameWithoutTls`] for a front that
/// would not protect who comes; [`ServerError::Listen`] where the address is taken.
pub fn listen(front: impl Into<Front>) -> Result<Listening, ServerError> {
    let front = front.into();
    front.check()?;
    let cannot_listen = |error| ServerError::Listen(front.address, error);
    let listener = TcpListener::bind(front.address).map_err(cannot_listen)?;
    // Connections have it from the socket that they came to. Nothing else cuts off who does not read an answer.
    #[cfg(target_os = "linux")]
    SockRef::from(&listener).set_tcp_user_timeout(Some(front.patience.unread)).map_err(cannot_listen)?;
    Ok(Listening { front, listener })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_loopback() {
        for host in ["127.0.0.1:8080", "localhost", "LOCALHOST:80", "[::1]:8080", "[::1]", "127.9.9.9"] {
            assert!(names_loopback(host), "{host}");
        }
        for host in ["example.org", "127.0.0.1.example.org", "localhost.example.org:80", "", "10.0.0.1", "[::2]", "::1"]
        {
            assert!(!names_loopback(host), "{host}");
        }
    }

    #[test]
    fn a_name_is_named_with_any_port_and_in_any_case() {
        let name: HostName = "Aiqyn.example.org.".parse().unwrap();
        for host in ["aiqyn.example.org", "AIQYN.example.org:8443", "aiqyn.example.org.:443"] {
            assert!(name.is_named_by(host), "{host}");
        }
        for host in
            ["example.org", "x.aiqyn.example.org", "aiqyn.example.org.evil.example", "aiqyn.example.org:80:80", ""]
        {
            assert!(!name.is_named_by(host), "{host}");
        }
        assert_eq!("[2001:db8::1]".parse::<HostName>().unwrap().to_string(), "[2001:db8::1]");
        for wrong in ["https://a.example", "a.example:443", "", "a..b", "қазақша.example", "a/b"] {
            assert_eq!(wrong.parse::<HostName>(), Err(NotAHost), "{wrong}");
        }
    }
}
