//! What kind of file something is, told by its first bytes alone, and as what it is handed out.

use super::active;
use super::metadata::{Stripping, Unstrippable};

/// How many bytes from the beginning of a file its type is told by.
pub const HEAD: usize = 8 * 1024;

/// What everything is handed out as that is not known to do no harm.
const UNKNOWN: &str = "application/octet-stream";

macro_rules! media_types {
    ($($(#[$doc:meta])* $name:ident = $essence:literal, $danger:ident, $stripping:expr;)+) => {
        /// A type of file. What it is called is kept in the clear beside the sealed file.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum MediaType {
            $($(#[$doc])* #[doc = concat!("`", $essence, "`.")] $name,)+
        }

        impl MediaType {
            /// Every type.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// What it is called (RFC 6838), without parameters.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $essence,)+
                }
            }

            const fn danger(self) -> Danger {
                match self {
                    $(Self::$name => Danger::$danger,)+
                }
            }

            /// Whether metadata can be stripped from it.
            #[must_use]
            pub const fn stripping(self) -> Stripping {
                match self {
                    $(Self::$name => $stripping,)+
                }
            }
        }
    };
}

/// What a file may do to whoever opens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Danger {
    /// A browser may be told what it is.
    Harmless,
    /// Not known to do harm, but no browser needs to know what it is.
    Unknown,
    /// It can run something: a script, a macro, a program.
    Active,
}

const PICTURE: Stripping = Stripping::Picture;
const OTHER_PICTURE: Stripping = Stripping::Refused(Unstrippable::OtherPicture);
const OFFICE: Stripping = Stripping::Refused(Unstrippable::OfficeDocument);
const RECORDING: Stripping = Stripping::Refused(Unstrippable::Recording);
const ARCHIVE: Stripping = Stripping::Refused(Unstrippable::Archive);
const OTHER: Stripping = Stripping::Refused(Unstrippable::Unknown);

media_types! {
    Png = "image/png", Harmless, PICTURE;
    Jpeg = "image/jpeg", Harmless, PICTURE;
    WebP = "image/webp", Harmless, PICTURE;
    Gif = "image/gif", Harmless, OTHER_PICTURE;
    Tiff = "image/tiff", Unknown, OTHER_PICTURE;
    Bmp = "image/bmp", Unknown, OTHER_PICTURE;
    Heif = "image/heif", Unknown, OTHER_PICTURE;
    Avif = "image/avif", Unknown, OTHER_PICTURE;
    JpegXl = "image/jxl", Unknown, OTHER_PICTURE;
    Dicom = "application/dicom", Unknown, OTHER_PICTURE;
    Svg = "image/svg+xml", Active, OTHER_PICTURE;
    Pdf = "application/pdf", Harmless, Stripping::Refused(Unstrippable::Pdf);
    PlainText = "text/plain", Harmless, Stripping::NothingToStrip;
    Csv = "text/csv", Harmless, Stripping::NothingToStrip;
    Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Harmless, OFFICE;
    Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Harmless, OFFICE;
    Pptx = "application/vnd.openxmlformats-officedocument.presentationml.presentation", Harmless, OFFICE;
    Odt = "application/vnd.oasis.opendocument.text", Harmless, OFFICE;
    Ods = "application/vnd.oasis.opendocument.spreadsheet", Harmless, OFFICE;
    Odp = "application/vnd.oasis.opendocument.presentation", Harmless, OFFICE;
    /// Word, Excel and PowerPoint before 2007, and Windows installers: any of them may hold macros or programs.
    OleStorage = "application/x-ole-storage", Active, OFFICE;
    /// An office document in which macros were found.
    MacroDocument = "application/x-macro-document", Active, OFFICE;
    /// It may have programs embedded.
    Rtf = "application/rtf", Active, OFFICE;
    /// Pages with scripts in an archive.
    Epub = "application/epub+zip", Active, OFFICE;
    Mp3 = "audio/mpeg", Harmless, RECORDING;
    Ogg = "audio/ogg", Harmless, RECORDING;
    Opus = "audio/opus", Harmless, RECORDING;
    M4a = "audio/mp4", Harmless, RECORDING;
    Aac = "audio/aac", Harmless, RECORDING;
    Amr = "audio/amr", Harmless, RECORDING;
    Flac = "audio/flac", Harmless, RECORDING;
    Wav = "audio/wav", Harmless, RECORDING;
    Mp4 = "video/mp4", Harmless, RECORDING;
    WebM = "video/webm", Harmless, RECORDING;
    QuickTime = "video/quicktime", Harmless, RECORDING;
    Matroska = "video/matroska", Harmless, RECORDING;
    Avi = "video/x-msvideo", Unknown, RECORDING;
    Mpeg = "video/mpeg", Harmless, RECORDING;
    Zip = "application/zip", Harmless, ARCHIVE;
    SevenZip = "application/x-7z-compressed", Unknown, ARCHIVE;
    Rar = "application/vnd.rar", Unknown, ARCHIVE;
    Gzip = "application/gzip", Unknown, ARCHIVE;
    Tar = "application/x-tar", Unknown, ARCHIVE;
    Html = "text/html", Active, OTHER;
    Xml = "text/xml", Active, OTHER;
    /// `#!` and a program to run it.
    Script = "text/x-script", Active, OTHER;
    /// A program of any kind, a package of programs, or what a plug-in runs.
    Program = "application/x-executable", Active, OTHER;
    Unknown = "application/octet-stream", Unknown, OTHER;
}

