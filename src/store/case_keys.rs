//! The data keys of cases, sealed to the organisations that may read, and with whom a case is shared.

use diesel::prelude::*;

use super::connection::{AnyConnection, Transaction};
use super::error::StoreError;
use super::key::Key;
use super::schema::{case_shares, cases, data_keys, sealed_keys, visit_summaries};
use crate::domain::id::{ActorId, CaseId, DataKeyId, EventId, OrganisationId, OrganisationKeyId};

/// A data key of a case, without the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DataKeyRecord {
    /// Its identifier.
    pub id: DataKeyId,
    /// The visit request whose texts lie under it; none for the case's.
    pub request: Option<EventId>,
    /// Whether it only opens what was written: somebody who may not read on has had it.
    pub retired: bool,
}

/// A data key, sealed to an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedKey {
    /// The data key.
    pub data_key: DataKeyId,
    /// Who can open it.
    pub organisation: OrganisationId,
    /// The version of their key that it is sealed to.
    pub under: OrganisationKeyId,
    /// The envelope.
    pub sealed: Vec<u8>,
}

/// A data key that is new, with its copies.
#[derive(Clone, Debug)]
pub struct NewDataKey {
    /// Its identifier.
    pub id: DataKeyId,
    /// The case.
    pub case: CaseId,
    /// The visit request whose texts lie under it; none for the case's.
    pub request: Option<EventId>,
    /// Its copies.
    pub copies: Vec<SealedKey>,
}

#[derive(Insertable)]
#[diesel(table_name = data_keys, treat_none_as_default_value = false)]
struct DataKeyRow {
    id: Key,
    case_id: Key,
    request_id: Option<Key>,
    created_at: i64,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = sealed_keys)]
struct SealedKeyRow {
    data_key_id: Key,
    organisation_id: Key,
    organisation_key_id: Key,
    sealed: Vec<u8>,
}

impl From<&SealedKey> for SealedKeyRow {
    fn from(key: &SealedKey) -> Self {
        Self {
            data_key_id: key.data_key.into(),
            organisation_id: key.organisation.into(),
            organisation_key_id: key.under.into(),
            sealed: key.sealed.clone(),
        }
    }
}

impl From<SealedKeyRow> for SealedKey {
    fn from(row: SealedKeyRow) -> Self {
        Self {
            data_key: row.data_key_id.into(),
            organisation: row.organisation_id.into(),
            under: row.organisation_key_id.into(),
            sealed: row.sealed,
        }
    }
}

/// How an organisation stands to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// It owns it.
    pub owned: bool,
    /// It is shared with it.
    pub shared: bool,
    /// A visit has been requested in it.
    pub visit_requested: bool,
}

