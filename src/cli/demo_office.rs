//! The people of the demo: an account for each role, in three organisations.

use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::CliError;
use super::output::say;
use crate::access::permission::Scope;
use crate::access::role::{OrganisationKind, Role, Roles};
use crate::domain::id::OrganisationId;
use crate::services::{Caller, NewOrganisation, NewToken, Proof, ServiceError, Services};
use crate::vault::Voucher;

/// For how many days the tokens of the demo hold.
const TOKENS_HOLD: i64 = 30;

/// An account of the demo, with everything that is needed to sign in.
struct DemoAccount {
    role: Role,
    login: String,
    one_time_codes: Zeroizing<String>,
    token: Zeroizing<String>,
}

/// The organisations and accounts of the demo.
pub struct DemoOffice {
    /// The National Preventive Mechanism: cases with an urgent visit are shared with it.
    pub npm: OrganisationId,
    /// The one password of all accounts.
    pub password: Zeroizing<String>,
    accounts: Vec<DemoAccount>,
}

impl DemoOffice {
    /// Makes them.
    pub fn set_up(services: &Services, console: &Caller, ngo: &NewOrganisation) -> Result<Self, CliError> {
        let npm = services.add_organisation(console, "Invented Preventive Mechanism (demo)", OrganisationKind::Npm)?;
        let office = services.add_organisation(console, "Invented Ombudsman (demo)", OrganisationKind::Ombudsman)?;
        let password = Voucher::generate().print();
        let mut accounts = Vec::new();
        for role in Role::ALL.iter().copied() {
            let organisation = match role {
                Role::NpmMember => &npm,
                Role::Approver => &office,
                _ => ngo,
            };
            accounts.push(account(services, console, organisation, role, &password)?);
        }
        Ok(Self { npm: npm.id, password, accounts })
    }

    /// The accounts as JSON.
    pub fn accounts(&self) -> Vec<Value> {
        let account = |account: &DemoAccount| {
            json!({
                "role": account.role,
                "login": account.login,
                "one_time_code_secret": account.one_time_codes.as_str(),
                "token": account.token.as_str(),
            })
        };
        self.accounts.iter().map(account).collect()
    }

    /// Prints them.
    pub fn say(&self) {
        say("");
        say(format_args!("An account for each role; the password of all of them: {}", self.password.as_str()));
        say(format_args!("{:<16} {:<40} {}", "login", "secret for one-time codes", "API token"));
        for account in &self.accounts {
            say(format_args!(
                "{:<16} {:<40} {}",
                account.login,
                account.one_time_codes.as_str(),
                account.token.as_str()
            ));
        }
        say("");
        say("Sign in at /sign-in with a code of an authenticator app, or send a token: Authorization: Bearer …");
    }
}

fn account(
    services: &Services,
    console: &Caller,
    organisation: &NewOrganisation,
    role: Role,
    password: &Zeroizing<String>,
) -> Result<DemoAccount, CliError> {
    let login = role.as_str().replace('_', "-");
    let roles = Roles::new([role]).map_err(|error| CliError::Usage(error.to_string()))?;
    let invitation = services.invite_member(console, organisation.id, &login, &roles)?;
    let enrolled = services.enrol(&login, &invitation.secret.print(), password)?;
    if role.opens_sealed_data() {
        services.admit_by_recovery_key(console, enrolled.member, &organisation.recovery_key.print())?;
    }
    let token = token(services, &login, password, &enrolled.one_time_codes.code_at(services.now()))?;
    Ok(DemoAccount { role, login, one_time_codes: enrolled.one_time_codes.print(), token })
}

/// Signs in once and makes a token that may do all that the member may.
fn token(services: &Services, login: &str, password: &str, code: &str) -> Result<Zeroizing<String>, ServiceError> {
    let proof = Proof { password: password.to_owned(), code: code.to_owned() };
    let signed_in = services.sign_in(login, &proof)?;
    let caller = services.authenticate(Some(&signed_in.secret))?;
    let token = NewToken { name: "demo".to_owned(), scopes: Scope::ALL.to_vec(), days: TOKENS_HOLD };
    let secret = services.make_token(&caller, &token)?;
    services.sign_out(&caller)?;
    Ok(secret.print())
}
