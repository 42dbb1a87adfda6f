//! The organisation's side: what a complainant with a receipt has written, and questions to them.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{message_binding, read_text};
use crate::access::permission::Action;
use crate::audit::{AuditAction, SubjectKind};
use crate::services::error::ServiceError;
use crate::services::guard::Subject;
use crate::services::sealing::{CaseKeys, Readers, Sealer, Shown};
use crate::services::view_case::CaseName;
use crate::services::{Caller, Services};
use crate::store::{CaseRecord, StoredMessage};
use crate::vault::Purpose;

/// What was written between the complainant of a case and the organisation.
#[derive(Debug)]
pub struct Messages {
    /// The case.
    pub case: CaseRecord,
    /// Whether its complainant has a receipt, and so can be asked.
    pub can_ask: bool,
    /// The messages, the oldest first.
    pub messages: Vec<MessageView>,
}

/// A message.
#[derive(Debug)]
pub struct MessageView {
    /// Whether the complainant wrote it.
    pub from_complainant: bool,
    /// When.
    pub written_at: DateTime<Utc>,
    /// The text; none where the caller holds no key of it.
    pub text: Shown,
}

impl Services {
    /// The messages of a case. That they were read, and why, is written to the audit log.
    ///
    /// # Errors
    /// Those of the guard; [`ServiceError::Vault`] where a text was moved or altered.
    pub fn read_messages(&self, caller: &Caller, case: CaseName) -> Result<Messages, ServiceError> {
        self.viewing(caller, Action::ViewCase, Subject::Case(case), |tx, permit| {
            let case = tx.case_record(permit.case()?)?;
            let keys = CaseKeys::of(tx, caller, case.id)?;
            let open = |message: StoredMessage| {
                let text = keys.open(&message.text, message_binding(message.id))?;
                let StoredMessage { from_complainant, written_at, .. } = message;
                Ok::<_, ServiceError>(MessageView { from_complainant, written_at, text })
            };
            let messages = tx.messages_of(case.id)?.into_iter().map(open).collect::<Result<Vec<_>, _>>()?;
            if messages.iter().any(|message| message.text.is_some()) {
                permit.note(tx, AuditAction::SealedRead, |entry| {
                    entry.about(SubjectKind::Case, case.id).with("messages", messages.len()).purpose(caller.purpose())
                })?;
            }
            Ok(Messages { can_ask: tx.receipt_key_of(case.id)?.is_some(), case, messages })
        })
    }

    /// Writes a question to the complainant: sealed to the key that their receipt opens, and for whoever may read
    /// the case. A question that comes again under its identifier is kept once.
    ///
    /// # Errors
    /// Those of the guard; [`ServiceError::NotFound`] where the complainant has no receipt; what is wrong with
    /// the text; [`ServiceError::Erased`].
    pub fn ask_complainant(
        &self,
        caller: &Caller,
        case: CaseName,
        message: Uuid,
        text: &str,
    ) -> Result<(), ServiceError> {
        self.opening(caller, Action::RecordFact, Subject::Case(case), |tx, permit| {
            let (case, author) = (permit.case()?, permit.author()?);
            let text = read_text(text)?;
            tx.hold_case(case)?;
            if tx.erased_at(case)?.is_some() {
                return Err(ServiceError::Erased);
            }
            let complainant = tx.receipt_key_of(case)?.ok_or(ServiceError::NotFound)?;
            if tx.has_message(message)? {
                return Ok(());
            }
            let owner = tx.case_record(case)?.organisation;
            let shares = tx.shares(case)?;
            let readers = Readers::of(tx, owner, &shares)?;
            let mut sealer = Sealer::for_case(tx, caller, case, &readers)?;
            let sealed = sealer.case_key()?.seal(&text, message_binding(message));
            tx.add_data_keys(&sealer.into_new_keys(), self.now().timestamp_micros())?;
            let for_receipt = complainant.seal(Purpose::Receipt, &[case.0, message], text.expose().as_bytes())?;
            tx.add_message(&StoredMessage {
                id: message,
                case,
                from_complainant: false,
                text: sealed,
                for_receipt: Some(for_receipt),
                written_at: self.now(),
                written_by: author.actor,
            })?;
            permit.note(tx, AuditAction::ComplainantAsked, |entry| entry.about(SubjectKind::Case, case))
        })
    }
}
