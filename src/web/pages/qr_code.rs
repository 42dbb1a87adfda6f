//! A QR code as an SVG picture that stands in the page: nothing is fetched for it, and no style is needed.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

/// The white margin that scanners need, in modules (ISO/IEC 18004).
const MARGIN: i32 = 4;

/// A picture as its template draws it.
pub struct Picture {
    /// Modules from side to side, margin included.
    pub side: i32,
    /// The dark modules, as the data of one SVG path.
    pub path: String,
}

/// The code for a text; none where it is too long for one.
pub fn picture(text: &str) -> Option<Picture> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while x < code.size() && code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                // Writing into a string cannot fail.
                let _ = write!(path, "M{} {}h{}v1H{}z", start + MARGIN, y + MARGIN, x - start, start + MARGIN);
            }
            x += 1;
        }
    }
    Some(Picture { side: code.size() + 2 * MARGIN, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_finders_stand_in_their_corners() {
        let picture =
            picture("otpauth://totp/Aiqyn:aigul?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Aiqyn").unwrap();
        let right = picture.side - MARGIN - 7;
        for (x, y) in [(MARGIN, MARGIN), (right, MARGIN), (MARGIN, right)] {
            assert!(picture.path.contains(&format!("M{x} {y}h7v1H{x}z")), "at {x} {y}");
        }
    }

    #[test]
    fn a_text_that_is_too_long_has_none() {
        assert!(picture(&"x".repeat(10_000)).is_none());
    }
}
