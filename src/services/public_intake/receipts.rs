//! What whoever holds a receipt may do: see where the complaint stands, read questions, write to the organisation.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{PUBLIC, message_binding, read_text};
use crate::access::permission::Action;
use crate::access::throttle::Public;
use crate::audit::{AuditAction, SubjectKind};
use crate::domain::field::FieldProblem;
use crate::domain::id::{CaseId, Reference};
use crate::domain::public_state::PublicState;
use crate::domain::sealed::PlainText;
use crate::domain::time::{PartialTime, Zone};
use crate::services::error::ServiceError;
use crate::services::guard::Subject;
use crate::services::sealing::{self, Readers, Sealer};
use crate::services::{Caller, Origin, Services, login_throttle};
use crate::store::{StoredCase, StoredMessage, Transaction};
use crate::vault::{CannotOpen, Purpose, Receipt, ReceiptKeys};

/// How many messages a receipt may write.
const MOST_WRITTEN: usize = 200;

/// A complaint as whoever holds its receipt is shown it. Nothing that they wrote is in it.
#[derive(Debug)]
pub struct ComplaintView {
    /// The reference of the case.
    pub reference: Reference,
    /// When it came in.
    pub filed_at: PartialTime,
    /// Where it stands.
    pub state: PublicState,
    /// The zone of its times.
    pub zone: Zone,
    /// What was written, the oldest first.
    pub written: Vec<Written>,
    /// When each document was brought that came with the receipt.
    pub documents: Vec<DateTime<Utc>>,
    /// Whether documents can be taken.
    pub takes_documents: bool,
}

/// A question, or that something was written.
#[derive(Debug)]
pub struct Written {
    /// When.
    pub at: DateTime<Utc>,
    /// The question; none for what the complainant wrote, which is not shown again.
    pub question: Option<PlainText>,
}

impl Services {
    /// Tries a receipt. It costs one Argon2id, whether there is such a receipt or not.
    pub(in crate::services) fn open_receipt(
        &self,
        receipt: &Receipt,
        origin: &Origin,
    ) -> Result<(CaseId, ReceiptKeys), ServiceError> {
        let nobody = Caller::nobody();
        let subjects = Public::Receipt.subjects(origin.address, &self.address_key);
        let (cost, salt) = self.writing(&nobody, Action::FollowByReceipt, Subject::General, |tx, _| {
            self.admit(tx, &subjects)?;
            Ok::<_, ServiceError>(tx.receipt_derivation()?)
        })?;
        let keys = receipt.keys(&cost, &salt)?;
        let case = self.writing(&nobody, Action::FollowByReceipt, Subject::General, |tx, _| {
            let case = tx.case_of_receipt(&keys.lookup)?;
            login_throttle::succeeded(tx, &subjects)?;
            login_throttle::forget_old(tx, self.now())?;
            Ok::<_, ServiceError>(case)
        })?;
        Ok((case, keys))
    }

    /// Shows where the complaint of a receipt stands. That somebody looked is written down nowhere.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] where there is no such receipt; [`ServiceError::TooManyAttempts`].
    pub fn follow_complaint(&self, receipt: &Receipt, origin: &Origin) -> Result<ComplaintView, ServiceError> {
        let (case, keys) = self.open_receipt(receipt, origin)?;
        let takes_documents = self.keeps_documents();
        self.reading(&Caller::nobody(), Action::FollowByReceipt, Subject::General, |tx, _| {
            let StoredCase { record, case: history } = tx.case(case)?;
            let (filing, _) = history.complaint().ok_or(ServiceError::NotFound)?;
            let open = |message: StoredMessage| open_for(&keys, message);
            let written = tx.messages_of(case)?.into_iter().map(open).collect::<Result<_, _>>()?;
            let brought = tx.documents_of(case)?.into_iter();
            let brought = brought.filter(|document| document.added_by == filing.recorded_by.actor);
            Ok(ComplaintView {
                reference: record.reference,
                filed_at: filing.occurred_at,
                state: PublicState::of(&history, filing.recorded_by.actor),
                zone: history.zone(),
                written,
                documents: brought.map(|document| document.added_at).collect(),
                takes_documents,
            })
        })
    }

    /// Writes to the organisation with a receipt. A message that comes again under its identifier is kept once.
    ///
    /// # Errors
    /// As [`Services::follow_complaint`]; what is wrong with the text.
    pub fn write_by_receipt(
        &self,
        receipt: &Receipt,
        message: Uuid,
        text: &str,
        origin: &Origin,
    ) -> Result<(), ServiceError> {
        let (case, _) = self.open_receipt(receipt, origin)?;
        let text = read_text(text)?;
        self.writing(&Caller::nobody(), Action::FollowByReceipt, Subject::General, |tx, permit| {
            tx.hold_case(case)?;
            if tx.erased_at(case)?.is_some() {
                return Err(ServiceError::NotFound);
            }
            if tx.has_message(message)? {
                return Ok(());
            }
            check_room(tx, case)?;
            let owner = tx.case_record(case)?.organisation;
            let author = tx.member(owner, PUBLIC, sealing::new_id())?;
            let shares = tx.shares(case)?;
            let readers = Readers::of(tx, owner, &shares)?;
            let mut sealer = Sealer::for_new_case(case, &readers);
            let text = sealer.case_key()?.seal(&text, message_binding(message));
            tx.add_data_keys(&sealer.into_new_keys(), self.now().timestamp_micros())?;
            tx.add_message(&StoredMessage {
                id: message,
                case,
                from_complainant: true,
                text,
                for_receipt: None,
                written_at: self.now(),
                written_by: author.actor,
            })?;
            permit.note(tx, AuditAction::ComplainantWrote, |entry| entry.by(author).about(SubjectKind::Case, case))
        })
    }
}

fn check_room(tx: &mut Transaction<'_>, case: CaseId) -> Result<(), ServiceError> {
    let written = tx.messages_of(case)?.iter().filter(|message| message.from_complainant).count();
    let full = || ServiceError::invalid("text", FieldProblem::TooMany { max: MOST_WRITTEN });
    if written >= MOST_WRITTEN { Err(full()) } else { Ok(()) }
}

fn open_for(keys: &ReceiptKeys, message: StoredMessage) -> Result<Written, ServiceError> {
    let open = |sealed: Vec<u8>| {
        let bytes = keys.private.open(Purpose::Receipt, &[message.case.0, message.id], &sealed)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| CannotOpen)?;
        PlainText::new(text).map_err(|_| CannotOpen)
    };
    Ok(Written { at: message.written_at, question: message.for_receipt.map(open).transpose()? })
}
