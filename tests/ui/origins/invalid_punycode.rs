use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: ["https://xn--.example.com"],
};

fn main() {}
