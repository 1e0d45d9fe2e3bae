use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    on_denied: deny,
    rules: [
        { origins: ["https://app.example.com/", null], methods: [TRACE] },
        { origins: ["https://b.example.com"], allow_headers: ["Cookie"], dangerously_allow: [insecure_origins] },
        { origins: ["http://c.example.com"], credentials: true, max_age: 2d },
    ],
};

fn main() {}
