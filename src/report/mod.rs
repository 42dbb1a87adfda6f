//! A report in every form in which it leaves the system: PDF, SVG, a workbook, an archive of CSV files.
//! It renders what it is given, in words that are translated already. It must never read a clock, a file or the
//! database, and never decide what may be published. The same document gives the same bytes, on any day and machine.

pub mod annex; // what the annex for the Committee says
pub mod archive; // CSV files with a data dictionary
mod axis;
pub mod document; // what a report says
mod format; // in which forms a report can be had
pub mod letter; // what somebody signs
mod manuscript;
pub mod pdf; // for paper and archives
pub mod plot; // curves over time
pub mod svg; // plots as pictures
mod syllables;
pub mod table; // typed cells
mod typesetting;
pub mod visit_letters; // what is written to the Ombudsman's office
pub mod workbook; // for people who go on counting

pub use format::{Format, RenderError};
