use cors_actix::{Cors, cors_policy};

macro_rules! policy_for {
    ($origin:literal) => {
        cors_policy! { origins: [$origin], credentials: true }
    };
}

pub const WEB_APP: Cors = policy_for!("https://app.example.com/");

fn main() {}
