//! A policy with a source of origins.

use std::io;

use actix_service::Service;
use actix_web::test::init_service;
use actix_web::{App, web};
use cors_actix::{Cors, Origin};
use futures_util::FutureExt;

use crate::actix::{Actix, inner, request};
use crate::{Case, Served};

/// How it is called.
pub const WITH_SOURCE: &str = "Cors::with_source";

async fn knows_nobody(_: Origin) -> io::Result<bool> {
    Ok(false)
}

/// The service for a case. Its source was asked already for the origin of a refused request, which is remembered.
pub fn with_source(case: &Case) -> Option<Box<dyn Served>> {
    let (cors, _) = Cors::with_source(case.setting.draft(), knows_nobody).ok()?;
    let app = App::new().route("/", web::to(inner::handler)).wrap(cors);
    let service = init_service(app).now_or_never()?;
    let asked = service.call(request(&Case::named("refused GET")?));
    actix_web::rt::System::new().block_on(asked).ok()?;
    Some(Box::new(Actix(service)))
}
