use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: ["https://app.example.com"],
    methods: [http::Method::PUT],
};

fn main() {}