impl MediaType {
    /// Tells the type by the beginning of a file, of which [`HEAD`] bytes are enough.
    #[must_use]
    pub fn sniff(head: &[u8]) -> Self {
        if head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            return Self::OleStorage;
        }
        if head.starts_with(b"#!") {
            return Self::Script;
        }
        if let Some(text) = text(head) {
            return Self::of_text(text);
        }
        let told = infer::get(head).map_or(Self::Unknown, |told| Self::of_inferred(told.mime_type(), told.extension()));
        if told == Self::Zip { Self::of_archive(head) } else { told }
    }

    /// The type with a name of [`MediaType::as_str`]; what is none of them counts as unknown.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self::ALL.iter().copied().find(|known| known.as_str() == name).unwrap_or(Self::Unknown)
    }

    /// The type of a file of this one in which macros were found.
    #[must_use]
    pub fn with_macros(self) -> Self {
        if self == Self::Zip { Self::Program } else { Self::MacroDocument }
    }

    /// Whether a file of the type can run something when it is opened. Whether one does is not looked into.
    #[must_use]
    pub fn is_active(self) -> bool {
        self.danger() == Danger::Active
    }

    /// The `Content-Type` that it is handed out under, always as an attachment.
    #[must_use]
    pub fn served_as(self) -> &'static str {
        match (self, self.danger()) {
            (Self::PlainText | Self::Csv, _) => "text/plain; charset=utf-8",
            (_, Danger::Harmless) => self.as_str(),
            _ => UNKNOWN,
        }
    }

    fn of_text(text: &str) -> Self {
        let start = text.trim_start_matches('\u{feff}').trim_start();
        let looks_like_markup = start
            .strip_prefix('<')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_alphabetic() || "!?/".contains(c)));
        let begins = start.get(..start.len().min(1024)).unwrap_or(start).to_ascii_lowercase();
        match looks_like_markup {
            true if begins.contains("<svg") => Self::Svg,
            true if begins.starts_with("<?xml") => Self::Xml,
            true => Self::Html,
            false if start.starts_with("{\\rtf") => Self::Rtf,
            false if start.starts_with("%PDF-") => Self::Pdf,
            false if start.starts_with("%!PS") => Self::Program,
            false if looks_like_table(start) => Self::Csv,
            false => Self::PlainText,
        }
    }

    fn of_inferred(name: &str, extension: &str) -> Self {
        match (name, extension) {
            ("audio/m4a", _) => Self::M4a,
            ("audio/x-flac", _) => Self::Flac,
            ("audio/x-wav", _) => Self::Wav,
            ("video/x-m4v", _) => Self::Mp4,
            ("video/x-matroska", _) => Self::Matroska,
            (
                "application/wasm"
                | "application/vnd.microsoft.portable-executable"
                | "application/java"
                | "application/x-llvm"
                | "application/x-mach-binary"
                | "application/vnd.android.dex"
                | "application/vnd.android.dey"
                | "application/x-shockwave-flash"
                | "application/postscript"
                | "application/x-google-chrome-extension"
                | "application/vnd.ms-cab-compressed"
                | "application/vnd.debian.binary-package"
                | "application/x-rpm"
                | "text/x-shellscript",
                _,
            ) => Self::Program,
            (name, _) => Self::named(name),
        }
    }

    /// What kind of archive it is, by the names of the first things in it, which lie in the clear.
    fn of_archive(head: &[u8]) -> Self {
        let has = |name: &[u8]| active::contains(head, name);
        match () {
            () if has(b"META-INF/MANIFEST.MF") || has(b"AndroidManifest.xml") => Self::Program,
            () if !has(b"[Content_Types].xml") && !has(b"_rels/.rels") => Self::Zip,
            () if has(b"word/") => Self::Docx,
            () if has(b"xl/") => Self::Xlsx,
            () if has(b"ppt/") => Self::Pptx,
            () => Self::Zip,
        }
    }
}

