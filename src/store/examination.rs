//! What a database tells of itself, for whoever looks after it. It is opened for reading alone, and nothing that is
//! sealed is read.

use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection;
use diesel::migration::MigrationSource;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Double, Nullable, Text};
use diesel::sqlite::SqliteConnection;

use super::connection::{AnyConnection, Store, Transaction};
use super::error::StoreError;
use super::migration::{POSTGRES, SQLITE};
use super::patience::with_settings;
use crate::audit::{ChainHash, SignedCheckpoint};

/// Whether a schema is this program's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaState {
    /// It is.
    Current,
    /// There is none.
    Missing,
    /// It is an earlier version's.
    Behind,
    /// It is a later version's.
    Newer,
}

/// What a database tells of itself.
#[derive(Clone, Debug)]
pub struct Examined {
    /// What keeps the data, with its version: `SQLite 3.50.4`, `PostgreSQL 15.14`.
    pub version: String,
    /// The first number of the version.
    pub major: u32,
    /// Whether it is PostgreSQL.
    pub is_server: bool,
    /// Its settings that matter here, by their names.
    pub settings: Vec<(&'static str, String)>,
    /// Whether Aiqyn comes to it with the rights of a superuser.
    pub is_superuser: bool,
    /// Its clock, where that is another than the program's.
    pub clock: Option<DateTime<Utc>>,
    /// Its schema.
    pub schema: SchemaState,
    /// What is in it, where it has the schema of this program.
    pub content: Option<ExaminedContent>,
}

/// What is in a database, in numbers.
#[derive(Clone, Debug)]
pub struct ExaminedContent {
    /// When the newest record of anything was written.
    pub newest: Option<DateTime<Utc>>,
    /// How passwords of members who can sign in are hashed, and how many are so.
    pub password_costs: Vec<(String, i64)>,
    /// How many members can sign in without one-time codes.
    pub without_codes: i64,
    /// How many administrators can sign in.
    pub administrators: i64,
    /// How many members who can sign in hold each organisation's key.
    pub holders: Vec<i64>,
    /// How many records the audit log has.
    pub audit_records: i64,
    /// Its newest checkpoint: what it says, and the hash that the record has now.
    pub checkpoint: Option<(SignedCheckpoint, Option<ChainHash>)>,
}

/// What PostgreSQL is asked for.
const SETTINGS: &[&str] = &["fsync", "full_page_writes", "synchronous_commit", "lc_messages", "max_connections"];

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}

#[derive(QueryableByName)]
struct Yes {
    #[diesel(sql_type = Bool)]
    yes: bool,
}

