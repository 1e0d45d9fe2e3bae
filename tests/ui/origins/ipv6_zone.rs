use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: ["http://[fe80::1%25eth0]"],
};

fn main() {}
