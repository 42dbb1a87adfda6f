//! Versions in headers: `ETag` out, `If-Match` in (RFC 9110), and `Idempotency-Key`.

use actix_web::HttpRequest;
use actix_web::http::header::IF_MATCH;
use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::problem::Problem;
use crate::domain::id::CaseVersion;
use crate::i18n::Language;
use crate::services::Idempotency;

/// The entity tag of a version.
#[must_use]
pub fn etag(version: CaseVersion) -> String {
    format!("\"{version}\"")
}

/// The version that a writer has seen.
///
/// # Errors
/// 428 where there is none; 412 where it is none that a case can have.
pub fn seen_version(request: &HttpRequest, language: Language) -> Result<CaseVersion, Problem> {
    let Some(value) = request.headers().get(IF_MATCH) else {
        return Err(Problem::new("version_required", 428, language));
    };
    let number = value.to_str().ok().and_then(|text| text.trim().strip_prefix('"')?.strip_suffix('"')?.parse().ok());
    number.map(CaseVersion).ok_or_else(|| Problem::new("stale_version", 412, language))
}

const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// The longest key that a client may choose.
const LONGEST_KEY: usize = 200;

/// The idempotency key of a request, bound to what the request asks for. What is kept of the two must not confirm
/// a guess of what was written: the client's key keys the fingerprint (HMAC-SHA256, RFC 2104), and of the key
/// itself a hash is kept. That is worth as much as the client's key is hard to guess; a random UUID is.
///
/// # Errors
/// 400 for a key that is empty, too long, or not printable ASCII.
pub fn idempotency(request: &HttpRequest, body: &[u8], language: Language) -> Result<Option<Idempotency>, Problem> {
    let Some(value) = request.headers().get(IDEMPOTENCY_KEY) else { return Ok(None) };
    let key = value.to_str().ok().map(str::trim).filter(|key| (1..=LONGEST_KEY).contains(&key.len()));
    let key = key.ok_or_else(|| Problem::new("malformed", 400, language))?;
    let Ok(mut fingerprint) = <Hmac<Sha256> as KeyInit>::new_from_slice(key.as_bytes()) else {
        return Err(Problem::internal(language));
    };
    for part in [
        request.method().as_str().as_bytes(),
        request.path().as_bytes(),
        request.headers().get(IF_MATCH).map_or(&[][..], |v| v.as_bytes()),
        body,
    ] {
        fingerprint.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        fingerprint.update(part);
    }
    let name = Sha256::new_with_prefix(b"aiqyn idempotency key 1").chain_update(key).finalize();
    Ok(Some(Idempotency { key: HEXLOWER.encode(&name), fingerprint: fingerprint.finalize().into_bytes().into() }))
}
