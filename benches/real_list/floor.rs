//! Floors: what the same bytes cost where nothing is computed, and the same rows where nothing is
//! done with them.

use std::error::Error;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Instant;

use actix_web::{App, HttpResponse, HttpServer, web};

use crate::client::Client;
use crate::database::Database;
use crate::table::Times;

/// A bare actix-web: `/{size}` gives so many constant bytes.
pub struct BareServer {
    base: String,
}

impl BareServer {
    /// Starts it on a thread of its own; it ends with the program.
    pub fn start() -> Result<Self, Box<dyn Error>> {
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || {
            let serving = async move {
                let bytes = |size: web::Path<usize>| async move { HttpResponse::Ok().body(vec![b'x'; *size]) };
                let server = HttpServer::new(move || App::new().route("/{size}", web::get().to(bytes)));
                let server = server.workers(2).disable_signals().bind("127.0.0.1:0")?;
                let _ = tell.send(server.addrs().first().copied());
                server.run().await
            };
            actix_web::rt::System::new().block_on(serving)
        });
        let address = told.recv()?.ok_or("the bare server has no address")?;
        Ok(Self { base: format!("http://{address}") })
    }

    /// A client of it.
    pub fn client(&self) -> Client {
        Client::new(self.base.clone(), "")
    }

    /// The times of an answer of this size.
    pub fn times(&self, bytes: usize) -> Result<Times, Box<dyn Error>> {
        let path = format!("/{bytes}");
        let client = self.client();
        client.repeat(&path, 5)?;
        Ok(client.repeat(&path, 50)?.0)
    }
}

/// The columns that statistics read of every case.
const ROWS: &str = "select jurisdiction, time_zone, first_ending, outcome, dismissed_by_internal_security, region, \
    kind_of_place, agency, first_body, filed_day, learnt_at, filed_at, routed_at, investigation_opened_at, \
    first_response_at, dismissed_at, appealed_at, appeal_answered_at, reopened_at, prosecuted_at, closed_at, \
    withdrawn_at, deprived_of_liberty_at, registered_at, lawyer_at, doctor_at, family_at, follow_up_ended_at \
    from case_summaries";

/// How long the database's own shell takes to read and write out the rows that the statistics rest
/// on, its start included; none where there is no such shell.
pub fn rows_by_shell(database: &Database) -> Result<Option<Times>, Box<dyn Error>> {
    let shell = match database {
        Database::Sqlite { .. } => "sqlite3",
        Database::Postgres { .. } => "psql",
    };
    let mut times = Times::default();
    for _ in 0..5 {
        let mut command = Command::new(shell);
        match database {
            Database::Sqlite { url, .. } => command.args(["-readonly", url, ROWS]),
            Database::Postgres { url, .. } => command.args(["-qAtc", &format!("copy ({ROWS}) to stdout"), url]),
        };
        let begun = Instant::now();
        match command.stdout(Stdio::null()).status() {
            Ok(status) if status.success() => times.push(begun.elapsed()),
            _ => {
                println!("No floor for the rows: {shell} is missing or cannot read them.");
                return Ok(None);
            }
        }
    }
    Ok(Some(times))
}
