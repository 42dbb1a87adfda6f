//! The TLS certificate, read from files and read again when they change: a renewed one needs no restart.
//! The private key must never be logged.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::version::{TLS12, TLS13};
use zeroize::Zeroizing;

/// How often the files are looked at.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

/// A certificate that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// A file cannot be read.
    #[error("{}: {source}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file has not what it should have.
    #[error("{} holds no {what} in PEM form", file.display())]
    NotPem {
        /// The file.
        file: PathBuf,
        /// What was looked for.
        what: &'static str,
    },
    /// The two files do not belong together, or the key is of an unknown kind.
    #[error("the certificate and the key cannot be used together: {0}")]
    Refused(#[from] rustls::Error),
}

/// A certificate with its chain, and its key, as they lie in two files.
pub struct Certificate {
    chain: PathBuf,
    key: PathBuf,
    now: RwLock<Loaded>,
}

struct Loaded {
    /// Both files, as they were read.
    files: [Zeroizing<Vec<u8>>; 2],
    pair: Arc<CertifiedKey>,
}

impl Certificate {
    /// Reads the certificate, followed by its chain, and its private key (PKCS #8, PKCS #1 or SEC 1), all
    /// in PEM form.
    ///
    /// # Errors
    /// What is wrong with the files.
    pub fn read(chain: &Path, key: &Path) -> Result<Arc<Self>, CertificateError> {
        let now = RwLock::new(Loaded::parse(chain, key, read_both(chain, key)?)?);
        Ok(Arc::new(Self { chain: chain.to_owned(), key: key.to_owned(), now }))
    }

    /// Reads the files again, and says whether there was a new certificate in them.
    ///
    /// # Errors
    /// What is wrong with the files; the old certificate stays in use.
    pub fn reread(&self) -> Result<bool, CertificateError> {
        let files = read_both(&self.chain, &self.key)?;
        if self.now.read().unwrap_or_else(PoisonError::into_inner).files == files {
            return Ok(false);
        }
        let loaded = Loaded::parse(&self.chain, &self.key, files)?;
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = loaded;
        Ok(true)
    }

    /// The certificate with its key, as it is used now.
    pub(super) fn pair(&self) -> Arc<CertifiedKey> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).pair.clone()
    }

    /// Looks at the files every half a minute, on a thread of its own, for as long as the server is there.
    pub(super) fn keep_fresh(self: &Arc<Self>) {
        let certificate = Arc::downgrade(self);
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(LOOK_AGAIN);
                let Some(certificate) = certificate.upgrade() else { return };
                match certificate.reread() {
                    Ok(true) => tracing::info!("a new TLS certificate is in use"),
                    Ok(false) => {}
                    // Both files are seldom replaced in the same instant: the next look may find them matching.
                    Err(error) => tracing::warn!(%error, "the new TLS certificate cannot be used; the old one stays"),
                }
            }
        });
    }

    /// TLS 1.3 and 1.2, with the suites of rustls: all of them with forward secrecy and AEAD.
    pub(super) fn server_config(self: &Arc<Self>) -> Result<rustls::ServerConfig, CertificateError> {
        let versions =
            rustls::ServerConfig::builder_with_provider(provider()).with_protocol_versions(&[&TLS13, &TLS12])?;
        Ok(versions.with_no_client_auth().with_cert_resolver(self.clone()))
    }
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

fn read_both(chain: &Path, key: &Path) -> Result<[Zeroizing<Vec<u8>>; 2], CertificateError> {
    let read = |file: &Path| match std::fs::read(file) {
        Ok(bytes) => Ok(Zeroizing::new(bytes)),
        Err(source) => Err(CertificateError::File { file: file.to_owned(), source }),
    };
    Ok([read(chain)?, read(key)?])
}

impl Loaded {
    fn parse(chain: &Path, key: &Path, files: [Zeroizing<Vec<u8>>; 2]) -> Result<Self, CertificateError> {
        let not_pem = |file: &Path, what| CertificateError::NotPem { file: file.to_owned(), what };
        let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&files[0]).collect();
        let certificates = certificates.ok().filter(|found| !found.is_empty());
        let certificates = certificates.ok_or_else(|| not_pem(chain, "certificate"))?;
        let private = PrivateKeyDer::from_pem_slice(&files[1]).map_err(|_| not_pem(key, "private key"))?;
        let pair = CertifiedKey::from_der(certificates, private, &provider())?;
        Ok(Self { files, pair: Arc::new(pair) })
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.pair())
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({})", self.chain.display())
    }
}
