use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: [
        "https://app.example.com",
        #[cfg(unix)] "https://*.example.com",
        #[cfg(debug_assertions)] "http://localhost:3000",
    ],
};

fn main() {}
