//! The words of the audit log: what was done, how it ended, to what, and why sealed data was read.
//! A word, once released, is never given another meaning: old records are hashed with it.

use crate::domain::words;

words! {
    /// What somebody did, or tried to do.
    AuditAction {
        /// Somebody logged in.
        SignIn = "sign_in",
        /// A login failed.
        SignInFailed = "sign_in_failed",
        /// Somebody logged out.
        SignOut = "sign_out",
        /// A session was ended by its owner from elsewhere, by an administrator, or by the program.
        SessionEnded = "session_ended",
        /// Somebody proved anew who they are, before something grave.
        Reauthenticated = "reauthenticated",
        /// An invited member chose a password and made their keys.
        Enrolled = "enrolled",
        /// A password was changed.
        PasswordChanged = "password_changed",
        /// A recovery code took the place of a one-time code.
        RecoveryCodeUsed = "recovery_code_used",
        /// An account was made, or invited anew.
        MemberInvited = "member_invited",
        /// A member's roles were changed.
        MemberChanged = "member_changed",
        /// A member was shut out, and their copies of keys deleted.
        MemberDisabled = "member_disabled",
        /// A member was given the organisation's key.
        MemberAdmitted = "member_admitted",
        /// An organisation's key was rotated.
        KeyRotated = "key_rotated",
        /// The recovery key was used.
        RecoveryKeyUsed = "recovery_key_used",
        /// An organisation was added.
        OrganisationAdded = "organisation_added",
        /// An API token was made.
        TokenMade = "token_made",
        /// An API token was revoked.
        TokenRevoked = "token_revoked",
        /// A case was filed.
        CaseFiled = "case_filed",
        /// A step or a fact was recorded.
        EventRecorded = "event_recorded",
        /// An event was corrected or taken back.
        EventCorrected = "event_corrected",
        /// Sealed texts of a case were read.
        SealedRead = "sealed_read",
        /// Sealed texts of a visit request were read.
        RequestRead = "request_read",
        /// Names were searched; the record does not say which.
        NameSearched = "name_searched",
        /// A case was shared with an organisation.
        CaseShared = "case_shared",
        /// The sharing of a case was ended.
        ShareEnded = "share_ended",
        /// A document was added.
        DocumentAdded = "document_added",
        /// A document was read.
        DocumentRead = "document_read",
        /// A question to a complainant with a receipt was written.
        ComplainantAsked = "complainant_asked",
        /// A complainant with a receipt has written something.
        ComplainantWrote = "complainant_wrote",
        /// Data left the system.
        Exported = "exported",
        /// A list was imported.
        Imported = "imported",
        /// The keys of a case were destroyed.
        CaseErased = "case_erased",
        /// An entry was added to a code list, ended or called otherwise.
        CodeListChanged = "code_list_changed",
        /// A deadline was added.
        DeadlineChanged = "deadline_changed",
        /// An escalation level was set.
        EscalationChanged = "escalation_changed",
        /// Somebody asked for what they may not have or do.
        AccessRefused = "access_refused",
        /// A sealed text or key did not open where it lay.
        CiphertextRefused = "ciphertext_refused",
        /// The audit log was searched.
        AuditRead = "audit_read",
        /// The audit log was verified.
        AuditVerified = "audit_verified",
        /// A checkpoint was signed.
        CheckpointMade = "checkpoint_made",
        /// Erasures of a checkpoint were applied to a restored database.
        ErasuresApplied = "erasures_applied",
        /// The database was set up.
        SetUp = "set_up",
        /// The schema was brought up to date.
        Migrated = "migrated",
        /// A backup was made.
        BackedUp = "backed_up",
        /// A backup was restored into a new database.
        Restored = "restored",
        /// The summaries were made anew.
        DatabaseRebuilt = "database_rebuilt",
    }
}

words! {
    /// How it ended.
    Outcome {
        /// It was done.
        Done = "done",
        /// It was not allowed.
        Refused = "refused",
        /// It was allowed and did not work.
        Failed = "failed",
    }
}

words! {
    /// What a record is about.
    SubjectKind {
        /// A case.
        Case = "case",
        /// A visit request: the event that made it.
        VisitRequest = "visit_request",
        /// A document.
        Document = "document",
        /// A member.
        Member = "member",
        /// An organisation.
        Organisation = "organisation",
        /// A session of a browser.
        Session = "session",
        /// An API token.
        Token = "token",
    }
}

words! {
    /// Why sealed data was read.
    Purpose {
        /// To handle the case.
        Handling = "handling",
        /// To review how it was handled.
        Review = "review",
        /// For an urgent visit.
        UrgentVisit = "urgent_visit",
        /// To see whether this person has a case already.
        DuplicateCheck = "duplicate_check",
        /// For proceedings in a court or before a treaty body.
        LegalProceedings = "legal_proceedings",
        /// To correct what was recorded.
        Correction = "correction",
        /// To check a figure.
        StatisticsCheck = "statistics_check",
        /// The person asked for it.
        RequestOfThePerson = "request_of_the_person",
        /// Another purpose.
        Other = "other",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_words_are_the_same() {
        for words in [AuditAction::WORDS, Outcome::WORDS, SubjectKind::WORDS, Purpose::WORDS] {
            assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len());
        }
    }
}
