//! What a crash leaves, and how it is cleared away.

use aiqyn::domain::id::{CaseId, DocumentId};
use aiqyn::services::CaseName;
use aiqyn::store::{DocumentRecord, Store};
use chrono::TimeDelta;
use uuid::Uuid;

use crate::archive::{Archive, bytes, for_each_store};
use crate::support::for_each_backend;

impl Archive<'_> {
    fn store(&self) -> Store {
        Store::open(&self.backend.url).unwrap()
    }

    fn record(&self, id: DocumentId) -> DocumentRecord {
        self.store().read(|tx| tx.document(id)).unwrap()
    }

    /// A file that was kept and one that was never finished, both without a row.
    fn crashes_between_file_and_row(&self) {
        let files = self.file_store();
        let mut file = files.create().unwrap();
        std::io::Write::write_all(&mut file, b"sealed").unwrap();
        file.keep().unwrap();
        std::mem::forget(files.create().unwrap());
    }
}

#[test]
fn files_without_a_row_are_cleared_away_after_an_hour_and_no_others() {
    for_each_store(|backend| {
        let archive = Archive::on(backend);
        let view = archive.adds("a.txt", b"text");
        archive.crashes_between_file_and_row();
        archive.clock.moves_on(TimeDelta::minutes(59));
        assert_eq!(archive.services.remove_orphans().unwrap(), 0);
        archive.clock.moves_on(TimeDelta::minutes(2));
        // What was never finished is no file in a bucket.
        let orphans = if backend.bucket.is_some() { 1 } else { 2 };
        assert_eq!(archive.services.check_documents().unwrap().orphans, orphans);
        assert_eq!(archive.services.remove_orphans().unwrap(), orphans);
        assert_eq!(archive.services.check_documents().unwrap(), Default::default());
        assert_eq!((archive.kept(), archive.reads(&view)), (1, b"text".to_vec()));
    });
}

#[test]
fn an_upload_that_breaks_off_leaves_nothing_behind() {
    for_each_backend(|backend| {
        let archive = Archive::on(backend);
        let mut upload = archive.services.begin_document(&archive.caseworker, CaseName::Id(archive.case)).unwrap();
        upload.write(&bytes(200_000)).unwrap();
        assert_eq!(archive.files().len(), 1);
        drop(upload);
        assert_eq!(archive.files().len(), 0);
    });
}

#[test]
fn a_row_without_a_file_is_told() {
    for_each_store(|backend| {
        let archive = Archive::on(backend);
        let (kept, lost) = (archive.adds("1", b"one"), archive.adds("2", b"two"));
        assert!(archive.file_store().delete(archive.record(lost.id).content).unwrap());
        let faults = archive.services.check_documents().unwrap();
        assert_eq!((faults.orphans, faults.without_file), (0, vec![lost.id]));
        archive.reads(&kept);
    });
}

#[test]
fn a_file_that_another_row_names_too_is_kept() {
    for_each_store(|backend| {
        let archive = Archive::on(backend);
        let other = CaseId(Uuid::now_v7());
        archive.has_case(other, 2);
        let (view, store) = (archive.adds("1", b"one"), archive.store());
        let twin = DocumentRecord { id: DocumentId(Uuid::now_v7()), case: other, ..archive.record(view.id) };
        store.write(|tx| tx.add_document(&twin)).unwrap();
        assert_eq!(store.write(|tx| tx.delete_documents_of(archive.case)).unwrap(), []);
        assert_eq!(store.write(|tx| tx.delete_documents_of(other)).unwrap(), [twin.content]);
    });
}