impl Transaction<'_> {
    /// Keeps new data keys with their copies.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn add_data_keys(&mut self, keys: &[NewDataKey], now: i64) -> Result<(), StoreError> {
        let rows: Vec<DataKeyRow> = keys
            .iter()
            .map(|key| DataKeyRow {
                id: key.id.into(),
                case_id: key.case.into(),
                request_id: key.request.map(Key::from),
                created_at: now,
            })
            .collect();
        let copies: Vec<SealedKeyRow> = keys.iter().flat_map(|key| &key.copies).map(SealedKeyRow::from).collect();
        super::cases::insert_rows!(self.connection, data_keys::table, &rows);
        super::cases::insert_rows!(self.connection, sealed_keys::table, &copies);
        Ok(())
    }

    /// Keeps a copy of a data key for one more organisation.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where it has one.
    pub fn add_sealed_keys(&mut self, keys: &[SealedKey]) -> Result<(), StoreError> {
        let rows: Vec<SealedKeyRow> = keys.iter().map(SealedKeyRow::from).collect();
        super::cases::insert_rows!(self.connection, sealed_keys::table, &rows);
        Ok(())
    }

    /// The data keys of a case, the newest first.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn data_keys(&mut self, case: CaseId) -> Result<Vec<DataKeyRecord>, StoreError> {
        let rows: Vec<(Key, Option<Key>, bool)> = data_keys::table
            .filter(data_keys::case_id.eq(Key::from(case)))
            .order((data_keys::created_at.desc(), data_keys::id.desc()))
            .select((data_keys::id, data_keys::request_id, data_keys::retired))
            .load(self.connection)?;
        let record = |(id, request, retired): (Key, Option<Key>, bool)| DataKeyRecord {
            id: id.into(),
            request: request.map(EventId::from),
            retired,
        };
        Ok(rows.into_iter().map(record).collect())
    }

    /// Has nothing more sealed under these keys; what lies under them is opened as before.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn retire_data_keys(&mut self, keys: &[DataKeyId]) -> Result<(), StoreError> {
        let ids: Vec<Key> = keys.iter().copied().map(Key::from).collect();
        self.retire(&ids)
    }

    fn retire(&mut self, ids: &[Key]) -> Result<(), StoreError> {
        let rows = data_keys::table.filter(data_keys::id.eq_any(ids.to_vec()));
        diesel::update(rows).set(data_keys::retired.eq(true)).execute(self.connection)?;
        Ok(())
    }

    /// The data keys of several cases, each with its case.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn data_keys_of(&mut self, cases: &[CaseId]) -> Result<Vec<(CaseId, DataKeyId)>, StoreError> {
        let cases: Vec<Key> = cases.iter().copied().map(Key::from).collect();
        let rows: Vec<(Key, Key)> = data_keys::table
            .filter(data_keys::case_id.eq_any(cases))
            .select((data_keys::case_id, data_keys::id))
            .load(self.connection)?;
        Ok(rows.into_iter().map(|(case, key)| (case.into(), key.into())).collect())
    }

    /// The copies of data keys that an organisation can open.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn copies_of(
        &mut self,
        keys: &[DataKeyId],
        organisation: OrganisationId,
    ) -> Result<Vec<SealedKey>, StoreError> {
        let keys: Vec<Key> = keys.iter().copied().map(Key::from).collect();
        let rows: Vec<SealedKeyRow> = sealed_keys::table
            .filter(sealed_keys::organisation_id.eq(Key::from(organisation)))
            .filter(sealed_keys::data_key_id.eq_any(keys))
            .select(SealedKeyRow::as_select())
            .load(self.connection)?;
        Ok(rows.into_iter().map(SealedKey::from).collect())
    }

    /// The copies of a case's data keys that an organisation can open; of all organisations without one.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn sealed_keys_of_case(
        &mut self,
        case: CaseId,
        organisation: Option<OrganisationId>,
    ) -> Result<Vec<SealedKey>, StoreError> {
        let of_case = data_keys::table.filter(data_keys::case_id.eq(Key::from(case))).select(data_keys::id);
        let mut query = sealed_keys::table.filter(sealed_keys::data_key_id.eq_any(of_case)).into_boxed();
        if let Some(organisation) = organisation {
            query = query.filter(sealed_keys::organisation_id.eq(Key::from(organisation)));
        }
        let rows: Vec<SealedKeyRow> = query.select(SealedKeyRow::as_select()).load(self.connection)?;
        Ok(rows.into_iter().map(SealedKey::from).collect())
    }

    /// Up to `limit` copies that are sealed to a version of an organisation's key.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn keys_sealed_under(&mut self, key: OrganisationKeyId, limit: i64) -> Result<Vec<SealedKey>, StoreError> {
        let rows: Vec<SealedKeyRow> = sealed_keys::table
            .filter(sealed_keys::organisation_key_id.eq(Key::from(key)))
            .limit(limit)
            .select(SealedKeyRow::as_select())
            .load(self.connection)?;
        Ok(rows.into_iter().map(SealedKey::from).collect())
    }

    /// Puts a copy under a newer version in the place of the older one.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn replace_sealed_key(&mut self, key: &SealedKey) -> Result<(), StoreError> {
        let row = sealed_keys::table.find((Key::from(key.data_key), Key::from(key.organisation)));
        diesel::update(row)
            .set((sealed_keys::organisation_key_id.eq(Key::from(key.under)), sealed_keys::sealed.eq(&key.sealed)))
            .execute(self.connection)?;
        Ok(())
    }

    /// With whom a case is shared.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn shares(&mut self, case: CaseId) -> Result<Vec<OrganisationId>, StoreError> {
        let rows: Vec<Key> = case_shares::table
            .filter(case_shares::case_id.eq(Key::from(case)))
            .order(case_shares::organisation_id)
            .select(case_shares::organisation_id)
            .load(self.connection)?;
        Ok(rows.into_iter().map(OrganisationId::from).collect())
    }

    /// Shares a case.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where it is shared with them.
    pub fn add_share(
        &mut self,
        case: CaseId,
        organisation: OrganisationId,
        by: ActorId,
        now: i64,
    ) -> Result<(), StoreError> {
        let row = (
            case_shares::case_id.eq(Key::from(case)),
            case_shares::organisation_id.eq(Key::from(organisation)),
            case_shares::shared_at.eq(now),
            case_shares::shared_by.eq(Key::from(by)),
        );
        diesel::insert_into(case_shares::table).values(row).execute(self.connection)?;
        self.note_share_change()
    }

    /// Ends a share and takes the copies of the keys back, but for those of requests where `keep_requests`.
    /// The keys are retired: their copies may have been opened and kept. Returns whether there was a share.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn end_share(
        &mut self,
        case: CaseId,
        organisation: OrganisationId,
        keep_requests: bool,
    ) -> Result<bool, StoreError> {
        let share = case_shares::table.find((Key::from(case), Key::from(organisation)));
        let ended = diesel::delete(share).execute(self.connection)? == 1;
        self.note_share_change()?;
        let mut of_case =
            data_keys::table.filter(data_keys::case_id.eq(Key::from(case))).select(data_keys::id).into_boxed();
        if keep_requests {
            of_case = of_case.filter(data_keys::request_id.is_null());
        }
        let ids: Vec<Key> = of_case.load(self.connection)?;
        self.retire(&ids)?;
        let copies = sealed_keys::table
            .filter(sealed_keys::organisation_id.eq(Key::from(organisation)))
            .filter(sealed_keys::data_key_id.eq_any(ids));
        diesel::delete(copies).execute(self.connection)?;
        Ok(ended)
    }

    /// How an organisation stands to a case.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn standing(&mut self, case: CaseId, organisation: OrganisationId) -> Result<Standing, StoreError> {
        let owner: Key = cases::table.find(Key::from(case)).select(cases::organisation_id).first(self.connection)?;
        let share = case_shares::table.find((Key::from(case), Key::from(organisation)));
        let shared: i64 = share.count().get_result(self.connection)?;
        let visits = visit_summaries::table.filter(visit_summaries::case_id.eq(Key::from(case)));
        let visits: i64 = visits.count().get_result(self.connection)?;
        Ok(Standing { owned: owner == organisation.into(), shared: shared > 0, visit_requested: visits > 0 })
    }

    /// The case of a visit request, and whether the request needs approval.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn case_of_request(&mut self, request: EventId) -> Result<(CaseId, bool), StoreError> {
        let (case, needs): (Key, bool) = visit_summaries::table
            .find(Key::from(request))
            .select((visit_summaries::case_id, visit_summaries::needs_approval))
            .first(self.connection)?;
        Ok((case.into(), needs))
    }
}
