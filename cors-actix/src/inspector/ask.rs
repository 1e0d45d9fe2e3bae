//! The form of the page: a policy and the model of the browser, without the app.

use cors_browser::{Browser, CredentialsMode, HeaderLine, Page, ScriptRequest};
use cors_core::{Answered, Policy, RequestHeader};

use super::exchange::KeptLine;
use super::fetch::{By, Fetch, Sent, outcome};
use crate::finding::policy_only::{self, PolicyAnswer};

/// The values of the form.
pub(super) struct Form {
    pub(super) page: Page,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) headers: Vec<HeaderLine>,
    pub(super) credentials: CredentialsMode,
}

impl Form {
    /// # Errors
    ///
    /// Returns what to correct.
    pub(super) fn read(fields: &[(String, String)]) -> Result<Self, String> {
        let field = |name: &str| {
            let found = fields.iter().find(|(field, _)| field == name);
            found.map(|(_, value)| value.trim()).unwrap_or_default()
        };
        let page = match field("origin") {
            "null" => Page::opaque(),
            origin => Page::at(origin).map_err(|mistake| format!("{mistake}: write https://app.example.com, say"))?,
        };
        let path = field("path");
        let headers = field("headers").lines().map(str::trim).filter(|line| !line.is_empty());
        Ok(Self {
            page,
            method: Some(field("method")).filter(|method| !method.is_empty()).unwrap_or("GET").to_owned(),
            path: if path.starts_with('/') { path.to_owned() } else { format!("/{path}") },
            headers: headers.map(header).collect(),
            credentials: match field("credentials") {
                "include" => CredentialsMode::Include,
                "omit" => CredentialsMode::Omit,
                _ => CredentialsMode::SameOrigin,
            },
        })
    }

    /// Returns the fetch with this policy, and whether its source would be asked. Its answer is assumed to be
    /// `answered`.
    pub(super) fn under(&self, policy: &Policy, server: &str, answered: Answered) -> (Fetch, bool) {
        let script =
            ScriptRequest::new(format!("{server}{}", self.path)).method(&self.method).credentials(self.credentials);
        let script = self.headers.iter().fold(script, |script, line| script.header(&line.name, line.value.as_slice()));
        let host = server.split_once("://").map_or(server, |(_, host)| host);
        let mut sent: Vec<Sent> = Vec::new();
        let mut asks = false;
        let mut asked_headers = Vec::new();
        let transcript = Browser::new().run(&self.page, &script, |outgoing| {
            let PolicyAnswer { response, is_answer, asks: asked } =
                policy_only::answer(policy, outgoing, host, answered);
            let by = if is_answer { By::Policy } else { By::App };
            asks |= asked;
            if let Some(names) = outgoing.header(RequestHeader::AccessControlRequestHeaders.name()) {
                asked_headers = String::from_utf8_lossy(names).split(',').map(str::to_owned).collect();
            }
            sent.push(Sent {
                is_preflight: outgoing.preflight,
                request: lines(&outgoing.headers),
                status: response.status,
                answer: lines(&response.headers),
                by,
                decided: Vec::new(),
            });
            response
        });
        let fetch = Fetch {
            outcome: outcome(&transcript),
            transcript,
            server: server.to_owned(),
            path: self.path.clone(),
            method: cors_browser::normalise_method(&self.method).into_owned(),
            asked_headers,
            sent,
            policy: Some(policy.clone()),
            is_preflight_unseen: false,
            decisions: None,
        };
        (fetch, asks)
    }
}

/// Parses `Name: value`. A name without a value gets a value that needs permission.
fn header(line: &str) -> HeaderLine {
    match line.split_once(':') {
        Some((name, value)) => HeaderLine::new(name.trim(), value.trim()),
        None => HeaderLine::new(line, "\""),
    }
}

fn lines(headers: &[HeaderLine]) -> Vec<KeptLine> {
    let line = |line: &HeaderLine| KeptLine { name: line.name.to_ascii_lowercase(), value: Some(line.value.clone()) };
    headers.iter().map(line).collect()
}
