//! What of the vault lies in a database, read past the services as a thief would read it.

use aiqyn::domain::event::Entry;
use aiqyn::domain::id::{ActorId, CaseId, OrganisationId, OrganisationKeyId};
use aiqyn::domain::sealed::Sealed;
use aiqyn::store::{CaseFilter, CaseOrder, SealedKey, Store, StoreError, Transaction};
use aiqyn::vault::{Binding, KeyRing, OpenedVault, OrganisationKeyPair, PrivateKey, Purpose, Secret, SessionSecret};

/// The database, without the services.
pub struct AtRest(Store);

/// A sealed text with the place where it lies.
pub type SealedText = (Binding, Sealed);

/// An organisation's private key in the hands of whoever had a session of a member.
#[derive(Clone)]
pub struct StolenKey {
    pub id: OrganisationKeyId,
    private: PrivateKey,
    bytes: Vec<u8>,
    pub vault: OpenedVault,
}

impl AtRest {
    pub fn of(url: &str) -> Self {
        Self(Store::open(url).unwrap())
    }

    fn read<T>(&self, work: impl FnOnce(&mut Transaction<'_>) -> Result<T, StoreError>) -> T {
        self.0.read(work).unwrap()
    }

    /// The copies of a case's data keys.
    pub fn sealed_keys(&self, case: CaseId) -> Vec<SealedKey> {
        self.read(|tx| tx.sealed_keys_of_case(case, None))
    }

    /// The version that a case has.
    pub fn version(&self, case: CaseId) -> i32 {
        self.read(|tx| tx.case(case)).record.version.0
    }

    /// How many copies of the organisation's key a member has.
    pub fn grants(&self, member: ActorId) -> usize {
        self.read(|tx| tx.grants_of(member)).len()
    }

    /// Every sealed text of a case.
    pub fn texts(&self, case: CaseId) -> Vec<SealedText> {
        let stored = self.read(|tx| tx.case(case));
        let mut texts = Vec::new();
        for event in stored.case.events() {
            let row = event.id.0;
            if let Entry::Correction { why, .. } = &event.entry {
                texts.push((Binding { table: "events", column: "correction_reason", row }, why.clone()));
            }
            if let Some(happening) = event.entry.happening().cloned() {
                let Ok(_) = happening.map_text(&mut |column, text: Sealed| {
                    texts.push((Binding { table: "events", column, row }, text));
                    Ok::<_, std::convert::Infallible>(())
                });
            }
        }
        texts
    }

    /// What the secret of a session gives to whoever reads the database with it.
    pub fn key_behind(&self, secret: &SessionSecret, organisation: OrganisationId) -> StolenKey {
        let session = self.read(|tx| tx.session(&secret.hash())).unwrap();
        let member = session.member;
        let key = secret.unwrap_key(session.id, member, &session.wrapped_key).unwrap();
        let (id, sealed) = self.read(|tx| tx.grants_of(member)).pop().unwrap();
        let bytes = key.private.open(Purpose::OrganisationKey, &[id.0, member.0], &sealed).unwrap();
        let pair = OrganisationKeyPair::open(id, member, &key.private, &sealed).unwrap();
        StolenKey {
            id,
            private: PrivateKey::from_secret(Secret::from_slice(&bytes).unwrap()),
            bytes: bytes.to_vec(),
            vault: OpenedVault::new(organisation, vec![pair]),
        }
    }

    /// The key that a member's password opens, with the vault of their organisation; none where the password is
    /// wrong, and no vault where they hold no key of it.
    pub fn opened_by_password(&self, member: ActorId, password: &str) -> Option<Option<OpenedVault>> {
        let account = self.read(|tx| tx.account(member));
        let key = account.key.unwrap().unlock(member, password).ok()?;
        let open = |(id, sealed): (OrganisationKeyId, Vec<u8>)| {
            OrganisationKeyPair::open(id, member, &key.private, &sealed).unwrap()
        };
        let pairs: Vec<_> = self.read(|tx| tx.grants_of(member)).into_iter().map(open).collect();
        Some((!pairs.is_empty()).then(|| OpenedVault::new(account.member.organisation, pairs)))
    }

    /// The bytes of every key that a stolen one leads to: itself, the data keys of these cases, the index key.
    pub fn bytes_behind(&self, key: &StolenKey, cases: &[CaseId]) -> Vec<Vec<u8>> {
        let organisation = key.vault.organisation();
        let open = |row: SealedKey| key.private.open(Purpose::DataKey, &[row.data_key.0, row.under.0], &row.sealed);
        let data_keys = cases.iter().flat_map(|case| self.sealed_keys(*case)).filter_map(|row| open(row).ok());
        let mut bytes: Vec<Vec<u8>> = data_keys.map(|key| key.to_vec()).collect();
        let (under, sealed) = self.read(|tx| tx.index_key(organisation));
        bytes.push(key.vault.open_index_key(under, &sealed).unwrap().expose().to_vec());
        bytes.push(key.bytes.clone());
        bytes
    }

    /// Every case.
    pub fn cases(&self) -> Vec<CaseId> {
        self.read(|tx| {
            let filter = CaseFilter::default();
            Ok(tx.list_cases(&filter, CaseOrder::default(), None, 1_000)?.cases)
        })
        .into_iter()
        .map(|listing| listing.id)
        .collect()
    }

    /// Whether a key opens anything at all that lies sealed to an organisation: a data key of these cases, or
    /// the index key, under its own identifier or that of the newest version.
    pub fn opens_anything(&self, key: &StolenKey, organisation: OrganisationId, cases: &[CaseId]) -> bool {
        let opens_data_key = |row: &SealedKey| {
            [row.under, key.id]
                .iter()
                .any(|under| key.private.open(Purpose::DataKey, &[row.data_key.0, under.0], &row.sealed).is_ok())
        };
        let (under, sealed) = self.read(|tx| tx.index_key(organisation));
        let ids = |under: OrganisationKeyId| [organisation.0, under.0];
        cases.iter().any(|case| self.sealed_keys(*case).iter().any(opens_data_key))
            || [under, key.id].iter().any(|under| key.private.open(Purpose::IndexKey, &ids(*under), &sealed).is_ok())
    }
}

impl StolenKey {
    /// The data keys that lie sealed to its organisation now.
    pub fn opens(&self, rows: &[SealedKey]) -> KeyRing {
        opens_own(&self.vault, rows)
    }
}

/// The data keys that lie sealed to a vault's organisation.
pub fn opens_own(vault: &OpenedVault, rows: &[SealedKey]) -> KeyRing {
    let own = rows.iter().filter(|row| row.organisation == vault.organisation());
    vault.open_keys(own.map(|row| (row.data_key, row.under, row.sealed.as_slice()))).unwrap()
}

/// What one of several key rings makes of a text.
pub fn read_with(rings: &[KeyRing], (binding, sealed): &SealedText) -> Option<String> {
    rings.iter().find_map(|ring| Some(ring.open(sealed, *binding).ok()?.expose().to_owned()))
}
