//! Whoever takes the machine, the database, the documents and the key of the audit log reads no name, no
//! story and no secret in them.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use aiqyn::access::role::{OrganisationKind, Role};
use aiqyn::audit::{AuditAction, SigningKey};
use aiqyn::domain::event::{Happening, HappeningKind};
use aiqyn::domain::field::FieldKind;
use aiqyn::services::{
    AuditFilter, BatchCase, BatchEvent, CaseName, FileComplaint, Metadata, Origin, Proof, ServiceError, Services,
};
use aiqyn::vault::SessionSecret;
use data_encoding::BASE32_NOPAD;

use crate::needles::{Haystack, Needles};
use crate::rows_at_rest::{AtRest, opens_own, read_with};
use crate::support::app::{SettableClock, USUAL_NOW};
use crate::support::office::invented;
use crate::support::staff::{Organisation, PASSWORD, Person};
use crate::support::{Backend, for_each_backend};

/// How many cases the demo invents.
const CASES: usize = 80;
/// A word of so many letters is looked for.
const LETTERS: usize = 6;

/// The office of the demo after some days of work, and what must not be found of it.
struct Robbed<'a> {
    backend: &'a Backend,
    services: Services,
    people: Vec<Person>,
    /// Every text that was written, and every name of a file.
    texts: Vec<String>,
    /// Everything that is secret, with what it is.
    secrets: Vec<(&'static str, Vec<u8>)>,
    signing_key: String,
}

