//! A caseworker for the benchmarks, enrolled as a real member is.

use std::error::Error;
use std::sync::Arc;

use aiqyn::access::permission::Scope;
use aiqyn::access::role::{Role, Roles};
use aiqyn::services::clock::SystemClock;
use aiqyn::services::{Caller, NewToken, Origin, Proof, Services};

use crate::database::Database;

/// The password; what it costs does not hang on it.
pub const PASSWORD: &str = "seven invented words for one benchmark";

/// The login.
pub const LOGIN: &str = "benchmark";

/// An office that has been set up, and its caseworker.
pub struct Office {
    /// The use cases.
    pub services: Services,
    /// The caseworker, signed in.
    pub caseworker: Caller,
    /// A token of theirs that may do all that they may.
    pub token: String,
}

impl Office {
    /// Sets one up in an empty database.
    pub fn set_up(database: &Database) -> Result<Self, Box<dyn Error>> {
        let services = Services::open(database.url(), Arc::new(SystemClock))?;
        services.migrate()?;
        let organisation = services.set_up("Benchmark", "administrator")?.organisation;
        let console = services.console()?;
        let roles = Roles::new([Role::Caseworker])?;
        let invitation = services.invite_member(&console, organisation.id, LOGIN, &roles)?;
        let enrolled = services.enrol(LOGIN, &invitation.secret.print(), PASSWORD)?;
        services.admit_by_recovery_key(&console, enrolled.member, &organisation.recovery_key.print())?;
        let code = enrolled.one_time_codes.code_at(services.now());
        let proof = Proof { password: PASSWORD.to_owned(), code: code.to_string() };
        let signed_in = services.sign_in(LOGIN, &proof, &Origin::console())?;
        let caseworker = services.authenticate(Some(&signed_in.secret))?;
        let token = NewToken { name: "benchmark".to_owned(), scopes: Scope::ALL.to_vec(), days: 1 };
        let token = services.make_token(&caseworker, &token)?.print().to_string();
        Ok(Self { services, caseworker, token })
    }
}
