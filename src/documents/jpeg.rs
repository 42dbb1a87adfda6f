//! JPEG without its metadata (ITU-T T.81, Annex B). Of the application segments only those stay that
//! colours depend on; thumbnails, comments, all else, and whatever lies between scans or behind
//! the end are dropped.

use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::{Bytes, ImageEXIF};

use super::orientation;

/// A JFIF header without its thumbnail (ITU-T T.871, 10.1).
const JFIF: usize = 14;

/// Adobe's segment, which tells how colours are coded (T.872, 6.5.3).
const ADOBE: usize = 12;

/// None where it is damaged.
pub(super) fn strip(picture: Bytes) -> Option<Bytes> {
    let mut jpeg = Jpeg::from_bytes(picture.clone()).ok()?;
    let turned = orientation::kept_of(jpeg.exif().as_deref());
    let segments = std::mem::take(jpeg.segments_mut());
    for segment in segments {
        let Some(contents) = kept(segment.marker(), segment.contents()) else { continue };
        let kept = match segment.marker() {
            // The parser leaves everything behind the header of the first scan as it is: the rest of the file.
            markers::SOS => {
                let rest = picture.len().checked_sub(segment.len_with_entropy() - segment.len())?;
                JpegSegment::new_with_entropy(markers::SOS, contents, scans(&picture[rest..])?.into())
            }
            marker => JpegSegment::new_with_contents(marker, contents),
        };
        jpeg.segments_mut().push(kept);
    }
    jpeg.segments().last().filter(|last| last.marker() == markers::SOS)?;
    jpeg.set_exif(turned.map(Bytes::from));
    Some(jpeg.encoder().bytes())
}

/// What stays of a segment, if anything.
fn kept(marker: u8, contents: &Bytes) -> Option<Bytes> {
    match marker {
        markers::APP0 if contents.starts_with(b"JFIF\0") && contents.len() >= JFIF => {
            let mut header = contents[..JFIF].to_vec();
            // Width and height of the thumbnail.
            header[JFIF - 2..].fill(0);
            Some(header.into())
        }
        markers::APP2 if contents.starts_with(b"ICC_PROFILE\0") => Some(contents.clone()),
        markers::APP14 if contents.starts_with(b"Adobe") && contents.len() >= ADOBE => Some(contents.slice(..ADOBE)),
        _ => shows_the_picture(marker).then(|| contents.clone()),
    }
}

/// Frames, tables and scans: all but the application segments, comments and what is reserved.
fn shows_the_picture(marker: u8) -> bool {
    matches!(marker, markers::SOF0..=markers::SOF15 if marker != markers::JPG)
        || matches!(marker, markers::SOS | markers::DQT | markers::DNL | markers::DRI | markers::DHP | markers::EXP)
}

