use actix_web::App;
use cors_actix::Cors;

fn main() {
    let _app = App::new().wrap(Cors::permissive());
}
