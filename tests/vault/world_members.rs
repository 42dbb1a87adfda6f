//! The office of the random life: what happens to its members and keys.

use aiqyn::access::role::{Role, Roles};
use aiqyn::services::{Origin, Proof, ServiceError};

use crate::model::{CaseFile, Member, Org};
use crate::rows_at_rest::StolenKey;
use crate::support::chance::Chance;
use crate::support::staff::PASSWORD;
use crate::world::{ShutOut, World};

/// The logins of each organisation's members.
const LOGINS: [&[&str]; 4] =
    [&["aigul", "bolat", "dana"], &["erlan", "farida"], &["gulnar", "hasen"], &["indira", "kanat"]];

impl World {
    /// Everybody enrols; the first of each organisation is admitted, the others wait.
    pub fn is_staffed(&mut self) {
        for (org, logins) in LOGINS.iter().enumerate() {
            for (place, login) in logins.iter().enumerate() {
                let role = self.offices[org].roles[usize::from(place == 2)];
                let (console, roles) = (self.services.console().unwrap(), Roles::new([role]).unwrap());
                let invited = self.services.invite_member(&console, self.offices[org].id, login, &roles).unwrap();
                let (id, session) = (invited.member, None);
                let member = Member { id, login, org, role, active: true, admitted: false, codes: Vec::new(), session };
                self.members.push(member);
                self.enrols(self.members.len() - 1, &invited.secret.print());
                if place == 0 {
                    self.is_admitted_by_recovery_key(self.members.len() - 1);
                }
            }
        }
    }

    fn enrols(&mut self, member: usize, invitation: &str) {
        let enrolled = self.services.enrol(self.members[member].login, invitation, PASSWORD).unwrap();
        self.members[member].codes = enrolled.print_recovery_codes().iter().map(|code| code.to_string()).collect();
    }

    /// Signs a member in who is not.
    pub fn is_signed_in(&mut self, member: usize) {
        if self.members[member].session.is_some() {
            return;
        }
        if self.members[member].codes.is_empty() {
            self.is_invited_anew(member);
        }
        let signing_in = &mut self.members[member];
        let proof = Proof { password: PASSWORD.to_owned(), code: signing_in.codes.pop().unwrap() };
        let signed_in = self.services.sign_in(signing_in.login, &proof, &Origin::console()).unwrap();
        signing_in.session = Some(signed_in.secret);
    }

    /// A thief has a session of somebody who holds the key.
    pub fn steals_a_key(&mut self, org: Org) -> StolenKey {
        let holds = |member: &Member| member.org == org && member.active && member.admitted;
        let holder = self.members.iter().position(holds).unwrap();
        self.is_signed_in(holder);
        self.at_rest.key_behind(self.members[holder].session.as_ref().unwrap(), self.offices[org].id)
    }

    /// An active member who fits; now and then any, to see them refused.
    pub fn somebody(&self, chance: &mut Chance, fits: impl Fn(&Member) -> bool) -> Option<usize> {
        let active = |place: &usize| self.members[*place].active;
        let fitting: Vec<usize> =
            (0..self.members.len()).filter(active).filter(|place| fits(&self.members[*place])).collect();
        if fitting.is_empty() { None } else { Some(*chance.one_of(&fitting)) }
    }

    pub fn somebody_for(
        &self,
        chance: &mut Chance,
        case: usize,
        fits: impl Fn(&Member, &CaseFile) -> bool,
    ) -> Option<usize> {
        if chance.below(6) == 0 {
            return self.somebody(chance, |_| true);
        }
        self.somebody(chance, |member| fits(member, &self.cases[case]))
    }

    /// Somebody joins, leaves, forgets, is admitted, changes roles, or a key is rotated.
    pub fn changes_members(&mut self, chance: &mut Chance, what: usize) {
        let member = chance.below(self.members.len());
        match (what, self.members[member].active) {
            (15, _) => self.rotates(chance),
            (16..=18, _) => self.admits(chance),
            (19, true) => self.is_disabled(member),
            (20, true) if chance.below(2) == 0 => self.is_invited_anew(member),
            (_, true) => self.changes_role(chance, member),
            (_, false) => self.is_invited_anew(member),
        }
    }

