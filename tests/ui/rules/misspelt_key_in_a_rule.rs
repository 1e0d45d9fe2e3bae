use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    rules: [{ origin: ["https://app.example.com"], allowed_headers: ["X-A"] }],
};

fn main() {}
