use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: ["moz-extension://2c127fa4-62c7-7e4f-90e5-472b45eecfdc"],
};

fn main() {}
