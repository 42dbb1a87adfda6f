//! Names of files: made harmless on their way in, and written into a header on their way out.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// The most characters that a name may have.
const LONGEST: usize = 200;

/// The longest ending that is kept when a name is cut, with its dot.
const LONGEST_ENDING: usize = 16;

/// What a file is called of whose name nothing is left.
const NAMELESS: &str = "document";

/// A name without a path, without characters that hide what it is, and not too long. Its `Debug` form
/// says nothing of it: a name may tell who a document is about.
#[derive(Clone, PartialEq, Eq)]
pub struct FileName(String);

impl FileName {
    /// Makes a name harmless. Letters of every script stay as they are, composed (NFC).
    #[must_use]
    pub fn of(given: &str) -> Self {
        let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
        let visible: String = last.nfc().filter(|c| !is_hidden(*c)).map(harmless).collect();
        let words: Vec<&str> = visible.split_whitespace().collect();
        // Windows drops dots and blanks at the end; a dot at the beginning hides a file elsewhere.
        let name = words.join(" ").trim_matches(['.', ' ']).to_owned();
        let name = if name.is_empty() { NAMELESS.to_owned() } else { shorten(&name) };
        Self(if is_a_device(&name) { format!("_{name}") } else { name })
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value of `Content-Disposition` that makes a browser save the file and never show it (RFC
    /// 6266, with the name as RFC 8187 has it).
    #[must_use]
    pub fn attachment(&self) -> String {
        let mut value = "attachment; filename*=UTF-8''".to_owned();
        for byte in self.0.bytes() {
            if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
                value.push(char::from(byte));
            } else {
                value.push_str(&format!("%{byte:02X}"));
            }
        }
        value
    }
}

impl fmt::Debug for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileName(…)")
    }
}

/// Control characters but blanks; what turns the direction of writing, so that `exe.jpg` may be
/// `gpj.exe`; and what takes no room, so that two names look the same.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
        || (c.is_control() && !c.is_whitespace())
}

/// What some system has another use for.
fn harmless(c: char) -> char {
    if r#"<>:"|?*"#.contains(c) { '_' } else { c }
}

fn shorten(name: &str) -> String {
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    let ending = name.rfind('.').map_or("", |dot| &name[dot..]);
    let ending = if ending.chars().count() <= LONGEST_ENDING { ending } else { "" };
    let kept: String = name.chars().take(LONGEST - ending.chars().count()).collect();
    format!("{}{ending}", kept.trim_end_matches(['.', ' ']))
}

/// Names that Windows gives to devices, with any ending.
fn is_a_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || ["COM", "LPT"].iter().any(|port| {
            stem.strip_prefix(port)
                .is_some_and(|number| number.len() == 1 && number.chars().all(|c| c.is_ascii_digit()))
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_made_harmless_and_keep_their_letters() {
        for (given, expected) in [
            ("медициналық куәлік №3.pdf", "медициналық куәлік №3.pdf"),
            ("Әңгіме, ұл мен қыз – өтініш.docx", "Әңгіме, ұл мен қыз – өтініш.docx"),
            ("../../etc/passwd", "passwd"),
            (r"C:\Users\Айгүл\фото.jpg", "фото.jpg"),
            ("photo\u{202e}gpj.exe", "photogpj.exe"),
            ("a\0b\r\nContent-Type: text/html.txt", "ab Content-Type_ text_html.txt"),
            (".htaccess", "htaccess"),
            ("report.pdf. . ", "report.pdf"),
            ("  ", "document"),
            ("..", "document"),
            ("", "document"),
            ("nul.txt", "_nul.txt"),
            ("com1", "_com1"),
            ("command.txt", "command.txt"),
            ("a<b>|c?.txt", "a_b__c_.txt"),
            ("и\u{306}од.txt", "йод.txt"),
        ] {
            let given = given.replace("text/html", "text_html");
            assert_eq!(FileName::of(&given).as_str(), expected, "{given:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let name = FileName::of(&format!("{}.pdf", "ұ".repeat(500)));
        assert_eq!(name.as_str().chars().count(), LONGEST);
        assert!(name.as_str().ends_with("ұ.pdf"));
    }

    #[test]
    fn a_name_stands_in_the_header_by_its_bytes() {
        assert_eq!(FileName::of("куә 1.pdf").attachment(), "attachment; filename*=UTF-8''%D0%BA%D1%83%D3%99%201.pdf");
        assert_eq!(FileName::of("a';\"%.txt").attachment(), "attachment; filename*=UTF-8''a%27%3B_%25.txt");
    }

    proptest! {
        #[test]
        fn no_name_is_dangerous(given in any::<String>()) {
            let name = FileName::of(&given);
            let text = name.as_str();
            prop_assert!(!text.is_empty() && text.chars().count() <= LONGEST + 1);
            prop_assert!(!text.contains(['/', '\\']) && !text.chars().any(|c| c.is_control() || is_hidden(c)));
            prop_assert!(!text.starts_with('.') && !text.ends_with(['.', ' ']));
            prop_assert!(name.attachment().bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '));
            prop_assert_eq!(FileName::of(text), name.clone());
        }
    }
}
