//! An office with one case, its data key, and a place for documents; and files to put there.

use std::path::PathBuf;
use std::sync::Arc;

use aiqyn::domain::id::{ActorId, Author, CaseId, DataKeyId, OrganisationId, OrganisationKeyId};
use aiqyn::services::{CaseName, DocumentView, Metadata, NewDocument, ServiceError, Services};
use aiqyn::store::Store;
use aiqyn::vault::{DataKey, KeyRing, OpenedVault, OrganisationKeyPair};
use uuid::Uuid;

use crate::support::Backend;
use crate::support::app::{SettableClock, USUAL_NOW};

pub struct Archive<'a> {
    pub backend: &'a Backend,
    pub services: Services,
    pub clock: SettableClock,
    pub case: CaseId,
    pub author: Author,
    pub key: DataKey,
    pub keys: KeyRing,
}

impl<'a> Archive<'a> {
    /// The rows that documents rest on are written past the program: how cases and keys come about is
    /// the subject of other tests.
    pub fn on(backend: &'a Backend) -> Self {
        let clock = SettableClock::at(USUAL_NOW);
        let store = Store::open(&backend.url).unwrap();
        store.migrate().unwrap();
        let services = Services::new(store, Arc::new(clock.clone())).with_documents_in(backend.file("documents"));
        let author = Author { actor: ActorId(Uuid::now_v7()), organisation: OrganisationId(Uuid::now_v7()) };
        let key = DataKey::generate(DataKeyId(Uuid::now_v7()));
        let keys = ring(&key, author.organisation);
        let archive = Self { backend, services, clock, case: CaseId(Uuid::now_v7()), author, key, keys };
        let (organisation, member) = (archive.literal(author.organisation.0), archive.literal(author.actor.0));
        backend.execute(&format!("insert into organisations (id, name) values ({organisation}, 'Қадір')")).unwrap();
        backend
            .execute(&format!(
                "insert into members (id, organisation_id, name) values ({member}, {organisation}, 'Айша')"
            ))
            .unwrap();
        archive.has_case(archive.case, 1);
        archive.has_data_key(&archive.key, archive.case);
        archive
    }

    fn literal(&self, id: Uuid) -> String {
        let hex = id.simple();
        if self.backend.is_postgres() { format!("'\\x{hex}'::bytea") } else { format!("x'{hex}'") }
    }

    pub fn has_case(&self, case: CaseId, number: i32) {
        let (id, organisation) = (self.literal(case.0), self.literal(self.author.organisation.0));
        let row = format!("{id}, 2026, {number}, {organisation}, 'kz', 'Asia/Almaty', 1");
        let columns = "id, reference_year, reference_number, organisation_id, jurisdiction, time_zone, version";
        self.backend.execute(&format!("insert into cases ({columns}) values ({row})")).unwrap();
    }

    pub fn has_data_key(&self, key: &DataKey, case: CaseId) {
        let (id, case) = (self.literal(key.id().0), self.literal(case.0));
        self.backend
            .execute(&format!("insert into data_keys (id, case_id, created_at) values ({id}, {case}, 0)"))
            .unwrap();
    }

    pub fn has_erased(&self, case: CaseId) {
        let (case, member) = (self.literal(case.0), self.literal(self.author.actor.0));
        self.backend
            .execute(&format!("insert into erasures (case_id, erased_at, erased_by) values ({case}, 0, {member})"))
            .unwrap();
    }

    pub fn document(&self, name: &str, metadata: Metadata) -> NewDocument {
        NewDocument { case: CaseName::Id(self.case), name: name.to_owned(), metadata, key: self.key.clone() }
    }

    pub fn tries_to_add(&self, name: &str, metadata: Metadata, bytes: &[u8]) -> Result<DocumentView, ServiceError> {
        self.services.add_document(self.author, self.document(name, metadata), bytes)
    }

    pub fn adds(&self, name: &str, bytes: &[u8]) -> DocumentView {
        self.tries_to_add(name, Metadata::Keep, bytes).unwrap()
    }

    pub fn reads(&self, view: &DocumentView) -> Vec<u8> {
        let mut opened = self.services.open_document(view.id, &self.keys).unwrap();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut opened.reader, &mut bytes).unwrap();
        bytes
    }

    /// Every file of the document store.
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

/// The ring that a member of the organisation would open.
pub fn ring(key: &DataKey, organisation: OrganisationId) -> KeyRing {
    let pair = OrganisationKeyPair::generate(OrganisationKeyId(Uuid::now_v7())).unwrap();
    let sealed = key.seal_for(pair.id, pair.public()).unwrap();
    let id = pair.id;
    OpenedVault::new(organisation, vec![pair]).open_keys([(key.id(), id, sealed.as_slice())]).unwrap()
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
