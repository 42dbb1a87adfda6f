//! What is kept of a document, who can open it, and what a thief finds.

use std::io::Read;

use aiqyn::documents::media_type::MediaType;
use aiqyn::domain::id::{CaseId, DataKeyId, DocumentId, OrganisationId};
use aiqyn::services::{CaseName, Metadata, NewDocument, ServiceError, StoreError};
use aiqyn::vault::{DataKey, KeyRing};
use uuid::Uuid;

use crate::archive::{Archive, bytes, ring};
use crate::support::for_each_backend;

#[test]
fn a_document_comes_back_as_it_was_given() {
    for_each_backend(|backend| {
        let archive = Archive::on(backend);
        for length in [0, 1, 8191, 8192, 65_536, 300_000] {
            let bytes = bytes(length);
            let view = archive.adds("file.bin", &bytes);
            assert_eq!((view.size, archive.reads(&view)), (length as u64, bytes), "{length}");
        }
    });
}

#[test]
fn documents_are_listed_in_the_order_in_which_they_came() {
    for_each_backend(|backend| {
        let archive = Archive::on(backend);
        let letter = archive.adds("../хат – Әсем.txt", "Мен көрдім.\n".as_bytes());
        archive.clock.set("2026-06-15T12:00:01+05:00");
        let page = archive.adds("страница.pdf", b"<html><script>alert(1)</script>");
        let (case, listed) = archive.services.list_documents(CaseName::Id(archive.case), &archive.keys).unwrap();
        assert_eq!(case.id, archive.case);
        assert_eq!(listed, [letter.clone(), page.clone()]);
        assert_eq!(listed[0].name.as_ref().unwrap().as_str(), "хат – Әсем.txt");
        assert_eq!((listed[0].media_type, listed[0].served_as()), (MediaType::PlainText, "text/plain; charset=utf-8"));
        // Its bytes say what it is, whatever its name says.
        assert_eq!((listed[1].media_type, listed[1].served_as()), (MediaType::Html, "application/octet-stream"));
        assert!(listed[1].is_active() && !listed[0].is_active());
    });
}

#[test]
fn a_range_is_the_slice() {
    for_each_backend(|backend| {
        let archive = Archive::on(backend);
        let whole = bytes(200_000);
        let view = archive.adds("file.bin", &whole);
        for range in [0..1, 65_535..65_537, 100_000..200_000, 199_999..200_000] {
            let mut opened = archive.services.open_document(view.id, &archive.keys).unwrap();
            opened.reader.select(range.start as u64..range.end as u64);
            let mut part = Vec::new();
            opened.reader.read_to_end(&mut part).unwrap();
            assert_eq!(part, whole[range]);
        }
    });
}

#[test]
fn without_its_key_neither_the_name_nor_the_file_opens() {
    for_each_backend(|backend| {
        let archive = Archive::on(backend);
        let view = archive.adds("хат.txt", b"text");
        let other = ring(&DataKey::generate(DataKeyId(Uuid::now_v7())), OrganisationId(Uuid::now_v7()));
        for keys in [KeyRing::default(), other] {
            let (_, listed) = archive.services.list_documents(CaseName::Id(archive.case), &keys).unwrap();
            assert_eq!(listed[0].name, None);
            assert!(matches!(archive.services.open_document(view.id, &keys), Err(ServiceError::Vault(_))));
        }
    });
}

#[test]
fn what_was_moved_or_altered_does_not_open() {
    for_each_backend(|backend| {
        let archive = Archive::on(backend);
        let (one, two) = (archive.adds("1.txt", b"one"), archive.adds("2.txt", b"two"));
        let refused = |view: &aiqyn::services::DocumentView, why: &str| {
            let opened = archive.services.open_document(view.id, &archive.keys);
            assert!(matches!(opened, Err(ServiceError::Vault(_))), "{why}");
        };
        for column in ["key_sealed", "name_sealed", "content"] {
            let before = backend.rows("documents");
            // Both rows get the value of the one that sorts last.
            backend.execute(&format!("create table kept as select * from documents")).unwrap();
            backend
                .execute(&format!(
                    "update documents set {column} = (select {column} from kept order by id desc limit 1)"
                ))
                .unwrap();
            refused(&one, column);
            archive.reads(&two);
            backend
                .execute(&format!(
                    "update documents set {column} = (select {column} from kept where kept.id = documents.id); drop table kept"
                ))
                .unwrap();
            assert_eq!(backend.rows("documents"), before);
        }
        assert_eq!(archive.reads(&one), b"one");
        let files = archive.files();
        for file in &files {
            let mut sealed = std::fs::read(file).unwrap();
            let last = sealed.len() - 1;
            sealed[last] ^= 1;
            std::fs::write(file, sealed).unwrap();
        }
        refused(&one, "a bit of the file");
        std::fs::remove_file(&files[0]).unwrap();
        std::fs::remove_file(&files[1]).unwrap();
        let missing = archive.services.open_document(one.id, &archive.keys);
        assert!(matches!(missing, Err(ServiceError::Store(StoreError::FileMissing))));
    });
}

