//! WebP without its metadata (RFC 9649): the chunks of the picture and its colour profile stay; EXIF,
//! XMP and whatever nobody knows are dropped, within the frames of an animation too.

use img_parts::Bytes;
use img_parts::riff::{RiffChunk, RiffContent};
use img_parts::webp::{
    CHUNK_ALPH, CHUNK_ANIM, CHUNK_ANMF, CHUNK_EXIF, CHUNK_ICCP, CHUNK_VP8, CHUNK_VP8L, CHUNK_VP8X, WebP,
};

use super::orientation;

/// The flags of the header that say that there are EXIF and XMP (RFC 9649, 2.7.1).
const EXIF_FLAG: u8 = 0x08;
const XMP_FLAG: u8 = 0x04;

/// What stands before the chunks of a frame (RFC 9649, 2.7.1.4).
const FRAME_HEADER: usize = 16;

/// None where it is damaged.
pub(super) fn strip(picture: Bytes) -> Option<Bytes> {
    let mut webp = WebP::from_bytes(picture).ok()?;
    let exif = webp.chunk_by_id(CHUNK_EXIF).and_then(|chunk| chunk.content().data()).cloned();
    let exif = exif.as_deref().map(|exif| exif.strip_prefix(b"Exif\0\0").unwrap_or(exif));
    let turned = orientation::kept_of(exif).filter(|_| webp.has_chunk(CHUNK_VP8X));
    let chunks = std::mem::take(webp.chunks_mut());
    for chunk in chunks {
        let data = chunk.content().data();
        let data = match (chunk.id(), data) {
            (CHUNK_VP8X, Some(header)) => extended_header(header, turned.is_some())?,
            (CHUNK_ANMF, Some(frame)) => frame_without_metadata(frame)?,
            (CHUNK_VP8 | CHUNK_VP8L | CHUNK_ALPH | CHUNK_ANIM | CHUNK_ICCP, Some(data)) => data.clone(),
            _ => continue,
        };
        webp.chunks_mut().push(RiffChunk::new(chunk.id(), RiffContent::Data(data)));
    }
    if ![CHUNK_VP8, CHUNK_VP8L, CHUNK_ANMF].into_iter().any(|id| webp.has_chunk(id)) {
        return None;
    }
    if let Some(turned) = turned {
        webp.chunks_mut().push(RiffChunk::new(CHUNK_EXIF, RiffContent::Data(turned.into())));
    }
    Some(webp.encoder().bytes())
}

fn extended_header(header: &[u8], has_exif: bool) -> Option<Bytes> {
    let mut header = header.get(..10)?.to_vec();
    let flags = header.first_mut()?;
    *flags &= !(EXIF_FLAG | XMP_FLAG);
    if has_exif {
        *flags |= EXIF_FLAG;
    }
    Some(header.into())
}

/// A frame of an animation: its header and the chunks of its picture.
fn frame_without_metadata(frame: &[u8]) -> Option<Bytes> {
    let (header, mut rest) = frame.split_at_checked(FRAME_HEADER)?;
    let mut kept = header.to_vec();
    while !rest.is_empty() {
        let id: [u8; 4] = rest.get(..4)?.try_into().ok()?;
        let length = u32::from_le_bytes(rest.get(4..8)?.try_into().ok()?);
        let padded = usize::try_from(length).ok()?.checked_next_multiple_of(2)?;
        let chunk = rest.get(..padded.checked_add(8)?)?;
        if [CHUNK_VP8, CHUNK_VP8L, CHUNK_ALPH].contains(&id) {
            kept.extend_from_slice(chunk);
        }
        rest = &rest[chunk.len()..];
    }
    Some(kept.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(id: &[u8; 4], contents: &[u8]) -> Vec<u8> {
        let padding = if contents.len() % 2 == 1 { b"\0".as_slice() } else { b"" };
        [id, &u32::try_from(contents.len()).unwrap().to_le_bytes()[..], contents, padding].concat()
    }

    fn riff(chunks: &[Vec<u8>]) -> Vec<u8> {
        chunk(b"RIFF", &[b"WEBP".to_vec(), chunks.concat()].concat())
    }

    fn exif(orientation: u8) -> Vec<u8> {
        [b"II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".as_slice(), &[orientation], b"\0\0\0secret"].concat()
    }

    fn picture(orientation: u8) -> Vec<u8> {
        let mut file = riff(&[
            chunk(b"VP8X", b"\x2c\0\0\0\0\0\0\0\0\0"),
            chunk(b"ICCP", b"profile"),
            chunk(b"VP8 ", b"pixels"),
            chunk(b"EXIF", &exif(orientation)),
            chunk(b"XMP ", b"secret"),
            chunk(b"ABCD", b"secret"),
        ]);
        file.extend_from_slice(b"secret behind the end");
        file
    }

    #[test]
    fn nothing_stays_but_the_picture_and_its_colours() {
        let expected =
            riff(&[chunk(b"VP8X", b"\x20\0\0\0\0\0\0\0\0\0"), chunk(b"ICCP", b"profile"), chunk(b"VP8 ", b"pixels")]);
        assert_eq!(strip(picture(1).into()).unwrap(), expected);
    }

    #[test]
    fn a_turned_picture_stays_turned() {
        let stripped = strip(picture(3).into()).unwrap();
        assert!(!String::from_utf8_lossy(&stripped).contains("secret"));
        let webp = WebP::from_bytes(stripped).unwrap();
        let exif = webp.chunk_by_id(CHUNK_EXIF).unwrap().content().data().unwrap();
        assert_eq!(orientation::of_exif(exif), Some(3));
        assert_eq!(webp.chunk_by_id(CHUNK_VP8X).unwrap().content().data().unwrap()[0], 0x28);
    }

    #[test]
    fn frames_of_an_animation_are_stripped_too() {
        let frame = |chunks: &[Vec<u8>]| chunk(b"ANMF", &[[0; FRAME_HEADER].as_slice(), &chunks.concat()].concat());
        let file = riff(&[
            chunk(b"VP8X", b"\x02\0\0\0\0\0\0\0\0\0"),
            chunk(b"ANIM", b"\0\0\0\0\0\0"),
            frame(&[chunk(b"VP8L", b"pixel"), chunk(b"XMP ", b"secret")]),
        ]);
        let expected = riff(&[
            chunk(b"VP8X", b"\x02\0\0\0\0\0\0\0\0\0"),
            chunk(b"ANIM", b"\0\0\0\0\0\0"),
            frame(&[chunk(b"VP8L", b"pixel")]),
        ]);
        assert_eq!(strip(file.into()).unwrap(), expected);
    }

    #[test]
    fn a_cut_picture_is_refused() {
        let picture = picture(1);
        let end = picture.len() - b"secret behind the end".len();
        for cut in 0..end {
            assert_eq!(strip(picture[..cut].to_vec().into()), None, "cut at {cut}");
        }
    }
}
