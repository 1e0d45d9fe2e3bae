use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    rules: [#[cfg(debug_assertions)] { origins: ["https://app.example.com"] }],
};

fn main() {}
