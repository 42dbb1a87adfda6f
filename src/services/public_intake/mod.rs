//! The public door: complaints of people without an account. What they write is sealed with public keys alone;
//! nobody on this machine can read it back. No address is written down: it is counted under a key that lies in memory.

mod messages;
mod receipts;

pub use messages::{MessageView, Messages};
pub use receipts::{ComplaintView, Written as WrittenByReceipt};

use uuid::Uuid;

use super::error::ServiceError;
use super::file_batch::{BatchCase, BatchEvent};
use super::file_complaint::{self, FileComplaint};
use super::guard::Subject;
use super::sealing::{self, Readers};
use super::{Caller, Origin, Services};
use crate::access::permission::Action;
use crate::access::role::OrganisationKind;
use crate::access::throttle::Public;
use crate::audit::{AuditAction, SubjectKind};
use crate::domain::field::FieldProblem;
use crate::domain::id::{EventId, OrganisationId, Reference};
use crate::domain::sealed::{NotAText, PlainText};
use crate::domain::time::PartialTime;
use crate::domain::zone::Zone;
use crate::store::{OrganisationRecord, Transaction};
use crate::vault::{Binding, Receipt};

/// Who writes for complainants without an account, in the list of members.
pub(super) const PUBLIC: &str = "public";

/// The code of the channel.
const ONLINE: &str = "online";

/// A complaint of somebody without an account.
#[derive(Clone, Debug, Default)]
pub struct PublicComplaint {
    /// To which organisation; none where there is but one.
    pub organisation: Option<String>,
    /// The fields of the filing that somebody may fill in who knows nothing of cases.
    pub fields: Vec<(String, String)>,
    /// Who it is about and who writes, each with the fields of `person`.
    pub people: Vec<Vec<(String, String)>>,
}

/// A complaint that has been taken.
#[derive(Debug)]
pub struct PubliclyFiled {
    /// The only copy of the receipt.
    pub receipt: Receipt,
    /// The reference of the case.
    pub reference: Reference,
}

impl Services {
    /// The organisations that complaints can be sent to.
    ///
    /// # Errors
    /// Those of the database.
    pub fn open_to_the_public(&self) -> Result<Vec<OrganisationRecord>, ServiceError> {
        self.reading(&Caller::nobody(), Action::FilePublicly, Subject::General, |tx, _| open_to_the_public(tx))
    }

    /// Takes a complaint from whoever sends one, and gives a receipt for it. It costs one Argon2id, and must not run
    /// on a thread that serves connections.
    ///
    /// # Errors
    /// Every field that is wrong; [`ServiceError::TooManyAttempts`].
    pub fn file_publicly(&self, complaint: &PublicComplaint, origin: &Origin) -> Result<PubliclyFiled, ServiceError> {
        let (nobody, codes, now) = (Caller::nobody(), self.code_lists()?, self.now());
        let time = PartialTime::minute(now).show(Zone::default());
        let mut request =
            FileComplaint { people: complaint.people.clone(), fields: complaint.fields.clone(), ..Default::default() };
        let known = [("channel", ONLINE), ("occurred_at", &time), ("learnt_at", &time)];
        request.fields.extend(known.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let read = file_complaint::read(&request, &codes, now);
        let subjects = Public::Filing.subjects(origin.address, &self.address_key);
        let (read, organisation, cost, salt) =
            self.writing(&nobody, Action::FilePublicly, Subject::General, |tx, _| {
                let organisation = chosen(tx, complaint.organisation.as_deref());
                let (read, organisation) = together(read, organisation)?;
                self.admit(tx, &subjects)?;
                let (cost, salt) = tx.receipt_derivation()?;
                Ok::<_, ServiceError>((read, organisation, cost, salt))
            })?;
        let receipt = Receipt::generate();
        let keys = receipt.keys(&cost, &salt)?;
        self.writing(&nobody, Action::FilePublicly, Subject::General, |tx, permit| {
            let author = tx.member(organisation, PUBLIC, sealing::new_id())?;
            let event = |occurrence| BatchEvent { id: EventId(sealing::new_id()), occurrence, recorded_at: None };
            let case = BatchCase {
                zone: read.zone,
                jurisdiction: read.jurisdiction,
                events: read.occurrences.into_iter().map(event).collect(),
                origin: None,
                shared_with: Vec::new(),
            };
            let readers = Readers::of(tx, organisation, &[])?;
            let new = self.new_case(author, case, &readers, now)?;
            let deadlines = tx.deadlines()?;
            let filed = tx.file_cases(std::slice::from_ref(&new.case), &deadlines)?;
            let record = filed.first().ok_or(ServiceError::NotFound)?;
            tx.add_data_keys(&new.keys, now.timestamp_micros())?;
            if new.names {
                tx.wait_for_name_index(organisation, record.id)?;
            }
            tx.add_receipt(&keys.lookup, record.id, &keys.private.public()?, now.timestamp_micros())?;
            permit.note(tx, AuditAction::CaseFiled, |entry| entry.by(author).about(SubjectKind::Case, record.id))?;
            Ok(PubliclyFiled { receipt, reference: record.reference })
        })
    }
}

/// Those with keys that cases belong to.
fn open_to_the_public(tx: &mut Transaction<'_>) -> Result<Vec<OrganisationRecord>, ServiceError> {
    let mut open = tx.organisations()?;
    open.retain(|organisation| organisation.kind == OrganisationKind::Ngo);
    let ids: Vec<OrganisationId> = open.iter().map(|organisation| organisation.id).collect();
    let with_keys: Vec<OrganisationId> = tx.newest_keys(&ids)?.iter().map(|key| key.organisation).collect();
    open.retain(|organisation| with_keys.contains(&organisation.id));
    Ok(open)
}

/// The organisation that a complaint is for: it must be told where there are several.
fn chosen(tx: &mut Transaction<'_>, told: Option<&str>) -> Result<OrganisationId, ServiceError> {
    let open = open_to_the_public(tx)?;
    match (told.map(str::trim).filter(|told| !told.is_empty()), open.as_slice()) {
        (None, []) => Err(ServiceError::NotSetUp),
        (None, [only]) => Ok(only.id),
        (None, _) => Err(ServiceError::invalid("organisation", FieldProblem::Missing)),
        (Some(told), open) => {
            let known = open.iter().find(|organisation| organisation.id.to_string() == told);
            let unknown = || ServiceError::invalid("organisation", FieldProblem::NotAnOrganisation);
            Ok(known.ok_or_else(unknown)?.id)
        }
    }
}

/// Both, or all fields that are wrong in either.
fn together<A, B>(one: Result<A, ServiceError>, other: Result<B, ServiceError>) -> Result<(A, B), ServiceError> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (Err(ServiceError::Invalid(mut errors)), Err(ServiceError::Invalid(more))) => {
            errors.extend(more);
            Err(ServiceError::Invalid(errors))
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    }
}

/// Reads a message.
fn read_text(text: &str) -> Result<PlainText, ServiceError> {
    PlainText::new(text).map_err(|problem| {
        let problem = match problem {
            NotAText::Empty => FieldProblem::Missing,
            NotAText::TooLong => FieldProblem::TooLong { max: PlainText::MAX_CHARACTERS },
            NotAText::ControlCharacter => FieldProblem::ControlCharacter,
        };
        ServiceError::invalid("text", problem)
    })
}

/// Where the text of a message lies.
fn message_binding(message: Uuid) -> Binding {
    Binding { table: "complainant_messages", column: "text", row: message }
}