fn fields(told: &[(&str, &str)]) -> Vec<(String, String)> {
    told.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Empty, with the people of the demo: what is plain by design.
fn office(backend: &Backend) -> (Services, Vec<Organisation>, Vec<Person>) {
    let services = Services::open(&backend.url, Arc::new(SettableClock::at(USUAL_NOW))).unwrap();
    let services = services.with_documents_in(backend.file("documents"));
    services.migrate().unwrap();
    let first = services.set_up("Invented Organisation (demo)", "operator-of-the-demo").unwrap().organisation;
    let npm = Organisation::added(&services, "Invented Preventive Mechanism (demo)", OrganisationKind::Npm);
    let office = Organisation::added(&services, "Invented Ombudsman (demo)", OrganisationKind::Ombudsman);
    let organisations = vec![Organisation::of(&first), npm, office];
    let hire = |role: &Role| {
        let organisation = match role {
            Role::NpmMember => 1,
            Role::Approver => 2,
            _ => 0,
        };
        organisations[organisation].hires(&services, &role.as_str().replace('_', "-"), &[*role])
    };
    let people = Role::ALL.iter().map(hire).collect();
    (services, organisations, people)
}

impl<'a> Robbed<'a> {
    fn on(backend: &'a Backend) -> Self {
        let (services, organisations, people) = office(backend);
        let mut robbed =
            Self { backend, services, people, texts: Vec::new(), secrets: Vec::new(), signing_key: String::new() };
        robbed.has_the_cases_of_the_demo(&organisations[1]);
        robbed.works();
        robbed.knows_its_secrets(&organisations);
        robbed
    }

    fn person(&self, role: Role) -> &Person {
        self.people.iter().find(|person| person.login == role.as_str().replace('_', "-")).unwrap()
    }

    fn has_the_cases_of_the_demo(&mut self, npm: &Organisation) {
        let mut batch = Vec::new();
        for case in invented(&self.services, CASES) {
            let mut shared_with = Vec::new();
            let mut events = Vec::new();
            for event in case.events {
                if matches!(event.occurrence.happening, Happening::Visit(_)) {
                    shared_with = vec![npm.id];
                }
                let Ok(_) = event.occurrence.happening.clone().map_text(&mut |_, text| {
                    self.texts.push(text.expose().to_owned());
                    Ok::<_, std::convert::Infallible>(text)
                });
                events.push(BatchEvent {
                    id: event.id,
                    occurrence: event.occurrence,
                    recorded_at: Some(event.recorded_at),
                });
            }
            batch.push(BatchCase { zone: case.zone, jurisdiction: "kz".into(), events, origin: None, shared_with });
        }
        let console = self.services.console_as("demo").unwrap();
        self.services.file_all(&console, batch, |_| {}).unwrap();
    }

    /// What people do in some days.
    fn works(&mut self) {
        let caseworker = self.person(Role::Caseworker).asks(&self.services);
        let name = "Сейтқазина Ұлпан Оразғалиқызы";
        let allegation = "Түрмеде шынжырмен байлап қойды; надзиратель пинал ногами; handcuffed overnight";
        let complaint = fields(&[("channel", "letter"), ("occurred_at", "2026-06-01"), ("allegation", allegation)]);
        let person = fields(&[("part", "alleged_victim"), ("name", name), ("contact", "+7 701 555 31 74")]);
        let filing = FileComplaint { fields: complaint, people: vec![person], ..FileComplaint::default() };
        let case = CaseName::Id(self.services.file_complaint(&caseworker, &filing).unwrap().case);
        let file = "Сейтқазина – сараптама қорытындысы.txt";
        let letter = "Заключение: множественные гематомы, перелом ключицы. Барабанная перепонка повреждена.\n";
        for (name, bytes) in [(file, letter.repeat(2_000).into_bytes()), ("nurzhamal-photograph.bin", vec![7; 500])] {
            self.services.add_document(&caseworker, case, (name, Metadata::Keep), bytes.as_slice()).unwrap();
        }
        // The index is built, and what was asked for is nowhere.
        let hits = self.services.search_names(&caseworker, "Сейтказина").unwrap();
        assert_eq!(hits.hits.len(), 1);
        self.services.search_names(&caseworker, "Қожахметов Нұрлыбек").unwrap();
        let typed = "құпиясөзді логинге жаздым 44";
        let wrong = Proof { password: "басқа-құпия-қате-89".to_owned(), code: "000000".to_owned() };
        for login in [typed, "caseworker"] {
            let refused = self.services.sign_in(login, &wrong, &Origin::console());
            assert!(matches!(refused, Err(ServiceError::WrongCredentials)));
        }
        let auditor = self.person(Role::Auditor).asks(&self.services);
        let filter = AuditFilter { action: Some(AuditAction::NameSearched), ..AuditFilter::default() };
        assert_eq!(self.services.search_audit(&auditor, &filter, None, 100).unwrap().len(), 2);
        let key = SigningKey::from_bytes(&[0x5a; 32]);
        self.services.make_checkpoint(&auditor, &key).unwrap();
        self.signing_key = key.to_file().to_string();
        let words = [name, allegation, "+7 701 555 31 74", file, letter, "nurzhamal-photograph.bin"];
        self.texts.extend(words.map(str::to_owned));
        self.texts.extend(["Қожахметов Нұрлыбек", typed, &wrong.password].map(str::to_owned));
    }

    fn knows_its_secrets(&mut self, organisations: &[Organisation]) {
        let mut secrets: Vec<(&str, Vec<u8>)> = vec![("the password", PASSWORD.into())];
        let base32 = |text: &str| BASE32_NOPAD.decode(text.replace(['-', ' '], "").as_bytes()).unwrap();
        for organisation in organisations {
            let printed = &organisation.recovery_key;
            secrets.push(("a recovery key", printed.clone().into()));
            secrets.push(("a recovery key", printed.replace('-', "").into()));
            secrets.push(("a recovery key", base32(printed)[..32].to_vec()));
        }
        let console = self.services.console().unwrap();
        let roles = aiqyn::access::role::Roles::new([Role::Analyst]).unwrap();
        let invited = self.services.invite_member(&console, organisations[0].id, "late", &roles).unwrap();
        for (what, printed) in [("an invitation", invited.secret.print().to_string())]
            .into_iter()
            .chain(self.people.iter().map(|person| ("a recovery code", person.recovery_code())))
        {
            secrets.push((what, base32(&printed)));
            secrets.push((what, printed.replace('-', "").into()));
            secrets.push((what, printed.into()));
        }
        let at_rest = AtRest::of(&self.backend.url);
        let cases = at_rest.cases();
        for person in &self.people {
            let codes = &person.one_time_codes;
            secrets.push(("a secret of one-time codes", codes.expose().to_vec()));
            secrets.push(("a secret of one-time codes", codes.print().replace(' ', "").into()));
            let token = SessionSecret::parse(&person.token).unwrap();
            secrets.push(("a token", person.token.clone().into()));
            for (what, session) in [("a token", &token), ("a session", &person.signs_in(&self.services))] {
                secrets.push((what, session.print().as_bytes().to_vec()));
                secrets.push((what, data_encoding::BASE64URL_NOPAD.decode(session.print().as_bytes()).unwrap()));
                secrets.push(("a form's token", session.form_token().into()));
            }
            if at_rest.grants(person.member) > 0 {
                let key = at_rest.key_behind(&token, person.organisation);
                secrets.extend(at_rest.bytes_behind(&key, &cases).into_iter().map(|key| ("a key", key)));
            }
        }
        self.secrets = secrets;
    }

    /// What the thief carries away.
    fn loot(&self) -> Vec<Haystack> {
        let mut loot = loot_of(self.backend);
        loot.push(Haystack { name: "the key of the audit log".to_owned(), bytes: self.signing_key.clone().into() });
        loot
    }

    /// Every text, every longer word of one, and every secret; but for words that are plain by design.
    fn needles(&self, plain: &str) -> Needles {
        let mut needles = Needles::default();
        for text in &self.texts {
            if !plain.contains(text.trim()) {
                needles.add_text(text.trim());
            }
            for word in words(text) {
                if word.chars().count() >= LETTERS && !plain.contains(word) {
                    needles.add_text(word);
                }
            }
        }
        for (what, bytes) in &self.secrets {
            needles.add_bytes(bytes, what);
        }
        needles
    }
}

/// Every byte at rest: files as they are, the tables of a server as text and as bytes.
fn loot_of(backend: &Backend) -> Vec<Haystack> {
    let mut loot = Vec::new();
    take_folder(backend.folder.path(), &mut loot);
    if backend.is_postgres() {
        let tables = "select table_name::text as line from information_schema.tables where table_schema = 'public'";
        for table in backend.texts(tables) {
            let rows = backend.texts(&format!("select t::text as line from {table} t"));
            for blob in rows.iter().flat_map(|row| row.split("\\x").skip(1)) {
                let digits: String = blob.chars().take_while(char::is_ascii_hexdigit).collect();
                let bytes = data_encoding::HEXLOWER.decode(&digits.as_bytes()[..digits.len() / 2 * 2]).unwrap();
                loot.push(Haystack { name: format!("{table}, bytes"), bytes });
            }
            loot.push(Haystack { name: table, bytes: rows.join("\n").into_bytes() });
        }
    }
    loot
}

fn take_folder(folder: &Path, loot: &mut Vec<Haystack>) {
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        loot.push(Haystack { name: "a file's name".to_owned(), bytes: path.display().to_string().into_bytes() });
        if path.is_dir() {
            take_folder(&path, loot);
        } else {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            loot.push(Haystack { name, bytes: std::fs::read(&path).unwrap() });
        }
    }
}

