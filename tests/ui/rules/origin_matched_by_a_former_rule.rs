use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    rules: [
        { origins: ["https://*.example.com"] },
        { origins: ["https://app.example.com"], credentials: true },
    ],
};

fn main() {}
