//! Sends the requests of the browser model. Follows no redirects and keeps no cookies.

mod exchange;
mod failing;
mod listening;
mod tls;
mod way;

use std::sync::OnceLock;
use std::time::Duration;

use cors_browser::OutgoingRequest;
use tokio::runtime::{Builder, Runtime};
use url::{Origin, Url};

use crate::answer::Answer;
use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::investigation::{Missing, Server, is_harmless};
use crate::mistake::Mistake;
use crate::script::Script;
use exchange::Exchanging;
use way::Way;
pub(crate) use way::is_this_machine;

/// The servers of the network.
pub(crate) struct Network {
    runtime: &'static Runtime,
    way: Way,
    insecure: bool,
    timeout: Duration,
    /// Whether requests that may change something are allowed.
    permitted: bool,
    body: Vec<u8>,
    /// A cookie, with the origin that may get it.
    cookie: Option<(String, Origin)>,
}

impl Network {
    pub(crate) fn new(arguments: &Arguments, script: &Script) -> Result<Self, Mistake> {
        let asked = &script.asked.way;
        let resolve: Vec<String> = arguments.resolve.iter().chain(&asked.resolve).cloned().collect();
        Ok(Self {
            runtime: runtime()?,
            way: Way::new(&resolve, arguments.proxy.as_deref().or(asked.proxy.as_deref()))?,
            insecure: arguments.insecure || asked.insecure,
            timeout: Duration::from_secs(arguments.timeout),
            permitted: arguments.send,
            body: script.asked.body.clone().unwrap_or_default().into_bytes(),
            cookie: script.asked.cookie.clone().zip(origin(&script.asked.url)),
        })
    }

    /// Sends a request, without a check of its method.
    pub(crate) fn send(&self, request: &OutgoingRequest) -> Result<Answer, Failure> {
        self.send_within(request, self.timeout)
    }

    /// Sends a request with less time.
    pub(crate) fn send_within(&self, request: &OutgoingRequest, time: Duration) -> Result<Answer, Failure> {
        let url = Url::parse(&request.url).map_err(|error| Failure::Other { said: error.to_string() })?;
        // A redirect must not send the cookie to another server.
        let is_for = |target: &Origin| request.credentials && url.origin() == *target;
        let cookie = self.cookie.as_ref().filter(|(_, target)| is_for(target)).map(|(cookie, _)| cookie.as_str());
        let exchanging = Exchanging {
            request,
            url: &url,
            cookie,
            body: if request.body { &self.body } else { &[] },
            way: &self.way,
            insecure: self.insecure,
            timeout: time.min(self.timeout),
        };
        self.runtime.block_on(exchanging.run())
    }
}

/// The runtime lives as long as the program, so that the program does not wait for a slow name server.
fn runtime() -> Result<&'static Runtime, Mistake> {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    if let Some(runtime) = RUNTIME.get() {
        return Ok(runtime);
    }
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Mistake::new(format!("the system gives no network: {error}")))?;
    Ok(RUNTIME.get_or_init(|| runtime))
}

fn origin(url: &str) -> Option<Origin> {
    Url::parse(url).ok().map(|url| url.origin())
}

impl Server for Network {
    fn answer(&mut self, request: &OutgoingRequest) -> Result<Answer, Missing> {
        if !request.preflight && !self.permitted && !is_harmless(&request.method) {
            return Err(Missing::Withheld);
        }
        self.send(request).map_err(Missing::Failed)
    }

    fn is_permitted(&self) -> bool {
        self.permitted
    }
}
