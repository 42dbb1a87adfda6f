//! One browser and who sits before it: what they open, fill in, press and read.

#![allow(dead_code, reason = "what people do is described whole, whichever of it today's stories need")]

use std::future::Future;
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::support::App;
use crate::support::staff::{PASSWORD, Person};

/// How long a page may take to come. Generous: other tests run beside it.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often Chromium is asked meanwhile.
const BETWEEN: Duration = Duration::from_millis(15);

/// A window of Chromium that shows one of our pages.
pub struct Browser {
    runtime: Runtime,
    client: Option<Client>,
    /// Where chromedriver takes what WebDriver has no command for.
    beyond: String,
    server: String,
}

impl Browser {
    pub fn of(runtime: Runtime, client: Client, driver: &str, app: &App) -> Self {
        let session = runtime.block_on(client.session_id()).unwrap().expect("a session");
        let server = format!("http://{}", app.client.address);
        let beyond = format!("{driver}/session/{session}/goog/cdp/execute");
        Self { runtime, client: Some(client), beyond, server }
    }

    #[track_caller]
    fn does<T>(&self, what: impl AsyncFnOnce(&Client) -> Result<T, CmdError>) -> T {
        self.tries(what).unwrap_or_else(|error| panic!("{error}\n{}", self.told()))
    }

    fn tries<T>(&self, what: impl AsyncFnOnce(&Client) -> Result<T, CmdError>) -> Result<T, CmdError> {
        let client = self.client.as_ref().expect("the browser is open");
        self.runtime.block_on(what(client))
    }

    // --- where one is ----------------------------------------------------------------------------

    /// Types an address of ours.
    #[track_caller]
    pub fn opens(&self, path: &str) -> &Self {
        self.goes_to(&format!("{}{path}", self.server))
    }

    /// Types a whole address.
    #[track_caller]
    pub fn goes_to(&self, address: &str) -> &Self {
        self.does(async |client| client.goto(address).await);
        self
    }

    /// Goes back one page.
    #[track_caller]
    pub fn goes_back(&self) -> &Self {
        self.does(async |client| client.back().await);
        self
    }

    /// The path and the query that the browser shows a page of.
    pub fn place(&self) -> String {
        let url = self.does(async |client| client.current_url().await).to_string();
        url.strip_prefix(&self.server).map_or(url.clone(), str::to_owned)
    }

    /// Holds the browser to being there, or to coming there soon.
    #[track_caller]
    pub fn is_at(&self, path: &str) -> &Self {
        self.waits(|| self.place() == path && self.has_loaded());
        assert_eq!(self.place(), path, "{}", self.text());
        self
    }

    fn has_loaded(&self) -> bool {
        let state = self.tries(async |client| client.execute("return document.readyState", Vec::new()).await);
        state.is_ok_and(|state| state == "complete")
    }

    /// Waits until something is so, or has taken too long: chromedriver does not wait for the answer to a form.
    fn waits(&self, is_so: impl Fn() -> bool) -> bool {
        let began = Instant::now();
        while !is_so() {
            if began.elapsed() > PATIENCE {
                return false;
            }
            std::thread::sleep(BETWEEN);
        }
        true
    }

    /// Does what leads to another page, and waits for it.
    #[track_caller]
    fn leaves(&self, by: impl FnOnce()) {
        let marked = "return window.leaving === true";
        self.evaluates("window.leaving = true; return null");
        by();
        let has_left = || {
            let stays = self.tries(async |client| client.execute(marked, Vec::new()).await);
            stays.is_ok_and(|stays| stays == false) && self.has_loaded()
        };
        assert!(self.waits(has_left), "no other page comes; this is {}:\n{}", self.place(), self.text());
    }

    // --- what one does ---------------------------------------------------------------------------

    /// Signs in with a recovery code, which needs no clock.
    #[track_caller]
    pub fn signs_in(&self, person: &Person) -> &Self {
        self.opens("/sign-in").fills("login", &person.login).fills("password", PASSWORD);
        self.fills("code", &person.recovery_code());
        self.presses_the("main form[action='/sign-in'] button");
        assert_eq!(self.count("form[action='/sign-out']"), 1, "not signed in: {}", self.text());
        self
    }

    /// Forgets who has signed in.
    pub fn forgets(&self) -> &Self {
        self.does(async |client| client.delete_all_cookies().await);
        self
    }

    /// Types into a field, in place of what stands there.
    #[track_caller]
    pub fn fills(&self, field: &str, text: &str) -> &Self {
        let found = self.element(&format!("main [name='{field}']"));
        self.does(async |_| {
            found.0.clear().await?;
            found.0.send_keys(text).await
        });
        self
    }

    /// Chooses a file for a field.
    #[track_caller]
    pub fn attaches(&self, field: &str, path: &str) -> &Self {
        let found = self.element(&format!("main input[type='file'][name='{field}']"));
        self.does(async |_| found.0.send_keys(path).await);
        self
    }

    /// Chooses a value in a list, or a radio button or a box of it.
    #[track_caller]
    pub fn chooses(&self, field: &str, value: &str) -> &Self {
        let list = format!("main select[name='{field}'] option[value='{value}']");
        let button = format!("main input[name='{field}'][value='{value}']");
        let found = self.element(&format!("{list}, {button}"));
        self.does(async |_| found.0.click().await);
        self
    }

