use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: [
        "https://app.example.com",
        #[cfg(debug_assertions)] "http://intranet.example.com",
    ],
    credentials: true,
    dangerously_allow: [#[cfg(debug_assertions)] insecure_origins, insecure_origins],
};

fn main() {}
