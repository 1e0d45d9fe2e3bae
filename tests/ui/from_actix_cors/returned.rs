use cors_actix::Cors;

pub fn cors() -> Cors {
    Cors::default().allow_any_origin().allow_any_method().allow_any_header().supports_credentials()
}

fn main() {}
