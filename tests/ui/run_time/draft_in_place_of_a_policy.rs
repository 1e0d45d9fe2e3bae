use cors_actix::{Cors, PolicyDraft};

fn main() {
    let _cors = Cors::new(PolicyDraft::new().origins(["https://app.example.com"]));
}