    /// What a member came with before opens nothing any more.
    fn is_out(&mut self, member: usize) {
        if let Some(old) = self.members[member].session.take() {
            assert!(matches!(self.services.authenticate(Some(&old)), Err(ServiceError::SessionEnded)));
        }
    }

    fn is_disabled(&mut self, member: usize) {
        let console = self.services.console().unwrap();
        self.services.disable_member(&console, self.members[member].id).unwrap();
        (self.members[member].active, self.members[member].admitted) = (false, false);
        self.is_out(member);
        self.has_done("disabled");
    }

    fn is_invited_anew(&mut self, member: usize) {
        let console = self.services.console().unwrap();
        let invited = self.services.invite_again(&console, self.members[member].id).unwrap();
        (self.members[member].active, self.members[member].admitted) = (true, false);
        self.is_out(member);
        self.enrols(member, &invited.secret.print());
        self.has_done("invited anew");
    }

    fn changes_role(&mut self, chance: &mut Chance, member: usize) {
        let role = *chance.one_of(self.offices[self.members[member].org].roles);
        let (console, roles) = (self.services.console().unwrap(), Roles::new([role]).unwrap());
        self.services.change_roles(&console, self.members[member].id, &roles).unwrap();
        let changed = &mut self.members[member];
        changed.role = role;
        changed.admitted &= role.opens_sealed_data();
        self.is_out(member);
        self.has_done("changed roles");
    }

    fn is_admitted_by_recovery_key(&mut self, member: usize) {
        let (console, org) = (self.services.console().unwrap(), self.members[member].org);
        let id = self.members[member].id;
        for (place, office) in self.offices.iter().enumerate().filter(|(place, _)| *place != org) {
            let wrong = self.services.admit_by_recovery_key(&console, id, &office.recovery_key);
            assert!(matches!(wrong, Err(ServiceError::Invalid(_))), "the recovery key of {place}");
        }
        self.services.admit_by_recovery_key(&console, id, &self.offices[org].recovery_key).unwrap();
        self.members[member].admitted = true;
        // What one holds is opened when one signs in or asks anew: the session goes on.
    }

    fn admits(&mut self, chance: &mut Chance) {
        let waits = |member: &Member| member.role.opens_sealed_data() && !member.admitted;
        let Some(waiting) = self.somebody(chance, waits) else { return };
        let org = self.members[waiting].org;
        let holds = |member: &Member| member.org == org && member.admitted && member.role != Role::IntakeOfficer;
        let Some(colleague) = self.somebody(chance, holds).filter(|_| chance.below(3) > 0) else {
            self.is_admitted_by_recovery_key(waiting);
            return self.has_done("admitted by the recovery key");
        };
        let stranger = self.somebody(chance, |member| member.org != org && member.admitted);
        if let Some(stranger) = stranger {
            let caller = self.caller(stranger);
            assert!(self.services.admit_member(&caller, self.members[waiting].id).is_err());
        }
        let caller = self.caller(colleague);
        self.services.admit_member(&caller, self.members[waiting].id).unwrap();
        self.members[waiting].admitted = true;
        self.has_done("admitted");
    }

    fn rotates(&mut self, chance: &mut Chance) {
        let may = |member: &Member| matches!(member.role, Role::Caseworker | Role::NpmMember | Role::Approver);
        let Some(member) = self.somebody(chance, may) else { return };
        let (caller, org) = (self.caller(member), self.members[member].org);
        match self.services.rotate_keys(&caller) {
            Ok(_) => {
                assert!(self.members[member].admitted);
                let new = self.steals_a_key(org);
                self.shut_out.push(ShutOut { org, thief: self.thieves[org].clone(), texts: self.texts });
                self.thieves[org].key = new;
                self.has_done("key rotated");
            }
            Err(ServiceError::NoKey) => assert!(!self.members[member].admitted),
            Err(other) => panic!("{other}"),
        }
    }
}
