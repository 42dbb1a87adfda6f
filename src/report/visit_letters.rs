//! The two letters to the Ombudsman's office about an urgent visit: the request, and the complaint about delay.
//!
//! They say what was recorded and what was measured, and nothing else. The complaint about delay holds no sealed text.
//! What the Convention (CAT) and its Optional Protocol (OPCAT) demand is said with the article.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::letter::{Letter, Piece};
use crate::domain::code::{CodeLists, ListName};
use crate::domain::deadline::Basis;
use crate::domain::delay::{Delay, MINUTES_A_DAY};
use crate::domain::id::Reference;
use crate::domain::sealed::PlainText;
use crate::domain::time::{PartialTime, Precision, Zone};
use crate::domain::visit::Evidence;
use crate::i18n::{self, Language, labels, text};

/// What the letters are made of.
#[derive(Clone, Debug)]
pub struct VisitFacts {
    /// What the two offices call the case by.
    pub reference: Reference,
    /// Who writes.
    pub organisation: String,
    /// The names of the offices that are asked, as they were set up; none where there is none yet.
    pub offices: Vec<String>,
    /// The time zone of the case.
    pub zone: Zone,
    /// When the letter is written.
    pub now: DateTime<Utc>,
    /// The code of the place, where it is on the list.
    pub place: Option<String>,
    /// The code of the kind of place.
    pub kind_of_place: String,
    /// The evidence offered.
    pub evidence: Evidence,
    /// Why it is urgent; none where whoever asks cannot read it.
    pub urgency: Option<PlainText>,
    /// When it was asked for.
    pub requested_at: PartialTime,
    /// How it was answered.
    pub answer: Option<AnswerGiven>,
    /// The requests of the same case before it, earliest first.
    pub earlier: Vec<EarlierRequest>,
    /// The deadline for the answer; none where there is none.
    pub deadline: Option<DeadlineSet>,
    /// The code lists, for the labels of codes.
    pub lists: Arc<CodeLists>,
}

/// How a request was answered.
#[derive(Clone, Debug)]
pub struct AnswerGiven {
    /// When.
    pub at: PartialTime,
    /// The code of the ground of its refusal; none where it was approved.
    pub refused_on: Option<String>,
}

/// A request before this one.
#[derive(Clone, Debug)]
pub struct EarlierRequest {
    /// When it was made.
    pub requested_at: PartialTime,
    /// How it was answered.
    pub answer: Option<AnswerGiven>,
}

/// A deadline.
#[derive(Clone, Copy, Debug)]
pub struct DeadlineSet {
    /// The hours allowed.
    pub hours: i32,
    /// What it rests on.
    pub basis: Basis,
    /// When it runs out.
    pub due_at: DateTime<Utc>,
}

/// The letter that asks for a visit.
#[must_use]
pub fn request(facts: &VisitFacts, language: Language) -> Letter {
    let words = Words { facts, language };
    let mut pieces = vec![
        paragraph(words.say("letter-request-opening")),
        Piece::Facts { items: words.request_facts() },
        heading(words.say("letter-urgency")),
    ];
    pieces.push(match &facts.urgency {
        Some(urgency) => Piece::Quoted { lines: urgency.expose().lines().map(str::to_owned).collect() },
        None => paragraph(words.say("letter-urgency-sealed")),
    });
    pieces.push(heading(words.say("letter-law")));
    pieces.extend(["letter-request-opcat", "letter-request-evidence"].map(|key| paragraph(words.say(key))));
    pieces.push(heading(words.say("letter-we-ask")));
    let when = match facts.deadline {
        Some(deadline) => words.fill("letter-ask-approval-by", &[("due", words.instant(deadline.due_at))]),
        None => words.say("letter-ask-approval"),
    };
    let asked = ["letter-ask-unannounced", "letter-ask-private", "letter-ask-ground"].map(|key| words.say(key));
    pieces.push(Piece::Numbered { items: std::iter::once(when).chain(asked).collect() });
    words.letter("letter-request-subject", pieces)
}

