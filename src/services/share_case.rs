//! Sharing a case with another organisation, and ending a share.

use super::error::ServiceError;
use super::guard::Subject;
use super::view_case::CaseName;
use super::{Caller, Services, sealing};
use crate::access::permission::Action;
use crate::access::role::OrganisationKind;
use crate::audit::{AuditAction, SubjectKind};
use crate::domain::field::FieldProblem;
use crate::domain::id::OrganisationId;
use crate::store::StoreError;

impl Services {
    /// Shares a case: the other organisation is given its data keys. Returns with whom it is shared now.
    ///
    /// # Errors
    /// That the organisation is none to share with; [`ServiceError::NoKey`] where the caller holds no key.
    pub fn share_case(
        &self,
        caller: &Caller,
        case: CaseName,
        with: OrganisationId,
    ) -> Result<Vec<OrganisationId>, ServiceError> {
        self.opening(caller, Action::ShareCase, Subject::Case(case), |tx, permit| {
            let (case, author) = (permit.case()?, permit.author()?);
            let other = tx.organisation(with).map_err(|error| match error {
                StoreError::NotFound => no_organisation(),
                other => other.into(),
            })?;
            // The Ombudsman's office is given requests, and nothing else of a case.
            if with == author.organisation || other.kind == OrganisationKind::Ombudsman {
                return Err(no_organisation());
            }
            tx.hold_case(case)?;
            if tx.erased_at(case)?.is_some() {
                return Err(ServiceError::Erased);
            }
            if tx.shares(case)?.contains(&with) {
                return Ok(tx.shares(case)?);
            }
            tx.add_share(case, with, author.actor, self.now().timestamp_micros())?;
            sealing::give_case_keys(tx, caller, case, with)?;
            tx.wait_for_name_index(with, case)?;
            permit.note(tx, AuditAction::CaseShared, |entry| {
                entry.about(SubjectKind::Case, case).with("organisation", with)
            })?;
            Ok(tx.shares(case)?)
        })
    }

    /// Ends a share: the other organisation's copies of the keys are deleted, and what is written from now
    /// on goes under a key that it never had.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] where it is not shared with them.
    pub fn end_share(&self, caller: &Caller, case: CaseName, with: OrganisationId) -> Result<(), ServiceError> {
        self.writing(caller, Action::ShareCase, Subject::Case(case), |tx, permit| {
            let case = permit.case()?;
            // Nobody seals a new key for those who read until now.
            tx.hold_case(case)?;
            let is_office = tx.ombudsmans_offices()?.contains(&with);
            if !tx.end_share(case, with, is_office)? {
                return Err(ServiceError::NotFound);
            }
            tx.forget_names_for(with, case)?;
            permit.note(tx, AuditAction::ShareEnded, |entry| {
                entry.about(SubjectKind::Case, case).with("organisation", with)
            })
        })
    }
}

fn no_organisation() -> ServiceError {
    ServiceError::invalid("organisation", FieldProblem::NotAnOrganisation)
}
