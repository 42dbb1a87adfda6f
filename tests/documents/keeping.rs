//! What is kept of a document, who can open it, and what a thief finds.

use std::io::Read;

use aiqyn::access::permission::Denial;
use aiqyn::access::role::Role;
use aiqyn::audit::{ChainHash, Checkpoint, ErasureNote, SigningKey};
use aiqyn::documents::media_type::MediaType;
use aiqyn::domain::id::{CaseId, DocumentId};
use aiqyn::services::{CaseName, DocumentView, Metadata, ServiceError, StoreError};
use chrono::TimeDelta;
use uuid::Uuid;

use crate::archive::{Archive, bytes, for_each_store};
use crate::support::for_each_backend;

#[test]
fn a_document_comes_back_as_it_was_given() {
    for_each_store(|backend| {
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
        archive.clock.moves_on(TimeDelta::seconds(1));
        let page = archive.adds("страница.pdf", b"<html><script>alert(1)</script>");
        let listed = archive.lists(&archive.caseworker).unwrap();
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
    for_each_store(|backend| {
        let archive = Archive::on(backend);
        let whole = bytes(200_000);
        let view = archive.adds("file.bin", &whole);
        for range in [0..1, 65_535..65_537, 100_000..200_000, 199_999..200_000] {
            let mut opened = archive.opens(&view).unwrap();
            opened.reader.select(range.start as u64..range.end as u64);
            let mut part = Vec::new();
            opened.reader.read_to_end(&mut part).unwrap();
            assert_eq!(part, whole[range]);
        }
    });
}

#[test]
fn nobody_from_elsewhere_sees_that_there_is_one() {
    for_each_backend(|backend| {
        let archive = Archive::on(backend);
        let view = archive.adds("хат.txt", b"text");
        let stranger = archive.stranger();
        let out_of_reach = |error| matches!(error, ServiceError::Denied(Denial::OutOfReach) | ServiceError::NotFound);
        assert!(out_of_reach(archive.lists(&stranger).unwrap_err()));
        assert!(out_of_reach(archive.services.open_document(&stranger, view.id).err().unwrap()));
        assert!(out_of_reach(archive.services.begin_document(&stranger, CaseName::Id(archive.case)).err().unwrap()));
    });
}

#[test]
fn an_analyst_reads_no_documents() {
    for_each_backend(|backend| {
        let archive = Archive::on(backend);
        let view = archive.adds("хат.txt", b"text");
        let analyst = archive.colleague(Role::Analyst, "analyst");
        let refused = |error| matches!(error, ServiceError::Denied(Denial::NotTheirRole));
        assert!(refused(archive.lists(&analyst).unwrap_err()));
        assert!(refused(archive.services.open_document(&analyst, view.id).err().unwrap()));
    });
}

#[test]
fn a_colleague_who_holds_the_key_reads_it_too() {
    for_each_store(|backend| {
        let archive = Archive::on(backend);
        let view = archive.adds("хат.txt", b"text");
        let colleague = archive.colleague(Role::Caseworker, "dina");
        let mut opened = archive.services.open_document(&colleague, view.id).unwrap();
        let mut text = String::new();
        opened.reader.read_to_string(&mut text).unwrap();
        assert_eq!((text.as_str(), opened.view), ("text", view));
    });
}

#[test]
fn erasing_a_case_leaves_none_of_its_documents() {
    for_each_store(|backend| {
        let archive = Archive::on(backend);
        let view = archive.adds("хат.txt", b"text");
        let mut late = archive.services.begin_document(&archive.caseworker, CaseName::Id(archive.case)).unwrap();
        late.write(b"text").unwrap();
        archive.services.erase_case(&archive.caseworker, CaseName::Id(archive.case)).unwrap();
        assert!(matches!(archive.opens(&view), Err(ServiceError::NotFound)));
        let late = archive.services.finish_document(&archive.caseworker, late);
        assert!(matches!(late, Err(ServiceError::Erased)));
        assert_eq!(archive.count(), 0);
        archive.clock.moves_on(TimeDelta::hours(2));
        archive.services.remove_orphans().unwrap();
        assert_eq!(archive.kept(), 0);
    });
}

#[test]
fn an_erasure_that_a_checkpoint_brings_leaves_none_either() {
    for_each_store(|backend| {
        let archive = Archive::on(backend);
        archive.adds("хат.txt", b"text");
        let key = SigningKey::from_bytes(&[3; 32]);
        let at = archive.services.now();
        let notes = vec![ErasureNote { case: archive.case, erased_at: at }];
        let checkpoint = Checkpoint::new(1, ChainHash::genesis(), at, notes, &key);
        archive.services.apply_erasures(&archive.services.console().unwrap(), &checkpoint).unwrap();
        assert_eq!(archive.count(), 0);
        assert_eq!(archive.kept(), 0);
    });
}

#[test]
fn adding_listing_and_reading_are_written_to_the_audit_log_without_a_name() {
    for_each_backend(|backend| {
        let archive = Archive::on(backend);
        let view = archive.adds("Айгүл.txt", b"text");
        archive.lists(&archive.caseworker).unwrap();
        archive.reads(&view);
        let actions = backend.texts("select action as line from audit_records order by sequence desc limit 3");
        assert_eq!(actions, ["document_read", "sealed_read", "document_added"]);
        assert!(!backend.rows("audit_records").join("").contains("Айгүл"));
    });
}

#[test]
fn what_was_moved_or_altered_does_not_open() {
    for_each_backend(|backend| {
        let archive = Archive::on(backend);
        let (one, two) = (archive.adds("1.txt", b"one"), archive.adds("2.txt", b"two"));
        let refused = |view: &DocumentView, why: &str| {
            let opened = archive.opens(view);
            assert!(matches!(opened, Err(ServiceError::Vault(_))), "{why}");
        };
        for column in ["key_sealed", "name_sealed", "content"] {
            let before = backend.rows("documents");
            // Both rows get the value of the one that sorts last.
            backend.execute("create table kept as select * from documents").unwrap();
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
        let missing = archive.opens(&one);
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
    for_each_store(|backend| {
        let mut archive = Archive::on(backend);
        archive.services = archive.services.clone().with_largest_document(100_000);
        archive.adds("fits.bin", &bytes(100_000));
        let refused = archive.tries_to_add("more.bin", Metadata::Keep, &bytes(100_001));
        assert!(matches!(refused, Err(ServiceError::TooLarge { limit: 100_000 })));
        assert_eq!((archive.kept(), archive.count()), (1, 1));
    });
}

#[test]
fn only_a_case_that_is_there_takes_documents() {
    for_each_backend(|backend| {
        let archive = Archive::on(backend);
        let nowhere = CaseName::Id(CaseId(Uuid::now_v7()));
        assert!(matches!(archive.services.begin_document(&archive.caseworker, nowhere), Err(ServiceError::NotFound)));
        let none = archive.services.open_document(&archive.caseworker, DocumentId(Uuid::now_v7()));
        assert!(matches!(none, Err(ServiceError::NotFound)));
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
