use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: [
        #[cfg(debug_assertions)] "http://localhost:3000",
        #[cfg(not(debug_assertions))] "https://app.example.com/",
    ],
};

fn main() {}
