//! The two policies of the API, checked at compile time, and the first policy of a visitor.

use cors_actix::{Cors, Issues, cors_policy};

/// The origin in the policies: the page's origin at the default port.
const PAGE: &str = "http://localhost:3000";

const API: Cors = cors_policy! {
    origins: ["http://localhost:3000"],
    credentials: true,
    methods: [GET, POST, PUT, DELETE],
    allow_headers: ["Content-Type", "Authorization"],
    expose_headers: ["X-Request-Id"],
    max_age: 10min,
};

/// The same, but browsers may not remember preflights.
const UNCACHED: Cors = cors_policy! {
    origins: ["http://localhost:3000"],
    credentials: true,
    methods: [GET, POST, PUT, DELETE],
    allow_headers: ["Content-Type", "Authorization"],
    expose_headers: ["X-Request-Id"],
    max_age: 0,
};

/// The scope of the handlers with the second policy.
pub(crate) const UNCACHED_SCOPE: &str = "/uncached";

/// The policies of one running playground.
#[derive(Clone)]
pub(crate) struct Policies {
    pub(crate) api: Cors,
    pub(crate) uncached: Cors,
}

impl Policies {
    /// Returns the policies as written, or with the origin of the page if that has another port.
    pub(crate) fn listing(page: &str) -> Result<Self, Issues> {
        Ok(Self { api: with_origin(API, page)?, uncached: with_origin(UNCACHED, page)? })
    }

    /// Returns the policy around the handler of a path.
    pub(crate) fn of(&self, path: &str) -> &Cors {
        if path.starts_with(UNCACHED_SCOPE) { &self.uncached } else { &self.api }
    }
}

/// Returns the initial text of the editor, in TOML.
pub(crate) fn first(page: &str) -> String {
    format!(
        "origins = [\"{page}\"]\ncredentials = true\nmethods = [\"PUT\", \"DELETE\"]\n\
         allow_headers = [\"Content-Type\"]\nexpose_headers = [\"X-Request-Id\"]\nmax_age = \"10min\"\n"
    )
}

fn with_origin(cors: Cors, page: &str) -> Result<Cors, Issues> {
    if page == PAGE {
        return Ok(cors);
    }
    let policy = cors.policy().to_draft().origins([page]).validate()?;
    Ok(Cors::new(policy))
}
