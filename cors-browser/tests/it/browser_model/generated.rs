//! Generated policies and requests, and their plain properties.

use std::collections::BTreeSet;

use cors_browser::{CredentialsMode, ScriptRequest};
use cors_core::{List, RuleDraft};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// Where the requests go.
pub(crate) const API: &str = "https://api.example.com";

/// A list of names as a policy has it.
#[derive(Clone, Debug)]
pub(crate) enum Listed {
    Any,
    Names(Vec<&'static str>),
}

impl Listed {
    pub(crate) fn has(&self, name: &str) -> bool {
        matches!(self, Self::Names(names) if names.iter().any(|listed| listed.eq_ignore_ascii_case(name)))
    }

    pub(crate) fn is_any(&self) -> bool {
        matches!(self, Self::Any)
    }
}

impl From<&Listed> for List {
    fn from(listed: &Listed) -> Self {
        match listed {
            Listed::Any => "*".into(),
            Listed::Names(names) => names.as_slice().into(),
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) origins: Listed,
    pub(crate) credentials: bool,
    pub(crate) methods: Listed,
    pub(crate) headers: Listed,
    /// `*` beside `Authorization`.
    pub(crate) any_and_authorization: bool,
    pub(crate) exposed: Listed,
}

impl Rule {
    pub(crate) fn matches(&self, origin: &str) -> bool {
        let Listed::Names(patterns) = &self.origins else { return true };
        patterns.iter().any(|pattern| match *pattern {
            "https://*.example.com" => origin.starts_with("https://") && origin.ends_with(".example.com"),
            "http://localhost:*" => origin.starts_with("http://localhost"),
            exact => origin == exact,
        })
    }

    pub(crate) fn draft(&self) -> RuleDraft {
        let said = |listed: &Listed| !matches!(listed, Listed::Names(names) if names.is_empty());
        let mut draft = RuleDraft::new().origins(&self.origins).credentials(self.credentials);
        if said(&self.methods) {
            draft = draft.methods(&self.methods);
        }
        if self.any_and_authorization {
            draft = draft.allow_headers(["*", "Authorization"]);
        } else if said(&self.headers) {
            draft = draft.allow_headers(&self.headers);
        }
        if said(&self.exposed) { draft.expose_headers(&self.exposed) } else { draft }
    }

    pub(crate) fn allows_method(&self, method: &str) -> bool {
        ["GET", "HEAD", "POST"].contains(&method)
            || match &self.methods {
                Listed::Any => true,
                Listed::Names(names) => names.contains(&method),
            }
    }

    /// With credentials, the requested names are echoed, including `Authorization`.
    pub(crate) fn allows_header(&self, name: &str) -> bool {
        let any = self.headers.is_any() || self.any_and_authorization;
        let authorization = name == "authorization" && !self.any_and_authorization && !self.credentials;
        self.headers.has(name) || (any && !authorization)
    }
}

fn listed(names: &'static [&'static str]) -> impl Strategy<Value = Listed> {
    let some = subsequence(names, 0..=names.len()).prop_map(Listed::Names);
    prop_oneof![1 => Just(Listed::Any), 3 => some]
}

/// Returns mostly origins that leave requests for another rule.
fn origins() -> impl Strategy<Value = Listed> {
    let some = [
        vec!["https://app.example.com"],
        vec!["https://*.example.com"],
        vec!["http://localhost:*"],
        vec!["https://*.example.com", "http://localhost:*"],
    ];
    prop_oneof![1 => Just(Listed::Any), 4 => select(some.to_vec()).prop_map(Listed::Names)]
}

pub(crate) fn rule() -> impl Strategy<Value = Rule> {
    let methods = listed(&["PUT", "DELETE", "PATCH"]);
    let headers = listed(&["X-Token", "Content-Type", "Authorization"]);
    let exposed = listed(&["X-Request-Id", "ETag"]);
    (origins(), any::<bool>(), methods, headers, 0..6_u8, exposed).prop_map(
        |(origins, credentials, methods, headers, chance, exposed)| Rule {
            credentials: credentials && !origins.is_any() && !exposed.is_any(),
            origins,
            methods,
            headers,
            any_and_authorization: chance == 0,
            exposed,
        },
    )
}

/// A request, and which parts of it need permission.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) page: &'static str,
    pub(crate) method: &'static str,
    pub(crate) headers: Vec<(&'static str, &'static str)>,
    pub(crate) credentials: CredentialsMode,
    pub(crate) upload: bool,
}

impl Asked {
    /// As the browser sends it.
    pub(crate) fn method(&self) -> &'static str {
        if self.method == "put" { "PUT" } else { self.method }
    }

    pub(crate) fn unsafe_names(&self) -> BTreeSet<String> {
        let harmless = [("Accept", "*/*"), ("Content-Type", "text/plain"), ("Cookie", "a=b")];
        let needed = self.headers.iter().filter(|line| !harmless.contains(line));
        needed.map(|(name, _)| name.to_ascii_lowercase()).collect()
    }

    pub(crate) fn script(&self) -> ScriptRequest {
        let request = ScriptRequest::new(format!("{API}/x"))
            .method(self.method)
            .credentials(self.credentials)
            .upload_listeners(self.upload);
        self.headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))
    }
}

pub(crate) fn asked() -> impl Strategy<Value = Asked> {
    let pages = vec![
        "https://app.example.com",
        "https://a.b.example.com",
        "http://localhost:3000",
        "https://evil.test",
        "data:text/html,x",
        API,
    ];
    let headers = vec![
        ("X-Token", "1"),
        ("x-other", "1"),
        ("Authorization", "Bearer x"),
        ("Content-Type", "application/json"),
        ("Content-Type", "text/plain"),
        ("Accept", "*/*"),
        ("Cookie", "a=b"),
    ];
    let modes = vec![CredentialsMode::Omit, CredentialsMode::SameOrigin, CredentialsMode::Include];
    (
        select(pages),
        select(vec!["GET", "HEAD", "POST", "PUT", "put", "DELETE", "PATCH", "patch"]),
        subsequence(headers, 0..=2),
        select(modes),
        any::<bool>(),
    )
        .prop_map(|(page, method, headers, credentials, upload)| Asked {
            page,
            method,
            headers,
            credentials,
            upload,
        })
}
