use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: ["https://*.amazonaws.com", "https://*.windows.net", "https://*.ovh.net", "https://*.railway.app"],
    credentials: true,
};

fn main() {}
