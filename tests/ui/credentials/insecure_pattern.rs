use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: ["http://*.example.com:8080"],
    credentials: true,
};

fn main() {}