    /// Presses a button, or follows a link, by what is written on it, and waits for the page that comes then.
    #[track_caller]
    pub fn presses(&self, words: &str) -> &Self {
        let quoted = format!("\"{words}\"");
        let named =
            |element: &str| format!("//{element}[normalize-space()={quoted}] | //{element}[@aria-label={quoted}]");
        for path in [named("button"), named("a"), named("summary")] {
            if let Ok(found) = self.tries(async |client| client.find(Locator::XPath(&path)).await) {
                Found(found).press(self);
                return self;
            }
        }
        panic!("nothing to press says {words:?} on {}:\n{}", self.place(), self.text());
    }

    /// Presses the first element that a CSS selector finds.
    #[track_caller]
    pub fn presses_the(&self, selector: &str) -> &Self {
        self.element(selector).press(self);
        self
    }

    /// Types on the keyboard, wherever the focus is.
    #[track_caller]
    pub fn types(&self, text: &str) -> &Self {
        self.does(async |client| client.active_element().await?.send_keys(text).await);
        self
    }

    /// Presses one key, wherever the focus is.
    #[track_caller]
    pub fn hits(&self, key: Key) -> &Self {
        self.types(&char::from(key).to_string())
    }

    // --- what one sees ---------------------------------------------------------------------------

    /// All that can be read on the page, each run of white space as one blank.
    pub fn text(&self) -> String {
        let body = self.does(async |client| client.find(Locator::Css("body")).await?.text().await);
        body.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Holds the page to saying something.
    #[track_caller]
    pub fn reads(&self, words: &str) -> &Self {
        let text = self.text();
        assert!(text.contains(words), "no {words:?} on {}:\n{text}", self.place());
        self
    }

    /// Holds the page to not saying something.
    #[track_caller]
    pub fn does_not_read(&self, words: &str) -> &Self {
        let text = self.text();
        assert!(!text.contains(words), "{words:?} on {}:\n{text}", self.place());
        self
    }

    /// What stands in a field.
    #[track_caller]
    pub fn value_of(&self, field: &str) -> String {
        let found = self.element(&format!("main [name='{field}']"));
        self.does(async |_| found.0.prop("value").await).unwrap_or_default()
    }

    /// What a CSS selector finds first; it must be there.
    #[track_caller]
    pub fn element(&self, selector: &str) -> Found {
        match self.tries(async |client| client.find(Locator::Css(selector)).await) {
            Ok(found) => Found(found),
            Err(error) => panic!("no {selector} on {}: {error}\n{}", self.place(), self.text()),
        }
    }

    /// How many elements a CSS selector finds.
    pub fn count(&self, selector: &str) -> usize {
        self.does(async |client| client.find_all(Locator::Css(selector)).await).len()
    }

    /// An attribute of the first element that a CSS selector finds.
    #[track_caller]
    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let found = self.element(selector);
        self.does(async |_| found.0.attr(name).await)
    }

    /// The cookie of the session, to ask with in other ways.
    pub fn session_cookie(&self) -> Option<String> {
        let cookies = self.does(async |client| client.get_all_cookies().await);
        let session = cookies.into_iter().find(|cookie| cookie.name() == "aiqyn")?;
        Some(format!("{}={}", session.name(), session.value()))
    }

    fn told(&self) -> String {
        let source = self.tries(async |client| client.source().await);
        source.unwrap_or_else(|error| format!("and the page cannot be read: {error}"))
    }

    // --- what only the tests do ------------------------------------------------------------------

    /// What a script of the tests says of the page. It runs in browsers that run no script of a page too.
    #[track_caller]
    pub fn evaluates(&self, script: &str) -> Value {
        self.does(async |client| client.execute(script, Vec::new()).await)
    }

    /// Gives Chromium a command of its own protocol.
    #[track_caller]
    pub fn commands(&self, command: &str, parameters: &Value) -> Value {
        let body = json!({"cmd": command, "params": parameters});
        let mut answer = ureq::post(&self.beyond).send_json(&body).unwrap_or_else(|error| panic!("{command}: {error}"));
        let answer: Value = answer.body_mut().with_config().limit(256 * 1024 * 1024).read_json().unwrap();
        answer["value"].clone()
    }
}

/// An element of a page.
pub struct Found(Element);

impl Found {
    /// What is written in it.
    #[track_caller]
    pub fn reads(&self, browser: &Browser) -> String {
        browser.does(async |_| self.0.text().await)
    }

    /// Presses it. What sends a form or leads elsewhere is followed; the rest changes something on this page.
    #[track_caller]
    fn press(self, browser: &Browser) {
        let leads_away = browser.does(async |client| {
            let element = serde_json::to_value(&self.0)?;
            client.execute(LEADS_AWAY, vec![element]).await
        });
        let click = || browser.does(async |_| self.0.click().await);
        if leads_away == true { browser.leaves(click) } else { click() }
    }
}

/// Whether pressing an element brings another page.
const LEADS_AWAY: &str = "const pressed = arguments[0], link = pressed.closest('a[href]');
    if (link) return !link.hasAttribute('download') && !link.getAttribute('href').startsWith('#');
    return pressed.type === 'submit' && !!pressed.form && (pressed.form.noValidate || pressed.form.checkValidity());";

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            // Whoever ends the process ends the browser too, should this fail.
            let _ = self.runtime.block_on(Box::pin(client.close()) as std::pin::Pin<Box<dyn Future<Output = _>>>);
        }
    }
}
