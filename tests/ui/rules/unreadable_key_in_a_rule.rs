use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    rules: [{ 3: ["https://app.example.com"] }, { max_age: 1h }],
};

fn main() {}
