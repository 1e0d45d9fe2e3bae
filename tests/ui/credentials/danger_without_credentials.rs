use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: ["https://*.github.io"],
    dangerously_allow: [public_suffix_wildcards],
};

fn main() {}
