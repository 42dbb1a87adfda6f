//! Finding a person's cases by name, and telling at filing that they may have one already.

use std::collections::HashMap;
use std::thread;
use std::time::Duration;

use super::error::ServiceError;
use super::guard::{Permit, Subject};
use super::sealing::CaseKeys;
use super::{Caller, Services};
use crate::access::permission::{Action, Relation, decide};
use crate::access::role::Role;
use crate::audit::{AuditAction, Purpose};
use crate::domain::event::Happening;
use crate::domain::fact::Fact;
use crate::domain::field::FieldProblem;
use crate::domain::id::{CaseId, EventId, Reference};
use crate::store::{FoundToken, NameToken, Transaction, Waiting};
use crate::vault::names::{FoundWord, IndexKey, NameQuery, NameTokens, Token};
use crate::vault::{CannotOpen, OpenedVault};

/// How many waiting cases are indexed before a search, the latest first: whoever has just filed one finds it.
const INDEXED_BEFORE_A_SEARCH: u16 = 20;

/// How many of a long import are indexed behind it in one transaction: on SQLite nobody else writes meanwhile, and a search
/// is written to the audit log.
const INDEXED_AT_ONCE: u16 = 25;

/// How long others have the database to themselves between two such transactions.
const PAUSE: Duration = Duration::from_millis(10);

/// The most cases that a search tells.
const MOST_HITS: usize = 50;

/// A case in which a name like the one that was looked for stands.
#[derive(Clone, Debug, PartialEq)]
pub struct NameHit {
    /// The case.
    pub case: CaseId,
    /// Its reference.
    pub reference: Reference,
    /// How well the name fits, above 0 and at most 1.
    pub score: f64,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq)]
pub struct NameHits {
    /// The best hits, the best first.
    pub hits: Vec<NameHit>,
    /// Whether there were more than are told.
    pub more: bool,
    /// Whether cases still wait to be indexed, so that a name in them is not found yet.
    pub index_is_behind: bool,
}

impl Services {
    /// Looks for a name in the cases that the caller may read. The audit log says that names were searched,
    /// and not which.
    ///
    /// # Errors
    /// [`ServiceError::NoKey`] where the caller holds no key; that the name has no letters.
    pub fn search_names(&self, caller: &Caller, name: &str) -> Result<NameHits, ServiceError> {
        self.opening(caller, Action::SearchNames, Subject::General, |tx, permit| {
            let vault = caller.vault().ok_or(ServiceError::NoKey)?;
            let index_key = index_key(tx, vault)?;
            let query = NameQuery::of(&index_key, name);
            if query.words().is_empty() {
                return Err(ServiceError::invalid("name", FieldProblem::NotAName));
            }
            let index_is_behind = catch_up(tx, permit, caller, &index_key, Waiting::Latest(INDEXED_BEFORE_A_SEARCH))?;
            let (hits, more) = find(tx, permit, caller, &query)?;
            permit.note(tx, AuditAction::NameSearched, |entry| {
                entry.purpose(caller.purpose()).with("hits", hits.len())
            })?;
            Ok(NameHits { hits, more, index_is_behind })
        })
        .inspect(|found| {
            if found.index_is_behind {
                self.index_behind(caller);
            }
        })
    }

    /// Indexes what waits, behind whoever searched: nobody else has the key.
    fn index_behind(&self, caller: &Caller) {
        let (services, caller) = (self.clone(), caller.clone());
        self.indexing.begin("names", move || {
            loop {
                thread::sleep(PAUSE);
                if services.indexing.is_ending() {
                    break;
                }
                match services.index_some(&caller) {
                    Ok(true) => {}
                    Ok(false) => break,
                    Err(error) => {
                        tracing::warn!(%error, "names could not be indexed; the next search goes on with it");
                        break;
                    }
                }
            }
        });
    }

    /// Indexes some of the cases that wait, for as long as the caller's session lasts: with it the key must go.
    /// Returns whether others wait still.
    fn index_some(&self, caller: &Caller) -> Result<bool, ServiceError> {
        self.opening(caller, Action::SearchNames, Subject::General, |tx, permit| {
            let session = caller.session().filter(|session| session.expires_at > self.now());
            let (Some(session), Some(vault)) = (session, caller.vault()) else { return Ok(false) };
            if !tx.has_session(session.id)? {
                return Ok(false);
            }
            let index_key = index_key(tx, vault)?;
            catch_up(tx, permit, caller, &index_key, Waiting::Earliest(INDEXED_AT_ONCE))
        })
    }

    /// Cases in which one of these names stands. None for whoever may not search or holds no key; and where the
    /// search fails, for that must not take back what was filed.
    #[must_use]
    pub fn possible_duplicates(&self, caller: &Caller, names: &[String]) -> Vec<NameHit> {
        let may = decide(caller.standing(), Action::SearchNames, Relation::General).is_ok()
            && caller.check_session(Action::SearchNames, self.now()).is_ok();
        let mut found: Vec<NameHit> = Vec::new();
        if !may || caller.vault().is_none() {
            return found;
        }
        let caller = caller.clone().with_purpose(Purpose::DuplicateCheck);
        for name in names {
            match self.search_names(&caller, name) {
                Ok(hits) => found.extend(hits.hits),
                Err(ServiceError::Invalid(_)) => {}
                Err(error) => tracing::error!(%error, "a search for duplicates failed"),
            }
        }
        found.sort_by(|one, other| other.score.total_cmp(&one.score));
        let mut told = std::collections::HashSet::new();
        found.retain(|hit| told.insert(hit.case));
        found.truncate(MOST_HITS);
        found
    }
}

