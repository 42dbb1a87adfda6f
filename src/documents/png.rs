//! PNG without its metadata (W3C PNG, third edition): the chunks stay that say how the picture looks;
//! texts, times, EXIF and whatever nobody knows are dropped, as is what hangs behind the end.

use img_parts::png::Png;
use img_parts::{Bytes, ImageEXIF};

use super::orientation;

/// Chunks without which the picture would look otherwise, or not move.
const KEPT: &[&[u8; 4]] = &[
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV",
    b"cLLI", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// None where it is damaged.
pub(super) fn strip(picture: Bytes) -> Option<Bytes> {
    let mut png = Png::from_bytes(picture).ok()?;
    let kind_at = |png: &Png, at: usize| png.chunks().get(at).map(img_parts::png::PngChunk::kind);
    let is_whole =
        kind_at(&png, 0) == Some(*b"IHDR") && png.chunks().last().is_some_and(|last| last.kind() == *b"IEND");
    if !is_whole {
        return None;
    }
    let turned = orientation::kept_of(png.exif().as_deref());
    png.chunks_mut().retain(|chunk| KEPT.contains(&&chunk.kind()));
    png.set_exif(turned.map(Bytes::from));
    Some(png.encoder().bytes())
}

#[cfg(test)]
mod tests {
    use img_parts::png::PngChunk;

    use super::*;

    const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

    fn chunk(kind: &[u8; 4], contents: &[u8]) -> Vec<u8> {
        PngChunk::new(*kind, Bytes::copy_from_slice(contents)).encoder().bytes().to_vec()
    }

    fn picture(orientation: u8) -> Vec<u8> {
        let exif = [b"II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".as_slice(), &[orientation], b"\0\0\0secret"];
        [
            SIGNATURE.to_vec(),
            chunk(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0"),
            chunk(b"iCCP", b"sRGB\0\0profile"),
            chunk(b"eXIf", &exif.concat()),
            chunk(b"tEXt", b"Author\0secret"),
            chunk(b"iTXt", b"XML:com.adobe.xmp\0secret"),
            chunk(b"tIME", b"secret!"),
            chunk(b"prVt", b"secret"),
            chunk(b"IDAT", b"pixels"),
            chunk(b"zTXt", b"secret"),
            chunk(b"IEND", b""),
            b"secret behind the end".to_vec(),
        ]
        .concat()
    }

    #[test]
    fn nothing_stays_but_the_picture_and_its_colours() {
        let expected = [
            SIGNATURE.to_vec(),
            chunk(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0"),
            chunk(b"iCCP", b"sRGB\0\0profile"),
            chunk(b"IDAT", b"pixels"),
            chunk(b"IEND", b""),
        ];
        assert_eq!(strip(picture(1).into()).unwrap(), expected.concat());
    }

    #[test]
    fn a_turned_picture_stays_turned() {
        let stripped = strip(picture(8).into()).unwrap();
        assert!(!String::from_utf8_lossy(&stripped).contains("secret"));
        assert_eq!(orientation::of_exif(&Png::from_bytes(stripped).unwrap().exif().unwrap()), Some(8));
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
