//! One connection to a server, kept alive, and what came over it.

use std::error::Error;
use std::time::{Duration, Instant};

use aiqyn::vault::SessionSecret;

use crate::table::Times;

/// A client of one server.
pub struct Client {
    agent: ureq::Agent,
    base: String,
    /// What every request carries.
    headers: Vec<(&'static str, String)>,
}

/// One answer.
pub struct Answer {
    /// From asking to the last byte.
    pub time: Duration,
    /// The body.
    pub body: Vec<u8>,
}

impl Client {
    /// A client of the server at an address, with a member's token.
    pub fn new(base: String, token: &str) -> Self {
        Self::with(base, vec![("authorization", format!("Bearer {token}"))])
    }

    /// The browser of somebody who has signed in.
    pub fn browser(base: String, session: &SessionSecret) -> Self {
        let cookie = format!("aiqyn={}", session.print().as_str());
        Self::with(base, vec![("cookie", cookie), ("x-csrf-token", session.form_token())])
    }

    fn with(base: String, headers: Vec<(&'static str, String)>) -> Self {
        // Where a form leads to is asked for by itself, if at all.
        let agent = ureq::Agent::config_builder().max_redirects(0).max_redirects_will_error(false).build().into();
        Self { agent, base, headers }
    }

    fn carrying<B>(&self, request: ureq::RequestBuilder<B>) -> ureq::RequestBuilder<B> {
        self.headers.iter().fold(request, |request, (name, value)| request.header(*name, value))
    }

    /// Asks once.
    pub fn get(&self, path: &str) -> Result<Answer, Box<dyn Error>> {
        let url = format!("{}{path}", self.base);
        let begun = Instant::now();
        let body = self.carrying(self.agent.get(&url)).call()?.body_mut().read_to_vec()?;
        Ok(Answer { time: begun.elapsed(), body })
    }

    /// Sends JSON once.
    pub fn post(&self, path: &str, body: &serde_json::Value) -> Result<Answer, Box<dyn Error>> {
        let url = format!("{}{path}", self.base);
        let begun = Instant::now();
        let request = self.carrying(self.agent.post(&url));
        let body = request.send_json(body)?.body_mut().read_to_vec()?;
        Ok(Answer { time: begun.elapsed(), body })
    }

    /// Sends a form once.
    pub fn send(&self, path: &str, fields: &[(&str, &str)]) -> Result<Answer, Box<dyn Error>> {
        let url = format!("{}{path}", self.base);
        let begun = Instant::now();
        let request = self.carrying(self.agent.post(&url));
        let body = request.send_form(fields.iter().copied())?.body_mut().read_to_vec()?;
        Ok(Answer { time: begun.elapsed(), body })
    }

    /// Asks once and reads the answer as JSON.
    pub fn json(&self, path: &str) -> Result<serde_json::Value, Box<dyn Error>> {
        Ok(serde_json::from_slice(&self.get(path)?.body)?)
    }

    /// Asks so often; the size is that of the last answer.
    pub fn repeat(&self, path: &str, times: usize) -> Result<(Times, usize), Box<dyn Error>> {
        let mut measured = Times::default();
        let mut bytes = 0;
        for _ in 0..times {
            let answer = self.get(path)?;
            measured.push(answer.time);
            bytes = answer.body.len();
        }
        Ok((measured, bytes))
    }
}
