use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: ["http://app.example.com"],
    credentials: true,
};

fn main() {}
