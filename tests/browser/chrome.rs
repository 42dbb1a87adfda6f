//! Chromium: one chromedriver for the whole test process, and a session of it for each browser.
//!
//! Whatever becomes of a test, and of the process, nothing is left running: chromedriver and its browsers
//! are a process group of their own, and a shell within ends it as soon as the pipe to it is closed.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use super::browser::Browser;
use crate::support::App;
use crate::support::backend::in_ci;

/// Where chromedriver is, if not on the path.
const CHROMEDRIVER: &str = "AIQYN_TEST_CHROMEDRIVER";

/// `$0` is chromedriver. What it and its browsers write goes into a folder that is gone afterwards. The end
/// of standard input is the end of whoever started this.
const KEEPER: &str = r#"
folder=$(mktemp -d /tmp/aiqyn-browser-XXXXXX) || exit 1
trap : TERM
TMPDIR=$folder "$0" --port=0 --log-level=SEVERE </dev/null &
cat >/dev/null
kill -TERM -$$
wait
rm -rf "$folder" 2>/dev/null || { sleep 1; rm -rf "$folder"; }
"#;

/// A chromedriver that runs.
struct Driver {
    address: String,
    /// Its standard input stays open for as long as this process lives.
    _keeper: Child,
}

impl Driver {
    /// Starts it, unless there is none on this machine.
    fn start() -> Option<Self> {
        let program = std::env::var(CHROMEDRIVER).unwrap_or_else(|_| "chromedriver".to_owned());
        let is_there = Command::new(&program).arg("--version").stdout(Stdio::null()).status();
        if !is_there.is_ok_and(|status| status.success()) {
            return None;
        }
        let mut keeper = Command::new("sh")
            .args(["-c", KEEPER, &program])
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(keeper.stdout.take().unwrap()).lines().map_while(Result::ok);
        let port =
            said.find_map(|line| Some(line.split_once("successfully on port ")?.1.trim_end_matches('.').to_owned()));
        let port = port.unwrap_or_else(|| panic!("{program} does not start"));
        // What it says later must go somewhere, or it would wait for a reader.
        std::thread::spawn(move || said.for_each(drop));
        Some(Self { address: format!("http://127.0.0.1:{port}"), _keeper: keeper })
    }

    fn of_this_process() -> Option<&'static Self> {
        static DRIVER: OnceLock<Option<Driver>> = OnceLock::new();
        DRIVER.get_or_init(Self::start).as_ref()
    }
}

/// Chromium, ready to open browsers.
#[derive(Clone, Copy)]
pub struct Chrome {
    driver: &'static Driver,
    /// What the person who sits before it has told it to ask for.
    language: &'static str,
}

/// Runs a test in Chromium; says that it is skipped where there is none.
pub fn in_chrome(test: impl FnOnce(Chrome)) {
    match Driver::of_this_process() {
        Some(driver) => test(Chrome { driver, language: "en" }),
        None => {
            assert!(!in_ci(), "chromedriver is missing; run the tests with: bash tests/all.sh");
            println!("SKIPPED: no chromedriver (Debian: apt-get install chromium chromium-driver, or {CHROMEDRIVER})");
        }
    }
}

impl Chrome {
    /// The same for somebody who reads this language.
    pub fn speaking(self, language: &'static str) -> Self {
        Self { language, ..self }
    }

    /// A browser that runs no script of any page, as Tor Browser in its safest setting.
    pub fn without_script(self, app: &App) -> Browser {
        self.open(app, true)
    }

    /// A browser that would run scripts. No page has any; axe-core is one.
    pub fn with_script(self, app: &App) -> Browser {
        self.open(app, false)
    }

    fn open(self, app: &App, blocks_scripts: bool) -> Browser {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let capabilities = self.capabilities(blocks_scripts);
        let client = runtime.block_on(async {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(capabilities).connect(&self.driver.address).await
        });
        let client: Client = client.unwrap_or_else(|error| panic!("Chromium does not start: {error}"));
        Browser::of(runtime, client, &self.driver.address, app)
    }

    fn capabilities(self, blocks_scripts: bool) -> serde_json::Map<String, Value> {
        let mut arguments = vec![
            "--headless=new".to_owned(),
            format!("--lang={}", self.language),
            "--window-size=1280,900".to_owned(),
            "--hide-scrollbars".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--no-first-run".to_owned(),
        ];
        if is_root() {
            // Chromium's sandbox does not run as root; all that is opened here is our own.
            arguments.push("--no-sandbox".to_owned());
        }
        let mut preferences = json!({
            "intl.accept_languages": self.language,
            "credentials_enable_service": false,
            "profile.password_manager_leak_detection": false,
        });
        if blocks_scripts {
            preferences["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        let options = json!({"args": arguments, "prefs": preferences});
        let Value::Object(capabilities) = json!({"browserName": "chrome", "goog:chromeOptions": options}) else {
            unreachable!()
        };
        capabilities
    }
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|process| std::os::unix::fs::MetadataExt::uid(&process) == 0)
}
