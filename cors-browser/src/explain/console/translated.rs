//! The console of Firefox in other languages than English. The names of headers, the text in quotes and the status are
//! the same.

use super::message::{Message, address};
use crate::At;
use crate::explain::facts::is_several;
use crate::explain::{Cause, Facts};
use crate::header::canonical_name;
use cors_core::names::is_token;

/// The pages of MDN behind "Learn More", which have the same names in all languages.
const PAGES: [(&str, Cause); 12] = [
    ("CORSMissingAllowOrigin", Cause::AllowOriginMissing),
    ("CORSAllowOriginNotMatchingOrigin", Cause::AllowOriginMismatch),
    ("CORSMultipleAllowOriginNotAllowed", Cause::SeveralAllowedOrigins),
    ("CORSNotSupportingCredentials", Cause::WildcardWithCredentials),
    ("CORSMissingAllowCredentials", Cause::AllowCredentialsNotTrue),
    ("CORSPreflightDidNotSucceed", Cause::PreflightStatus),
    ("CORSExternalRedirectNotAllowed", Cause::PreflightRedirected),
    ("CORSMethodNotFound", Cause::MethodNotAllowed),
    ("CORSMissingAllowHeaderFromPreflight", Cause::HeaderNotAllowed),
    ("CORSInvalidAllow", Cause::PreflightListMalformed),
    ("CORSRequestNotHttp", Cause::Scheme),
    ("CORSDidNotSucceed", Cause::NoAnswer),
];

pub(super) fn read(message: &Message) -> Option<(Cause, Facts)> {
    let translation = Translation::of(message);
    let mut facts = Facts { url: message.address(), ..Facts::default() };
    let by_words = translation.as_ref().and_then(|translation| translation.read(&mut facts));
    let by_page = message.after("CORS/Errors/").and_then(|page| {
        let row = PAGES.iter().find(|(name, _)| page.starts_with(name));
        row.map(|(_, cause)| *cause)
    });
    by_page.or(by_words).map(|cause| (cause, facts))
}

/// The text after the URL: `(Grund: CORS-Kopfzeile 'Access-Control-Allow-Origin' fehlt). Statuscode: 200.`
struct Translation<'m> {
    words: &'m str,
    /// The text in quotes that is not the name of a CORS header.
    quoted: Option<&'m str>,
    /// The status; less than 100 if the browser got none.
    status: Option<u16>,
}

impl<'m> Translation<'m> {
    fn of(message: &'m Message) -> Option<Self> {
        let text = &message.text;
        let url = message.address()?;
        let (_, after) = text.split_once(&url)?;
        let (label, words) = after.split_once(": ")?;
        let is_label = label.chars().count() < 60 && !label.contains("CORS policy");
        let is_about_cors = words.contains("CORS") || words.contains("Access-Control-Allow-");
        let quote = if words.contains('"') && !words.contains("'Access") { '"' } else { '\'' };
        let parts = words.split(quote).skip(1).step_by(2).map(str::trim);
        let quoted = parts.filter(|part| !part.starts_with("Access-Control-")).last();
        // `Statuscode: 502` or `Statuscode: (null)`.
        let status = words.rsplit_once(':').map(|(_, status)| status.trim().trim_end_matches('.'));
        let status = status.and_then(|status| if status == "(null)" { Some(0) } else { status.parse().ok() });
        (is_label && is_about_cors).then_some(Self { words, quoted, status })
    }

    fn read(&self, facts: &mut Facts) -> Option<Cause> {
        let names = |header: &str| self.words.contains(header);
        let is_wildcard = self.quoted == Some("*") || self.words.contains(" * ");
        facts.status = self.status.filter(|status| *status >= 100);
        facts.value = self.quoted.map(str::to_owned);
        let cause = if names("Access-Control-Allow-Headers") {
            facts.at = Some(At::Preflight);
            self.header(facts)
        } else if names("Access-Control-Allow-Methods") {
            facts.at = Some(At::Preflight);
            facts.header = Some("Access-Control-Allow-Methods".to_owned());
            if self.quoted.is_some() { Cause::PreflightListMalformed } else { Cause::MethodNotAllowed }
        } else if is_wildcard {
            facts.credentials = Some(true);
            Cause::WildcardWithCredentials
        } else if names("Access-Control-Allow-Credentials") {
            (facts.credentials, facts.value) = (Some(true), None);
            Cause::AllowCredentialsNotTrue
        } else if names("Access-Control-Allow-Origin") {
            match (facts.status, self.quoted) {
                (Some(_), _) => Cause::AllowOriginMissing,
                (None, Some(value)) if !is_several(value) => Cause::AllowOriginMismatch,
                (None, None) if address(self.words).is_some() => Cause::AllowOriginMismatch,
                (None, _) => Cause::SeveralAllowedOrigins,
            }
        } else {
            self.without_header(facts)?
        };
        Some(cause)
    }

    fn header(&self, facts: &mut Facts) -> Cause {
        match self.quoted.filter(|name| is_token(name.as_bytes())) {
            Some(name) => {
                // The message is a warning with several names and the wildcard.
                let name = if self.words.contains("Authorization") { "authorization" } else { name };
                let name = canonical_name(name);
                facts.needs.add_header(&name);
                (facts.header, facts.value) = (Some(name), None);
                Cause::HeaderNotAllowed
            }
            None => {
                facts.header = Some("Access-Control-Allow-Headers".to_owned());
                Cause::PreflightListMalformed
            }
        }
    }

    fn without_header(&self, facts: &mut Facts) -> Option<Cause> {
        facts.value = None;
        match self.status {
            Some(0) => return Some(Cause::NoAnswer),
            Some(status) => {
                facts.at = Some(At::Preflight);
                let is_redirect = status != 304 && (300..400).contains(&status);
                return Some(if is_redirect { Cause::PreflightRedirected } else { Cause::PreflightStatus });
            }
            None => {}
        }
        let words = self.words.to_lowercase();
        if words.contains("http") {
            Some(Cause::Scheme)
        } else if words.contains("dire") || words.contains("weiterleitung") || words.contains("リダイレクト") {
            facts.at = Some(At::Preflight);
            Some(Cause::PreflightRedirected)
        } else {
            None
        }
    }
}
