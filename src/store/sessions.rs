//! Sessions of browsers and tokens of programs. The secret of each is with its owner; here lies its hash.

use diesel::prelude::*;

use super::connection::Transaction;
use super::error::StoreError;
use super::key::Key;
use super::schema::sessions as t;
use crate::domain::id::{ActorId, SessionId};
use crate::domain::words;

words! {
    /// Who carries the secret.
    SessionKind {
        /// A browser, in a cookie.
        Browser = "browser",
        /// A program, in a header.
        Token = "token",
    }
}

/// A session or a token. Times are microseconds since 1970 in UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRecord {
    /// Its identifier.
    pub id: SessionId,
    /// Whose it is.
    pub member: ActorId,
    /// Who carries it.
    pub kind: SessionKind,
    /// What a token was named.
    pub name: Option<String>,
    /// The scopes of a token, with commas between them.
    pub scopes: String,
    /// The member's key under the secret; empty for a token that opens nothing.
    pub wrapped_key: Vec<u8>,
    /// When it began.
    pub created_at: i64,
    /// When it was last used, to the minute.
    pub seen_at: i64,
    /// When it ends at the latest.
    pub expires_at: i64,
    /// When password and one-time code were last given.
    pub proved_at: Option<i64>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = t, treat_none_as_default_value = false)]
struct Row {
    id: Key,
    token_hash: Vec<u8>,
    member_id: Key,
    kind: String,
    name: Option<String>,
    scopes: String,
    member_key_wrapped: Vec<u8>,
    created_at: i64,
    seen_at: i64,
    expires_at: i64,
    reauthenticated_at: Option<i64>,
}

impl Row {
    fn record(self) -> Result<SessionRecord, StoreError> {
        Ok(SessionRecord {
            id: self.id.into(),
            member: self.member_id.into(),
            kind: SessionKind::named(&self.kind).ok_or_else(|| StoreError::Unreadable("kind of session".into()))?,
            name: self.name,
            scopes: self.scopes,
            wrapped_key: self.member_key_wrapped,
            created_at: self.created_at,
            seen_at: self.seen_at,
            expires_at: self.expires_at,
            proved_at: self.reauthenticated_at,
        })
    }
}

impl Transaction<'_> {
    /// Begins a session.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn add_session(&mut self, session: &SessionRecord, hash: &[u8; 32]) -> Result<(), StoreError> {
        let row = Row {
            id: session.id.into(),
            token_hash: hash.to_vec(),
            member_id: session.member.into(),
            kind: session.kind.as_str().to_owned(),
            name: session.name.clone(),
            scopes: session.scopes.clone(),
            member_key_wrapped: session.wrapped_key.clone(),
            created_at: session.created_at,
            seen_at: session.seen_at,
            expires_at: session.expires_at,
            reauthenticated_at: session.proved_at,
        };
        diesel::insert_into(t::table).values(&row).execute(self.connection)?;
        Ok(())
    }

    /// The session whose secret has a hash. The hash is of 32 random bytes, so that finding it by an
    /// index gives nothing away by its time.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn session(&mut self, hash: &[u8; 32]) -> Result<Option<SessionRecord>, StoreError> {
        let row: Option<Row> = t::table
            .filter(t::token_hash.eq(hash.as_slice()))
            .select(Row::as_select())
            .first(self.connection)
            .optional()?;
        row.map(Row::record).transpose()
    }

    /// Whether a session has not been ended.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn has_session(&mut self, id: SessionId) -> Result<bool, StoreError> {
        Ok(diesel::select(diesel::dsl::exists(t::table.find(Key::from(id)))).get_result(self.connection)?)
    }

    /// A member's sessions and tokens, the latest first.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn sessions_of(&mut self, member: ActorId) -> Result<Vec<SessionRecord>, StoreError> {
        let theirs = t::table.filter(t::member_id.eq(Key::from(member)));
        let rows: Vec<Row> = theirs.order(t::created_at.desc()).select(Row::as_select()).load(self.connection)?;
        rows.into_iter().map(Row::record).collect()
    }

    /// Notes that a session was used.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn touch_session(&mut self, id: SessionId, now: i64) -> Result<(), StoreError> {
        diesel::update(t::table.find(Key::from(id))).set(t::seen_at.eq(now)).execute(self.connection)?;
        Ok(())
    }

    /// Notes that password and one-time code were given again.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn prove_session(&mut self, id: SessionId, now: i64) -> Result<(), StoreError> {
        diesel::update(t::table.find(Key::from(id))).set(t::reauthenticated_at.eq(now)).execute(self.connection)?;
        Ok(())
    }

    /// Ends one session of a member. Returns which kind it was; none where there was none.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn end_session(&mut self, member: ActorId, id: SessionId) -> Result<Option<SessionKind>, StoreError> {
        let theirs = t::table.filter(t::id.eq(Key::from(id))).filter(t::member_id.eq(Key::from(member)));
        let kind: Option<String> = theirs.select(t::kind).first(self.connection).optional()?;
        let Some(kind) = kind else { return Ok(None) };
        diesel::delete(t::table.find(Key::from(id))).execute(self.connection)?;
        SessionKind::named(&kind).map(Some).ok_or_else(|| StoreError::Unreadable("kind of session".into()))
    }

    /// Ends the sessions and tokens of a member, all or all but one. Returns how many.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn end_sessions(&mut self, member: ActorId, but: Option<SessionId>) -> Result<usize, StoreError> {
        let theirs = t::table.filter(t::member_id.eq(Key::from(member)));
        Ok(match but {
            Some(but) => diesel::delete(theirs.filter(t::id.ne(Key::from(but)))).execute(self.connection)?,
            None => diesel::delete(theirs).execute(self.connection)?,
        })
    }

    /// Ends every session and token of everybody. Returns how many.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn end_all_sessions(&mut self) -> Result<usize, StoreError> {
        Ok(diesel::delete(t::table).execute(self.connection)?)
    }

    /// Removes what has expired: it opens nothing any more, and holds a wrapped key.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn remove_expired_sessions(&mut self, now: i64, idle_since: i64) -> Result<usize, StoreError> {
        let expired = diesel::delete(t::table.filter(t::expires_at.le(now))).execute(self.connection)?;
        let idle = t::table.filter(t::kind.eq(SessionKind::Browser.as_str())).filter(t::seen_at.lt(idle_since));
        Ok(expired + diesel::delete(idle).execute(self.connection)?)
    }
}
