//! What a handler works with: the services, who asks, and in which language to answer.

use std::future::{Ready, ready};
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION};
use actix_web::rt::time::timeout;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use subtle::ConstantTimeEq;

use super::api::problem::Problem;
use super::middleware::client::ClientAddress;
use super::office::{HEALTH, LONG_ANSWER};
use super::queue::{Queue, Turn};
use super::{cookie, language};
use crate::audit::Purpose;
use crate::i18n::Language;
use crate::services::{Caller, Origin, ServiceError, Services, SessionKind};
use crate::vault::SessionSecret;

pub use super::office::{ANSWER, Office};

/// The header that a request with a cookie must carry to change anything: the form token of its session.
pub const FORM_TOKEN: &str = "x-csrf-token";

/// The header that says why sealed data is read.
pub const PURPOSE: &str = "aiqyn-purpose";

/// What a request proves its session with.
#[derive(Clone)]
struct Credential {
    secret: SessionSecret,
    from_cookie: bool,
}

/// One request's view of the office.
#[derive(Clone)]
pub struct Desk {
    office: web::Data<Office>,
    /// The language to answer in.
    pub language: Language,
    /// The word for what has just been done, where a page leads here after it.
    pub done: Option<String>,
    credential: Option<Credential>,
    form_token: Option<String>,
    changes_something: bool,
    /// Whether it waits among those who write.
    writes: bool,
    purpose: Purpose,
    origin: Origin,
    takes_long: bool,
}

