use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: ["http://intranet.example.com"],
    credentials: true,
    dangerously_allow: [insecure_origin],
};

fn main() {}
