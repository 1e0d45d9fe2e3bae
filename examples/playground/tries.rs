//! Policies that visitors have written. Each has its own path, so a change does not affect another tab, and a
//! remembered preflight does not affect another policy.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use actix_web::{
    Error, HttpRequest, HttpResponse,
    body::MessageBody,
    dev::{Service, ServiceRequest, ServiceResponse, Transform},
    error::ErrorInternalServerError,
    http::header::ETAG,
    middleware::{Next, from_fn},
    web::{self, Data, ServiceConfig},
};
use cors_actix::{Cors, Policy};
use serde::Serialize;
use serde_json::json;

use crate::api::Counters;

/// Maximum number of stored policies. The oldest is removed first.
const MOST: usize = 64;

/// The policies, by number.
#[derive(Default)]
pub(crate) struct Tries(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    given: u64,
    policies: VecDeque<(u64, Cors)>,
}

/// The number of stored policies, and of all policies so far.
#[derive(Serialize)]
pub(crate) struct Count {
    kept: usize,
    most: usize,
    given: u64,
}

impl Tries {
    /// Stores a policy as the newest, and returns its number. The same policy has the same number while it is stored.
    pub(crate) fn keep(&self, policy: Policy) -> u64 {
        let mut kept = self.kept();
        let same = kept.policies.iter().position(|(_, cors)| *cors.policy() == policy);
        let (number, cors) = match same.and_then(|index| kept.policies.remove(index)) {
            Some(same) => same,
            None => {
                kept.given += 1;
                (kept.given, Cors::new(policy))
            }
        };
        if kept.policies.len() == MOST {
            kept.policies.pop_front();
        }
        kept.policies.push_back((number, cors));
        number
    }

    /// Returns the policy of a path `/try/NUMBER/…`, if it is stored.
    pub(crate) fn of(&self, path: &str) -> Option<Cors> {
        let number = number_in(path)?.parse::<u64>().ok()?;
        self.kept().policies.iter().find(|(kept, _)| *kept == number).map(|(_, cors)| cors.clone())
    }

    pub(crate) fn count(&self) -> Count {
        let kept = self.kept();
        Count { kept: kept.policies.len(), most: MOST, given: kept.given }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns the number in a path `/try/NUMBER/…`.
pub(crate) fn number_in(path: &str) -> Option<&str> {
    path.strip_prefix("/try/")?.split('/').next()
}

pub(crate) fn routes(services: &mut ServiceConfig) {
    services.service(
        web::scope("/try/{number}").service(web::resource("/notes").to(notes)).wrap(from_fn(under_the_policy)),
    );
}

/// Wraps the handlers in the middleware of the policy in the path, like an app when it starts.
async fn under_the_policy(
    tries: Data<Tries>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let Some(cors) = tries.of(request.path()) else {
        let text = format!("this policy is not kept any more: only the latest {MOST} are; send it again\n");
        return Ok(request.into_response(HttpResponse::Gone().body(text)).map_into_right_body());
    };
    // It never fails.
    let service = cors.new_transform(next).await.map_err(|()| ErrorInternalServerError("no middleware"))?;
    Ok(service.call(request).await?.map_into_left_body())
}

/// Answers every method, with a header that a script can read only if the policy exposes it.
async fn notes(request: HttpRequest, counters: Data<Counters>) -> HttpResponse {
    let runs = counters.ran("try", &request);
    HttpResponse::Ok()
        .insert_header(("X-Request-Id", format!("try-{runs}")))
        .insert_header((ETAG, "\"notes-1\""))
        .json(json!({ "method": request.method().as_str(), "notes": ["Buy milk"] }))
}

#[cfg(test)]
mod tests {
    use cors_actix::PolicyDraft;

    use super::*;

    fn policy(host: usize) -> Policy {
        PolicyDraft::new().origins([format!("https://{host}.example")]).validate().unwrap()
    }

    #[test]
    fn the_same_policy_has_the_same_number_and_the_oldest_is_removed() {
        let tries = Tries::default();
        for host in 1..=MOST {
            assert_eq!(tries.keep(policy(host)), host as u64);
        }
        assert_eq!(tries.keep(policy(1)), 1, "the same again, which is the newest now");
        assert_eq!(tries.keep(policy(0)), 65);
        let kept = |number| tries.of(&format!("/try/{number}/notes")).map(|cors| (*cors.policy()).clone());
        assert_eq!(kept(1), Some(policy(1)));
        assert_eq!(kept(2), None);
        assert_eq!(kept(65), Some(policy(0)));
        let Count { kept, most, given } = tries.count();
        assert_eq!((kept, most, given), (64, 64, 65));
    }

    #[test]
    fn only_a_number_is_looked_up() {
        let tries = Tries::default();
        tries.keep(policy(1));
        for path in ["/try", "/try/", "/try/x/notes", "/try/-1/notes", "/try/18446744073709551616/notes", "/notes"] {
            assert!(tries.of(path).is_none(), "{path}");
        }
    }
}