impl Desk {
    /// Runs a use case off the threads that serve connections: it waits for the database.
    ///
    /// # Errors
    /// The use case's error, in the language of the request; 403 where a browser's request to change
    /// something does not carry the form token of its session.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Services, &Caller) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, Problem> {
        self.check_form_token()?;
        let credential = self.credential.clone();
        let purpose = self.purpose;
        self.block(move |services| {
            let caller = services.authenticate(credential.as_ref().map(|credential| &credential.secret))?;
            check_way(&caller, credential.as_ref())?;
            work(services, &caller.with_purpose(purpose))
        })
        .await
    }

    /// Runs what tries a password: one after the other, so that however many sign in at once, other
    /// requests find a processor.
    ///
    /// # Errors
    /// As [`Desk::run`].
    pub async fn run_with_password<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Services, &Caller) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, Problem> {
        self.run_in(&self.office.known, work).await
    }

    async fn run_in<T: Send + 'static>(
        &self,
        queue: &Queue,
        work: impl FnOnce(&Services, &Caller) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, Problem> {
        // Whoever has no session is told so before they take a place.
        self.run(|_, caller| caller.author().map(drop)).await?;
        let turn = self.turn_in(queue).await?;
        let done = self.run(work).await;
        drop(turn);
        done
    }

    /// Runs what makes a report: one after the other, for each takes a processor for seconds.
    ///
    /// # Errors
    /// As [`Desk::run`].
    pub async fn run_report<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Services, &Caller) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, Problem> {
        self.clone().taking_long().run_in(&self.office.reports, work).await
    }

    /// Runs what anybody may ask for, whatever session they come with.
    ///
    /// # Errors
    /// The use case's error.
    pub async fn run_as_nobody<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Services) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, Problem> {
        self.block(work).await
    }

    /// As [`Desk::run_as_nobody`], for what tries the password of a login. A browser that its member has signed in
    /// from before waits in another queue than strangers, who may be a flood.
    ///
    /// # Errors
    /// The use case's error.
    pub async fn try_password<T: Send + 'static>(
        &self,
        login: &str,
        work: impl FnOnce(&Services) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, Problem> {
        let (login, origin) = (login.to_owned(), self.origin());
        let has_mark = origin.device.is_some();
        let is_known = has_mark && self.block(move |services| services.knows_device(&login, &origin)).await?;
        let queue = if is_known { &self.office.known } else { &self.office.strangers };
        let turn = self.turn_in(queue).await?;
        let done = self.block(work).await;
        drop(turn);
        done
    }

    /// As [`Desk::run_as_nobody`], for what derives from a receipt: it costs as much as a password, and those who
    /// come with one wait in the queue of strangers.
    ///
    /// # Errors
    /// The use case's error.
    pub async fn try_receipt<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Services) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, Problem> {
        let turn = self.turn_in(&self.office.strangers).await?;
        let done = self.block(work).await;
        drop(turn);
        done
    }

    async fn turn_in(&self, queue: &Queue) -> Result<Turn, Problem> {
        queue.turn().await.ok_or_else(|| self.unavailable())
    }

    fn unavailable(&self) -> Problem {
        Problem::new("unavailable", 503, self.language)
    }

    /// Runs what tells whether all is well: past everybody who waits for the database, and with less patience.
    ///
    /// # Errors
    /// The use case's error; 503 where the database does not answer at once.
    pub async fn run_health<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Services) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, Problem> {
        let turn = self.turn_in(&self.office.health).await?;
        self.block_within(HEALTH, turn, work).await
    }

    /// Whether the server takes requests yet.
    ///
    /// # Errors
    /// 503 once it was told to stop.
    pub fn check_not_stopping(&self) -> Result<(), Problem> {
        if self.office.stopping.is_told() { Err(self.unavailable()) } else { Ok(()) }
    }

    /// The same desk, for what writes though it only asks to read: that texts were opened is written down.
    #[must_use]
    pub fn writing(self) -> Self {
        Self { writes: true, ..self }
    }

    /// The same desk, for what is known to take long.
    #[must_use]
    pub fn taking_long(self) -> Self {
        Self { takes_long: true, ..self }
    }

    async fn block<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Services) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, Problem> {
        let office = &self.office;
        let (queue, answer) = match self {
            Self { takes_long: true, .. } => (&office.long, LONG_ANSWER),
            Self { writes: true, .. } => (&office.writing, office.answer),
            _ => (&office.reading, office.answer),
        };
        self.block_within(answer, self.turn_in(queue).await?, work).await
    }

    /// Works off the threads that serve connections, and waits for so long. Whatever still works then keeps its
    /// turn: a database that is stuck must not take one thread after the other.
    async fn block_within<T: Send + 'static>(
        &self,
        patience: Duration,
        turn: Turn,
        work: impl FnOnce(&Services) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, Problem> {
        let office = self.office.clone();
        let language = self.language;
        let working = web::block(move || {
            let done = work(&office.services);
            drop(turn);
            done
        });
        match timeout(patience, working).await {
            Ok(Ok(Ok(value))) => Ok(value),
            Ok(Ok(Err(error))) => Err(Problem::of(error, language)),
            Ok(Err(_)) => {
                tracing::error!("a use case panicked");
                Err(Problem::internal(language))
            }
            Err(_) => {
                tracing::error!("the database has not answered in time");
                // It may come about yet.
                let word = if self.changes_something { "unsettled" } else { "unavailable" };
                Err(Problem::new(word, 503, language))
            }
        }
    }

    /// Ends the session that the browser's cookie carries, if it does: whoever signs in anew leaves the old
    /// one. It asks for no form token: all that a foreign page could reach is that somebody must sign in.
    pub async fn leave_session(&self) {
        let Some(Credential { secret, from_cookie: true }) = self.credential.clone() else { return };
        let left = self.block(move |services| services.sign_out(&services.authenticate(Some(&secret))?)).await;
        // One that has ended already is left as well.
        drop(left);
    }

    /// Takes the form token from a field of a page's form.
    #[must_use]
    pub fn with_form_token(self, token: Option<String>) -> Self {
        Self { form_token: token, ..self }
    }

    /// The form token of the session, for a page's forms; none where nobody has signed in.
    #[must_use]
    pub fn form_token(&self) -> Option<String> {
        self.credential.as_ref().map(|credential| credential.secret.form_token())
    }

    /// The secret that came in a cookie.
    #[must_use]
    pub fn cookie_secret(&self) -> Option<SessionSecret> {
        self.credential.as_ref().filter(|credential| credential.from_cookie).map(|credential| credential.secret.clone())
    }

    /// Whether browsers come by TLS.
    #[must_use]
    pub fn by_tls(&self) -> bool {
        self.office.by_tls
    }

    /// The same desk, where sealed data is read for another purpose than its handling.
    #[must_use]
    pub fn with_purpose(self, purpose: Purpose) -> Self {
        Self { purpose, ..self }
    }

    /// Where the request comes from.
    #[must_use]
    pub fn origin(&self) -> Origin {
        self.origin.clone()
    }

    /// A browser sends its cookie along with whatever any page makes it send; only pages of ours know the token.
    fn check_form_token(&self) -> Result<(), Problem> {
        let Some(Credential { secret, from_cookie: true }) = &self.credential else { return Ok(()) };
        if !self.changes_something {
            return Ok(());
        }
        let given = self.form_token.as_deref().unwrap_or_default();
        let right: bool = secret.form_token().as_bytes().ct_eq(given.as_bytes()).into();
        if right { Ok(()) } else { Err(Problem::new("form_token", 403, self.language)) }
    }
}

