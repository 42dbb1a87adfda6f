//! A browser: it keeps its cookies and sends them along.

use serde_json::{Value, json};

use crate::support::App;
use crate::support::http::{Client, Reply, Request};
use crate::support::staff::{PASSWORD, Person};

pub struct Browser {
    pub client: Client,
    pub session: Option<String>,
    pub device: Option<String>,
    pub form_token: String,
}

/// The value of a cookie that an answer sets.
pub fn cookie(reply: &Reply, name: &str) -> Option<String> {
    let lines = reply.header("set-cookie").lines();
    let mut values = lines.filter_map(|line| line.strip_prefix(&format!("{name}="))?.split(';').next());
    values.next().map(str::to_owned)
}

impl Browser {
    pub fn at(app: &App) -> Self {
        Self { client: app.nobody().clone(), session: None, device: None, form_token: String::new() }
    }

    /// Of somebody who has signed in.
    pub fn of(app: &App, person: &Person) -> Self {
        let mut browser = Self::at(app);
        browser.signs_in(&person.login, PASSWORD, &person.recovery_code()).must_be(201);
        browser
    }

    /// Tries to sign in, and keeps what the answer sets.
    pub fn signs_in(&mut self, login: &str, password: &str, code: &str) -> Reply {
        let body = json!({"login": login, "password": password, "code": code});
        let reply = self.asks("POST", "/api/v1/session").json(&body).send();
        if reply.status == 201 {
            self.session = cookie(&reply, "aiqyn");
            self.device = cookie(&reply, "aiqyn-device");
            reply.json()["form_token"].as_str().unwrap().clone_into(&mut self.form_token);
        }
        reply
    }

    /// A request with the cookies, and with the form token where there is one.
    pub fn asks(&self, method: &str, path: &str) -> Request<'_> {
        let request = self.asks_without_form_token(method, path);
        if self.form_token.is_empty() { request } else { request.header("x-csrf-token", &self.form_token) }
    }

    pub fn asks_without_form_token(&self, method: &str, path: &str) -> Request<'_> {
        let named = |name: &str, value: &Option<String>| value.as_ref().map(|value| format!("{name}={value}"));
        let cookies = [named("aiqyn", &self.session), named("aiqyn-device", &self.device)];
        let cookies: Vec<String> = cookies.into_iter().flatten().collect();
        let request = self.client.request(method, path);
        if cookies.is_empty() { request } else { request.header("cookie", &cookies.join("; ")) }
    }

    pub fn gets(&self, path: &str) -> Reply {
        self.asks("GET", path).send()
    }

    pub fn posts(&self, path: &str, body: &Value) -> Reply {
        self.asks("POST", path).json(body).send()
    }

    /// The status of asking who one is: 200, or 401 where the session has ended.
    pub fn is_in(&self) -> bool {
        let reply = self.gets("/api/v1/session");
        if reply.status == 200 {
            return true;
        }
        reply.must_be_problem(401, "session_ended");
        false
    }
}
