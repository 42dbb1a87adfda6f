//! The people of an office: each enrolled as a real member is, with everything that they sign in with.

use aiqyn::access::one_time_code::OneTimeCodeSecret;
use aiqyn::access::permission::Scope;
use aiqyn::access::role::{OrganisationKind, Role, Roles};
use aiqyn::domain::id::{ActorId, OrganisationId};
use aiqyn::services::{Caller, NewOrganisation, NewToken, Origin, Proof, Services};
use aiqyn::vault::SessionSecret;

/// The password of everybody.
pub const PASSWORD: &str = "бесқонақ қазан дауыл 7";

/// An organisation, with what only its founder has.
pub struct Organisation {
    pub id: OrganisationId,
    pub recovery_key: String,
}

/// A member who can sign in.
pub struct Person {
    pub login: String,
    pub member: ActorId,
    pub organisation: OrganisationId,
    pub one_time_codes: OneTimeCodeSecret,
    recovery_codes: std::sync::Mutex<Vec<String>>,
    /// A token that may do all that the member may.
    pub token: String,
}

impl Organisation {
    pub fn of(made: &NewOrganisation) -> Self {
        Self { id: made.id, recovery_key: made.recovery_key.print().to_string() }
    }

    /// Adds one to an office.
    pub fn added(services: &Services, name: &str, kind: OrganisationKind) -> Self {
        Self::of(&services.add_organisation(&services.console().unwrap(), name, kind).unwrap())
    }

    /// Invites, enrols and admits a member.
    pub fn hires(&self, services: &Services, login: &str, roles: &[Role]) -> Person {
        let mut person = self.enrols(services, login, roles);
        if roles.iter().any(|role| role.opens_sealed_data()) {
            let console = services.console().unwrap();
            services.admit_by_recovery_key(&console, person.member, &self.recovery_key).unwrap();
        }
        person.token = person.makes_token(services, Scope::ALL);
        person
    }

    /// Invites and enrols a member, whom nobody admits.
    pub fn enrols(&self, services: &Services, login: &str, roles: &[Role]) -> Person {
        let console = services.console().unwrap();
        let roles = Roles::new(roles.iter().copied()).unwrap();
        let invitation = services.invite_member(&console, self.id, login, &roles).unwrap();
        let enrolled = services.enrol(login, &invitation.secret.print(), PASSWORD).unwrap();
        let recovery_codes = enrolled.print_recovery_codes().iter().map(|code| code.to_string()).collect();
        Person {
            login: login.to_owned(),
            member: enrolled.member,
            organisation: self.id,
            one_time_codes: enrolled.one_time_codes,
            recovery_codes: std::sync::Mutex::new(recovery_codes),
            token: String::new(),
        }
    }
}

impl Person {
    /// One of the recovery codes, which need no clock.
    pub fn recovery_code(&self) -> String {
        self.recovery_codes.lock().unwrap().pop().expect("a recovery code is left")
    }

    /// What proves who they are.
    pub fn proof(&self) -> Proof {
        Proof { password: PASSWORD.to_owned(), code: self.recovery_code() }
    }

    /// Signs in.
    pub fn signs_in(&self, services: &Services) -> SessionSecret {
        services.sign_in(&self.login, &self.proof(), &Origin::console()).unwrap().secret
    }

    /// Signs in and asks from then on.
    pub fn asks(&self, services: &Services) -> Caller {
        services.authenticate(Some(&self.signs_in(services))).unwrap()
    }

    /// Makes a token that holds for a year.
    pub fn makes_token(&self, services: &Services, scopes: &[Scope]) -> String {
        let token = NewToken { name: "test".to_owned(), scopes: scopes.to_vec(), days: 366 };
        services.make_token(&self.asks(services), &token).unwrap().print().to_string()
    }
}
