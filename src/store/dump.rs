//! Every row of every table as lines of JSON, the same from either database, and back again: what a backup is made of.
//!
//! Which tables and columns there are is asked of the database itself, so that nothing can be forgotten. A row is a list of
//! its values in the order of its columns; bytes are written in hexadecimal.

use std::collections::BTreeMap;

use diesel::connection::DefaultLoadingMode;
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};

use super::connection::{AnyConnection, Transaction};
use super::error::StoreError;

/// A table, as a backup describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableShape {
    /// Its name.
    pub name: String,
    /// Its columns, in order.
    pub columns: Vec<Column>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What lies in it.
    pub kind: ColumnKind,
}

/// What lies in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// Bytes.
    Bytes,
    /// Yes or no.
    Flag,
    /// A whole number.
    Number,
    /// A text.
    Text,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
}

/// The tables that no row is taken of: diesel keeps the migrations itself, and the database makes the others of the rest.
const NOT_OURS: [&str; 3] = ["__diesel_schema_migrations", "case_readers", "visit_readers"];

impl ColumnKind {
    fn named(kind: &str) -> Result<Self, StoreError> {
        match kind.to_ascii_lowercase().as_str() {
            "blob" | "bytea" => Ok(Self::Bytes),
            "boolean" => Ok(Self::Flag),
            "integer" | "bigint" => Ok(Self::Number),
            "text" => Ok(Self::Text),
            other => Err(StoreError::Unreadable(format!("columns of type {other}"))),
        }
    }
}

