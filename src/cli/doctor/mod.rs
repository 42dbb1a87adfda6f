//! `aiqyn doctor`: an installation, looked at from all sides, and how to mend what is found. It writes nothing, and
//! reads nothing that is sealed.

mod backups; // that there are some, and where
mod clock; // that it is right
mod database; // its version, its settings, what is in it
mod files; // who may read and write them, and whether there is room
mod findings; // what is found, and how it is told
mod way; // how browsers come: names, the certificate

use std::path::Path;

use super::audit::KeyFile;
use super::{CliError, serve};
use crate::services::Services;
use files::Files;
use findings::Findings;

/// Options of `aiqyn doctor`.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    /// As the server would have them.
    #[command(flatten)]
    serve: serve::Args,
    #[command(flatten)]
    signing_key: KeyFile,
}

pub fn run(args: &Args, settings_file: Option<&Path>) -> Result<(), CliError> {
    let mut found = Findings::default();
    let database = &args.serve.database;
    let file = Services::database_file(&database.database)?;
    let files = Files::of(file.as_deref());
    files.account(&mut found);
    if let Some(path) = settings_file {
        files.settings(&mut found, path);
    }
    let is_there = file.as_deref().is_none_or(Path::exists);
    if let Some(path) = &file {
        files.database(&mut found, path);
    }
    let documents = database.documents_folder()?;
    if let Some(path) = &documents {
        files.documents(&mut found, path);
    }
    let key = args.signing_key.path(database)?;
    if let Some(path) = &key {
        files.key(&mut found, "signing key", path);
    }
    if let Some(path) = args.serve.throttle_key.file() {
        files.key(&mut found, "throttle key", path);
    }
    let now = chrono::Utc::now();
    clock::synchronised(&mut found, Path::new("/run"));
    if is_there {
        let has_documents = documents.is_some() || database.bucket().is_some();
        database::examine(&mut found, &database.database, has_documents, now);
    }
    way::examine(&mut found, &files, &args.serve, now);
    backups::examine(&mut found, &files, &args.serve.backups, &[file.as_deref(), documents.as_deref()], now);
    files.room(&mut found, &[file.as_deref(), documents.as_deref()]);
    found.tell(args.serve.listen.is_json())
}
