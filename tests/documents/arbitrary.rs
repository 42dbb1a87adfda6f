//! Pictures that nobody's camera makes: parts in any order, of any kind and length, and bytes changed. Either a picture is
//! refused, or nothing that was not the picture is left. With `PROPTEST_CASES=100000` more of them.

use aiqyn::documents::active::MacroSearch;
use aiqyn::documents::media_type::MediaType;
use aiqyn::documents::metadata::strip;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::support::chance::cases;

/// What stands in each part that is not the picture.
const SECRET: &[u8] = b"51.1694N71.4491E";

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 })
    })
}

fn png_chunk(kind: &[u8; 4], contents: &[u8]) -> Vec<u8> {
    let named = [kind.as_slice(), contents].concat();
    let length = u32::try_from(contents.len()).unwrap().to_be_bytes();
    [&length[..], &named, &crc(&named).to_be_bytes()].concat()
}

/// Kinds of chunks that say nothing of how the picture looks.
const PNG_OTHERS: &[&[u8; 4]] = &[b"tEXt", b"zTXt", b"iTXt", b"tIME", b"prVt", b"eXIF", b"caBX", b"ABCD", b"dSIG"];

fn png(parts: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    file.extend(png_chunk(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0"));
    for (kind, contents) in parts {
        let other = PNG_OTHERS[usize::from(*kind) % PNG_OTHERS.len()];
        file.extend(png_chunk(other, &[contents, SECRET].concat()));
        file.extend(png_chunk(b"IDAT", b"pixels"));
    }
    file.extend(png_chunk(b"IEND", b""));
    file.extend(SECRET);
    file
}

fn jpeg(parts: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let segment = |marker: u8, contents: &[u8]| {
        let length = u16::try_from(contents.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker], &length[..], contents].concat()
    };
    let mut file = b"\xff\xd8".to_vec();
    for (kind, contents) in parts {
        // Applications, and comments.
        let marker = [0xe1, 0xe3, 0xe4, 0xed, 0xef, 0xfe][usize::from(*kind) % 6];
        let begins: &[u8] =
            [&b"Exif\0\0"[..], b"http://ns.adobe.com/xap/1.0/\0", b"Photoshop 3.0\0", b""][usize::from(*kind) % 4];
        file.extend(segment(marker, &[begins, contents, SECRET].concat()));
    }
    file.extend(segment(0xdb, &[7; 65]));
    file.extend(segment(0xc0, b"\x08\0\x01\0\x01\x01\x01\x11\0"));
    file.extend(segment(0xda, b"\x01\x01\0\0\x3f\0"));
    file.extend([0x55; 20]);
    file.extend(b"\xff\xd9");
    file.extend(SECRET);
    file
}

fn webp(parts: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let chunk = |kind: &[u8; 4], contents: &[u8]| {
        let length = u32::try_from(contents.len()).unwrap().to_le_bytes();
        [kind, &length[..], contents, &[0][..contents.len() % 2]].concat()
    };
    let mut body = b"WEBP".to_vec();
    body.extend(chunk(b"VP8X", b"\x0c\0\0\0\0\0\0\0\0\0"));
    for (kind, contents) in parts {
        let other = [b"EXIF", b"XMP ", b"ABCD", b"iTXt"][usize::from(*kind) % 4];
        body.extend(chunk(other, &[contents, SECRET].concat()));
    }
    body.extend(chunk(b"VP8 ", b"pixels"));
    let length = u32::try_from(body.len()).unwrap().to_le_bytes();
    [b"RIFF", &length[..], &body, SECRET].concat()
}

type Parts = Vec<(u8, Vec<u8>)>;

fn parts() -> impl Strategy<Value = Parts> {
    prop::collection::vec((any::<u8>(), prop::collection::vec(any::<u8>(), 0..80)), 0..6)
}

#[test]
fn what_is_stripped_holds_nothing_but_the_picture_and_need_not_be_stripped_again() {
    let mut runner = TestRunner::new(cases(256));
    let holds_for = |parts: Parts| {
        for (media_type, picture) in
            [(MediaType::Png, png(&parts)), (MediaType::Jpeg, jpeg(&parts)), (MediaType::WebP, webp(&parts))]
        {
            prop_assert_eq!(MediaType::sniff(&picture), media_type);
            let stripped = strip(media_type, picture);
            prop_assert!(stripped.is_ok(), "{media_type:?}: {stripped:?}");
            let stripped = stripped.unwrap().to_vec();
            prop_assert!(!holds(&stripped, SECRET), "{media_type:?}: {stripped:?}");
            let again = strip(media_type, stripped.clone());
            prop_assert!(again.is_ok_and(|again| again == stripped), "{media_type:?}");
        }
        Ok(())
    };
    runner.run(&parts(), holds_for).unwrap();
}

#[test]
fn a_picture_with_bytes_changed_is_refused_or_stripped_and_never_breaks_anything() {
    let changes = prop::collection::vec((any::<u16>(), any::<u8>(), any::<u8>()), 1..8);
    let mut runner = TestRunner::new(cases(256));
    let holds_for = |(parts, changes): (Parts, Vec<(u16, u8, u8)>)| {
        for (media_type, mut picture) in
            [(MediaType::Png, png(&parts)), (MediaType::Jpeg, jpeg(&parts)), (MediaType::WebP, webp(&parts))]
        {
            for (place, kind, byte) in &changes {
                let place = usize::from(*place) % picture.len();
                match kind % 4 {
                    0 => picture[place] = *byte,
                    1 => drop(picture.drain(place..(place + usize::from(*byte)).min(picture.len() - 1))),
                    2 => picture.insert(place, *byte),
                    _ => picture.truncate(place + 1),
                }
            }
            let _ = MediaType::sniff(&picture);
            let mut search = MacroSearch::in_type(MediaType::Zip);
            picture.chunks(7).for_each(|bytes| search.pass(bytes));
            if let Ok(stripped) = strip(media_type, picture.clone()) {
                prop_assert!(stripped.len() <= picture.len() + 64);
                prop_assert!(
                    strip(media_type, stripped.to_vec()).is_ok_and(|again| again == stripped),
                    "{media_type:?}"
                );
            }
        }
        Ok(())
    };
    runner.run(&(parts(), changes), holds_for).unwrap();
}
