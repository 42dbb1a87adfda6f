//! The files of documents in a bucket of an S3-compatible store. What the store has acknowledged lasts: that is its
//! promise. Small files are put there under their name at once; large ones go in parts under a name of their own, are
//! copied to that of their content, and deleted there. No more than a part of one lies in memory.

use std::fmt;
use std::future::Future;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::net::IpAddr;
use std::ops::Range;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use futures_util::TryStreamExt;
use object_store::aws::{AmazonS3, AmazonS3Builder, AmazonS3ConfigKey};
use object_store::path::Path;
use object_store::{MultipartUpload, ObjectStore, ObjectStoreExt, RetryConfig};
use tokio::runtime::{Builder, Runtime};
use uuid::Uuid;

use super::super::error::StoreError;
use super::{Content, ListedFile, UNFINISHED};

/// How many bytes go at once: all parts but the last must have 5 MiB and more, and no more than 10,000 of them make a
/// file.
const PART: usize = 8 * 1024 * 1024;

/// S3 copies no more at once.
const LARGEST: u64 = 5 * 1024 * 1024 * 1024;

/// How many bytes are read ahead.
const PIECE: u64 = 1024 * 1024;

/// How long something is tried again, and how often.
const PATIENCE: Duration = Duration::from_secs(20);
const TRIES: usize = 4;

/// What the store is asked on. Whoever asks waits on a thread of their own, which serves no connections.
static ASKING: OnceLock<Runtime> = OnceLock::new();

/// A bucket, below a prefix.
#[derive(Clone)]
pub(super) struct Bucket {
    store: Arc<AmazonS3>,
    prefix: Path,
    asking: &'static Runtime,
}

impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The store's own form tells its settings.
        write!(f, "Bucket({})", self.prefix)
    }
}

impl Bucket {
    pub(super) fn at(address: &str) -> Result<Self, StoreError> {
        let wrong = |why: &dyn fmt::Display| StoreError::NotABucket(why.to_string());
        let rest = address.strip_prefix("s3://").ok_or_else(|| wrong(&"an address is s3://bucket/prefix"))?;
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        if bucket.is_empty() {
            return Err(wrong(&"an address is s3://bucket/prefix"));
        }
        let prefix = Path::parse(prefix.trim_matches('/')).map_err(|error| wrong(&error))?;
        let retry = RetryConfig { max_retries: TRIES, retry_timeout: PATIENCE, ..RetryConfig::default() };
        let builder = AmazonS3Builder::from_env().with_bucket_name(bucket).with_retry(retry);
        let endpoint = [AmazonS3ConfigKey::S3Endpoint, AmazonS3ConfigKey::Endpoint];
        let endpoint = endpoint.iter().find_map(|key| builder.get_config_value(key));
        let is_plain = endpoint.as_deref().is_some_and(|endpoint| !endpoint.starts_with("https://"));
        if is_plain && !endpoint.as_deref().is_some_and(is_on_this_machine) {
            return Err(wrong(&"the endpoint must be https://…, but for one on this machine"));
        }
        // The one that everything else here uses; where it has been chosen already, it is that.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let store = builder.with_allow_http(is_plain).build().map_err(|error| wrong(&error))?;
        Ok(Self { store: Arc::new(store), prefix, asking: asking().map_err(|error| wrong(&error))? })
    }

    fn path(&self, name: &str) -> Path {
        self.prefix.parts().chain(Path::from(name).parts()).collect()
    }

    fn path_of(&self, content: Content) -> Path {
        let (folder, file) = content.names();
        self.path(&format!("{folder}/{file}"))
    }

    fn wait<T>(&self, answer: impl Future<Output = object_store::Result<T>>) -> io::Result<T> {
        self.asking.block_on(answer).map_err(told)
    }

    pub(super) fn create(&self) -> BucketUpload {
        BucketUpload { bucket: self.clone(), held: Vec::new(), sent: 0, parts: None }
    }

    pub(super) fn open(&self, content: Content) -> io::Result<BucketFile> {
        let at = self.path_of(content);
        let size = self.wait(self.store.head(&at))?.size;
        Ok(BucketFile { bucket: self.clone(), at, size, position: 0, piece: 0..0, bytes: Vec::new() })
    }

