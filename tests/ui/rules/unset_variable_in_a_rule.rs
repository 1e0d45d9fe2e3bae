use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    rules: [
        { origins: [env!("NO_SUCH_VARIABLE_HERE")] },
        { origins: ["https://b.example.com"] },
    ],
};

fn main() {}
