use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: ["https://*.compute.amazonaws.com"],
    credentials: true,
};

fn main() {}
