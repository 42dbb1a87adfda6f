//! What Typst sees when it sets a report: the template, the data, and the fonts that are compiled in.
//! No files, no network, no fonts of the machine, no clock: else the same report would not be the same bytes everywhere.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use unicode_normalization::char::is_combining_mark;

const DATA_PATH: &str = "document.json";

/// Libertinus has no bold italic with Kazakh letters; its semibold has them upright and italic, so bold is semibold here.
/// `DejaVu` comes in where Libertinus has no sign: the tenge, arrows, other scripts.
const FONT_FILES: [&[u8]; 5] = [
    include_bytes!("fonts/LibertinusSerif-Regular.otf"),
    include_bytes!("fonts/LibertinusSerif-Italic.otf"),
    include_bytes!("fonts/LibertinusSerif-Semibold.otf"),
    include_bytes!("fonts/LibertinusSerif-SemiboldItalic.otf"),
    include_bytes!("fonts/DejaVuSansMono.ttf"),
];

/// What every report shares: read once, when the first is set.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    let fonts: Vec<Font> = FONT_FILES.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect();
    Shared {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(fonts.iter().map(|font| font.info().clone()).fold(FontBook::new(), |mut book, info| {
            book.push(info);
            book
        })),
        fonts,
    }
});

/// How a report looks.
#[derive(Debug, Clone, Copy)]
pub(super) enum Template {
    /// A report with a title page, contents, tables and plots.
    Annex,
    /// A letter that somebody signs.
    Letter,
}

impl Template {
    fn path(self) -> &'static str {
        match self {
            Self::Annex => "annex.typ",
            Self::Letter => "letter.typ",
        }
    }

    fn source(self) -> &'static str {
        match self {
            Self::Annex => include_str!("annex.typ"),
            Self::Letter => include_str!("letter.typ"),
        }
    }
}

/// One report's template and data.
pub(super) struct Typesetting {
    main: Source,
    data: (FileId, Bytes),
}

impl Typesetting {
    /// Puts the data, as JSON, beside the template.
    ///
    /// # Errors
    /// When Typst does not take the fixed names of the two; it does.
    pub(super) fn new(template: Template, data: String) -> Result<Self, FileError> {
        let main = Source::new(file(template.path())?, template.source().to_owned());
        Ok(Self { main, data: (file(DATA_PATH)?, Bytes::from_string(data)) })
    }
}

fn file(path: &str) -> Result<FileId, FileError> {
    let path = VirtualPath::new(path).map_err(|_| FileError::NotFound(path.into()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// Puts a mark in place of every character that no font has a picture of: a PDF for archives must not hold one.
/// An accent is set with the letter before it, in one font, so Libertinus must have it. Control characters become spaces.
pub(super) fn printable(text: &str) -> String {
    const REPLACEMENT: char = '\u{fffd}';
    let has_picture = |character: char| {
        let most = if is_combining_mark(character) { 1 } else { SHARED.fonts.len() };
        character.is_ascii()
            || SHARED.fonts.iter().take(most).any(|font| font.info().coverage.contains(u32::from(character)))
    };
    let printed = |character: char| match character {
        '\u{ad}' => character,
        _ if character.is_control() => ' ',
        _ if has_picture(character) => character,
        _ => REPLACEMENT,
    };
    text.chars().map(printed).collect()
}

impl World for Typesetting {
    fn library(&self) -> &LazyHash<Library> {
        &SHARED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHARED.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 { Ok(self.data.1.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHARED.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_can_be_read() {
        assert_eq!(SHARED.fonts.len(), FONT_FILES.len());
    }

    #[test]
    fn every_kazakh_letter_has_a_picture_upright_and_italic_regular_and_bold() {
        for font in SHARED.fonts.iter().filter(|font| font.info().family == "Libertinus Serif") {
            for letter in "ӘәҒғҚқҢңӨөҰұҮүҺһІіЁё".chars() {
                let has_it = font.info().coverage.contains(u32::from(letter));
                assert!(has_it, "{letter} is missing in {:?}", font.info().variant);
            }
        }
    }

    #[test]
    fn what_has_no_picture_is_marked() {
        assert_eq!(printable("1 000 ₸ \u{1f600}\u{7} ә"), "1 000 ₸ \u{fffd}  ә");
    }
}
