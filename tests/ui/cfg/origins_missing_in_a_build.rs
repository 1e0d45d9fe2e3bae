use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    #[cfg(debug_assertions)]
    origins: ["http://localhost:3000"],
};

fn main() {}