    pub(super) fn remove(&self, name: &str) -> io::Result<bool> {
        let at = self.path(name);
        // S3 deletes what is not there without a word.
        match self.wait(self.store.head(&at)) {
            Ok(_) => self.wait(self.store.delete(&at)).map(|()| true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    pub(super) fn list(&self) -> io::Result<Vec<ListedFile>> {
        let prefix = Some(&self.prefix).filter(|prefix| !prefix.as_ref().is_empty());
        let found = self.store.list(prefix).try_filter_map(|object| async move {
            let name = object.location.prefix_match(&self.prefix).map(Iterator::collect::<Path>);
            Ok(name.and_then(|name| ListedFile::named(name.as_ref(), object.last_modified)))
        });
        self.wait(found.try_collect())
    }
}

fn asking() -> io::Result<&'static Runtime> {
    if let Some(asking) = ASKING.get() {
        return Ok(asking);
    }
    let asking = Builder::new_multi_thread().worker_threads(2).thread_name("documents").enable_all().build()?;
    Ok(ASKING.get_or_init(|| asking))
}

fn is_on_this_machine(endpoint: &str) -> bool {
    let host = reqwest::Url::parse(endpoint).ok().and_then(|url| url.host_str().map(str::to_owned));
    host.is_some_and(|host| {
        let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    })
}

/// What went wrong; what is out of reach is not connected.
fn told(error: object_store::Error) -> io::Error {
    use object_store::Error;
    let kind = match &error {
        Error::NotFound { .. } => io::ErrorKind::NotFound,
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => io::ErrorKind::PermissionDenied,
        _ => io::ErrorKind::NotConnected,
    };
    io::Error::new(kind, error)
}

/// A file that is being read, a piece at a time.
pub(super) struct BucketFile {
    bucket: Bucket,
    at: Path,
    size: u64,
    position: u64,
    /// Where the bytes that are here stand in the file.
    piece: Range<u64>,
    bytes: Vec<u8>,
}

impl fmt::Debug for BucketFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BucketFile({})", self.at)
    }
}

impl BucketFile {
    pub(super) fn size(&self) -> u64 {
        self.size
    }
}

impl Read for BucketFile {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.position >= self.size || to.is_empty() {
            return Ok(0);
        }
        if !self.piece.contains(&self.position) {
            let piece = self.position..self.size.min(self.position + PIECE);
            let bytes = self.bucket.wait(self.bucket.store.get_range(&self.at, piece.clone()))?;
            if bytes.len() as u64 != piece.end - piece.start {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            (self.piece, self.bytes) = (piece, bytes.into());
        }
        let start = usize::try_from(self.position - self.piece.start).map_err(io::Error::other)?;
        let count = self.bytes.get(start..).unwrap_or_default().read(to)?;
        self.position += count as u64;
        Ok(count)
    }
}

impl Seek for BucketFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(offset) => self.size.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = position.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}

/// The parts that are on their way.
struct Parts {
    at: Path,
    upload: Box<dyn MultipartUpload>,
    /// Whether they make a file by now.
    are_one: bool,
}

/// A file that is being written. Let go before it is kept, it is gone.
pub(super) struct BucketUpload {
    bucket: Bucket,
    held: Vec<u8>,
    sent: u64,
    parts: Option<Parts>,
}

impl BucketUpload {
    fn send(&mut self) -> io::Result<()> {
        let part = std::mem::take(&mut self.held);
        self.sent += part.len() as u64;
        if self.sent > LARGEST {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let parts = match &mut self.parts {
            Some(parts) => parts,
            none => {
                let at = self.bucket.path(&format!("{UNFINISHED}{}", Uuid::now_v7().simple()));
                let upload = self.bucket.wait(self.bucket.store.put_multipart(&at))?;
                none.insert(Parts { at, upload, are_one: false })
            }
        };
        self.bucket.wait(parts.upload.put_part(part.into()))
    }

    /// Has the store acknowledge all of it under its name.
    pub(super) fn keep(mut self, content: Content) -> io::Result<()> {
        let to = self.bucket.path_of(content);
        if self.parts.is_none() {
            let whole = std::mem::take(&mut self.held);
            return self.bucket.wait(self.bucket.store.put(&to, whole.into())).map(drop);
        }
        if !self.held.is_empty() {
            self.send()?;
        }
        let Some(parts) = &mut self.parts else { return Ok(()) };
        self.bucket.wait(parts.upload.complete())?;
        parts.are_one = true;
        // What it was called until now is deleted when this is let go.
        self.bucket.wait(self.bucket.store.copy(&parts.at, &to))
    }
}

impl Write for BucketUpload {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = bytes.len().min(PART - self.held.len());
        self.held.extend_from_slice(&bytes[..count]);
        if self.held.len() == PART {
            self.send()?;
        }
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for BucketUpload {
    fn drop(&mut self) {
        let Some(Parts { at, mut upload, are_one }) = self.parts.take() else { return };
        let store = self.bucket.store.clone();
        // Nobody waits for it, least of all a thread that serves connections. What cannot be removed is an orphan.
        self.bucket.asking.spawn(async move {
            let removed = if are_one { store.delete(&at).await } else { upload.abort().await };
            if let Err(error) = removed {
                tracing::warn!(%error, "what is left of an upload could not be removed");
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_spoken_to_without_tls() {
        for here in ["http://127.0.0.1:9000", "http://[::1]:9000/", "http://localhost"] {
            assert!(is_on_this_machine(here), "{here}");
        }
        for elsewhere in ["http://192.0.2.1:9000", "http://s3.example.org", "http://127.0.0.1.example.org", "127.0.0.1"]
        {
            assert!(!is_on_this_machine(elsewhere), "{elsewhere}");
        }
    }

    #[test]
    fn what_is_no_address_of_a_bucket_is_refused() {
        for address in ["s3://", "s3:///prefix", "bucket/prefix"] {
            assert!(matches!(Bucket::at(address), Err(StoreError::NotABucket(_))), "{address}");
        }
    }
}
