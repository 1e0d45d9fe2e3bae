use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    rules: [{ origins: ["https://app.example.com"], max_age: 1h, max_age: 2h }],
};

fn main() {}
