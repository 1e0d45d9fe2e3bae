use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    rules: [
        { origins: "*" },
        { origins: ["https://app.example.com", "https://b.example.com"] },
    ],
};

fn main() {}
