//! The policies, and how each library writes them.

use cors_actix::{Cors, PolicyDraft, cors_policy};
use http::{HeaderName, HeaderValue, Method};
use tower_http::cors::{AllowHeaders, CorsLayer};

/// What is allowed. All settings have credentials, PUT, two header names and one hour in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// One origin.
    One,
    /// One origin and any header names, which with credentials are answered by what was asked for.
    Echo,
    /// So many origins.
    Many(usize),
}

/// The origin that is allowed where there is one.
pub(crate) const ALLOWED: &str = "https://app.example.com";

const HEADERS: [&str; 2] = ["content-type", "x-token"];
const MAX_AGE: u16 = 3600;

const ONE: Cors = cors_policy! {
    origins: ["https://app.example.com"],
    credentials: true,
    methods: [GET, PUT],
    allow_headers: ["content-type", "x-token"],
    max_age: 1h,
};

const ECHO: Cors = cors_policy! {
    origins: ["https://app.example.com"],
    credentials: true,
    methods: [GET, PUT],
    allow_headers: "*",
    max_age: 1h,
};

/// The last rule is the one that the other settings have.
pub(crate) const RULES: Cors = cors_policy! {
    rules: [
        { origins: ["https://admin.example.com"], credentials: true, methods: [DELETE] },
        { origins: ["https://*.partner.example"], expose_headers: ["ETag"] },
        {
            origins: ["https://app.example.com"],
            credentials: true,
            methods: [GET, PUT],
            allow_headers: ["content-type", "x-token"],
            max_age: 1h,
        },
    ],
};

include!(concat!(env!("OUT_DIR"), "/many.rs"));

/// The last of so many origins.
pub(crate) fn last_of(count: usize) -> String {
    origin(count.saturating_sub(1))
}

pub(crate) fn origin(number: usize) -> String {
    format!("https://tenant-{number:08}.example.com")
}

impl Setting {
    fn origins(self) -> Vec<String> {
        match self {
            Self::One | Self::Echo => vec![ALLOWED.to_owned()],
            Self::Many(count) => (0..count).map(origin).collect(),
        }
    }

    /// In source.
    pub fn in_source(self) -> Option<Cors> {
        match self {
            Self::One => Some(ONE),
            Self::Echo => Some(ECHO),
            Self::Many(1) => Some(OF_1),
            Self::Many(10) => Some(OF_10),
            Self::Many(1000) => Some(OF_1_000),
            Self::Many(_) => None,
        }
    }

    /// Made at run time.
    pub(crate) fn draft(self) -> PolicyDraft {
        let headers = if self == Self::Echo { &["*"][..] } else { &HEADERS };
        PolicyDraft::new()
            .origins(self.origins())
            .credentials(true)
            .methods(["GET", "PUT"])
            .allow_headers(headers)
            .max_age(MAX_AGE.to_string())
    }

    /// As actix-cors has it.
    pub fn of_actix_cors(self) -> actix_cors::Cors {
        let cors = actix_cors::Cors::default()
            .supports_credentials()
            .allowed_methods(["GET", "PUT"])
            .max_age(usize::from(MAX_AGE));
        let cors = self.origins().iter().fold(cors, |cors, origin| cors.allowed_origin(origin));
        if self == Self::Echo { cors.allow_any_header() } else { cors.allowed_headers(HEADERS) }
    }

    pub(crate) fn of_tower_http(self) -> CorsLayer {
        let origins = self.origins().into_iter().map(|origin| HeaderValue::try_from(origin).expect("a header value"));
        let headers: AllowHeaders = if self == Self::Echo {
            AllowHeaders::mirror_request()
        } else {
            HEADERS.map(HeaderName::from_static).into()
        };
        CorsLayer::new()
            .allow_origin(origins.collect::<Vec<_>>())
            .allow_credentials(true)
            .allow_methods([Method::GET, Method::PUT])
            .allow_headers(headers)
            .max_age(std::time::Duration::from_secs(u64::from(MAX_AGE)))
    }
}
