//! Getting into the demo.

use std::sync::Arc;

use aiqyn::services::clock::SystemClock;
use aiqyn::services::{Origin, Proof, Services};

use crate::support::program::aiqyn;

#[test]
fn whoever_reads_what_the_demo_prints_gets_in() {
    let folder = tempfile::tempdir().unwrap();
    let made = aiqyn(folder.path(), &["demo", "--no-serve", "--json", "--cases", "1"]).well().json();
    let file = folder.path().join("aiqyn-demo.sqlite3");
    let services = Services::open(file.to_str().unwrap(), Arc::new(SystemClock)).unwrap();
    let accounts = made["accounts"].as_array().unwrap();
    assert_eq!(accounts.len(), 7, "one for each role");
    for account in accounts {
        let secret = account["one_time_code_secret"].as_str().unwrap();
        let words: Vec<&str> = ["code"].into_iter().chain(secret.split(' ')).collect();
        let code = aiqyn(folder.path(), &words).well().out.trim().to_owned();
        let proof = Proof { password: made["password"].as_str().unwrap().to_owned(), code };
        services.sign_in(account["login"].as_str().unwrap(), &proof, &Origin::console()).unwrap();
    }
}

#[test]
fn the_codes_are_printed_beside_their_logins() {
    let folder = tempfile::tempdir().unwrap();
    let told = aiqyn(folder.path(), &["demo", "--no-serve", "--cases", "1"]).well().out;
    let line = told.lines().find(|line| line.starts_with("  caseworker ")).unwrap();
    let code = line.split_whitespace().nth(1).unwrap();
    assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()), "{line}");
    assert!(told.contains(" code "), "it says where the next one comes from: {told}");
}

#[test]
fn what_is_no_secret_gives_no_code() {
    let folder = tempfile::tempdir().unwrap();
    for words in [&["code"][..], &["code", "айқын"], &["code", "GEZD", "GNBV"]] {
        let told = aiqyn(folder.path(), words).badly();
        assert!(told.err.contains("eight groups of four") && told.out.is_empty(), "{}", told.err);
    }
}
