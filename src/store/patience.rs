//! How long the database is waited for, and what is set on each PostgreSQL connection for that. What the
//! address or the server's own settings say goes before.

use std::time::Duration;

/// How long a free connection is waited for at most.
const FREE_CONNECTION: Duration = Duration::from_secs(5);
/// How long a lock is waited for; on SQLite once for those of the same program that write, and once for another.
pub(super) const LOCK: Duration = Duration::from_secs(10);

/// What a connection is made with, by the names of libpq. A server that is gone without a word is noticed within
/// half a minute.
const CONNECTION: &[(&str, &str)] = &[
    ("connect_timeout", "5"),
    ("keepalives_idle", "10"),
    ("keepalives_interval", "5"),
    ("keepalives_count", "3"),
    ("tcp_user_timeout", "20000"),
];

/// How long a program waits for its database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For a connection of the pool.
    pub(super) connection: Duration,
    /// For a statement; commands of the console may take as long as they need.
    statement: Option<Duration>,
}

impl Patience {
    /// That of a command of the console.
    pub const CONSOLE: Self = Self { connection: FREE_CONNECTION, statement: None };

    /// That of a server whose requests are answered within so long: what takes longer is ended before.
    #[must_use]
    pub fn answering_within(answer: Duration) -> Self {
        Self { connection: FREE_CONNECTION.min(answer / 4), statement: Some(answer * 2 / 3) }
    }

    /// The statement that sets what is not set already. It needs no rights.
    pub(super) fn settings(self) -> Option<String> {
        let statement = self.statement?;
        let (lock, milliseconds) = (statement.min(LOCK), |duration: Duration| duration.as_millis());
        Some(format!(
            "select set_config(name, wanted, false) from pg_settings join (values \
             ('statement_timeout', '{}'), ('lock_timeout', '{}'), ('idle_in_transaction_session_timeout', '{}')) \
             as ours (name, wanted) using (name) where setting = '0'",
            milliseconds(statement),
            milliseconds(lock),
            // Whoever is lost in the middle of a transaction must not hold its locks.
            milliseconds(statement * 2),
        ))
    }
}

/// The address of a PostgreSQL server with what it does not say itself.
pub(super) fn with_settings(url: &str) -> String {
    let said = url.split_once('?').map_or("", |(_, said)| said);
    let is_said = |name: &str| said.split('&').any(|setting| setting.split('=').next() == Some(name));
    let mut whole = url.to_owned();
    for (name, value) in CONNECTION.iter().filter(|(name, _)| !is_said(name)) {
        let joint = if whole.contains('?') { '&' } else { '?' };
        whole.push_str(&format!("{joint}{name}={value}"));
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_what_it_says() {
        assert_eq!(
            with_settings("postgres://a@127.0.0.1/b?connect_timeout=60&sslmode=disable"),
            "postgres://a@127.0.0.1/b?connect_timeout=60&sslmode=disable&keepalives_idle=10&keepalives_interval=5&\
             keepalives_count=3&tcp_user_timeout=20000"
        );
        assert!(with_settings("postgres://127.0.0.1/b").starts_with("postgres://127.0.0.1/b?connect_timeout=5&"));
    }

    #[test]
    fn a_command_of_the_console_may_take_its_time() {
        assert_eq!(Patience::CONSOLE.settings(), None);
        let serving = Patience::answering_within(Duration::from_secs(30)).settings().unwrap();
        assert!(serving.contains("('statement_timeout', '20000'), ('lock_timeout', '10000')"), "{serving}");
    }
}
