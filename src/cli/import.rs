use super::CliError;
#[derive(Debug, clap::Args)]
pub struct Args {}
pub fn run(_: &Args) -> Result<(), CliError> {
    Ok(())
}
