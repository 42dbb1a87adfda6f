//! Metadata: stripped where it is asked for, refused where it cannot be, and otherwise left as it is.

use aiqyn::documents::metadata::{LARGEST_PICTURE, Unstrippable};
use aiqyn::services::{CaseName, Metadata, ServiceError};

use crate::archive::{Archive, photo};
use crate::support::on_sqlite;

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

#[test]
fn a_photo_tells_its_place_only_where_nobody_asked_otherwise() {
    on_sqlite(|backend| {
        let archive = Archive::on(backend);
        for pixels in [10, 500_000] {
            let photo = photo(pixels);
            let stripped = archive.tries_to_add("photo.jpg", Metadata::Strip, &photo).unwrap();
            let kept = archive.tries_to_add("photo.jpg", Metadata::Keep, &photo).unwrap();
            assert_eq!(archive.reads(&kept), photo);
            let stripped_bytes = archive.reads(&stripped);
            assert_eq!(stripped.size, stripped_bytes.len() as u64);
            assert!(holds(&photo, b"GPS") && !holds(&stripped_bytes, b"GPS") && stripped_bytes.ends_with(b"U\xff\xd9"));
        }
    });
}

#[test]
fn what_cannot_be_stripped_is_refused_with_the_reason_and_not_kept() {
    on_sqlite(|backend| {
        let archive = Archive::on(backend);
        let long = |start: &[u8]| [start, &vec![0; 20_000]].concat();
        for (bytes, reason) in [
            (b"%PDF-1.7\n%\xe2\xe3".to_vec(), Unstrippable::Pdf),
            (long(b"%PDF-1.7\n%\xe2\xe3"), Unstrippable::Pdf),
            (long(b"\0\0\0\x18ftypisom\0\0\0\0isommp41"), Unstrippable::Recording),
            (long(b"GIF89a"), Unstrippable::OtherPicture),
            (long(b"\0\x01"), Unstrippable::Unknown),
            (photo(9000)[..5000].to_vec(), Unstrippable::Damaged),
            (photo(LARGEST_PICTURE), Unstrippable::TooLarge),
        ] {
            let refused = archive.tries_to_add("file", Metadata::Strip, &bytes);
            assert!(matches!(refused, Err(ServiceError::CannotStrip(told)) if told == reason), "{reason:?}");
        }
        assert_eq!((archive.files().len(), archive.count()), (0, 0));
    });
}

#[test]
fn a_plain_text_has_nothing_to_strip() {
    on_sqlite(|backend| {
        let archive = Archive::on(backend);
        let view = archive.tries_to_add("a.txt", Metadata::Strip, "көрдім".as_bytes()).unwrap();
        assert_eq!(archive.reads(&view), "көрдім".as_bytes());
    });
}

#[test]
fn only_a_few_pictures_lie_in_memory_at_once() {
    on_sqlite(|backend| {
        let archive = Archive::on(backend);
        let photo = photo(20_000);
        let begins = || {
            let mut upload = archive.services.begin_document(&archive.caseworker, CaseName::Id(archive.case)).unwrap();
            upload.describe("a.jpg", Metadata::Strip);
            upload.write(&photo[..10_000]).map(|()| upload)
        };
        let mut uploads: Vec<_> = (0..4).map(|_| begins().unwrap()).collect();
        assert!(matches!(begins(), Err(ServiceError::Busy)));
        let mut done = uploads.pop().unwrap();
        done.write(&photo[10_000..]).unwrap();
        archive.services.finish_document(&archive.caseworker, done).unwrap();
        begins().unwrap();
        drop(uploads);
        assert_eq!(archive.files().len(), 1);
    });
}
