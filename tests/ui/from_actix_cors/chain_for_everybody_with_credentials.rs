use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! { Cors::permissive().allowed_header("X-Id") };

fn main() {}