/// What an office without a single case has in its tables (code lists, names of organisations, logins), and
/// what events are described by: fields, kinds, what can be chosen. A word that stands in it is exempt, and no other.
fn plain_by_design() -> String {
    let backend = Backend::sqlite();
    drop(office(&backend));
    let tables = backend.texts("select name as line from sqlite_master where type = 'table'");
    let mut plain: Vec<String> = backend.texts("select sql as line from sqlite_master where sql is not null");
    plain.extend(tables.iter().flat_map(|table| backend.rows(table)));
    for kind in HappeningKind::all() {
        plain.push(kind.as_str().to_owned());
        for field in kind.fields() {
            plain.push(field.name.to_owned());
            if let FieldKind::Choice { options } = field.kind {
                plain.extend(options.iter().map(|option| (*option).to_owned()));
            }
        }
    }
    plain.extend(AuditAction::WORDS.iter().map(|word| (*word).to_owned()));
    plain.join("\n")
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric())
}

#[test]
fn nothing_that_was_written_and_no_secret_is_found_in_what_is_stolen() {
    let plain = plain_by_design();
    for_each_backend(|backend| {
        let robbed = Robbed::on(backend);
        let needles = robbed.needles(&plain);
        let loot = robbed.loot();
        let size: usize = loot.iter().map(|hay| hay.bytes.len()).sum();
        println!("{} patterns in {size} bytes of {} places", needles.len(), loot.len());
        assert!(needles.len() > 10_000 && size > 500_000);
        let found: BTreeSet<String> = loot.iter().flat_map(|hay| needles.found_in(hay)).collect();
        assert_eq!(found, BTreeSet::new());
        // The search is not blind: whatever slips into any table in any of the shapes is found.
        let name = data_encoding::HEXLOWER.encode("Оразғалиқызы".as_bytes());
        let wide: String =
            "ключицы".encode_utf16().map(|unit| format!("{:02x}{:02x}", unit & 0xff, unit >> 8)).collect();
        for (leak, word) in [
            ("'photograph'".to_owned(), "photograph"),
            (format!("'{name}'"), "Оразғалиқызы"),
            (format!("'{}'", data_encoding::BASE64.encode("ab Сейтқазина".as_bytes())), "Сейтқазина"),
            (format!("'{wide}'"), "ключицы"),
        ] {
            backend.execute("create table if not exists leak (slip text)").unwrap();
            backend.execute(&format!("insert into leak values ({leak})")).unwrap();
            let found: BTreeSet<String> = loot_of(backend).iter().flat_map(|hay| needles.found_in(hay)).collect();
            assert!(found.iter().any(|found| found.contains(word)), "{word}: {found:?}");
        }
    });
}