/// The coded pixels from the first scan to the end of the picture, with the tables and headers of the
/// scans between. None where the end is missing, or where something stands that is no JPEG.
fn scans(coded: &[u8]) -> Option<Vec<u8>> {
    let mut kept_bytes = Vec::with_capacity(coded.len());
    let mut rest = coded;
    loop {
        let run = rest.iter().position(|byte| *byte == markers::P)?;
        kept_bytes.extend_from_slice(&rest[..run]);
        rest = &rest[run..];
        let marker = *rest.get(1)?;
        match marker {
            markers::EOI => {
                kept_bytes.extend_from_slice(&[markers::P, markers::EOI]);
                return Some(kept_bytes);
            }
            // A byte of the pixels that looks like a marker, or a place to resume at.
            markers::Z | markers::RST0..=markers::RST7 => {
                kept_bytes.extend_from_slice(&[markers::P, marker]);
                rest = &rest[2..];
            }
            // Filling.
            markers::P => rest = &rest[1..],
            _ => {
                let length = usize::from(u16::from_be_bytes([*rest.get(2)?, *rest.get(3)?]));
                let segment = rest.get(..2 + length).filter(|_| length >= 2)?;
                if shows_the_picture(marker) {
                    kept_bytes.extend_from_slice(segment);
                }
                rest = &rest[2 + length..];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(marker: u8, contents: &[u8]) -> Vec<u8> {
        let length = u16::try_from(contents.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker], &length[..], contents].concat()
    }

    fn exif(orientation: u8) -> Vec<u8> {
        let tags = b"MM\0\x2a\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0";
        let place = b"\0\0\x01\x0f\0\x02\0\0\0\x06\0\0\0\x26\0\0\0\0GPS 51.1694 N 71.4491 E";
        segment(0xe1, &[b"Exif\0\0".as_slice(), tags, &[orientation], place].concat())
    }

    /// A picture with whatever a camera, a program and a spy put into it.
    fn photo(orientation: u8) -> Vec<u8> {
        [
            b"\xff\xd8".to_vec(),
            segment(0xe0, b"JFIF\0\x01\x02\0\0\x48\0\x48\x01\x01secret thumbnail"),
            exif(orientation),
            segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>secret</x:xmpmeta>"),
            segment(0xe2, b"ICC_PROFILE\0\x01\x01colours"),
            segment(0xe2, b"MPF\0secret"),
            segment(0xed, b"Photoshop 3.0\x008BIM secret"),
            segment(0xee, b"Adobe\0\x64\0\0\0\0\x01secret"),
            segment(0xfe, b"secret comment"),
            segment(0xdb, &[7; 65]),
            segment(0xc0, b"\x08\0\x01\0\x01\x01\x01\x11\0"),
            segment(0xc4, &[3; 20]),
            segment(0xda, b"\x01\x01\0\0\x3f\0"),
            b"pixels\xff\0more\xff\xd0pixels".to_vec(),
            segment(0xfe, b"secret between scans"),
            segment(0xc4, &[4; 20]),
            segment(0xda, b"\x01\x01\0\0\x3f\x11"),
            b"second scan\xff\xff\xd9".to_vec(),
            b"secret behind the end".to_vec(),
        ]
        .concat()
    }

    #[test]
    fn nothing_stays_but_the_picture_and_its_colours() {
        let stripped = strip(photo(1).into()).unwrap();
        let text = String::from_utf8_lossy(&stripped);
        assert!(!text.contains("secret") && !text.contains("GPS") && !text.contains("Exif"), "{text}");
        let expected = [
            b"\xff\xd8".to_vec(),
            segment(0xe0, b"JFIF\0\x01\x02\0\0\x48\0\x48\0\0"),
            segment(0xe2, b"ICC_PROFILE\0\x01\x01colours"),
            segment(0xee, b"Adobe\0\x64\0\0\0\0\x01"),
            segment(0xdb, &[7; 65]),
            segment(0xc0, b"\x08\0\x01\0\x01\x01\x01\x11\0"),
            segment(0xc4, &[3; 20]),
            segment(0xda, b"\x01\x01\0\0\x3f\0"),
            b"pixels\xff\0more\xff\xd0pixels".to_vec(),
            segment(0xc4, &[4; 20]),
            segment(0xda, b"\x01\x01\0\0\x3f\x11"),
            b"second scan\xff\xd9".to_vec(),
        ];
        assert_eq!(stripped, expected.concat());
    }

    #[test]
    fn a_turned_picture_stays_turned() {
        let stripped = strip(photo(6).into()).unwrap();
        let jpeg = Jpeg::from_bytes(stripped.clone()).unwrap();
        assert_eq!(orientation::of_exif(&jpeg.exif().unwrap()), Some(6));
        assert!(!String::from_utf8_lossy(&stripped).contains("GPS"));
        assert_eq!(strip(stripped.clone()), Some(stripped));
    }

    #[test]
    fn a_cut_picture_is_refused() {
        let photo = photo(1);
        let end = photo.len() - b"secret behind the end".len();
        for cut in 0..end {
            assert_eq!(strip(photo[..cut].to_vec().into()), None, "cut at {cut}");
        }
    }
}
