use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    rules: [{ origins: "*" }, { origins: "*", max_age: 1h }],
};

fn main() {}
