//! What a picture gives away beside what it shows: where and when it was taken, with which camera, by
//! whom, and what it showed before it was cropped. It is stripped where somebody asks for it, and
//! refused with the reason where it cannot be. Nothing is kept in silence: what is not known to be
//! needed to show the picture is dropped.

use img_parts::Bytes;

use super::media_type::MediaType;
use super::{jpeg, png, webp};

/// The largest picture that is stripped, in bytes: it must be held in memory, twice for a moment.
pub const LARGEST_PICTURE: usize = 64 * 1024 * 1024;

/// Whether the metadata of a type of file can be stripped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stripping {
    /// There is nothing beside the text itself.
    NothingToStrip,
    /// A picture: [`strip`] does it.
    Picture,
    /// It cannot be done.
    Refused(Unstrippable),
}

/// Why metadata cannot be stripped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unstrippable {
    /// Author, program, dates, earlier versions.
    #[error("the metadata of a PDF cannot be stripped here: it may also hold earlier versions and hidden layers")]
    Pdf,
    /// Authors, dates, comments, tracked changes, pictures with metadata of their own.
    #[error(
        "the metadata of an office document cannot be stripped here: it may also hold comments and tracked changes"
    )]
    OfficeDocument,
    /// Place, device, date.
    #[error("the metadata of a sound or video recording cannot be stripped here")]
    Recording,
    /// A kind of picture that is not taken apart here.
    #[error("metadata are stripped from JPEG, PNG and WebP pictures only")]
    OtherPicture,
    /// Names, dates, and whatever the files in it hold.
    #[error("the metadata of the files in an archive cannot be stripped here")]
    Archive,
    /// Nobody knows where it would be.
    #[error("it is not known what metadata a file of this type holds")]
    Unknown,
    /// Longer than [`LARGEST_PICTURE`].
    #[error("the picture is too large to be stripped here")]
    TooLarge,
    /// It is not the picture that it begins as.
    #[error("the picture is damaged, so it is not known what is metadata in it")]
    Damaged,
}

impl Unstrippable {
    /// Every reason.
    pub const ALL: &[Self] = &[
        Self::Pdf,
        Self::OfficeDocument,
        Self::Recording,
        Self::OtherPicture,
        Self::Archive,
        Self::Unknown,
        Self::TooLarge,
        Self::Damaged,
    ];

    /// The reason in one word, for programs and for the texts in each language.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::OfficeDocument => "office_document",
            Self::Recording => "recording",
            Self::OtherPicture => "other_picture",
            Self::Archive => "archive",
            Self::Unknown => "unknown",
            Self::TooLarge => "too_large",
            Self::Damaged => "damaged",
        }
    }
}

/// Strips a picture: EXIF, XMP, IPTC, comments, previews, and what hangs behind its end. The pixels and
/// the colour profile stay as they are, and so does which side is up.
///
/// # Errors
/// [`Unstrippable`]: not one of the three formats, too large, or damaged.
pub fn strip(media_type: MediaType, picture: Vec<u8>) -> Result<Bytes, Unstrippable> {
    if picture.len() > LARGEST_PICTURE {
        return Err(Unstrippable::TooLarge);
    }
    let picture = Bytes::from(picture);
    let stripped = match media_type {
        MediaType::Jpeg => jpeg::strip(picture),
        MediaType::Png => png::strip(picture),
        MediaType::WebP => webp::strip(picture),
        other => {
            return Err(match other.stripping() {
                Stripping::Refused(reason) => reason,
                Stripping::NothingToStrip | Stripping::Picture => Unstrippable::Unknown,
            });
        }
    };
    stripped.ok_or(Unstrippable::Damaged)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_picture_of_the_three_is_refused_with_its_reason() {
        for (media_type, reason) in [
            (MediaType::Pdf, Unstrippable::Pdf),
            (MediaType::Docx, Unstrippable::OfficeDocument),
            (MediaType::Mp4, Unstrippable::Recording),
            (MediaType::Heif, Unstrippable::OtherPicture),
            (MediaType::Zip, Unstrippable::Archive),
            (MediaType::Unknown, Unstrippable::Unknown),
            (MediaType::Jpeg, Unstrippable::Damaged),
        ] {
            assert_eq!(strip(media_type, b"anything".to_vec()), Err(reason));
        }
        assert_eq!(strip(MediaType::Png, vec![0; LARGEST_PICTURE + 1]), Err(Unstrippable::TooLarge));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(which in 0_usize..3, rest in prop::collection::vec(any::<u8>(), 0..300)) {
            let (media_type, start): (_, &[u8]) = [
                (MediaType::Jpeg, b"\xff\xd8\xff\xda\0\x03\x01".as_slice()),
                (MediaType::Png, b"\x89PNG\r\n\x1a\n"),
                (MediaType::WebP, b"RIFF\xff\0\0\0WEBPANMF\xf0\0\0\0"),
            ][which];
            let _ = strip(media_type, [start, &rest].concat());
            let _ = super::super::orientation::of_exif(&rest);
        }
    }
}