#[test]
fn most_words_are_looked_for() {
    let plain = plain_by_design();
    let backend = Backend::sqlite();
    let (services, _, _) = office(&backend);
    let (mut looked_for, mut exempt) = (BTreeSet::new(), BTreeSet::new());
    for case in invented(&services, CASES) {
        for event in case.events {
            let Ok(_) = event.occurrence.happening.map_text(&mut |_, text| {
                for word in words(text.expose()) {
                    if word.chars().count() >= LETTERS {
                        let words = if plain.contains(word) { &mut exempt } else { &mut looked_for };
                        words.insert(word.to_owned());
                    }
                }
                Ok::<_, std::convert::Infallible>(())
            });
        }
    }
    println!("{} words are looked for; plain by design are {exempt:?}", looked_for.len());
    assert!(looked_for.len() > 3 * exempt.len(), "{} and {exempt:?}", looked_for.len());
}

#[test]
fn with_a_password_in_hand_only_what_its_owner_may_read_opens() {
    for_each_backend(|backend| {
        let robbed = Robbed::on(backend);
        let at_rest = AtRest::of(&backend.url);
        let cases = at_rest.cases();
        assert_eq!(cases.len(), CASES + 1);
        let opened_with = |role: Role| {
            let member = robbed.person(role).member;
            assert!(at_rest.opened_by_password(member, "бесқонақ қазан дауыл 8").is_none());
            let vault = at_rest.opened_by_password(member, PASSWORD).unwrap()?;
            let open = |case| {
                let rings = [opens_own(&vault, &at_rest.sealed_keys(case))];
                at_rest.texts(case).iter().filter(|text| read_with(&rings, text).is_some()).count()
            };
            Some(cases.iter().copied().map(open).sum::<usize>())
        };
        let all = cases.iter().map(|case| at_rest.texts(*case).len()).sum::<usize>();
        assert_eq!(opened_with(Role::IntakeOfficer), Some(all));
        let [npm, office] = [Role::NpmMember, Role::Approver].map(|role| opened_with(role).unwrap());
        assert!(0 < office && office < npm && npm < all, "{office} {npm} {all}");
        for role in [Role::Analyst, Role::Auditor, Role::Administrator] {
            assert_eq!(opened_with(role), None, "{role}");
        }
    });
}