/// The letter that complains about delay: measured facts alone.
#[must_use]
pub fn delay(facts: &VisitFacts, language: Language) -> Letter {
    let words = Words { facts, language };
    let opening = [("requested", words.time(facts.requested_at)), ("place", words.place())];
    let mut pieces = vec![
        paragraph(words.fill("letter-delay-opening", &opening)),
        heading(words.say("letter-delay-facts")),
        Piece::Numbered { items: words.measured() },
        paragraph(words.say("letter-delay-measure")),
        heading(words.say("letter-law")),
    ];
    let law = ["letter-delay-opcat", "letter-delay-cat", "letter-delay-reprisals"];
    pieces.extend(law.map(|key| paragraph(words.say(key))));
    pieces.push(heading(words.say("letter-we-ask")));
    let first = if facts.answer.is_some() { "letter-ask-reconsider" } else { "letter-ask-answer" };
    let asked = [first, "letter-ask-reasons", "letter-ask-in-time"].map(|key| words.say(key));
    pieces.push(Piece::Numbered { items: asked.into() });
    words.letter("letter-delay-subject", pieces)
}

fn paragraph(text: String) -> Piece {
    Piece::Paragraph { text }
}

fn heading(text: String) -> Piece {
    Piece::Heading { text }
}

struct Words<'a> {
    facts: &'a VisitFacts,
    language: Language,
}

