//! Which side of a picture is up: the one thing in EXIF that a picture cannot be shown without. It is
//! read out of EXIF, and written into a new one that holds nothing else (TIFF 6.0; EXIF 2.3, 4.6.4).

/// The tag.
const ORIENTATION: u16 = 0x0112;

/// As the pixels lie; it need not be said.
const UPRIGHT: u16 = 1;

#[derive(Clone, Copy)]
enum Order {
    Big,
    Little,
}

impl Order {
    fn short(self, bytes: &[u8], at: usize) -> Option<u16> {
        let bytes = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(match self {
            Self::Big => u16::from_be_bytes(bytes),
            Self::Little => u16::from_le_bytes(bytes),
        })
    }

    fn long(self, bytes: &[u8], at: usize) -> Option<usize> {
        let bytes = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        usize::try_from(match self {
            Self::Big => u32::from_be_bytes(bytes),
            Self::Little => u32::from_le_bytes(bytes),
        })
        .ok()
    }
}

/// An EXIF block that says only how the picture of another one is turned; none where it is upright, or
/// where nothing is said.
pub(super) fn kept_of(exif: Option<&[u8]>) -> Option<Vec<u8>> {
    let turned = exif.and_then(of_exif).filter(|orientation| *orientation != UPRIGHT)?;
    let mut block = b"MM\0\x2a\0\0\0\x08\0\x01".to_vec();
    block.extend_from_slice(&ORIENTATION.to_be_bytes());
    block.extend_from_slice(b"\0\x03\0\0\0\x01");
    block.extend_from_slice(&turned.to_be_bytes());
    block.extend_from_slice(&[0; 6]);
    Some(block)
}

/// The orientation that an EXIF block tells, 1 to 8.
pub(super) fn of_exif(exif: &[u8]) -> Option<u16> {
    let order = match exif.get(..4)? {
        b"MM\0\x2a" => Order::Big,
        b"II\x2a\0" => Order::Little,
        _ => return None,
    };
    let directory = order.long(exif, 4)?;
    let entries = usize::from(order.short(exif, directory)?);
    let tells = |entry: usize| {
        let at = directory.checked_add(2)?.checked_add(entry * 12)?;
        (order.short(exif, at)? == ORIENTATION).then(|| order.short(exif, at + 8)).flatten()
    };
    (0..entries).find_map(tells).filter(|orientation| (1..=8).contains(orientation))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_a_picture_is_turned_is_kept_and_nothing_else() {
        let little = b"II\x2a\0\x08\0\0\0\x02\0\x0f\x01\x02\0\x05\0\0\0\x26\0\0\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0Canon";
        assert_eq!(of_exif(little), Some(6));
        let kept = kept_of(Some(little)).unwrap();
        assert_eq!(of_exif(&kept), Some(6));
        assert_eq!(kept.len(), 26);
        assert_eq!(kept_of(Some(&kept)), Some(kept));
    }

    #[test]
    fn what_says_nothing_of_it_is_not_kept() {
        let upright = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x01\0\0\0\0\0\0";
        assert_eq!(of_exif(upright), Some(1));
        for exif in [None, Some(upright.as_slice()), Some(b"MM\0\x2a\xff\xff\xff\xff"), Some(b""), Some(b"XX\0\x2a")] {
            assert_eq!(kept_of(exif), None);
        }
    }
}
