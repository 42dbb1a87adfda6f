//! Setting up: the schema, the first organisation with its keys, and who works on the console.

use super::error::ServiceError;
use super::guard::{Permit, Subject};
use super::members::Invitation;
use super::organisation_keys::NewOrganisation;
use super::public_intake::PUBLIC;
use super::seal_earlier::seal_earlier_texts;
use super::{Caller, Services, sealing};
use crate::access::permission::Action;
use crate::access::role::{OrganisationKind, Role, Roles};
use crate::audit::{AuditAction, AuditEntry, SubjectKind};
use crate::domain::field::FieldProblem;

/// Whoever runs the program on the server itself, in the list of members.
const OPERATOR: &str = "operator";

/// Members without an account: nobody may have such a login, or would be taken for them.
pub(super) const WITHOUT_ACCOUNT: [&str; 4] = [OPERATOR, PUBLIC, "import", "demo"];

/// What `aiqyn init` has made.
#[derive(Debug)]
pub struct SetUp {
    /// The organisation, with its recovery key.
    pub organisation: NewOrganisation,
    /// The first administrator's invitation.
    pub administrator: Invitation,
    /// How many cases of version 0.1 were sealed; none in a new database.
    pub sealed: Option<usize>,
}

impl Services {
    /// Brings the schema up to date. Returns the migrations that ran.
    ///
    /// # Errors
    /// Those of the database.
    pub fn migrate(&self) -> Result<Vec<String>, ServiceError> {
        let ran = self.store.migrate()?;
        if !ran.is_empty() {
            let entry = AuditEntry::new(AuditAction::Migrated, self.now()).with("migrations", ran.len());
            self.store.write(|tx| tx.append_audit(&entry))?;
        }
        Ok(ran)
    }

    /// Whether the database has never been set up, not even by halves.
    ///
    /// # Errors
    /// Those of the database.
    pub fn is_new(&self) -> Result<bool, ServiceError> {
        Ok(self.store.is_new()?)
    }

    /// Makes every summary anew from the events. Returns how many cases there are.
    ///
    /// # Errors
    /// Those of the database, or a history that does not replay.
    pub fn rebuild(&self, caller: &Caller, progress: impl FnMut(u64, u64)) -> Result<u64, ServiceError> {
        self.writing(caller, Action::Maintain, Subject::General, |tx, permit| {
            let deadlines = tx.deadlines()?;
            let cases = tx.rebuild(&deadlines, progress)?;
            tx.count_for_planner()?;
            permit.note(tx, AuditAction::DatabaseRebuilt, |entry| entry.with("cases", cases))?;
            Ok(cases)
        })
    }

    /// Sets up the first organisation, its keys and its administrator's account. A database of version 0.1 has
    /// an organisation without keys: that one gets them, and its texts are sealed.
    ///
    /// # Errors
    /// [`ServiceError::SetUpAlready`], or what is wrong with the names.
    pub fn set_up(&self, name: &str, administrator: &str) -> Result<SetUp, ServiceError> {
        let name = name.trim();
        if name.is_empty() {
            return Err(ServiceError::invalid("organisation", FieldProblem::Missing));
        }
        let login = super::members::read_login(administrator)?;
        let set_up = self.store.write(|tx| {
            let earlier = tx.first_organisation()?;
            let organisation = match earlier {
                None => self.make_organisation(tx, name, OrganisationKind::Ngo)?,
                Some(first) if tx.organisation_keys(first)?.is_empty() => self.make_first_keys(tx, first)?,
                Some(_) => return Err(ServiceError::SetUpAlready),
            };
            let console = Caller::console(tx.member(organisation.id, OPERATOR, sealing::new_id())?);
            let permit = Permit::of_set_up(self, &console);
            permit.note(tx, AuditAction::SetUp, |entry| entry.about(SubjectKind::Organisation, organisation.id))?;
            let now = self.now().timestamp_micros();
            let seal = |first| seal_earlier_texts(tx, &permit, first, now);
            let sealed = earlier.map(seal).transpose()?;
            let roles = Roles::new([Role::Administrator]).map_err(|_| ServiceError::NotSetUp)?;
            let administrator = self.add_invited(tx, &permit, organisation.id, login, &roles)?;
            Ok(SetUp { organisation, administrator, sealed })
        })?;
        if set_up.sealed.is_some() {
            self.store.write_anew()?;
        }
        Ok(set_up)
    }

    /// Whoever runs the program on the server itself.
    ///
    /// # Errors
    /// [`ServiceError::NotSetUp`] before `aiqyn init`.
    pub fn console(&self) -> Result<Caller, ServiceError> {
        self.console_as(OPERATOR)
    }

    /// The console, writing as another member without an account: `import`, `demo`. Nobody has the login of such a member.
    ///
    /// # Errors
    /// [`ServiceError::NotSetUp`] before `aiqyn init`.
    pub fn console_as(&self, name: &str) -> Result<Caller, ServiceError> {
        self.store.check_migrated()?;
        self.store.write(|tx| {
            let organisation = tx.first_organisation()?.ok_or(ServiceError::NotSetUp)?;
            Ok(Caller::console(tx.member(organisation, name, sealing::new_id())?))
        })
    }

    /// How many cases there are.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn count_cases(&self, caller: &Caller) -> Result<i64, ServiceError> {
        self.reading(caller, Action::Maintain, Subject::General, |tx, _| Ok(tx.count_cases()?))
    }
}
