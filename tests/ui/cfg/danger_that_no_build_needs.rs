use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: [
        "https://app.example.com",
        #[cfg(debug_assertions)] "http://localhost:*",
    ],
    credentials: true,
    dangerously_allow: [insecure_origins],
};

fn main() {}
