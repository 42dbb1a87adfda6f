//! From a list of complaints (CSV) to cases, by a mapping file that its owner writes.
//!
//! Pure: it reads only from the input that it is given, knows no clock and no database, and says
//! of every row what it became or why it was refused. It must never guess: a value that the
//! mapping does not explain refuses its row, and the figures always add up to the rows read.
//! Whoever calls it stores the cases, and must keep the cells of refused rows out of every log.

mod brought;
mod columns;
mod compile;
mod compile_value;
mod condition;
mod convert;
mod dates;
pub mod mapping;
pub mod problem;
mod records;
pub mod report;
pub mod row;
pub mod rows;
mod value;
mod written;

pub use mapping::{Mapping, MappingError, MappingErrors};
pub use problem::{BadRow, Problem, Reason, visible};
pub use report::Report;
pub use row::{ImportedCase, Row, RowKey};
pub use rows::{Rows, Unopened, read};
