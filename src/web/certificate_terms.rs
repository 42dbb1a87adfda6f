//! What a certificate says of itself: for how long it is good, and for which names.

use chrono::{DateTime, Utc};
use rustls::client::verify_server_name;
use rustls::pki_types::ServerName;
use rustls::server::ParsedCertificate;

use super::certificate::Certificate;
use super::front::HostName;

impl Certificate {
    /// From when and until when it is good; none where it cannot be read.
    #[must_use]
    pub fn validity(&self) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let pair = self.pair();
        let (_, parsed) = x509_parser::parse_x509_certificate(pair.cert.first()?).ok()?;
        let time = |time: x509_parser::time::ASN1Time| DateTime::from_timestamp(time.timestamp(), 0);
        Some((time(parsed.validity().not_before)?, time(parsed.validity().not_after)?))
    }

    /// Whether browsers take it for a name.
    #[must_use]
    pub fn names(&self, host: &HostName) -> bool {
        let pair = self.pair();
        let host = host.to_string();
        let bare = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let (Some(first), Ok(name)) = (pair.cert.first(), ServerName::try_from(bare)) else { return false };
        ParsedCertificate::try_from(first).is_ok_and(|parsed| verify_server_name(&parsed, &name).is_ok())
    }
}
