use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    credentials: true,
    rules: [{ origins: ["https://b.example.com"] }],
};

fn main() {}
