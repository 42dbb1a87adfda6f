//! `aiqyn user`: the accounts, from the console of the server.

use std::io::Read;

use serde_json::json;
use zeroize::Zeroizing;

use super::output::say;
use super::{CliError, Database, invitation, output, say_invitation};
use crate::access::role::{Role, Roles};
use crate::domain::id::OrganisationId;
use crate::services::{Caller, Invitation, ServiceError, Services};

/// Options of `aiqyn user`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: Database,
    /// Print JSON.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Make an account; prints an invitation to be handed over
    Add {
        /// The name to sign in with: small letters, digits and . _ - @
        login: String,
        /// The roles, with commas between them: intake_officer, caseworker, npm_member, approver, analyst, auditor, administrator
        #[arg(long, value_name = "ROLES", value_parser = roles)]
        role: Roles,
        /// The organisation; the first one unless told.
        #[arg(long, value_name = "NAME")]
        organisation: Option<String>,
    },
    /// List the accounts
    List {
        /// The organisation; the first one unless told.
        #[arg(long, value_name = "NAME")]
        organisation: Option<String>,
    },
    /// Invite a member anew, for one who has forgotten the password; their keys are deleted
    Invite {
        /// Whom.
        login: String,
    },
    /// Give a member other roles
    Roles {
        /// Whom.
        login: String,
        /// The roles, with commas between them.
        #[arg(value_parser = roles)]
        roles: Roles,
    },
    /// Shut a member out, at once
    Disable {
        /// Whom.
        login: String,
    },
    /// Give a member the organisation's key; the recovery key is read from standard input
    Admit {
        /// Whom.
        login: String,
    },
}

fn roles(text: &str) -> Result<Roles, String> {
    Roles::parse(text).map_err(|_| format!("one or several of {}, with commas between them", Role::WORDS.join(", ")))
}

pub fn run(args: &Args) -> Result<(), CliError> {
    let services = args.database.open_existing()?;
    let console = services.console()?;
    match &args.what {
        What::Add { login, role, organisation } => {
            let organisation = named(&services, &console, organisation.as_deref())?;
            let made = services.invite_member(&console, organisation, login, role)?;
            tell(args, &made)
        }
        What::List { organisation } => {
            let organisation = named(&services, &console, organisation.as_deref())?;
            list(args, &services, &console, organisation)
        }
        What::Invite { login } => {
            let made = services.invite_again(&console, services.member_with_login(&console, login)?)?;
            tell(args, &made)
        }
        What::Roles { login, roles } => {
            services.change_roles(&console, services.member_with_login(&console, login)?, roles)?;
            done(args, login, "has other roles now; their sessions have ended")
        }
        What::Disable { login } => {
            services.disable_member(&console, services.member_with_login(&console, login)?)?;
            done(args, login, "is shut out")
        }
        What::Admit { login } => {
            let member = services.member_with_login(&console, login)?;
            let mut key = Zeroizing::new(String::new());
            eprintln!("Type the recovery key, then Ctrl+D:");
            std::io::stdin()
                .take(1_000)
                .read_to_string(&mut key)
                .map_err(|source| CliError::Io { what: "reading the recovery key".to_owned(), source })?;
            services.admit_by_recovery_key(&console, member, key.trim()).map_err(|error| match error {
                ServiceError::NotFound => CliError::Usage(format!(
                    "{login} cannot be given the key: they have not enrolled yet, or no role of theirs reads sealed data"
                )),
                other => other.into(),
            })?;
            done(args, login, "holds the organisation's key now")
        }
    }
}

fn tell(args: &Args, made: &Invitation) -> Result<(), CliError> {
    if args.json {
        return output::json(&invitation(made));
    }
    say_invitation(made);
    Ok(())
}

fn done(args: &Args, login: &str, what: &str) -> Result<(), CliError> {
    if args.json {
        return output::json(&json!({ "login": login, "done": true }));
    }
    say(format_args!("{login} {what}."));
    Ok(())
}

fn list(args: &Args, services: &Services, console: &Caller, of: OrganisationId) -> Result<(), CliError> {
    let members = services.members(console, of)?;
    if args.json {
        let item = |member: crate::services::MemberView| {
            json!({
                "id": member.id.to_string(),
                "login": member.login,
                "state": member.state,
                "roles": member.roles.iter().collect::<Vec<_>>(),
                "waits_for_key": member.waits_for_key,
                "fingerprint": member.fingerprint,
            })
        };
        return output::json(&members.into_iter().map(item).collect::<Vec<_>>());
    }
    for member in members {
        let waits = if member.waits_for_key { ", waits for the key" } else { "" };
        say(format_args!("{:<24} {:<9} {}{waits}", member.login, member.state.as_str(), member.roles));
    }
    Ok(())
}

/// The organisation with a name; the first one where none is given.
fn named(services: &Services, console: &Caller, name: Option<&str>) -> Result<OrganisationId, CliError> {
    let mut organisations = services.organisations(console)?.into_iter();
    let found = match name {
        None => organisations.next(),
        Some(name) => organisations.find(|organisation| organisation.name == name.trim()),
    };
    found.map(|organisation| organisation.id).ok_or_else(|| {
        CliError::Usage("there is no organisation of that name; `aiqyn organisation list` shows them".to_owned())
    })
}
