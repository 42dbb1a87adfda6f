//! The forms in which a report can be had.

use super::archive::{ArchiveError, csv_archive};
use super::document::Document;
use super::pdf::{PdfError, pdf};
use super::workbook::{WorkbookError, workbook};
use crate::domain::words;

words! {
    /// A form in which a report can be had.
    Format {
        /// A PDF, for paper and archives.
        Pdf = "pdf",
        /// A workbook, one sheet a table.
        Xlsx = "xlsx",
        /// A zip of CSV files with a data dictionary.
        Csv = "csv",
    }
}

/// Why a report could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// As PDF.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// As a workbook.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    /// As CSV files.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

impl Format {
    /// The bytes of a document in this form: the same for the same document.
    ///
    /// # Errors
    /// Where it cannot be rendered, which no words of the document bring about.
    pub fn render(self, document: &Document) -> Result<Vec<u8>, RenderError> {
        Ok(match self {
            Self::Pdf => pdf(document)?,
            Self::Xlsx => workbook(document)?,
            Self::Csv => csv_archive(document)?,
        })
    }

    /// The end of the file's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Csv => "zip",
        }
    }

    /// The media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "application/zip",
        }
    }
}
