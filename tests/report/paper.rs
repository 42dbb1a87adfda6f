//! The PDF. What its pages say is tested beside its source.

use std::process::Command;

use aiqyn::i18n::Language;
use aiqyn::report::pdf::pdf;

use crate::invented;

/// Where a process that this one starts writes what it has rendered.
const FOLDER: &str = "AIQYN_TEST_REPORTS";

fn rendered(language: Language) -> Vec<u8> {
    pdf(&invented::report(language)).unwrap()
}

/// Runs one of the ignored tests below, in a process of its own.
fn elsewhere(test: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", test])
        .env(FOLDER, folder.path())
        .env("TZ", "Pacific/Kiritimati")
        .status();
    assert!(status.unwrap().success());
    folder
}

#[test]
fn another_process_renders_the_same_bytes() {
    let folder = elsewhere("paper::renders_into_a_folder");
    for language in Language::ALL {
        let theirs = std::fs::read(folder.path().join(format!("{}.pdf", language.as_str()))).unwrap();
        assert!(theirs == rendered(*language), "{language:?}");
    }
}

#[test]
#[ignore = "started by another_process_renders_the_same_bytes"]
fn renders_into_a_folder() {
    let Some(folder) = std::env::var_os(FOLDER).map(std::path::PathBuf::from) else { return };
    for language in Language::ALL {
        std::fs::write(folder.join(format!("{}.pdf", language.as_str())), rendered(*language)).unwrap();
    }
}

#[test]
fn many_reports_take_no_more_memory_than_a_few() {
    if cfg!(target_os = "linux") {
        elsewhere("paper::twenty_reports_leave_nothing_behind");
    }
}

#[test]
#[ignore = "started by many_reports_take_no_more_memory_than_a_few, alone in its process"]
fn twenty_reports_leave_nothing_behind() {
    const MOST_MEGABYTES: u64 = 24;
    let render = |number: u32| {
        let mut document = invented::report(Language::Kk);
        document.title = format!("{} {number}", document.title);
        pdf(&document).unwrap();
    };
    (0..5).for_each(render);
    let before = megabytes();
    (5..25).for_each(render);
    let after = megabytes();
    assert!(after <= before + MOST_MEGABYTES, "from {before} to {after} MB");
}

/// What this process holds in memory.
fn megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

#[test]
fn another_day_is_another_file() {
    let mut later = invented::report(Language::En);
    later.day = later.day.succ_opt().unwrap();
    assert!(pdf(&later).unwrap() != rendered(Language::En));
}
