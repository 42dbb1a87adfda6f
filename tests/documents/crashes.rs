//! What a crash leaves, and how it is cleared away.

use aiqyn::domain::id::{CaseId, DataKeyId};
use aiqyn::services::{CaseName, Metadata, NewDocument, ServiceError};
use aiqyn::store::Store;
use aiqyn::vault::DataKey;
use chrono::{TimeDelta, Utc};
use uuid::Uuid;

use crate::archive::{Archive, bytes};
use crate::support::for_each_backend;

impl Archive<'_> {
    fn waits(&self, minutes: i64) {
        self.clock.set(&(Utc::now() + TimeDelta::minutes(minutes)).to_rfc3339());
    }

    /// A file that was kept and one that was never finished, both without a row.
    fn crashes_between_file_and_row(&self) {
        let files = aiqyn::store::FileStore::in_folder(self.backend.file("documents"));
        let mut file = files.create().unwrap();
        std::io::Write::write_all(&mut file, b"sealed").unwrap();
        file.keep().unwrap();
        std::mem::forget(files.create().unwrap());
    }
}

#[test]
fn files_without_a_row_are_cleared_away_after_an_hour_and_no_others() {
    for_each_backend(|backend| {
        let archive = Archive::on(backend);
        let view = archive.adds("a.txt", b"text");
        archive.crashes_between_file_and_row();
        archive.waits(59);
        assert_eq!(archive.services.remove_orphans().unwrap(), 0);
        archive.waits(61);
        assert_eq!(archive.services.check_documents().unwrap().orphans, 2);
        assert_eq!(archive.services.remove_orphans().unwrap(), 2);
        assert_eq!(archive.services.check_documents().unwrap(), Default::default());
        assert_eq!((archive.files().len(), archive.reads(&view)), (1, b"text".to_vec()));
    });
}

#[test]
fn an_upload_that_breaks_off_leaves_nothing_behind() {
    for_each_backend(|backend| {
        let archive = Archive::on(backend);
        let mut upload = archive.services.begin_document(archive.document("a", Metadata::Keep)).unwrap();
        upload.write(&bytes(200_000)).unwrap();
        assert_eq!(archive.files().len(), 1);
        drop(upload);
        assert_eq!(archive.files().len(), 0);
    });
}

#[test]
fn a_row_without_a_file_is_told() {
    for_each_backend(|backend| {
        let archive = Archive::on(backend);
        let (kept, lost) = (archive.adds("1", b"one"), archive.adds("2", b"two"));
        let content = archive.services.document_record(lost.id).unwrap().content;
        assert!(aiqyn::store::FileStore::in_folder(backend.file("documents")).delete(content).unwrap());
        let faults = archive.services.check_documents().unwrap();
        assert_eq!((faults.orphans, faults.without_file), (0, vec![lost.id]));
        archive.reads(&kept);
    });
}

#[test]
fn the_documents_of_a_case_go_with_their_files_and_no_others() {
    for_each_backend(|backend| {
        let archive = Archive::on(backend);
        let (one, two) = (archive.adds("1", b"one"), archive.adds("2", b"two"));
        let (other, key) = (CaseId(Uuid::now_v7()), DataKey::generate(DataKeyId(Uuid::now_v7())));
        archive.has_case(other, 2);
        archive.has_data_key(&key, other);
        let elsewhere = NewDocument { case: CaseName::Id(other), key, ..archive.document("elsewhere", Metadata::Keep) };
        let elsewhere = archive.services.add_document(archive.author, elsewhere, b"text".as_slice()).unwrap();
        let store = Store::open(&backend.url).unwrap();
        let contents = store.write(|tx| tx.delete_documents_of(archive.case)).unwrap();
        assert_eq!(contents.len(), 2);
        archive.services.delete_files(&contents).unwrap();
        for gone in [one, two] {
            assert!(matches!(archive.services.document_record(gone.id), Err(ServiceError::NotFound)));
        }
        assert_eq!(archive.files().len(), 1);
        assert_eq!(archive.services.document_record(elsewhere.id).unwrap().case, other);
    });
}

#[test]
fn a_file_that_another_row_names_too_is_kept() {
    for_each_backend(|backend| {
        let archive = Archive::on(backend);
        let other = CaseId(Uuid::now_v7());
        archive.has_case(other, 2);
        let view = archive.adds("1", b"one");
        let store = Store::open(&backend.url).unwrap();
        let twin = aiqyn::store::DocumentRecord {
            id: aiqyn::domain::id::DocumentId(Uuid::now_v7()),
            case: other,
            ..archive.services.document_record(view.id).unwrap()
        };
        store.write(|tx| tx.add_document(&twin)).unwrap();
        assert_eq!(store.write(|tx| tx.delete_documents_of(archive.case)).unwrap(), []);
        assert_eq!(store.write(|tx| tx.delete_documents_of(other)).unwrap(), [twin.content]);
    });
}
