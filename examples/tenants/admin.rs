//! The administrator's API: adds and removes a tenant's origin.

use std::fmt::Write;
use std::io;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::{ErrorBadRequest, ErrorInternalServerError};
use actix_web::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, Data, Path, Query, ServiceConfig};
use actix_web::{Error, HttpResponse};
use cors_actix::{Origin, SourceHandle};
use serde::Deserialize;

use crate::database::{Added, Database};

/// The data for the administrator's handlers.
pub(crate) struct Admin {
    pub(crate) database: Database,
    pub(crate) cors: SourceHandle,
    pub(crate) token: String,
}

#[derive(Deserialize)]
struct Change {
    origin: String,
}

pub(crate) fn routes(services: &mut ServiceConfig) {
    let origins = web::resource("/tenants/{tenant}").put(add).delete(remove).wrap(from_fn(authenticate));
    services.service(origins);
}

/// Returns a token that nobody can guess: 128 random bits.
pub(crate) fn random_token() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().fold(String::new(), |mut token, byte| {
        // Writing into a string never fails.
        let _ = write!(token, "{byte:02x}");
        token
    }))
}

async fn authenticate(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let given = request.headers().get(AUTHORIZATION).and_then(|value| value.as_bytes().strip_prefix(b"Bearer "));
    let expected = request.app_data::<Data<Admin>>().map(|admin| admin.token.as_bytes());
    match (given, expected) {
        (Some(given), Some(expected)) if are_equal(given, expected) => {
            Ok(next.call(request).await?.map_into_left_body())
        }
        _ => {
            let mut response = HttpResponse::Unauthorized();
            let response = response.insert_header((WWW_AUTHENTICATE, "Bearer"));
            let response = response.body("the administrator's token is missing or wrong\n");
            Ok(request.into_response(response).map_into_right_body())
        }
    }
}

/// Compares in constant time, so that the time does not show how many bytes were right.
fn are_equal(given: &[u8], expected: &[u8]) -> bool {
    given.len() == expected.len()
        && given.iter().zip(expected).fold(0, |difference, (given, expected)| difference | (given ^ expected)) == 0
}

async fn add(admin: Data<Admin>, tenant: Path<String>, change: Query<Change>) -> Result<HttpResponse, Error> {
    let origin = read(&change.origin).map_err(ErrorBadRequest)?;
    let added = {
        let (admin, tenant, origin) = (admin.clone(), tenant.into_inner(), origin.clone());
        web::block(move || {
            let added = admin.database.add(&tenant, &origin);
            // The source may have denied the origin before. Called here, because the client of this request may be
            // gone later.
            admin.cors.forget(&origin);
            added
        })
        .await?
        .map_err(ErrorInternalServerError)?
    };
    match added {
        Added::Done => Ok(HttpResponse::NoContent().finish()),
        Added::BelongsTo(tenant) => {
            Ok(HttpResponse::Conflict().body(format!("{origin} belongs to the tenant {tenant}\n")))
        }
    }
}

async fn remove(admin: Data<Admin>, tenant: Path<String>, change: Query<Change>) -> Result<HttpResponse, Error> {
    let origin = Origin::parse(&change.origin).map_err(ErrorBadRequest)?;
    let removed = {
        let (admin, tenant, origin) = (admin.clone(), tenant.into_inner(), origin.clone());
        web::block(move || {
            let removed = admin.database.remove(&tenant, &origin);
            // After the change, so that no older answer is used from now on.
            admin.cors.forget(&origin);
            removed
        })
        .await?
        .map_err(ErrorInternalServerError)?
    };
    if removed {
        Ok(HttpResponse::NoContent().finish())
    } else {
        Ok(HttpResponse::NotFound().body(format!("{origin} is no origin of this tenant\n")))
    }
}

/// Returns an origin that the policy can allow, or what is wrong with it and what to write instead.
fn read(text: &str) -> Result<Origin, String> {
    let origin = Origin::parse(text).map_err(|mistake| mistake.to_string());
    let Err(issues) = crate::policy().origins([text]).validate() else {
        return origin;
    };
    // A policy checks more than `Origin::parse`: with credentials it refuses http, too. But a database can have
    // origins that differ in every installation of an extension, which a list cannot have.
    let mistakes = issues.iter().filter(|issue| issue.kind().code() != "installation-origin").map(ToString::to_string);
    match mistakes.collect::<Vec<_>>() {
        mistakes if mistakes.is_empty() => origin,
        mistakes => Err(mistakes.join("\n")),
    }
}