/// The bytes as a text: UTF-8 without control characters but blanks. A character cut off at the end is let pass.
fn text(head: &[u8]) -> Option<&str> {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => std::str::from_utf8(head.get(..error.valid_up_to())?).ok()?,
        Err(_) => return None,
    };
    let is_text = |c: char| !c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\x0c');
    (!text.is_empty() && text.chars().all(is_text)).then_some(text)
}

/// Whether the first lines have the same number of commas, semicolons or tabs, and some.
fn looks_like_table(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().take(4).filter(|line| !line.is_empty()).collect();
    // The last one may have been cut off.
    let whole = lines.get(..lines.len().saturating_sub(1)).unwrap_or_default();
    let same = |separator: char| {
        let mut counts = whole.iter().map(|line| line.matches(separator).count());
        counts.next().is_some_and(|first| first > 0 && counts.all(|count| count == first))
    };
    whole.len() > 1 && [',', ';', '\t'].into_iter().any(same)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_file_is_what_its_first_bytes_are() {
        let cases: &[(&[u8], MediaType)] = &[
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", MediaType::Png),
            (b"\xff\xd8\xff\xe0\0\x10JFIF\0", MediaType::Jpeg),
            (b"GIF89a\x01\0\x01\0", MediaType::Gif),
            (b"RIFF\x20\0\0\0WEBPVP8 \0\0\0\0", MediaType::WebP),
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", MediaType::Pdf),
            (b"%PDF-1.4\n", MediaType::Pdf),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", MediaType::Heif),
            (b"\0\0\0\x18ftypisom\0\0\0\0isommp41", MediaType::Mp4),
            (b"ID3\x03\0\0\0\0\0\0", MediaType::Mp3),
            (b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x05\0\0\0a.txt", MediaType::Zip),
            ("Мен көрдім: оны ұрды.\n".as_bytes(), MediaType::PlainText),
            (b"\xef\xbb\xbfa plain text", MediaType::PlainText),
            ("аты;жылы\nАйгүл;1990\nДамир;1985\n".as_bytes(), MediaType::Csv),
            (b"", MediaType::Unknown),
            (b"\0\x01\x02\x03", MediaType::Unknown),
            (b"text with \x1b[31mcontrol characters", MediaType::Unknown),
        ];
        for (head, expected) in cases {
            assert_eq!(MediaType::sniff(head), *expected, "{:?}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn whatever_can_run_something_is_handed_out_as_bytes() {
        let cases: &[&[u8]] = &[
            b"<!DOCTYPE html><html>",
            b"  \n<script>alert(1)</script>",
            b"\xef\xbb\xbf<html>",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>",
            b"<?xml version='1.0'?><svg>",
            b"<?xml version='1.0'?><a/>",
            b"<x:y>",
            b"</p>",
            b"#!/bin/sh\nrm -r .",
            b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff",
            b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0",
            b"{\\rtf1\\ansi",
            b"%!PS-Adobe-3.0\n",
            b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x14\0\0\0META-INF/MANIFEST.MF",
        ];
        for head in cases {
            let sniffed = MediaType::sniff(head);
            assert!(sniffed.is_active(), "{:?} is {sniffed:?}", String::from_utf8_lossy(head));
            assert_eq!(sniffed.served_as(), UNKNOWN);
        }
    }

    #[test]
    fn no_type_is_served_that_a_browser_would_run() {
        for media_type in MediaType::ALL {
            let served = media_type.served_as();
            let is_harmless =
                ["image/png", "image/jpeg", "image/gif", "image/webp", "application/", "audio/", "video/"]
                    .iter()
                    .any(|start| served.starts_with(start));
            assert!(is_harmless || served == "text/plain; charset=utf-8", "{served}");
            assert!(!["svg", "html", "xml+", "+xml", "script"].iter().any(|part| served.contains(part)), "{served}");
            assert_eq!(MediaType::named(media_type.as_str()), *media_type);
        }
    }

    #[test]
    fn a_text_that_is_cut_within_a_letter_is_still_one() {
        let text = "қ".repeat(HEAD);
        assert_eq!(MediaType::sniff(&text.as_bytes()[..HEAD - 1]), MediaType::PlainText);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(start in 0_usize..24, rest in prop::collection::vec(any::<u8>(), 0..400)) {
            let starts: [&[u8]; 8] = [b"PK\x03\x04", b"\0\0\0\x18ftyp", b"RIFF", b"\xd0\xcf\x11\xe0", b"ID3", b"\x1aE\xdf\xa3", b"MZ", b"II*\0"];
            let head = [starts.get(start).copied().unwrap_or_default(), &rest].concat();
            let _ = MediaType::sniff(&head);
        }
    }
}
