//! Strangers' peers take turns.

use std::net::SocketAddr;

use actix_web::test::TestRequest;
use cors_tests::service::from;
use futures_util::FutureExt;
use tokio::task::unconstrained;

use crate::source::{Questions, STRANGER, Waiting, app, cors_of_source, denied, held, send, told};

/// As many as wait, besides the one whose turn it is.
const PLACES: usize = 1000;

/// A request from this peer, which waits for the source.
macro_rules! waiting {
    ($app:expr, $peer:expr, $origin:expr) => {{
        let origin: &str = $origin;
        let peer: SocketAddr = format!("{}:40000", $peer).parse().unwrap();
        // What a client writes into headers is not who it is.
        let request = TestRequest::get().peer_addr(peer).insert_header(("x-forwarded-for", origin[8..].to_owned()));
        let mut response: Waiting<'_> = Box::pin(unconstrained(send($app, from(origin, request)).fuse()));
        match response.as_mut().now_or_never() {
            None => Ok(response),
            Some(answer) => Err(answer),
        }
    }};
}

fn stranger(number: usize) -> String {
    format!("https://stranger-{number}.example")
}

/// Lets all go on: whoever is answered, and whoever has a turn then.
fn go_on(all: &mut [Waiting<'_>]) {
    for response in 0..2 * all.len() {
        let response = response % all.len();
        all[response].as_mut().now_or_never();
    }
}

/// Denies the question that is there.
fn deny(questions: &mut Questions) -> String {
    let question = questions.try_recv().expect("one is asked at a time");
    assert!(questions.try_recv().is_err(), "one is asked at a time");
    question.answer.send(Ok(false)).unwrap();
    question.origin
}

#[actix_web::test]
async fn a_peer_that_asks_much_does_not_keep_others_waiting() {
    for (much, others) in [
        ("192.0.2.1", ["192.0.2.2", "192.0.2.3"]),
        ("[::ffff:192.0.2.1]", ["[::ffff:192.0.2.2]", "[::ffff:192.0.2.3]"]),
        ("[2001:db8::1]", ["[2001:db8:0:1::1]", "[2001:db8:0:2::1]"]),
    ] {
        let (source, mut questions) = held();
        let (cors, told) = told(cors_of_source(source.questions_at_once(1)).0);
        let app = app(&cors).await;
        let mut all: Vec<_> = (0..=PLACES).map(|number| waiting!(&app, much, &stranger(number)).unwrap()).collect();
        assert_eq!(waiting!(&app, much, STRANGER).err(), Some(denied()), "one peer has every place");
        assert_eq!(told().len(), 1);

        for (peer, name) in others.iter().zip(["https://b.example", "https://c.example"]) {
            all.push(waiting!(&app, peer, name).unwrap());
        }
        assert_eq!(told(), [""; 0]);
        // Those who gave up their places: the newest.
        for number in [PLACES, PLACES - 1] {
            assert_eq!(all[number].as_mut().now_or_never(), Some(denied()), "{number}");
        }
        assert_eq!(told().len(), 2);

        let asked: Vec<String> = (0..5)
            .map(|_| {
                let origin = deny(&mut questions);
                go_on(&mut all);
                origin
            })
            .collect();
        let expected = [stranger(0), stranger(1), "https://b.example".into(), "https://c.example".into(), stranger(2)];
        assert_eq!(asked, expected, "{much}");
    }
}

#[actix_web::test]
async fn a_peer_more_than_there_are_places_gets_none() {
    let (source, mut questions) = held();
    let app = app(&cors_of_source(source.questions_at_once(1)).0).await;
    let peer = |number: usize| format!("10.0.{}.{}", number / 256, number % 256);
    let ask = |number| waiting!(&app, peer(number), &stranger(number));
    let mut all: Vec<_> = (0..=PLACES).map(|number| ask(number).unwrap()).collect();
    assert_eq!(ask(PLACES + 1).err(), Some(denied()));
    deny(&mut questions);
    go_on(&mut all[..2]);
    all.push(ask(PLACES + 1).unwrap());
}

#[actix_web::test]
async fn whoever_joins_a_question_waits_for_their_own_turn_too() {
    let (source, mut questions) = held();
    let app = app(&cors_of_source(source.questions_at_once(1)).0).await;
    let mut all: Vec<_> = (0..50).map(|number| waiting!(&app, "192.0.2.1", &stranger(number)).unwrap()).collect();
    // The last of these origins, asked for by its owner.
    all.push(waiting!(&app, "192.0.2.2", &stranger(49)).unwrap());
    for expected in [0, 1, 49, 2] {
        assert_eq!(deny(&mut questions), stranger(expected));
        go_on(&mut all);
    }
}

#[actix_web::test]
async fn addresses_of_one_network_are_one_peer() {
    let (source, mut questions) = held();
    let app = app(&cors_of_source(source.questions_at_once(1)).0).await;
    let peers = ["[2001:db8::1]", "[2001:db8::2]", "[2001:db8::3]"];
    let mut all: Vec<_> = (0..9).map(|number| waiting!(&app, peers[number % 3], &stranger(number)).unwrap()).collect();
    all.push(waiting!(&app, "[2001:db8:1::1]", STRANGER).unwrap());
    let asked: Vec<String> = (0..4)
        .map(|_| {
            let origin = deny(&mut questions);
            go_on(&mut all);
            origin
        })
        .collect();
    assert_eq!(asked, [stranger(0), stranger(1), STRANGER.to_owned(), stranger(2)]);
}
