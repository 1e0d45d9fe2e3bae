use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    rules: [
        { origins: ["https://app.example.com"] },
        { origins: none },
    ],
};

fn main() {}
