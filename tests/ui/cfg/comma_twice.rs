use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: [#[cfg(all(unix,,not(windows)))] "https://app.example.com"],
};

fn main() {}