#[derive(QueryableByName)]
struct Seconds {
    #[diesel(sql_type = Double)]
    seconds: f64,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

#[derive(QueryableByName)]
struct Latest {
    #[diesel(sql_type = Nullable<BigInt>)]
    number: Option<i64>,
}

#[derive(QueryableByName)]
struct Cost {
    #[diesel(sql_type = Text)]
    word: String,
    #[diesel(sql_type = BigInt)]
    number: i64,
}

impl Store {
    /// Asks the database at an address for what it tells of itself. It is neither made nor changed.
    ///
    /// # Errors
    /// [`StoreError::NotADatabase`]; [`StoreError::Unavailable`] where it is out of reach or not there.
    pub fn examine(url: &str) -> Result<Examined, StoreError> {
        let mut connection = connect(url)?;
        let connection = &mut connection;
        let is_server = matches!(connection, AnyConnection::Postgres(_));
        let schema = schema_state(connection)?;
        let content = if schema == SchemaState::Current { Some(content(connection)?) } else { None };
        if !is_server {
            let version = word(connection, "select sqlite_version() as word")?;
            let journal = word(connection, "select journal_mode as word from pragma_journal_mode")?;
            return Ok(Examined {
                major: major(&version),
                version: format!("SQLite {version}"),
                is_server,
                settings: vec![("journal_mode", journal)],
                is_superuser: false,
                clock: None,
                schema,
                content,
            });
        }
        let version = word(connection, "select current_setting('server_version') as word")?;
        let setting =
            |name: &&'static str| Ok((*name, word(connection, &format!("select current_setting('{name}') as word"))?));
        let settings = SETTINGS.iter().map(setting).collect::<Result<_, StoreError>>()?;
        let superuser = "select rolsuper as yes from pg_roles where rolname = current_user";
        let superuser: Yes = diesel::sql_query(superuser).get_result(connection)?;
        let clock = "select extract(epoch from clock_timestamp())::double precision as seconds";
        let clock: Seconds = diesel::sql_query(clock).get_result(connection)?;
        Ok(Examined {
            major: major(&version),
            version: format!("PostgreSQL {version}"),
            is_server,
            settings,
            is_superuser: superuser.yes,
            clock: DateTime::from_timestamp_millis((clock.seconds * 1000.0) as i64),
            schema,
            content,
        })
    }
}

fn connect(url: &str) -> Result<AnyConnection, StoreError> {
    let unavailable = |error: diesel::ConnectionError| StoreError::Unavailable(Box::new(error));
    match Store::file_of(url)? {
        Some(path) => {
            let path = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
            let connection = SqliteConnection::establish(&format!("file:{path}?mode=ro")).map_err(unavailable)?;
            let mut connection = AnyConnection::Sqlite(connection);
            connection.batch_execute("pragma busy_timeout = 10000")?;
            Ok(connection)
        }
        None => {
            let mut connection = PgConnection::establish(&with_settings(url)).map_err(unavailable)?;
            connection.batch_execute("set default_transaction_read_only = on")?;
            Ok(AnyConnection::Postgres(connection))
        }
    }
}

fn word(connection: &mut AnyConnection, query: &str) -> Result<String, StoreError> {
    Ok(diesel::sql_query(query).get_result::<Word>(connection)?.word)
}

fn number(connection: &mut AnyConnection, query: &str) -> Result<i64, StoreError> {
    Ok(diesel::sql_query(query).get_result::<Number>(connection)?.number)
}

fn major(version: &str) -> u32 {
    version
        .split(|character: char| !character.is_ascii_digit())
        .next()
        .and_then(|first| first.parse().ok())
        .unwrap_or(0)
}

/// Asked without diesel's own bookkeeping, which would make its table where there is none.
fn schema_state(connection: &mut AnyConnection) -> Result<SchemaState, StoreError> {
    let is_there = match connection {
        AnyConnection::Postgres(_) => {
            "select count(*) as number from pg_tables where tablename = '__diesel_schema_migrations' \
             and schemaname = any (current_schemas(false))"
        }
        AnyConnection::Sqlite(_) => {
            "select count(*) as number from sqlite_master where name = '__diesel_schema_migrations'"
        }
    };
    if number(connection, is_there)? == 0 {
        return Ok(SchemaState::Missing);
    }
    let applied: Vec<Word> =
        diesel::sql_query("select version as word from __diesel_schema_migrations").load(connection)?;
    let applied: Vec<String> = applied.into_iter().map(|applied| applied.word).collect();
    let known = match connection {
        AnyConnection::Postgres(_) => known::<diesel::pg::Pg>(&POSTGRES),
        AnyConnection::Sqlite(_) => known::<diesel::sqlite::Sqlite>(&SQLITE),
    }?;
    if applied.is_empty() {
        Ok(SchemaState::Missing)
    } else if applied.iter().any(|applied| !known.contains(applied)) {
        Ok(SchemaState::Newer)
    } else if known.iter().any(|known| !applied.contains(known)) {
        Ok(SchemaState::Behind)
    } else {
        Ok(SchemaState::Current)
    }
}

fn known<DB: diesel::backend::Backend>(migrations: &impl MigrationSource<DB>) -> Result<Vec<String>, StoreError> {
    let known = migrations.migrations().map_err(|error| StoreError::Migration(error.to_string()))?;
    Ok(known.iter().map(|migration| migration.name().version().to_string()).collect())
}

fn content(connection: &mut AnyConnection) -> Result<ExaminedContent, StoreError> {
    let newest = "select max(latest) as number from (select max(recorded_at) as latest from events union all \
                  select max(recorded_at) from audit_records) as both_of_them";
    let newest: Latest = diesel::sql_query(newest).get_result(connection)?;
    let costs = "select kdf as word, count(*) as number from accounts where state = 'active' and kdf is not null \
                 group by kdf order by kdf";
    let costs: Vec<Cost> = diesel::sql_query(costs).load(connection)?;
    let without_codes =
        number(connection, "select count(*) as number from accounts where state = 'active' and totp_sealed is null")?;
    let administrators = number(
        connection,
        "select count(*) as number from accounts where state = 'active' and roles like '%administrator%'",
    )?;
    let holders = "select count(distinct accounts.member_id) as number from organisations \
                   left join organisation_keys on organisation_keys.organisation_id = organisations.id \
                   left join key_grants on key_grants.organisation_key_id = organisation_keys.id \
                   left join accounts on accounts.member_id = key_grants.member_id and accounts.state = 'active' \
                   group by organisations.id";
    let holders: Vec<Number> = diesel::sql_query(holders).load(connection)?;
    let audit_records = number(connection, "select count(*) as number from audit_records")?;
    let mut transaction = Transaction { connection };
    let checkpoint = match transaction.checkpoints()?.pop() {
        None => None,
        Some(checkpoint) => {
            let sequence = checkpoint.verify(None).map_or(0, |checkpoint| checkpoint.sequence());
            let hash = transaction.audit_hash(sequence)?.and_then(|hash| hash.try_into().ok()).map(ChainHash);
            Some((checkpoint, hash))
        }
    };
    Ok(ExaminedContent {
        newest: newest.number.and_then(DateTime::from_timestamp_micros),
        password_costs: costs.into_iter().map(|cost| (cost.word, cost.number)).collect(),
        without_codes,
        administrators,
        holders: holders.into_iter().map(|holders| holders.number).collect(),
        audit_records,
        checkpoint,
    })
}