#[test]
fn nothing_on_the_disk_tells_what_is_in_it() {
    for_each_backend(|backend| {
        let archive = Archive::on(backend);
        let story = "Айгүл Сейтқали әңгімесі: в кабинете били по почкам. ".repeat(3000);
        archive.adds("Айгүл Сейтқали – shaǵym.txt", story.as_bytes());
        let mut disk: Vec<u8> = backend.rows("documents").join("\n").into_bytes();
        for file in archive.files() {
            disk.extend_from_slice(file.to_str().unwrap().as_bytes());
            disk.extend_from_slice(&std::fs::read(file).unwrap());
        }
        for suffix in ["", "-wal"] {
            disk.extend_from_slice(&std::fs::read(format!("{}{suffix}", backend.url)).unwrap_or_default());
        }
        for word in ["Айгүл", "Сейтқали", "почкам", "shaǵym", "әңгімесі"] {
            let utf16 = |order: fn(u16) -> [u8; 2]| word.encode_utf16().flat_map(order).collect::<Vec<u8>>();
            for form in [word.as_bytes().to_vec(), utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)] {
                assert!(!disk.windows(form.len()).any(|window| window == form), "{word}");
            }
        }
    });
}

#[test]
fn a_document_over_the_limit_leaves_nothing_behind() {
    for_each_backend(|backend| {
        let mut archive = Archive::on(backend);
        archive.services = archive.services.clone().with_largest_document(100_000);
        archive.adds("fits.bin", &bytes(100_000));
        let refused = archive.tries_to_add("more.bin", Metadata::Keep, &bytes(100_001));
        assert!(matches!(refused, Err(ServiceError::TooLarge { limit: 100_000 })));
        assert_eq!((archive.files().len(), backend.number("select count(*) as number from documents")), (1, 1));
    });
}

#[test]
fn only_a_case_that_is_there_takes_documents() {
    for_each_backend(|backend| {
        let archive = Archive::on(backend);
        let nowhere =
            NewDocument { case: CaseName::Id(CaseId(Uuid::now_v7())), ..archive.document("a", Metadata::Keep) };
        assert!(matches!(archive.services.begin_document(nowhere), Err(ServiceError::NotFound)));
        assert!(matches!(archive.services.document_record(DocumentId(Uuid::now_v7())), Err(ServiceError::NotFound)));
        // Erased while the document was on its way.
        let mut upload = archive.services.begin_document(archive.document("a", Metadata::Keep)).unwrap();
        upload.write(b"text").unwrap();
        archive.has_erased(archive.case);
        assert!(matches!(archive.services.finish_document(archive.author, upload), Err(ServiceError::NotFound)));
        assert_eq!(backend.number("select count(*) as number from documents"), 0);
    });
}

#[test]
fn macros_make_a_document_active_wherever_in_it_they_are() {
    for_each_backend(|backend| {
        let archive = Archive::on(backend);
        let start =
            b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x13\0\0\0[Content_Types].xml _rels/.rels word/";
        let plain = [start.as_slice(), &bytes(100_000)].concat();
        let with_macros = [plain.as_slice(), b"word/vbaProject.bin", &bytes(1000)].concat();
        assert_eq!(archive.adds("a.docx", &plain).media_type, MediaType::Docx);
        let view = archive.adds("b.docx", &with_macros);
        assert_eq!((view.media_type, view.is_active()), (MediaType::MacroDocument, true));
    });
}
