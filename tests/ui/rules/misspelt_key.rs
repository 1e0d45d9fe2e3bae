use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    rulse: [{ origins: ["https://app.example.com/"] }],
};

fn main() {}