/// A browser's session comes in the cookie and a token in the header, and neither the other way round: the
/// secret of a cookie cannot be used without the checks that cookies have.
fn check_way(caller: &Caller, credential: Option<&Credential>) -> Result<(), ServiceError> {
    let (Some(session), Some(credential)) = (caller.session(), credential) else { return Ok(()) };
    let is_browser = session.kind == SessionKind::Browser;
    if is_browser == credential.from_cookie { Ok(()) } else { Err(ServiceError::SessionEnded) }
}

/// The language that a request asks for: on pages the one that was chosen there, else the browser's;
/// English where it asks for none of ours.
#[must_use]
pub fn language_of(request: &HttpRequest) -> Language {
    if let Some(chosen) = language::chosen(request) {
        return chosen;
    }
    let header = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    header.and_then(Language::accepted).unwrap_or_default()
}

fn done_word(request: &HttpRequest) -> Option<String> {
    let query = web::Query::<Vec<(String, String)>>::from_query(request.query_string()).ok()?.into_inner();
    query.into_iter().find(|(name, _)| name == "done").map(|(_, word)| word)
}

fn header<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

/// A token in the `Authorization` header, else the cookie. A header that cannot be read counts as an
/// ended session, never as nobody.
fn credential(request: &HttpRequest, by_tls: bool) -> Option<Credential> {
    if let Some(value) = request.headers().get(AUTHORIZATION) {
        let token = value.to_str().ok().and_then(|value| value.strip_prefix("Bearer "));
        let secret = token.and_then(|token| SessionSecret::parse(token.trim()).ok());
        return Some(Credential { secret: secret.unwrap_or_else(SessionSecret::generate), from_cookie: false });
    }
    let secret = cookie::read(request, by_tls)?;
    Some(Credential { secret, from_cookie: true })
}

impl FromRequest for Desk {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let language = language_of(request);
        let Some(office) = request.app_data::<web::Data<Office>>().cloned() else {
            return ready(Err(Problem::internal(language)));
        };
        // Without the middleware that notes the address, everybody counts as one.
        let address = request.extensions().get::<ClientAddress>().map(|address| address.0);
        let origin = Origin {
            address: address.unwrap_or_else(|| Origin::console().address),
            device: cookie::read_device(request, office.by_tls),
        };
        let changes_something = ![Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
        ready(Ok(Self {
            origin,
            credential: credential(request, office.by_tls),
            form_token: header(request, FORM_TOKEN).map(str::to_owned),
            changes_something,
            writes: changes_something,
            purpose: header(request, PURPOSE).and_then(Purpose::named).unwrap_or(Purpose::Handling),
            done: done_word(request),
            takes_long: false,
            office,
            language,
        }))
    }
}
