//! The primitives held against the published vectors, and our envelopes opened with the primitives
//! alone, by what docs/vault.md says of them.

use aiqyn::domain::id::ActorId;
use aiqyn::vault::{MemberKey, PrivateKey, Purpose, Secret};
use argon2::{Algorithm, Argon2, AssociatedData, Params, ParamsBuilder, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use hmac::{Hmac, Mac};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR};
use sha2::Sha256;
use uuid::Uuid;

use crate::chest::{COLUMN, Chest, TABLE};

fn hex(text: &str) -> Vec<u8> {
    HEXLOWER.decode(text.as_bytes()).unwrap()
}

/// Parts with their lengths (8 bytes, big-endian) before them: additional data as the document has them.
fn framed(parts: &[&[u8]]) -> Vec<u8> {
    parts.iter().flat_map(|part| [&(part.len() as u64).to_be_bytes(), *part].concat()).collect()
}

/// HPKE in the suite of the document, with nothing of ours.
fn hpke_opens(private: &[u8], sealed: &[u8], info: &[u8], additional: &[u8]) -> Option<Vec<u8>> {
    let key = <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(private).unwrap();
    let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(&sealed[..32]).unwrap();
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &key,
        &encapsulated,
        info,
        &sealed[32..],
        additional,
    )
    .ok()
}

/// RFC 9180, A.2.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305, base mode.
#[test]
fn hpke_is_that_of_rfc_9180() {
    let private = hex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb");
    let sealed = [
        hex("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a"),
        hex("1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"),
    ]
    .concat();
    let opened = hpke_opens(&private, &sealed, b"Ode on a Grecian Urn", b"Count-0").unwrap();
    assert_eq!(opened, b"Beauty is truth, truth beauty");
    let ours = PrivateKey::from_secret(Secret::from_slice(&private).unwrap());
    let public = hex("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a");
    assert_eq!(ours.public().unwrap().bytes().as_slice(), public);
}

#[test]
fn our_sealed_keys_are_hpke_with_the_info_that_the_document_names() {
    let secret = Secret::generate();
    let ids = [Uuid::now_v7(), Uuid::now_v7()];
    let public = PrivateKey::from_secret(secret.clone()).public().unwrap();
    let additional = framed(&[ids[0].as_bytes(), ids[1].as_bytes()]);
    for (purpose, info) in [
        (Purpose::OrganisationKey, "aiqyn organisation key"),
        (Purpose::Recovery, "aiqyn recovery"),
        (Purpose::DataKey, "aiqyn data key"),
        (Purpose::IndexKey, "aiqyn index key"),
        (Purpose::OneTimeCodes, "aiqyn totp"),
        (Purpose::Receipt, "aiqyn receipt message"),
    ] {
        let sealed = public.seal(purpose, &ids, b"a key").unwrap();
        assert_eq!(hpke_opens(secret.expose(), &sealed, info.as_bytes(), &additional).unwrap(), b"a key", "{info}");
        assert!(hpke_opens(secret.expose(), &sealed, info.as_bytes(), b"").is_none());
    }
}

/// RFC 9106, 5.3.
#[test]
fn argon2id_is_that_of_rfc_9106() {
    let params = ParamsBuilder::new()
        .m_cost(32)
        .t_cost(3)
        .p_cost(4)
        .data(AssociatedData::new(&[4; 12]).unwrap())
        .output_len(32)
        .build()
        .unwrap();
    let argon2 = Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params).unwrap();
    let mut tag = [0; 32];
    argon2.hash_password_into(&[1; 32], &[2; 16], &mut tag).unwrap();
    assert_eq!(HEXLOWER.encode(&tag), "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
}

#[test]
fn a_members_key_lies_under_argon2id_with_the_cost_that_the_document_names() {
    let member = ActorId(Uuid::now_v7());
    let private = Secret::generate();
    let key = MemberKey { member, private: PrivateKey::from_secret(private.clone()) };
    let locked = key.lock("жылқы ұста дәптер").unwrap();
    assert_eq!((locked.kdf.as_str(), locked.salt.len()), ("argon2id,m=19456,t=2,p=1", 16));
    let params = Params::new(19 * 1024, 2, 1, Some(32)).unwrap();
    let mut password_key = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into("жылқы ұста дәптер".as_bytes(), &locked.salt, &mut password_key)
        .unwrap();
    let additional = framed(&[b"aiqyn member key 1", member.0.as_bytes(), locked.kdf.as_bytes(), &locked.salt]);
    assert_eq!(xchacha_opens(&password_key, &locked.sealed, &additional).unwrap(), private.expose());
}

/// XChaCha20-Poly1305 with the nonce in front, with nothing of ours.
fn xchacha_opens(key: &[u8], sealed: &[u8], additional: &[u8]) -> Option<Vec<u8>> {
    let cipher = XChaCha20Poly1305::new_from_slice(key).unwrap();
    let nonce = XNonce::try_from(&sealed[..24]).unwrap();
    cipher.decrypt(&nonce, Payload { msg: &sealed[24..], aad: additional }).ok()
}

/// draft-irtf-cfrg-xchacha-03, A.3.1.
#[test]
fn xchacha20_poly1305_is_that_of_the_draft() {
    let key: Vec<u8> = (0x80..=0x9f).collect();
    let sealed = [
        (0x40..=0x57).collect(),
        hex(concat!(
            "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39",
            "ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9",
            "21f9664c97637da9768812f615c68b13b52e",
        )),
        hex("c0875924c1c7987947deafd8780acf49"),
    ]
    .concat();
    let opened = xchacha_opens(&key, &sealed, &hex("50515253c0c1c2c3c4c5c6c7")).unwrap();
    assert!(opened.starts_with(b"Ladies and Gentlemen of the class of '99"));
}

#[test]
fn a_text_is_xchacha20_poly1305_over_what_the_document_names() {
    let chest = Chest::new();
    // The data key as it comes out of its envelope: to see it, it is sealed to a key of the test's own.
    let own = Secret::generate();
    let id = aiqyn::domain::id::OrganisationKeyId(Uuid::now_v7());
    let sealed = chest.data_key.seal_for(id, &PrivateKey::from_secret(own.clone()).public().unwrap()).unwrap();
    let ids = framed(&[chest.data_key.id().0.as_bytes(), id.0.as_bytes()]);
    let key = hpke_opens(own.expose(), &sealed, b"aiqyn data key", &ids).unwrap();
    let text = chest.seals("Дәлізде ұрды");
    let envelope = BASE64URL_NOPAD.decode(text.envelope().strip_prefix("x1:").unwrap().as_bytes()).unwrap();
    let data_key = chest.data_key.id();
    assert_eq!(&envelope[..16], data_key.0.as_bytes());
    let additional =
        framed(&[b"aiqyn text 1", data_key.0.as_bytes(), TABLE.as_bytes(), COLUMN.as_bytes(), chest.row.as_bytes()]);
    assert_eq!(xchacha_opens(&key, &envelope[16..], &additional).unwrap(), "Дәлізде ұрды".as_bytes());
}

/// RFC 5869, 2.2 and 2.3, written out with HMAC for one block and no salt.
#[test]
fn what_follows_from_a_secret_is_hkdf() {
    let secret = Secret::generate();
    let mac = |key: &[u8], message: &[u8]| {
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).unwrap();
        mac.update(message);
        mac.finalize().into_bytes()
    };
    let extracted = mac(&[0; 32], secret.expose());
    let expanded = mac(&extracted, b"aiqyn session wrap\x01");
    assert_eq!(secret.derive("aiqyn session wrap").expose().as_slice(), expanded.as_slice());
}
