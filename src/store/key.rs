//! How identifiers are kept: as their 16 bytes, on both backends.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Binary;
use uuid::Uuid;

use crate::domain::id::{
    ActorId, CaseId, DataKeyId, DocumentId, DraftId, EventId, OrganisationId, OrganisationKeyId, SessionId,
};

/// A stored identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Binary)]
pub struct Key(pub Uuid);

impl<DB> ToSql<Binary, DB> for Key
where
    DB: Backend,
    [u8]: ToSql<Binary, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        let bytes: &'b [u8] = self.0.as_bytes();
        bytes.to_sql(out)
    }
}

impl<DB> FromSql<Binary, DB> for Key
where
    DB: Backend,
    Vec<u8>: FromSql<Binary, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        let bytes = Vec::<u8>::from_sql(bytes)?;
        Ok(Self(Uuid::from_slice(&bytes)?))
    }
}

macro_rules! keys {
    ($($id:ident),+) => {$(
        impl From<$id> for Key {
            fn from(id: $id) -> Self {
                Self(id.0)
            }
        }

        impl From<Key> for $id {
            fn from(key: Key) -> Self {
                Self(key.0)
            }
        }
    )+};
}

keys!(CaseId, EventId, OrganisationId, ActorId, OrganisationKeyId, DataKeyId, SessionId, DocumentId, DraftId);
