//! How browsers come: what the server would refuse, and how long the certificate is good.

use chrono::{DateTime, TimeDelta, Utc};

use super::files::Files;
use super::findings::Findings;
use crate::cli::serve;

/// How long before its end a certificate should have been renewed.
const RENEWED_BEFORE: TimeDelta = TimeDelta::days(14);

const RENEW: &str = "renew it: certificates of public authorities are renewed by a program that runs every day";

/// Looks at the way to the server, as its settings have it.
pub fn examine(found: &mut Findings, files: &Files, args: &serve::Args, now: DateTime<Utc>) {
    if let Some(key) = args.transport.key_file() {
        files.key(found, "TLS key", key);
    }
    let front = match args.front() {
        Ok(front) => front,
        Err(error) => {
            found.problem("TLS", error.to_string(), "mend --tls-certificate and --tls-key, or the files");
            return;
        }
    };
    if let Err(error) = front.check() {
        found.problem("way", error.to_string(), "see the page on running Aiqyn, \"How browsers reach it\"");
    } else if front.certificate.is_some() {
        found.ok("way", "by TLS");
    } else if front.is_secure() {
        found.ok("way", "through a proxy that speaks TLS");
    } else {
        found.ok("way", "for this machine alone");
    }
    let Some(certificate) = &front.certificate else { return };
    match certificate.validity() {
        None => found.problem("TLS", "the certificate cannot be read", RENEW),
        Some((_, until)) if until < now => {
            found.problem("TLS", format!("the certificate has expired on {}", until.format("%Y-%m-%d")), RENEW);
        }
        Some((from, _)) if from > now => {
            let told = format!("the certificate is good from {} on alone", from.format("%Y-%m-%d"));
            found.problem("TLS", told, "look at the clock, then wait or renew it");
        }
        Some((_, until)) => {
            let told = format!("the certificate is good until {}", until.format("%Y-%m-%d"));
            if until - now < RENEWED_BEFORE {
                found.warning("TLS", told, RENEW);
            } else {
                found.ok("TLS", told);
            }
        }
    }
    for host in front.hosts.iter().filter(|host| !certificate.names(host)) {
        let told = format!("the certificate does not name {host}");
        found.problem("TLS", told, "get one that names it, or correct --host: browsers refuse to go on");
    }
}
