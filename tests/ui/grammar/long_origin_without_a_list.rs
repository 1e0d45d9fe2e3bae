use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: "https://a-very-long-name-of-an-application.a-very-long-name-of-a-company.example.com",
};

fn main() {}
