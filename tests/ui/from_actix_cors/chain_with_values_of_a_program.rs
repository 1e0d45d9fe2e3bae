use cors_actix::{Cors, cors_policy};

pub fn cors(config: Config) -> Cors {
    cors_policy! {
        Cors::default()
            .allowed_origin(&config.origin)
            .allowed_origin_fn(move |origin, _| {
                config.tenants.contains(origin) || origin.as_bytes().ends_with(b":3000")
            })
            .max_age(config.max_age)
            .finish()
    }
}

pub struct Config {
    pub origin: String,
    pub tenants: Vec<actix_web::http::header::HeaderValue>,
    pub max_age: usize,
}

fn main() {}
