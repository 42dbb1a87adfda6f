//! Reads the command line, nothing else.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    aiqyn::cli::run(aiqyn::cli::Cli::parse())
}
