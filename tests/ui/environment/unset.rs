use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: [env!("NO_SUCH_VARIABLE")],
};

fn main() {}