impl Transaction<'_> {
    /// Every table, those that others refer to before these.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where one has a column of a type that Aiqyn never makes.
    pub fn table_shapes(&mut self) -> Result<Vec<TableShape>, StoreError> {
        let (tables, references) = match self.connection {
            AnyConnection::Sqlite(_) => (
                "select name, '' as kind from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'",
                "select m.name as name, f.\"table\" as kind from sqlite_master m, pragma_foreign_key_list(m.name) f \
                 where m.type = 'table'",
            ),
            AnyConnection::Postgres(_) => (
                // A partition's rows are those of its table.
                "select relname::text as name, '' as kind from pg_class \
                 where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and not relispartition",
                "select c.relname::text as name, r.relname::text as kind from pg_constraint f \
                 join pg_class c on c.oid = f.conrelid join pg_class r on r.oid = f.confrelid \
                 where f.contype = 'f' and c.relnamespace = current_schema()::regnamespace",
            ),
        };
        let mut names: Vec<String> = self.named(tables)?.into_iter().map(|table| table.name).collect();
        names.retain(|name| !NOT_OURS.contains(&name.as_str()));
        names.sort_unstable();
        let mut needs: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for Named { name, kind } in self.named(references)? {
            // A row may refer to another of its own table: see `order_of`.
            if name != kind {
                needs.entry(name).or_default().push(kind);
            }
        }
        let mut shapes = Vec::with_capacity(names.len());
        while !names.is_empty() {
            let is_ready =
                |name: &String| needs.get(name).is_none_or(|needs| needs.iter().all(|one| !names.contains(one)));
            let place =
                names.iter().position(is_ready).ok_or_else(|| StoreError::Unreadable("tables in a ring".into()))?;
            let name = names.remove(place);
            let columns = self.columns_of(&name)?;
            shapes.push(TableShape { name, columns });
        }
        Ok(shapes)
    }

    fn columns_of(&mut self, table: &str) -> Result<Vec<Column>, StoreError> {
        let query = match self.connection {
            AnyConnection::Sqlite(_) => {
                format!("select name, type as kind from pragma_table_info('{table}') order by name")
            }
            AnyConnection::Postgres(_) => format!(
                "select column_name::text as name, data_type::text as kind from information_schema.columns \
                 where table_schema = current_schema() and table_name = '{table}' order by column_name collate \"C\""
            ),
        };
        let columns = self.named(&query)?;
        columns.into_iter().map(|Named { name, kind }| Ok(Column { kind: ColumnKind::named(&kind)?, name })).collect()
    }

    fn named(&mut self, query: &str) -> Result<Vec<Named>, StoreError> {
        Ok(diesel::sql_query(query).load(self.connection)?)
    }

    /// Hands out every row of a table as a list in JSON.
    ///
    /// # Errors
    /// Those of the database and of `take`.
    pub fn rows_of<E: From<StoreError>>(
        &mut self,
        table: &TableShape,
        mut take: impl FnMut(&str) -> Result<(), E>,
    ) -> Result<(), E> {
        let query = self.reading_of(table);
        let failed = |error: diesel::result::Error| E::from(StoreError::from(error));
        match self.connection {
            AnyConnection::Postgres(connection) => {
                let rows = diesel::sql_query(query).load_iter::<Line, PgRowByRowLoadingMode>(connection);
                rows.map_err(failed)?.try_for_each(|row| take(&row.map_err(failed)?.line))
            }
            AnyConnection::Sqlite(connection) => {
                let rows = diesel::sql_query(query).load_iter::<Line, DefaultLoadingMode>(connection);
                rows.map_err(failed)?.try_for_each(|row| take(&row.map_err(failed)?.line))
            }
        }
    }

    fn reading_of(&self, TableShape { name, columns }: &TableShape) -> String {
        let is_postgres = matches!(self.connection, AnyConnection::Postgres(_));
        let value = |Column { name, kind }: &Column| match (kind, is_postgres) {
            (ColumnKind::Bytes, true) => format!("encode(\"{name}\", 'hex')"),
            (ColumnKind::Bytes, false) => format!("iif(\"{name}\" is null, null, lower(hex(\"{name}\")))"),
            (ColumnKind::Flag, false) => {
                format!("json(iif(\"{name}\" is null, null, iif(\"{name}\", 'true', 'false')))")
            }
            (ColumnKind::Flag | ColumnKind::Number | ColumnKind::Text, _) => format!("\"{name}\""),
        };
        let values: Vec<String> = columns.iter().map(value).collect();
        let (list, as_text) = if is_postgres { ("json_build_array", "::text") } else { ("json_array", "") };
        format!("select {list}({}){as_text} as line from \"{name}\"{}", values.join(", "), order_of(name))
    }

    /// Puts rows into a table, as they were handed out.
    ///
    /// # Errors
    /// Where they do not fit into the table.
    pub fn put_rows(&mut self, TableShape { name, columns }: &TableShape, rows: &[String]) -> Result<(), StoreError> {
        let is_postgres = matches!(self.connection, AnyConnection::Postgres(_));
        let value = |(place, column): (usize, &Column)| {
            if !is_postgres {
                let value = format!("json_extract(value, '$[{place}]')");
                return if column.kind == ColumnKind::Bytes { format!("unhex({value})") } else { value };
            }
            match column.kind {
                ColumnKind::Bytes => format!("decode(value->>{place}, 'hex')"),
                ColumnKind::Flag => format!("(value->>{place})::boolean"),
                ColumnKind::Number => format!("(value->>{place})::bigint"),
                ColumnKind::Text => format!("value->>{place}"),
            }
        };
        let values: Vec<String> = columns.iter().enumerate().map(value).collect();
        let columns: Vec<String> = columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
        let (values, columns) = (values.join(", "), columns.join(", "));
        let from = if is_postgres { "jsonb_array_elements($1::text::jsonb) as rows (value)" } else { "json_each($1)" };
        let insert = format!("insert into \"{name}\" ({columns}) select {values} from {from}");
        let rows = format!("[{}]", rows.join(","));
        diesel::sql_query(insert).bind::<Text, _>(rows).execute(self.connection)?;
        Ok(())
    }

    /// Takes every row out of tables that hold nothing but what a fresh database is seeded with.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where there is an organisation or an audit log: then it is no fresh database.
    pub fn empty_seeded(&mut self, tables: &[TableShape]) -> Result<(), StoreError> {
        if self.first_organisation()?.is_some() || self.audit_head()?.sequence > 0 {
            return Err(StoreError::Duplicate);
        }
        self.empty(tables)
    }

    /// Takes every row out of tables, whatever they hold. There is no way back.
    ///
    /// # Errors
    /// Where other tables need them.
    pub fn empty(&mut self, tables: &[TableShape]) -> Result<(), StoreError> {
        for TableShape { name, .. } in tables.iter().rev() {
            diesel::sql_query(format!("delete from \"{name}\"")).execute(self.connection)?;
        }
        Ok(())
    }
}

/// An event may correct an earlier one of its case, which must be there before it.
fn order_of(table: &str) -> &'static str {
    if table == "events" { " order by case_id, sequence" } else { "" }
}
