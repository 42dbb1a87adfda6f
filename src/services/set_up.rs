//! Setting up: the schema, the first organisation, and who writes while there are no accounts.

use super::error::ServiceError;
use super::{Caller, Services, sealing};

/// Who writes through the API and the command line until accounts exist.
const OPERATOR: &str = "operator";

impl Services {
    /// Brings the schema up to date. Returns the migrations that ran.
    ///
    /// # Errors
    /// Those of the database.
    pub fn migrate(&self) -> Result<Vec<String>, ServiceError> {
        Ok(self.store.migrate()?)
    }

    /// Whether the database has never been set up, not even by halves.
    ///
    /// # Errors
    /// Those of the database.
    pub fn is_new(&self) -> Result<bool, ServiceError> {
        Ok(self.store.is_new()?)
    }

    /// Makes every summary anew from the events. Returns how many cases there are.
    ///
    /// # Errors
    /// Those of the database, or a history that does not replay.
    pub fn rebuild(&self, progress: impl FnMut(u64, u64)) -> Result<u64, ServiceError> {
        self.store.write(|tx| {
            let deadlines = tx.deadlines()?;
            let cases = tx.rebuild(&deadlines, progress)?;
            tx.count_for_planner()?;
            Ok(cases)
        })
    }

    /// Sets up the first organisation, unless there is one. Returns whether it was new.
    ///
    /// # Errors
    /// Those of the database.
    pub fn set_up_organisation(&self, name: &str) -> Result<bool, ServiceError> {
        self.store.write(|tx| {
            if tx.first_organisation()?.is_some() {
                return Ok(false);
            }
            tx.add_organisation(sealing::new_id(), name)?;
            Ok(true)
        })
    }

    /// The operator of the first organisation, as whom everything is written until accounts exist.
    ///
    /// # Errors
    /// [`ServiceError::NotSetUp`] before `aiqyn init`.
    pub fn operator(&self) -> Result<Caller, ServiceError> {
        self.member(OPERATOR)
    }

    /// A member of the first organisation by name; made where there is none.
    ///
    /// # Errors
    /// [`ServiceError::NotSetUp`] before `aiqyn init`.
    pub fn member(&self, name: &str) -> Result<Caller, ServiceError> {
        self.store.check_migrated()?;
        self.store.write(|tx| {
            let organisation = tx.first_organisation()?.ok_or(ServiceError::NotSetUp)?;
            Ok(Caller { author: tx.member(organisation, name, sealing::new_id())? })
        })
    }

    /// How many cases there are.
    ///
    /// # Errors
    /// Those of the database.
    pub fn count_cases(&self) -> Result<i64, ServiceError> {
        self.store.read(|tx| Ok(tx.count_cases()?))
    }
}
