//! An office with one case and a caseworker who has signed in, and a place for documents; and files to
//! put there.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use aiqyn::access::permission::Scope;
use aiqyn::access::role::{OrganisationKind, Role};
use aiqyn::domain::id::CaseId;
use aiqyn::services::clock::Clock;
use aiqyn::services::{Caller, CaseName, DocumentView, Metadata, NewToken, OpenDocument, ServiceError, Services};
use aiqyn::store::{FileStore, Store};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::support::staff::Organisation;
use crate::support::{Backend, for_each_backend};

/// A clock that stands where a test has set it: at the beginning, where the machine's stands, by which
/// the files are dated.
#[derive(Clone)]
pub struct SettableClock(Arc<Mutex<DateTime<Utc>>>);

impl Clock for SettableClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

impl SettableClock {
    pub fn moves_on(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }
}

pub struct Archive<'a> {
    pub backend: &'a Backend,
    pub services: Services,
    pub clock: SettableClock,
    pub case: CaseId,
    /// A caseworker of the organisation that owns the case.
    pub caseworker: Caller,
    organisation: Organisation,
}

/// Runs a test on every backend with documents in a folder, and on one with documents in a bucket.
pub fn for_each_store(test: impl Fn(&Backend)) {
    for_each_backend(&test);
    if let Some(backend) = Backend::sqlite_with_bucket() {
        println!("with a bucket");
        test(&backend);
    }
}

impl<'a> Archive<'a> {
    pub fn on(backend: &'a Backend) -> Self {
        let clock = SettableClock(Arc::new(Mutex::new(Utc::now())));
        let services = Services::new(Store::open(&backend.url).unwrap(), Arc::new(clock.clone()));
        let services = match &backend.bucket {
            Some(bucket) => services.with_documents_in_bucket(bucket).unwrap(),
            None => services.with_documents_in(backend.documents()),
        };
        services.migrate().unwrap();
        let made = services.set_up("Қадір-қасиет", "administrator").unwrap();
        let organisation = Organisation::of(&made.organisation);
        let caseworker = signs_in(&services, &organisation, Role::Caseworker, "aisha");
        let archive = Self { backend, services, clock, case: CaseId(Uuid::now_v7()), caseworker, organisation };
        archive.has_case(archive.case, 1);
        archive
    }

    /// The row is written past the program: how cases come about is the subject of other tests.
    pub fn has_case(&self, case: CaseId, number: i32) {
        let literal = |id: Uuid| match self.backend.is_postgres() {
            true => format!("'\\x{}'::bytea", id.simple()),
            false => format!("x'{}'", id.simple()),
        };
        let (id, owner) = (literal(case.0), literal(self.organisation.id.0));
        let columns = "id, reference_year, reference_number, organisation_id, jurisdiction, time_zone, version";
        let row = format!("{id}, 2026, {number}, {owner}, 'kz', 'Asia/Almaty', 1");
        self.backend.execute(&format!("insert into cases ({columns}) values ({row})")).unwrap();
    }

    /// A member of the same organisation.
    pub fn colleague(&self, role: Role, login: &str) -> Caller {
        signs_in(&self.services, &self.organisation, role, login)
    }

    /// A caseworker of another organisation.
    pub fn stranger(&self) -> Caller {
        let other = Organisation::added(&self.services, "Другая", OrganisationKind::Ngo);
        signs_in(&self.services, &other, Role::Caseworker, "stranger")
    }

    /// The session of the caseworker as a program has it, whose token opens nothing that is sealed.
    pub fn token(&self, scopes: &[Scope]) -> String {
        let token = NewToken { name: "test".to_owned(), scopes: scopes.to_vec(), days: 1 };
        self.services.make_token(&self.caseworker, &token).unwrap().print().to_string()
    }

    pub fn tries_to_add(&self, name: &str, metadata: Metadata, bytes: &[u8]) -> Result<DocumentView, ServiceError> {
        self.services.add_document(&self.caseworker, CaseName::Id(self.case), (name, metadata), bytes)
    }

    pub fn adds(&self, name: &str, bytes: &[u8]) -> DocumentView {
        self.tries_to_add(name, Metadata::Keep, bytes).unwrap()
    }

    pub fn opens(&self, view: &DocumentView) -> Result<OpenDocument, ServiceError> {
        self.services.open_document(&self.caseworker, view.id)
    }

    pub fn reads(&self, view: &DocumentView) -> Vec<u8> {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut self.opens(view).unwrap().reader, &mut bytes).unwrap();
        bytes
    }

    pub fn lists(&self, caller: &Caller) -> Result<Vec<DocumentView>, ServiceError> {
        self.services.list_documents(caller, CaseName::Id(self.case)).map(|(_, listed)| listed)
    }

    /// How many rows of documents there are.
    pub fn count(&self) -> i64 {
        self.backend.number("select count(*) as number from documents")
    }

    /// The document store itself, past the program.
    pub fn file_store(&self) -> FileStore {
        match &self.backend.bucket {
            Some(bucket) => FileStore::in_bucket(bucket).unwrap(),
            None => FileStore::in_folder(self.backend.documents()),
        }
    }

    /// How many files it has.
    pub fn kept(&self) -> usize {
        self.file_store().list().unwrap().len()
    }

    /// Every file of the folder.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut folders = vec![PathBuf::from(self.backend.file("documents"))];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = std::fs::read_dir(folder) else { continue };
            for path in entries.map(|entry| entry.unwrap().path()) {
                if path.is_dir() { folders.push(path) } else { files.push(path) }
            }
        }
        files.sort();
        files
    }
}

fn signs_in(services: &Services, organisation: &Organisation, role: Role, login: &str) -> Caller {
    organisation.hires(services, login, &[role]).asks(services)
}

/// Bytes that are no file of any kind, the same for the same length.
pub fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|place| ((place * 31) ^ (place >> 9)) as u8).collect()
}

fn jpeg_segment(marker: u8, contents: &[u8]) -> Vec<u8> {
    let length = u16::try_from(contents.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], &length[..], contents].concat()
}

/// A photograph with the place where it was taken, of so many bytes of pixels.
pub fn photo(pixels: usize) -> Vec<u8> {
    [
        b"\xff\xd8".to_vec(),
        jpeg_segment(0xe1, b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x00GPS 51.1694 N 71.4491 E"),
        jpeg_segment(0xdb, &[7; 65]),
        jpeg_segment(0xc0, b"\x08\0\x01\0\x01\x01\x01\x11\0"),
        jpeg_segment(0xda, b"\x01\x01\0\0\x3f\0"),
        vec![0x55; pixels],
        b"\xff\xd9".to_vec(),
    ]
    .concat()
}
