//! What lies in the database itself, past the program.

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel::sqlite::SqliteConnection;

use super::backend::Backend;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

impl Backend {
    /// Every row of a table with every column, in an order of its own.
    pub fn rows(&self, table: &str) -> Vec<String> {
        if self.is_postgres() {
            return self.texts(&format!("select row_to_json(t)::text as line from {table} t order by 1"));
        }
        let columns = self.texts(&format!("select name as line from pragma_table_info('{table}')"));
        let cells: Vec<String> = columns.iter().map(|column| format!("'{column}', quote({column})")).collect();
        self.texts(&format!("select json_object({}) as line from {table} order by 1", cells.join(", ")))
    }

    /// The texts that a query gives under the name `line`.
    pub fn texts(&self, query: &str) -> Vec<String> {
        let query = diesel::sql_query(query.to_owned());
        let lines: Vec<Line> = if self.is_postgres() {
            query.load(&mut self.postgres_connection()).unwrap()
        } else {
            query.load(&mut self.sqlite_connection()).unwrap()
        };
        lines.into_iter().map(|line| line.line).collect()
    }

    /// A whole number that a query gives under the name `number`.
    pub fn number(&self, query: &str) -> i64 {
        let query = diesel::sql_query(query.to_owned());
        let row: Number = if self.is_postgres() {
            query.get_result(&mut self.postgres_connection()).unwrap()
        } else {
            query.get_result(&mut self.sqlite_connection()).unwrap()
        };
        row.number
    }

    /// Runs a statement past the program.
    pub fn execute(&self, statement: &str) -> QueryResult<()> {
        if self.is_postgres() {
            self.postgres_connection().batch_execute(statement)
        } else {
            self.sqlite_connection().batch_execute(statement)
        }
    }

    /// Does something to the audit log that its triggers would refuse, and puts the triggers back.
    pub fn behind_the_program(&self, statements: &str) {
        if self.is_postgres() {
            let (off, on) = ("disable trigger user", "enable trigger user");
            let script = format!("alter table audit_records {off}; {statements}; alter table audit_records {on}");
            return self.execute(&script).unwrap();
        }
        let of_table = "from sqlite_master where type = 'trigger' and tbl_name = 'audit_records'";
        let made = self.texts(&format!("select sql as line {of_table}")).join(";\n");
        let dropped = self.texts(&format!("select 'drop trigger ' || name as line {of_table}")).join(";\n");
        self.execute(&format!("begin; {dropped}; {statements}; {made}; commit")).unwrap();
    }

    fn postgres_connection(&self) -> PgConnection {
        PgConnection::establish(&self.url).unwrap()
    }

    fn sqlite_connection(&self) -> SqliteConnection {
        let mut connection = SqliteConnection::establish(&self.url).unwrap();
        connection.batch_execute("pragma busy_timeout = 10000").unwrap();
        connection
    }
}
