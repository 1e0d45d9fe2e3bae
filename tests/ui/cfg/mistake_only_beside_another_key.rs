use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: ["http://app.example.com"],
    #[cfg(not(debug_assertions))]
    credentials: true,
};

fn main() {}
