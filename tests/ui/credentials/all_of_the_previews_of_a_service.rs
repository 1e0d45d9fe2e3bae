use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: ["https://app.example.com", "https://*.vercel.app"],
    credentials: true,
};

fn main() {}
