//! Visits that lie at one rule where chance rarely leads. `cargo run -p cors-mutants` counts the visits that notice a broken rule; where
//! they are too few, an aim is missing here.

mod checks;
mod memory;
mod origins;
mod redirects;
mod requests;

use std::time::Duration;

use cors_browser::{CacheMode, CredentialsMode, Mode, RedirectMode};

use super::super::answers::{Answer, Resource};
use super::super::document::Document;
use super::super::random::Random;
use super::super::site::Site;
use super::super::visit::{Ask, By, Kind, Payload, Visit};
use super::change::{ALLOW_CREDENTIALS, ALLOW_HEADERS, ALLOW_METHODS, ALLOW_ORIGIN, MAX_AGE};

type Aim = fn(&mut Scene<'_>);

/// By turns, each so often in a turn.
const PLAIN: [(Aim, usize); 28] = [
    (requests::unsafe_bytes, 3),
    (requests::forbidden, 1),
    (requests::overrides, 1),
    (requests::many_lines, 1),
    (requests::ranges, 1),
    (requests::client_hints, 1),
    (requests::in_mode_no_cors, 1),
    (requests::not_in_the_cache, 1),
    (requests::lower_case, 1),
    (requests::user_info, 1),
    (origins::referrer_policies, 1),
    (origins::policies_of_redirects, 1),
    (origins::resource_policies, 1),
    (origins::embedders, 1),
    (origins::coming_home, 1),
    (checks::credentials, 1),
    (checks::statuses, 1),
    (checks::forced, 1),
    (checks::lists, 1),
    (memory::max_ages, 3),
    (memory::wildcards, 1),
    (memory::after_redirects, 1),
    (memory::replaced, 1),
    (memory::dropped, 1),
    (memory::of_safelisted_methods, 1),
    (redirects::locations, 1),
    (redirects::user_info, 1),
    (redirects::headers, 1),
];
const MORE: [(Aim, usize); 12] = [
    (memory::partitions, 1),
    (memory::null_origins, 1),
    (memory::no_store, 1),
    (memory::conditions, 1),
    (origins::framed_hints, 1),
    (origins::policies_after_leaving, 1),
    (origins::same_site, 1),
    (requests::no_cors_together, 1),
    (requests::separators, 1),
    (requests::twice_by_xhr, 1),
    (redirects::types_in_no_cors, 1),
    (redirects::first_headers, 1),
];
const WAITS: [(Aim, usize); 3] = [(memory::renewed, 1), (memory::fragments, 1), (memory::listeners, 1)];

/// `turn` is that of visits of this kind.
pub(super) fn aim(random: &mut Random, visit: &mut Visit, turn: usize) {
    let (aims, turn): (&[(Aim, usize)], usize) = match (visit.kind, turn % 10) {
        (Kind::Plain, 7) => (&MORE, turn / 10),
        (Kind::Plain, _) => (&PLAIN, turn / 10 * 2 + turn % 2),
        (Kind::Waits, _) => (&WAITS, turn / 10),
    };
    let in_a_turn = aims.iter().flat_map(|(aim, times)| (0..*times).map(move |time| (aim, *times, time)));
    let in_a_turn: Vec<_> = in_a_turn.collect();
    let (aim, times, time) = in_a_turn[turn % in_a_turn.len()];
    let document = random.one(&[Document::ALL[0], Document::ALL[0], Document::ALL[1]]);
    let turn = turn / in_a_turn.len() * times + time;
    let mut scene = Scene { random, turn, document, asks: Vec::new(), resources: Vec::new() };
    aim(&mut scene);
    (visit.asks, visit.resources) = (scene.asks, scene.resources);
}

/// A visit that is being made.
struct Scene<'r> {
    random: &'r mut Random,
    /// How many visits had the same aim before.
    turn: usize,
    document: Document,
    asks: Vec<Ask>,
    resources: Vec<Resource>,
}

impl Scene<'_> {
    /// The server of the page.
    fn own(&self) -> Site {
        self.document.site()
    }

    /// A server of another origin.
    fn other(&mut self) -> Site {
        self.random.one(&[Site::ApiByName, Site::ApiByNumber, Site::ApiBelow])
    }

    /// Adds a resource that consents to everything, and forgets it at once.
    fn resource(&mut self, site: Site) -> &mut Resource {
        let checked = |status| Answer::new(status).line(ALLOW_ORIGIN, "{origin}").line(ALLOW_CREDENTIALS, "true");
        let preflight = checked(204).line(ALLOW_METHODS, "{request-method}").line(ALLOW_HEADERS, "{request-headers}");
        let preflight = vec![preflight.line(MAX_AGE, "0")];
        self.resources.push(Resource { site, preflight, actual: vec![checked(200)] });
        self.resources.last_mut().expect("it was added")
    }

    /// Adds a GET by `fetch`.
    fn ask(&mut self, resource: usize) -> &mut Ask {
        self.asks.push(Ask {
            document: self.document,
            wait: Duration::ZERO,
            by: By::Fetch,
            url: format!("{{url{resource}}}"),
            method: "GET".to_owned(),
            headers: Vec::new(),
            body: Payload::None,
            mode: Mode::Cors,
            credentials: CredentialsMode::SameOrigin,
            redirect: RedirectMode::Follow,
            cache: CacheMode::Default,
            referrer_policy: None,
        });
        self.asks.last_mut().expect("it was added")
    }

    /// Adds a request of this method.
    fn send(&mut self, method: &str, resource: usize) -> &mut Ask {
        let ask = self.ask(resource);
        method.clone_into(&mut ask.method);
        ask
    }
}

impl Ask {
    fn set(&mut self, name: &str, value: impl Into<String>) -> &mut Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }
}

impl Resource {
    /// Sets a line of each answer to a preflight.
    fn permits(&mut self, name: &str, values: &[&str]) -> &mut Self {
        self.preflight.iter_mut().for_each(|answer| answer.set(name, values));
        self
    }

    fn redirects(&mut self, status: u16, location: &[&str]) -> &mut Self {
        self.actual[0].status = status;
        self.actual[0].set("Location", location);
        self
    }

    /// Adds an answer for the next request, as consenting as the first.
    fn then(&mut self) -> &mut Answer {
        let mut next = self.actual[0].clone();
        next.status = 200;
        next.remove("Location");
        self.actual.push(next);
        self.actual.last_mut().expect("it was added")
    }
}
