//! What the first bytes do not tell: macros within an office document, and names whose ending makes a
//! system run the file. Both are looked for as the file passes by; nothing is unpacked.

use super::media_type::MediaType;

/// Names of the parts that hold macros. In the archives that office documents are, names of parts lie in the clear.
const MACROS: &[&[u8]] = &[b"vbaProject.bin", b"macrosheets/", b"Basic/script-lc.xml", b"activeX/"];

/// The longest of them, less one: what must be kept of the bytes before.
const OVERLAP: usize = 18;

/// Endings that a system runs when somebody opens the file.
const ENDINGS: &[&str] = &[
    "app", "apk", "bat", "chm", "cmd", "com", "command", "cpl", "desktop", "dll", "docm", "dotm", "exe", "hta", "htm",
    "html", "iso", "jar", "js", "jse", "lnk", "mht", "mhtml", "msc", "msi", "potm", "ppsm", "pptm", "ps1", "py", "reg",
    "scf", "scr", "sh", "svg", "url", "vb", "vbe", "vbs", "ws", "wsf", "wsh", "xhtml", "xlam", "xlsm", "xltm", "xml",
];

/// Whether a name ends in what a system runs.
#[must_use]
pub fn has_active_ending(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending.to_lowercase().as_str()))
}

/// Looks for macros in an office document while it is written.
#[derive(Debug)]
pub struct MacroSearch {
    is_searching: bool,
    found: bool,
    before: Vec<u8>,
}

impl MacroSearch {
    /// Looks only where macros can be.
    #[must_use]
    pub fn in_type(media_type: MediaType) -> Self {
        use MediaType::{Docx, Odp, Ods, Odt, Pptx, Xlsx, Zip};
        let is_searching = matches!(media_type, Docx | Odp | Ods | Odt | Pptx | Xlsx | Zip);
        Self { is_searching, found: false, before: Vec::new() }
    }

    /// Takes the next bytes of the file.
    pub fn pass(&mut self, bytes: &[u8]) {
        if !self.is_searching || self.found {
            return;
        }
        let seam = bytes.get(..OVERLAP).unwrap_or(bytes);
        self.before.extend_from_slice(seam);
        self.found = MACROS.iter().any(|name| contains(&self.before, name) || contains(bytes, name));
        if bytes.len() >= OVERLAP {
            self.before = bytes[bytes.len() - OVERLAP..].to_vec();
        } else {
            self.before.drain(..self.before.len().saturating_sub(OVERLAP));
        }
    }

    /// Whether there were any.
    #[must_use]
    pub fn has_found(&self) -> bool {
        self.found
    }
}

/// Whether bytes hold others.
pub(super) fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    let Some((first, rest)) = wanted.split_first() else { return true };
    let mut from = bytes;
    while let Some(place) = from.iter().position(|byte| byte == first) {
        from = &from[place + 1..];
        if from.starts_with(rest) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_overlap_is_as_long_as_the_longest_name_needs() {
        assert_eq!(MACROS.iter().map(|name| name.len()).max(), Some(OVERLAP + 1));
    }

    #[test]
    fn endings_that_run_are_known_in_any_case() {
        for name in ["a.exe", "A.HTML", "счёт.docm", "a.pdf.js"] {
            assert!(has_active_ending(name), "{name}");
        }
        for name in ["a.pdf", "exe", "a.jpg", "өтініш.docx", ""] {
            assert!(!has_active_ending(name), "{name}");
        }
    }

    proptest! {
        #[test]
        fn macros_are_found_however_the_file_is_cut(before in 0_usize..60, step in 1_usize..40, which in 0..MACROS.len()) {
            let file = [vec![b'v'; before].as_slice(), MACROS[which], b"tail of the archive"].concat();
            let mut search = MacroSearch::in_type(MediaType::Docx);
            file.chunks(step).for_each(|bytes| search.pass(bytes));
            prop_assert!(search.has_found());
            let mut harmless = MacroSearch::in_type(MediaType::Docx);
            [b'v'; 200].chunks(step).for_each(|bytes| harmless.pass(bytes));
            prop_assert!(!harmless.has_found());
        }
    }
}
