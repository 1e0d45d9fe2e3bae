use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: ["0.0.0.0:8080"],
};

fn main() {}
