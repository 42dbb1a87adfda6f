//! The people of the demo: an account for each role, in three organisations.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::CliError;
use super::output::say;
use crate::access::one_time_code::OneTimeCodeSecret;
use crate::access::permission::Scope;
use crate::access::role::{OrganisationKind, Role, Roles};
use crate::domain::id::OrganisationId;
use crate::services::{Caller, NewOrganisation, NewToken, Origin, Proof, ServiceError, Services};
use crate::vault::Voucher;

/// For how many days the tokens of the demo hold.
const TOKENS_HOLD: i64 = 30;

/// An account of the demo, with everything that is needed to sign in.
struct DemoAccount {
    role: Role,
    login: String,
    one_time_codes: OneTimeCodeSecret,
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
                "one_time_code_secret": account.one_time_codes.print().as_str(),
                "token": account.token.as_str(),
            })
        };
        self.accounts.iter().map(account).collect()
    }

    /// Prints them: first for programs, then for people.
    pub fn say(&self, now: DateTime<Utc>) {
        say("");
        say("For programs: a token for each role, to be sent as Authorization: Bearer …");
        for account in &self.accounts {
            say(format_args!("{:<16} {}", account.login, account.token.as_str()));
        }
        say("");
        say(format_args!("For people: the password of every account is  {}", self.password.as_str()));
        say("and the one-time code, good once and for a minute from now:");
        for account in &self.accounts {
            let code = account.one_time_codes.code_at(now);
            say(format_args!("  {:<16} {code}   secret: {}", account.login, account.one_time_codes.print().as_str()));
        }
        let Some(account) = self.accounts.iter().find(|account| account.role == Role::Caseworker) else { return };
        let program = std::env::args().next().unwrap_or_else(|| "aiqyn".to_owned());
        say("A later code is shown by an authenticator app that you give the secret, or by this command:");
        say(format_args!("  {program} code {}", account.one_time_codes.print().as_str()));
        say("");
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
    // A recovery code: the one-time code of now must still be good when it is printed.
    let code = enrolled.recovery_codes.first().map(Voucher::print).unwrap_or_default();
    let token = token(services, &login, password, &code)?;
    Ok(DemoAccount { role, login, one_time_codes: enrolled.one_time_codes, token })
}

/// Signs in once and makes a token that may do all that the member may.
fn token(services: &Services, login: &str, password: &str, code: &str) -> Result<Zeroizing<String>, ServiceError> {
    let proof = Proof { password: password.to_owned(), code: code.to_owned() };
    let signed_in = services.sign_in(login, &proof, &Origin::console())?;
    let caller = services.authenticate(Some(&signed_in.secret))?;
    let token = NewToken { name: "demo".to_owned(), scopes: Scope::ALL.to_vec(), days: TOKENS_HOLD };
    let secret = services.make_token(&caller, &token)?;
    services.sign_out(&caller)?;
    Ok(secret.print())
}
