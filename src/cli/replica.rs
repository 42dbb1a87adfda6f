//! The replica that figures are read from.

use super::CliError;
use crate::services::{Patience, REPLICA_BEHIND, Services};

/// Where a replica is.
#[derive(Debug, Clone, clap::Args)]
pub struct Replica {
    /// A streaming replica of the database, for reading figures: postgres://… Left out, or where it is away or half a
    /// minute behind, the database itself is asked.
    #[arg(long, env = "AIQYN_REPLICA", value_name = "URL", hide_env_values = true)]
    replica_url: Option<String>,
}

impl Replica {
    /// The same services with it.
    pub fn beside(&self, services: Services, patience: Patience) -> Result<Services, CliError> {
        match &self.replica_url {
            Some(url) => Ok(services.with_replica(url, patience, REPLICA_BEHIND)?),
            None => Ok(services),
        }
    }
}