impl Words<'_> {
    fn say(&self, key: &str) -> String {
        text(self.language, key, &[])
    }

    fn fill(&self, key: &str, values: &[(&str, String)]) -> String {
        let args: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        text(self.language, key, &args)
    }

    fn time(&self, time: PartialTime) -> String {
        i18n::time(self.language, time, self.facts.zone)
    }

    fn instant(&self, instant: DateTime<Utc>) -> String {
        self.time(PartialTime::minute(instant))
    }

    /// A code in words, as it was called when the visit was asked for.
    fn code(&self, list: ListName, code: &str) -> String {
        let Ok(known) = code.parse() else { return code.to_owned() };
        let on = self.facts.requested_at.first_day(self.facts.zone);
        let entry = self.facts.lists.entry(list, &known, on);
        let entry = entry.or_else(|| self.facts.lists.periods(list, &known).last());
        entry.map_or_else(|| code.to_owned(), |entry| labels::entry(self.language, entry).to_owned())
    }

    fn place(&self) -> String {
        let kind = self.code(ListName::KindOfPlace, &self.facts.kind_of_place);
        match &self.facts.place {
            Some(place) => format!("{} ({kind})", self.code(ListName::Place, place)),
            None => kind,
        }
    }

    fn answer(&self, answer: Option<&AnswerGiven>) -> String {
        match answer {
            None => self.say("letter-not-answered"),
            Some(AnswerGiven { at, refused_on: None }) => self.fill("letter-approved", &[("day", self.time(*at))]),
            Some(AnswerGiven { at, refused_on: Some(ground) }) => {
                let ground = self.code(ListName::VisitRefusalGround, ground);
                self.fill("letter-refused", &[("day", self.time(*at)), ("ground", ground)])
            }
        }
    }

    fn request_facts(&self) -> Vec<[String; 2]> {
        let facts = self.facts;
        let named = |key: &str, value: String| [self.say(key), value];
        let mut items = vec![
            named("letter-fact-reference", facts.reference.to_string()),
            named("letter-fact-place", self.place()),
            named("letter-fact-requested", self.time(facts.requested_at)),
            named("letter-fact-evidence", labels::of(self.language, facts.evidence)),
        ];
        items.extend(facts.earlier.iter().map(|earlier| named("letter-fact-earlier", self.earlier(earlier))));
        items
    }

    fn earlier(&self, earlier: &EarlierRequest) -> String {
        let parts = [("day", self.time(earlier.requested_at)), ("answer", self.answer(earlier.answer.as_ref()))];
        self.fill("letter-earlier", &parts)
    }

    /// The measured facts: when it was asked for, how it was answered, how long that took, what the deadline was.
    fn measured(&self) -> Vec<String> {
        let facts = self.facts;
        let until = facts.answer.as_ref().map_or(PartialTime::minute(facts.now), |answer| answer.at);
        let evidence = labels::of(self.language, facts.evidence);
        let asked = [("day", self.time(facts.requested_at)), ("evidence", evidence)];
        let mut items = vec![self.fill("letter-fact-asked", &asked), self.answer(facts.answer.as_ref())];
        if let Some(delay) = Delay::between(facts.requested_at, until, facts.zone) {
            let key = if facts.answer.is_some() { "letter-waited" } else { "letter-waits" };
            items.push(self.fill(key, &[("wait", self.delay(delay)), ("until", self.time(until))]));
        }
        items.push(match facts.deadline {
            Some(deadline) => self.deadline(deadline, until),
            None => self.say("letter-no-deadline"),
        });
        items.extend(facts.earlier.iter().map(|earlier| self.earlier(earlier)));
        items
    }

    fn deadline(&self, deadline: DeadlineSet, until: PartialTime) -> String {
        let hours = text(self.language, "letter-hours", &[("hours", deadline.hours.into())]);
        let basis = labels::of(self.language, deadline.basis);
        let said =
            self.fill("letter-deadline", &[("hours", hours), ("basis", basis), ("due", self.instant(deadline.due_at))]);
        // Where only the day of the answer is known, its beginning counts, in the office's favour.
        let over = (until.earliest(self.facts.zone) - deadline.due_at).num_minutes();
        let passed = if over > 0 {
            self.fill("letter-deadline-passed", &[("over", self.minutes(over))])
        } else {
            self.say("letter-deadline-kept")
        };
        format!("{said} {passed}")
    }

    /// A delay as precisely as it is known.
    fn delay(&self, delay: Delay) -> String {
        match delay.precision() {
            Precision::Minute => self.minutes(delay.minutes()),
            Precision::Day | Precision::Month => {
                let (shortest, longest) = delay.bounds_in_minutes();
                let days = |minutes: i64| self.days(minutes / MINUTES_A_DAY);
                if delay.precision() == Precision::Day || shortest == longest {
                    return days(delay.minutes());
                }
                self.fill("letter-between", &[("least", days(shortest)), ("most", days(longest))])
            }
        }
    }

    fn days(&self, days: i64) -> String {
        text(self.language, "letter-days", &[("days", days.into())])
    }

    /// Days and hours; minutes only where it was less than an hour.
    fn minutes(&self, minutes: i64) -> String {
        let (days, hours) = (minutes / MINUTES_A_DAY, minutes % MINUTES_A_DAY / 60);
        let in_hours = || text(self.language, "letter-hours", &[("hours", hours.into())]);
        match (days, hours) {
            (0, 0) => text(self.language, "letter-minutes", &[("minutes", minutes.into())]),
            (0, _) => in_hours(),
            (_, 0) => self.days(days),
            (_, _) => format!("{} {}", self.days(days), in_hours()),
        }
    }

    fn letter(&self, subject: &str, pieces: Vec<Piece>) -> Letter {
        let facts = self.facts;
        let day = facts.zone.date_of(facts.now);
        let reference = facts.reference.to_string();
        let offices = facts.offices.iter().cloned();
        let parts = [("reference", reference.clone()), ("day", self.time(facts.requested_at))];
        let pages = [("page", "{page}".to_owned()), ("pages", "{pages}".to_owned())];
        Letter {
            language: self.language,
            day,
            sender: vec![facts.organisation.clone(), self.say("letter-sender-lines")],
            reference: vec![
                i18n::day(self.language, day),
                self.fill("letter-our-reference", &[("reference", reference.clone())]),
            ],
            addressee: std::iter::once(self.say("letter-addressee")).chain(offices).collect(),
            subject: self.fill(subject, &parts),
            pieces,
            closing: self.say("letter-closing"),
            signature: ["letter-sign-name", "letter-sign-hand", "letter-sign-day"].map(|key| self.say(key)),
            footer: self
                .fill("letter-footer", &[("organisation", facts.organisation.clone()), ("reference", reference)]),
            page: self.fill("annex-page-of", &pages),
        }
    }
}
