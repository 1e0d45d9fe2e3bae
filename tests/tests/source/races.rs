//! Many threads at once: one asks, others leave, and the policy is replaced.

use std::convert::Infallible;
use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use actix_web::dev::Service;
use actix_web::test::TestRequest;
use cors_actix::Origin;
use cors_tests::service::from;
use futures_util::FutureExt;
use tokio::task::unconstrained;

use crate::source::{TENANT, app, cors_of_source, draft, get};

/// So often the policy is replaced, each time with so many requests that were decided by the one before.
const ROUNDS: usize = 40;
const REQUESTS: usize = 250;

/// A request of the former policy finds the question of a request of the new one, whose client hangs up at that moment. Which of the
/// two lets go of the question last is a matter of luck, so they meet often.
#[test]
fn a_client_that_hangs_up_while_the_policy_is_replaced_stops_nobody() {
    let (cors, handle) = cors_of_source(|_: Origin| pending::<Result<bool, Infallible>>());
    let (finished, end) = mpsc::channel();
    let is_over = Arc::new(AtomicBool::new(false));

    let (of_client, over) = (cors.clone(), Arc::clone(&is_over));
    thread::spawn(move || {
        actix_web::rt::System::new().block_on(async {
            let app = app(&of_client).await;
            while !over.load(Ordering::Relaxed) {
                assert!(unconstrained(get(&app, TENANT)).now_or_never().is_none());
            }
        });
    });
    thread::spawn(move || {
        actix_web::rt::System::new().block_on(async {
            let app = app(&cors).await;
            for _ in 0..ROUNDS {
                let call = || app.call(from(TENANT, TestRequest::get()).to_request());
                let former: Vec<_> = std::iter::repeat_with(call).take(REQUESTS).collect();
                handle.replace(draft().ask_for_other_origins().validate().unwrap());
                former.into_iter().for_each(|response| drop(unconstrained(response).now_or_never()));
            }
        });
        finished.send(()).unwrap();
    });

    let ended = end.recv_timeout(Duration::from_secs(60));
    is_over.store(true, Ordering::Relaxed);
    ended.expect("the threads do not wait for each other");
}
