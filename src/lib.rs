//! Aiqyn: case management for complaints of torture, and the delays and dismissals that they meet.

pub mod access; // who may come in and do what: permissions, delays for guessers, one-time codes; pure
pub mod audit; // records, their chain and its signed ends; pure
pub mod backup; // the file of a backup: what lies in it, how it is sealed
pub mod cli; // the command line, one file a command
pub mod demonstration; // invented cases for a first look; pure
pub mod documents; // types, names and metadata of files; pure
pub mod domain; // what a case is and what may happen to it; pure
pub mod i18n; // the words, in Kazakh, Russian and English
pub mod import; // from any CSV file to what happened in its cases; pure
pub mod measures; // from cases to figures: delays, endings, rates; pure
pub mod report; // a report as PDF, workbook, CSV files and plots; pure
pub mod services; // use cases; transactions live here
pub mod statistics; // numbers in, numbers out; pure
pub mod store; // the database, both backends
pub mod vault; // keys, and what is sealed under them
pub mod web; // HTTP: the JSON API and the pages
