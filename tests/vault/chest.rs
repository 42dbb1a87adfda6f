//! One organisation's keys outside any database: what a member of it has in hand, and what it seals.

use aiqyn::domain::id::{ActorId, DataKeyId, DocumentId, OrganisationId, OrganisationKeyId, SessionId};
use aiqyn::domain::sealed::{PlainText, Sealed};
use aiqyn::vault::{
    Binding, DataKey, FileKey, KeyRing, MemberKey, OpenedVault, OrganisationKeyPair, RecoveryKey, Secret, SessionSecret,
};
use uuid::Uuid;

/// Where the texts of a chest belong.
pub const TABLE: &str = "events";
pub const COLUMN: &str = "allegation";

/// Somebody's organisation, with one data key.
pub struct Chest {
    pub organisation: OrganisationId,
    pub pair: OrganisationKeyPair,
    pub recovery: RecoveryKey,
    pub member: MemberKey,
    pub data_key: DataKey,
    pub row: Uuid,
}

impl Chest {
    pub fn new() -> Self {
        Self {
            organisation: OrganisationId(Uuid::now_v7()),
            pair: OrganisationKeyPair::generate(OrganisationKeyId(Uuid::now_v7())).unwrap(),
            recovery: RecoveryKey::generate(),
            member: MemberKey::generate(ActorId(Uuid::now_v7())),
            data_key: DataKey::generate(DataKeyId(Uuid::now_v7())),
            row: Uuid::now_v7(),
        }
    }

    pub fn vault(&self) -> OpenedVault {
        OpenedVault::new(self.organisation, vec![self.pair.clone()])
    }

    /// The data key, sealed to the organisation.
    pub fn sealed_data_key(&self) -> Vec<u8> {
        self.data_key.seal_for(self.pair.id, self.pair.public()).unwrap()
    }

    /// Its data key, opened.
    pub fn ring(&self) -> KeyRing {
        self.vault().open_keys([(self.data_key.id(), self.pair.id, self.sealed_data_key().as_slice())]).unwrap()
    }

    pub fn binding(&self) -> Binding {
        Binding { table: TABLE, column: COLUMN, row: self.row }
    }

    pub fn seals(&self, text: &str) -> Sealed {
        self.data_key.seal(&PlainText::new(text).unwrap(), self.binding())
    }
}

/// Whether these bytes open.
type Opening = Box<dyn Fn(&[u8]) -> bool>;

/// Everything that lies sealed in a database, each with the only way to open it.
pub struct Envelope {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    pub opens: Opening,
}

impl Envelope {
    fn new(name: &'static str, bytes: Vec<u8>, opens: impl Fn(&[u8]) -> bool + 'static) -> Self {
        let envelope = Self { name, bytes, opens: Box::new(opens) };
        assert!((envelope.opens)(&envelope.bytes), "{name} opens as it was made");
        envelope
    }
}

/// One envelope of each kind. Those under a password are the subject of `member_key.rs`.
pub fn envelopes() -> Vec<Envelope> {
    let chest = Chest::new();
    let (vault, ring, pair_id) = (chest.vault(), chest.ring(), chest.pair.id);
    let data_key = chest.data_key.id();
    let text = chest.seals("Туыстарына хабарланды").envelope().as_bytes().to_vec();
    let binding = chest.binding();
    let document = DocumentId(Uuid::now_v7());
    let file_key = FileKey::generate().seal_for(document, &chest.data_key).envelope().as_bytes().to_vec();
    let (for_texts, for_files) = (ring.clone(), ring);
    let sealed = |bytes: &[u8]| std::str::from_utf8(bytes).ok().map(|text| Sealed::from_envelope(text.to_owned()));
    let (member, private) = (chest.member.member, chest.member.private.clone());
    let grant = chest.pair.seal_for_member(member, &private.public().unwrap()).unwrap();
    let index_key = chest.pair.seal_index_key(chest.organisation, &Secret::generate()).unwrap();
    let recovery_copy = chest.pair.seal_for_recovery(&chest.recovery.public().unwrap()).unwrap();
    let (session, secret) = (SessionId(Uuid::now_v7()), SessionSecret::generate());
    let wrapped = secret.wrap(session, &chest.member);
    let (for_keys, for_index, recovery) = (vault.clone(), vault, chest.recovery);
    vec![
        Envelope::new("a text", text, move |bytes| {
            sealed(bytes).is_some_and(|sealed| for_texts.open(&sealed, binding).is_ok())
        }),
        Envelope::new("a document's key", file_key, move |bytes| {
            sealed(bytes).is_some_and(|sealed| FileKey::open(document, &sealed, &for_files).is_ok())
        }),
        Envelope::new("a data key", chest.data_key.seal_for(pair_id, chest.pair.public()).unwrap(), move |bytes| {
            for_keys.open_keys([(data_key, pair_id, bytes)]).is_ok()
        }),
        Envelope::new("an organisation's key for a member", grant, move |bytes| {
            OrganisationKeyPair::open(pair_id, member, &private, bytes).is_ok()
        }),
        Envelope::new("an index key", index_key, move |bytes| for_index.open_index_key(pair_id, bytes).is_ok()),
        Envelope::new("a recovery copy", recovery_copy, move |bytes| {
            OrganisationKeyPair::recover(pair_id, &recovery, bytes).is_ok()
        }),
        Envelope::new("a member's key in a session", wrapped, move |bytes| {
            secret.unwrap_key(session, member, bytes).is_ok()
        }),
    ]
}
