use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: ["http://[2001:db8:0:0:0:0:0:1]"],
};

fn main() {}
