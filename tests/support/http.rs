//! A small HTTP client: requests in words, and answers that say what they were when they are wrong.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;
use ureq::http::Request as HttpRequest;

/// The API of one server.
#[derive(Clone)]
pub struct Client {
    agent: ureq::Agent,
    pub address: SocketAddr,
    token: Option<String>,
}

/// A request that is being put together.
pub struct Request<'a> {
    client: &'a Client,
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    /// Of a header that comes more than once, the last.
    pub headers: BTreeMap<String, String>,
    /// Each cookie that it sets.
    pub set_cookies: Vec<String>,
    /// The body as text, and as it came.
    pub body: String,
    pub bytes: Vec<u8>,
}

/// A request that no answer came to, for instance because the server was killed.
#[derive(Debug)]
pub struct NoAnswer;

impl Client {
    pub fn of(address: SocketAddr) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        Self { agent: config.into(), address, token: None }
    }

    /// The same, with a member's token.
    pub fn with_token(self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self }
    }

    /// The same, as nobody.
    pub fn of_nobody(&self) -> Self {
        Self { token: None, ..self.clone() }
    }

    pub fn request(&self, method: &str, path: &str) -> Request<'_> {
        let bearer = |token: &String| ("authorization".to_owned(), format!("Bearer {token}"));
        let headers = self.token.iter().map(bearer).collect();
        Request { client: self, method: method.to_owned(), path: path.to_owned(), headers, body: None }
    }

    pub fn get(&self, path: &str) -> Reply {
        self.request("GET", path).send()
    }

    pub fn post(&self, path: &str, body: &Value) -> Request<'_> {
        self.request("POST", path).json(body)
    }

    /// Sends bytes as they are, for requests that no decent client would send.
    pub fn sends_raw(&self, head: &str, body: &[u8]) -> Reply {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream.write_all(head.replace('\n', "\r\n").as_bytes()).unwrap();
        // A server that refuses may close before it has read all.
        let _ = stream.write_all(body);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        Reply::parse(&String::from_utf8_lossy(&answer))
    }
}

impl Request<'_> {
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn json(self, body: &Value) -> Self {
        self.header("content-type", "application/json").text(&body.to_string())
    }

    pub fn text(self, body: &str) -> Self {
        self.bytes(body.into())
    }

    pub fn bytes(mut self, body: Vec<u8>) -> Self {
        self.body = Some(body);
        self
    }

    pub fn in_language(self, language: &str) -> Self {
        self.header("accept-language", language)
    }

    pub fn if_match(self, version: i64) -> Self {
        self.header("if-match", &format!("\"{version}\""))
    }

    pub fn with_key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    /// Sends it; an answer must come.
    pub fn send(self) -> Reply {
        self.try_send().unwrap()
    }

    /// Sends it to a server that may be gone.
    pub fn try_send(self) -> Result<Reply, NoAnswer> {
        let url = format!("http://{}{}", self.client.address, self.path);
        let mut request = HttpRequest::builder().method(self.method.as_str()).uri(url);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let sent = match self.body {
            Some(body) => self.client.agent.run(request.body(body).unwrap()),
            None => self.client.agent.run(request.body(()).unwrap()),
        };
        let mut response = sent.map_err(|_| NoAnswer)?;
        let set_cookies = response.headers().get_all("set-cookie").iter();
        let set_cookies = set_cookies.map(|value| value.to_str().unwrap().to_owned()).collect();
        let headers = response.headers().iter();
        let headers = gathered(headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())));
        let bytes = response.body_mut().with_config().limit(64 * 1024 * 1024).read_to_vec().map_err(|_| NoAnswer)?;
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Ok(Reply { status: response.status().as_u16(), set_cookies, headers, body, bytes })
    }
}

/// Headers by name; one that comes again, as cookies do, has a line for each time.
fn gathered(headers: impl Iterator<Item = (String, String)>) -> BTreeMap<String, String> {
    let mut gathered: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in headers {
        gathered.entry(name).and_modify(|known| *known = format!("{known}\n{value}")).or_insert(value);
    }
    gathered
}

impl Reply {
    /// Reads an answer as it came over the wire.
    pub fn parse(answer: &str) -> Self {
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no HTTP answer: {answer:?}"));
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).unwrap().parse().unwrap();
        let header = |line: &str| {
            let (name, value) = line.split_once(':').unwrap();
            (name.to_ascii_lowercase(), value.trim().to_owned())
        };
        Self {
            status,
            headers: gathered(lines.map(header)),
            set_cookies: Vec::new(),
            body: body.to_owned(),
            bytes: body.into(),
        }
    }

    /// Holds it to a status.
    #[track_caller]
    pub fn must_be(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// Holds it to a problem of a kind (RFC 9457) and returns it.
    #[track_caller]
    pub fn must_be_problem(self, status: u16, word: &str) -> Value {
        let reply = self.must_be(status);
        assert_eq!(reply.header("content-type"), "application/problem+json");
        let problem = reply.json();
        assert_eq!(problem["type"], format!("urn:aiqyn:problem:{word}"), "{problem}");
        assert_eq!(problem["status"], status);
        for text in ["title", "detail"] {
            assert!(problem[text].as_str().is_some_and(|text| !text.is_empty()), "no {text}: {problem}");
        }
        problem
    }

    /// The wrong fields with their problems, in the order of the names.
    #[track_caller]
    pub fn wrong_fields(self) -> Vec<(String, String)> {
        let problem = self.must_be_problem(422, "invalid_input");
        let errors = problem["errors"].as_array().unwrap().iter();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let mut wrong: Vec<_> = errors.map(|error| (text(&error["field"]), text(&error["problem"]))).collect();
        wrong.sort();
        wrong
    }
}
