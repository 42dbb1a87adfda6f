//! Starts the command line, nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    aiqyn::cli::start(std::env::args_os())
}
