//! What lies on the disk and stands in the log after somebody has been here: no word, no receipt, no address, no kind
//! of browser.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

use tracing_subscriber::fmt::MakeWriter;
use uuid::Uuid;

use aiqyn::services::{CaseName, Origin, PublicComplaint};

use crate::filing::only_case;
use crate::following::fresh;
use crate::needles::{Haystack, Needles};
use crate::stranger::{AGENT, STORY, Stranger};
use crate::support::{App, on_sqlite};

const SAID: [&str; 6] = [
    STORY,
    "Құпиябаева Әсел",
    "+7 700 123 45 67",
    "Қай күні болғанын білесіз бе?",
    "Сейсенбіде, таңғы бесте",
    "Анықтама: денесінде көгерген жерлер бар",
];

/// The log of this whole program.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn log() -> &'static Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    LOG.get_or_init(|| {
        let log = Log::default();
        let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).with_ansi(false);
        tracing::subscriber::set_global_default(subscriber.with_writer(log.clone()).finish()).unwrap();
        log
    })
}

fn files_under(folder: &Path, found: &mut Vec<Haystack>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_under(&path, found);
        } else {
            found.push(Haystack { name: path.display().to_string(), bytes: fs::read(&path).unwrap() });
        }
    }
}

#[test]
fn nothing_that_was_said_and_nobody_who_said_it_is_found_on_the_disk_or_in_the_log() {
    on_sqlite(|backend| {
        let log = log();
        let app = App::on(backend);
        let stranger = Stranger::at(&app);
        let [story, name, contact, question, answer, file] = SAID;
        let receipt = stranger.files(&[("allegation", story), ("name", name), ("contact", contact)]);
        let case = CaseName::Id(only_case(&app)["id"].as_str().unwrap().parse().unwrap());
        app.services.ask_complainant(&fresh(&app), case, Uuid::now_v7(), question).unwrap();
        stranger.sends("/receipt/answer", &[("receipt", &receipt), ("text", answer)]).must_be(200);
        stranger.brings(&receipt, "anyqtama.txt", file).must_be(200);
        stranger.returns(&receipt).must_be(200);
        stranger.sends("/complaint", &[("name", name)]).must_be(422);
        stranger.returns("0000 0000 0000 0000").must_be(404);
        // From an address that can be looked for: these requests come from this machine.
        let origin = Origin { address: "203.0.113.77".parse().unwrap(), device: None };
        let fields = vec![("allegation".to_owned(), story.to_owned())];
        let complaint = PublicComplaint { fields, ..PublicComplaint::default() };
        let filed = app.services.file_publicly(&complaint, &origin).unwrap();
        app.services.follow_complaint(&filed.receipt, &origin).unwrap();

        let mut needles = Needles::default();
        for text in SAID.iter().copied().chain([AGENT, "203.0.113.77", "anyqtama"]) {
            needles.add_text(text);
        }
        for receipt in [receipt.as_str(), filed.receipt.print().as_str()] {
            needles.add_text(receipt);
            needles.add_text(&receipt.replace(' ', ""));
        }
        let mut haystacks = vec![Haystack { name: "the log".to_owned(), bytes: log.0.lock().unwrap().clone() }];
        files_under(backend.folder.path(), &mut haystacks);
        assert!(
            haystacks.iter().any(|haystack| haystack.bytes.windows(7).any(|window| window == b"akmola,")
                || haystack.bytes.len() > 100_000),
            "the database is looked through"
        );
        let found: Vec<String> = haystacks.iter().flat_map(|haystack| needles.found_in(haystack)).collect();
        assert!(found.is_empty(), "{found:#?}");
    });
}
