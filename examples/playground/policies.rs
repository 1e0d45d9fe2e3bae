//! The two policies of the API, checked while compiling, and the one that visitors begin with.

use cors_actix::{Cors, Issues, cors_policy};

/// The origin in the policies, where the page is unless another port is chosen.
const PAGE: &str = "http://localhost:3000";

const API: Cors = cors_policy! {
    origins: ["http://localhost:3000"],
    credentials: true,
    methods: [GET, POST, PUT, DELETE],
    allow_headers: ["Content-Type", "Authorization"],
    expose_headers: ["X-Request-Id"],
    max_age: 10min,
};

/// The same, but no preflight may be kept.
const UNCACHED: Cors = cors_policy! {
    origins: ["http://localhost:3000"],
    credentials: true,
    methods: [GET, POST, PUT, DELETE],
    allow_headers: ["Content-Type", "Authorization"],
    expose_headers: ["X-Request-Id"],
    max_age: 0,
};

/// Where the handlers under the second policy are.
pub(crate) const UNCACHED_SCOPE: &str = "/uncached";

/// The policies of one running playground.
#[derive(Clone)]
pub(crate) struct Policies {
    pub(crate) api: Cors,
    pub(crate) uncached: Cors,
}

impl Policies {
    /// The policies as written, or for a page on another port the same with its origin.
    pub(crate) fn listing(page: &str) -> Result<Self, Issues> {
        Ok(Self { api: with_origin(API, page)?, uncached: with_origin(UNCACHED, page)? })
    }

    /// The one around the handler of a path.
    pub(crate) fn of(&self, path: &str) -> &Cors {
        if path.starts_with(UNCACHED_SCOPE) { &self.uncached } else { &self.api }
    }
}

/// What stands in the editor at first, in TOML.
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
