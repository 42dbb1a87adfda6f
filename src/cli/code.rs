//! `aiqyn code`: what an authenticator app would show. It is for the demo and for trying things out: a
//! secret that lies on the machine one signs in from is no second factor.

use std::io;

use zeroize::Zeroizing;

use super::CliError;
use super::output::say;
use crate::access::one_time_code::OneTimeCodeSecret;
use crate::services::clock::{Clock, SystemClock};

/// Options of `aiqyn code`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The secret, in its groups; left out, it is read from standard input, where other users do not see it.
    #[arg(value_name = "SECRET")]
    secret: Vec<String>,
}

pub fn run(args: &Args) -> Result<(), CliError> {
    let mut text = Zeroizing::new(args.secret.concat());
    if text.is_empty() {
        io::stdin().read_line(&mut text)?;
    }
    let secret = OneTimeCodeSecret::parse(&text)
        .map_err(|_| CliError::Usage("this is no secret for one-time codes: it has eight groups of four".to_owned()))?;
    let now = SystemClock.now();
    say(secret.code_at(now));
    eprintln!("Good once; the next one comes in {} s.", OneTimeCodeSecret::shown_for(now));
    Ok(())
}
