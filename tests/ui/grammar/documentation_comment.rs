use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    /// The web app.
    origins: ["https://app.example.com"],
};

fn main() {}
