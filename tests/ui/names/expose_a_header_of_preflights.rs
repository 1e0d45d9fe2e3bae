use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: ["https://app.example.com"],
    expose_headers: ["Access-Control-Max-Age"],
};

fn main() {}
