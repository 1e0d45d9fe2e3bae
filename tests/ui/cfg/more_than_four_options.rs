use cors_actix::{Cors, cors_policy};

pub const WEB_APP: Cors = cors_policy! {
    origins: [
        "https://app.example.com",
        #[cfg(unix)] "https://a.example.com",
        #[cfg(windows)] "https://b.example.com",
        #[cfg(debug_assertions)] "https://c.example.com",
        #[cfg(panic = "abort")] "https://d.example.com",
        #[cfg(target_os = "linux")] "https://e.example.com",
        #[cfg(target_os = "linux")] "https://f.example.com",
    ],
};

fn main() {}
