//! What a database tells of itself, for `aiqyn doctor`: whoever sits at the machine, before anything is served.

use super::{ServiceError, Services};
use crate::store::Store;
use crate::vault::PasswordCost;

pub use crate::store::{Examined, ExaminedContent, SchemaState};

impl Services {
    /// Asks the database at an address. It is opened for reading alone, and neither made nor brought up to date.
    ///
    /// # Errors
    /// Where the address is none, or the database is out of reach or not there.
    pub fn examine(database: &str) -> Result<Examined, ServiceError> {
        Ok(Store::examine(database)?)
    }
}

impl ExaminedContent {
    /// How many members have a password that is cheaper to guess than a new one would be.
    #[must_use]
    pub fn weak_passwords(&self) -> i64 {
        let is_weak = |cost: &str| cost.parse::<PasswordCost>().map_or(true, PasswordCost::is_below_current);
        self.password_costs.iter().filter(|(cost, _)| is_weak(cost)).map(|(_, count)| count).sum()
    }
}
