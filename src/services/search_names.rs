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
use crate::store::{NameToken, StoredCase, Transaction, Waiting};
use crate::vault::names::{FoundWord, IndexKey, NameQuery, NameTokens, Token};
use crate::vault::{CannotOpen, OpenedVault};

/// How many waiting cases are indexed before a search, the latest first: whoever has just filed one finds it.
const INDEXED_BEFORE_A_SEARCH: u16 = 20;

/// How many of a long import are indexed behind it in one transaction: on SQLite nobody else writes meanwhile, and a search
/// is written to the audit log.
const INDEXED_AT_ONCE: u16 = 25;

/// After how many such transactions the index is put in order; then after twice as many each time, and in the end.
const FIRST_TENDED_AT: u32 = 8;

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
            if let Err(error) = services.index_all(&caller) {
                tracing::warn!(%error, "names could not be indexed; the next search goes on with it");
            }
        });
    }

    fn index_all(&self, caller: &Caller) -> Result<(), ServiceError> {
        let (mut batches, mut tended_at) = (0_u32, FIRST_TENDED_AT);
        loop {
            thread::sleep(PAUSE);
            if self.indexing.is_ending() {
                return Ok(());
            }
            let others_wait = self.index_some(caller)?;
            batches = batches.saturating_add(1);
            if batches == tended_at || !others_wait && batches > FIRST_TENDED_AT {
                tended_at = tended_at.saturating_mul(2);
                if let Err(error) = self.store.tend_name_index() {
                    tracing::info!(%error, "the index of names was not put in order; searches may be slower");
                }
            }
            if !others_wait {
                return Ok(());
            }
        }
    }

    /// Indexes some of the cases that wait, for as long as the caller's session lasts: with it the key must go.
    /// Returns whether to go on: others wait still, and the session lasts.
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

/// Indexes some of the cases that wait for it, with as many queries for all of them as for one. Returns whether others
/// wait still.
fn catch_up(
    tx: &mut Transaction<'_>,
    permit: &Permit<'_>,
    caller: &Caller,
    index_key: &IndexKey,
    waiting: Waiting,
) -> Result<bool, ServiceError> {
    let organisation = caller.author()?.organisation;
    let cases = tx.waiting_for_name_index(organisation, waiting)?;
    if !cases.is_empty() {
        let mut keys = CaseKeys::of_each(tx, caller.vault().ok_or(ServiceError::NoKey)?, &cases)?;
        let (mut tokens, mut refused) = (Vec::new(), Vec::new());
        for stored in tx.cases_with_events(&cases)? {
            let case = stored.record.id;
            // What was moved or altered must not keep every other name from being found, nor a complaint from being filed.
            let keys = keys.remove(&case).unwrap_or(Err(CannotOpen));
            if keys.and_then(|keys| add_tokens_of(&mut tokens, &stored, &keys, index_key)).is_err() {
                refused.push(case);
            }
        }
        tx.forget_name_tokens(organisation, &cases)?;
        tx.add_name_tokens(organisation, &tokens)?;
        tx.name_index_done(organisation, &cases)?;
        for case in refused {
            permit.note_refused(tx, Action::SearchNames, case)?;
        }
    }
    Ok(tx.has_names_to_index(organisation)?)
}

/// Adds the tokens of every name that stands in a case, corrected ones too: a name that was misspelt at first
/// may be how somebody knows the person. A name that does not open is left out, and said in the end.
fn add_tokens_of(
    tokens: &mut Vec<NameToken>,
    stored: &StoredCase,
    keys: &CaseKeys,
    index_key: &IndexKey,
) -> Result<(), CannotOpen> {
    let case = stored.record.id;
    let mut all_opened = Ok(());
    for event in stored.case.events() {
        let Some(happening @ Happening::Fact(Fact::Person(_))) = event.entry.happening() else { continue };
        let person = match keys.open_happening(event.id, happening.clone()) {
            Ok(Happening::Fact(Fact::Person(person))) => person,
            Ok(_) => continue,
            Err(refused) => {
                all_opened = Err(refused);
                continue;
            }
        };
        let Some(Some(name)) = person.name else { continue };
        for (word, of_word) in (0..).zip(NameTokens::of(index_key, name.expose()).words) {
            let mut all: Vec<Token> = of_word.all().collect();
            all.sort_unstable();
            all.dedup();
            tokens.extend(all.into_iter().map(|token| NameToken { case, event: event.id, word, token: token.0 }));
        }
    }
    all_opened
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
    for NameToken { case, event, word, token } in tx.find_name_tokens(organisation, &words, query.must_match())? {
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
    for some in ranked.chunks(MOST_HITS + 1) {
        let cases: Vec<CaseId> = some.iter().map(|(case, _)| *case).collect();
        let records = tx.case_records(&cases)?;
        for (case, score) in some {
            let Some(record) = records.get(case) else { continue };
            if !reads_shared && record.organisation != organisation {
                continue;
            }
            if hits.len() == MOST_HITS {
                return Ok((hits, true));
            }
            hits.push(NameHit { case: *case, reference: record.reference, score: *score });
        }
    }
    Ok((hits, false))
}
