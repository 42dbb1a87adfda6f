//! Browsers that a member has logged in from before, as the hashes of their cookies.

use diesel::prelude::*;

use super::connection::Transaction;
use super::error::StoreError;
use super::key::Key;
use super::schema::known_devices::dsl;
use crate::domain::id::ActorId;

/// How many are kept for a member. Tor Browser is a new one each time.
const MOST: i64 = 20;

impl Transaction<'_> {
    /// Adds a device, or says that it was used again at `now` (microseconds since 1970 in UTC), and keeps the
    /// twenty of the member that were used last.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where the hash is that of another member's device.
    pub fn add_known_device(&mut self, hash: &[u8; 32], member: ActorId, now: i64) -> Result<(), StoreError> {
        let own = dsl::member_id.eq(Key::from(member));
        let again = diesel::update(dsl::known_devices.filter(own.and(dsl::hash.eq(hash.to_vec()))))
            .set(dsl::used_at.eq(now))
            .execute(self.connection)?;
        if again > 0 {
            return Ok(());
        }
        let row = (dsl::hash.eq(hash.to_vec()), dsl::member_id.eq(Key::from(member)), dsl::used_at.eq(now));
        diesel::insert_into(dsl::known_devices).values(row).execute(self.connection)?;
        let old: Vec<Vec<u8>> = dsl::known_devices
            .filter(own)
            .order((dsl::used_at.desc(), dsl::hash))
            .offset(MOST)
            .limit(i64::from(i32::MAX))
            .select(dsl::hash)
            .load(self.connection)?;
        diesel::delete(dsl::known_devices.filter(dsl::hash.eq_any(old))).execute(self.connection)?;
        Ok(())
    }

    /// Whether this is a device of this member.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn is_known_device(&mut self, hash: &[u8; 32], member: ActorId) -> Result<bool, StoreError> {
        let found = dsl::known_devices
            .filter(dsl::hash.eq(hash.to_vec()).and(dsl::member_id.eq(Key::from(member))))
            .select(dsl::used_at)
            .first::<i64>(self.connection)
            .optional()?;
        Ok(found.is_some())
    }

    /// Forgets every device of a member: they have left, or a device was stolen.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn forget_known_devices(&mut self, member: ActorId) -> Result<(), StoreError> {
        diesel::delete(dsl::known_devices.filter(dsl::member_id.eq(Key::from(member)))).execute(self.connection)?;
        Ok(())
    }
}
