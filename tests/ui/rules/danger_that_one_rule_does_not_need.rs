use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    rules: [
        { origins: ["http://a.example.com"], credentials: true, dangerously_allow: [insecure_origins] },
        { origins: ["https://b.example.com"], credentials: true, dangerously_allow: [insecure_origins] },
    ],
};

fn main() {}
