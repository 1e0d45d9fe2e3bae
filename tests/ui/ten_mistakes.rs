use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: [
        "https://app.example.com/",
        "https://Admin.example.com"
        "null",
        ADMIN_ORIGIN,
        "http://intranet.example.com",
    ],
    credentials: true,
    allowed_headers: ["Content-Type", "Cookie"],
    expose_headers: "*",
    max_age: 2d,
};

fn main() {}
