//! What a spreadsheet could take for a formula: it never leaves as one. And what a spreadsheet is, as a list to import:
//! told so, and never opened.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use aiqyn::report::{csv_archive, workbook};
use proptest::prelude::*;
use zip::ZipArchive;
use zip::write::SimpleFileOptions;

use crate::support::program::aiqyn;
use crate::support::{Backend, for_each_backend, on_sqlite};

/// What a program takes a text for a formula by (OWASP, CSV injection).
const BEGINNINGS: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
