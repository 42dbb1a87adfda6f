//! The report in every form: that it can be read, says what it was given, and is the same bytes each time.

mod arbitrary;
mod archive;
mod invented;
mod paper;
mod pictures;
mod reading;
mod workbook;