fn index_key(tx: &mut Transaction<'_>, vault: &OpenedVault) -> Result<IndexKey, ServiceError> {
    let (under, sealed) = tx.index_key(vault.organisation())?;
    Ok(vault.open_index_key(under, &sealed)?.into())
}

/// Indexes some of the cases that wait for it. Returns whether others wait still.
fn catch_up(
    tx: &mut Transaction<'_>,
    permit: &Permit<'_>,
    caller: &Caller,
    index_key: &IndexKey,
    waiting: Waiting,
) -> Result<bool, ServiceError> {
    let organisation = caller.author()?.organisation;
    for case in tx.waiting_for_name_index(organisation, waiting)? {
        tx.forget_name_tokens(organisation, case)?;
        let Indexed { tokens, refused } = tokens_of(tx, caller, index_key, case)?;
        for (event, tokens) in tokens {
            tx.add_name_tokens(organisation, case, event, &tokens)?;
        }
        if refused {
            permit.note_refused(tx, Action::SearchNames, case)?;
        }
        tx.name_index_done(organisation, case)?;
    }
    Ok(tx.has_names_to_index(organisation)?)
}

/// What became of the names of a case.
#[derive(Default)]
struct Indexed {
    tokens: Vec<(EventId, Vec<NameToken>)>,
    /// Whether something in it was moved or altered. That must not keep every other name from being found,
    /// nor a complaint from being filed.
    refused: bool,
}

/// The tokens of every name that stands in a case, corrected ones too: a name that was misspelt at first
/// may be how somebody knows the person.
fn tokens_of(
    tx: &mut Transaction<'_>,
    caller: &Caller,
    index_key: &IndexKey,
    case: CaseId,
) -> Result<Indexed, ServiceError> {
    let mut indexed = Indexed::default();
    let keys = match CaseKeys::of(tx, caller, case) {
        Err(ServiceError::Vault(_)) => return Ok(Indexed { refused: true, ..indexed }),
        keys => keys?,
    };
    let stored = tx.case(case)?;
    for event in stored.case.events() {
        let Some(happening @ Happening::Fact(Fact::Person(_))) = event.entry.happening() else { continue };
        let opened = match keys.open_happening(event.id, happening.clone()) {
            Ok(opened) => opened,
            Err(CannotOpen) => {
                indexed.refused = true;
                continue;
            }
        };
        let Happening::Fact(Fact::Person(person)) = opened else { continue };
        let Some(Some(name)) = person.name else { continue };
        let words = NameTokens::of(index_key, name.expose()).words;
        let numbered = (0..).zip(words).flat_map(|(word, of_word)| {
            let mut all: Vec<Token> = of_word.all().collect();
            all.sort_unstable();
            all.dedup();
            all.into_iter().map(move |token| NameToken { word, token: token.0 })
        });
        indexed.tokens.push((event.id, numbered.collect()));
    }
    Ok(indexed)
}

fn find(
    tx: &mut Transaction<'_>,
    permit: &Permit<'_>,
    caller: &Caller,
    query: &NameQuery,
) -> Result<(Vec<NameHit>, bool), ServiceError> {
    let organisation = permit.author()?.organisation;
    let words: Vec<Vec<[u8; 8]>> =
        query.words().iter().map(|word| word.tokens().iter().map(|token| token.0).collect()).collect();
    let mut by_event: HashMap<(CaseId, EventId), Vec<FoundWord>> = HashMap::new();
    for FoundToken { case, event, word, token } in tx.find_name_tokens(organisation, &words, query.must_match())? {
        by_event.entry((case, event)).or_default().push(FoundWord { word, token: Token(token) });
    }
    let mut best: HashMap<CaseId, f64> = HashMap::new();
    for ((case, _), found) in by_event {
        if let Some(score) = query.judge(&found) {
            let best = best.entry(case).or_insert(0.0);
            *best = best.max(score.value());
        }
    }
    let mut ranked: Vec<(CaseId, f64)> = best.into_iter().collect();
    ranked.sort_by(|(one, of_one), (other, of_other)| of_other.total_cmp(of_one).then(other.cmp(one)));
    // Cases that are shared with the organisation are in its index; not every role may read them.
    let reads_shared = caller.roles().is_some_and(|roles| roles.iter().any(|role| role == Role::Caseworker));
    let mut hits = Vec::new();
    for (case, score) in ranked {
        if hits.len() == MOST_HITS {
            return Ok((hits, true));
        }
        let record = tx.case_record(case)?;
        if reads_shared || record.organisation == organisation {
            hits.push(NameHit { case, reference: record.reference, score });
        }
    }
    Ok((hits, false))
}
