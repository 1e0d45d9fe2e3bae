use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: ["https://*.192.168.0.7"],
};

fn main() {}
