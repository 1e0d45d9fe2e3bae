//! The route to a server: its address, and the proxy.

use std::future::{Future, poll_fn};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::Uri;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::client::legacy::connect::proxy::{SocksV5, Tunnel};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpStream, lookup_host};
use tower_service::Service;
use url::{Host, Url};

use super::failing::{self, NotFound};
use crate::failure::Failure;
use crate::mistake::Mistake;

/// The settings of all connections.
#[derive(Debug)]
pub(super) struct Way {
    pinned: Vec<Pinned>,
    proxies: Matcher,
    /// A proxy of the environment is not for servers on this machine; a proxy of the command line is for all servers.
    proxies_local: bool,
}

impl Way {
    /// Each `resolve` is `HOST:PORT:ADDRESS`, as for curl. Without `proxy`, the environment decides.
    pub(super) fn new(resolve: &[String], proxy: Option<&str>) -> Result<Self, Mistake> {
        let pinned = resolve.iter().map(|text| Pinned::parse(text)).collect::<Result<Vec<_>, _>>()?;
        let proxies = match proxy {
            None => Matcher::from_env(),
            Some(text) => {
                let matcher = Matcher::builder().all(text).build();
                // It ignores invalid settings.
                let any = matcher.intercept(&Uri::from_static("http://example.com/"));
                any.filter(|found| ["http", "socks5", "socks5h"].contains(&found.uri().scheme_str().unwrap_or("")))
                    .ok_or_else(|| {
                        Mistake::new(format!("{text:?} is not a proxy; write one such as http://127.0.0.1:3128"))
                    })?;
                matcher
            }
        };
        Ok(Self { pinned, proxies, proxies_local: proxy.is_some() })
    }

    /// The proxy for an address.
    pub(super) fn proxy(&self, url: &Url, uri: &Uri) -> Option<Intercept> {
        let is_passed = self.proxies_local || !is_this_machine(url);
        self.proxies.intercept(uri).filter(|_| is_passed)
    }

    /// Connects to the server, or to a proxy that forwards plain HTTP.
    pub(super) async fn connect(&self, url: &Url, uri: &Uri, proxy: Option<&Intercept>) -> Result<TcpStream, Failure> {
        let mut direct = HttpConnector::new_with_resolver(self.names_of(url));
        direct.enforce_http(false);
        direct.set_nodelay(true);
        let Some(proxy) = proxy else {
            return call(&mut direct, uri.clone()).await.map_err(|error| failing::of_connection(&error));
        };
        let mut to_proxy = HttpConnector::new_with_resolver(Names { known: None });
        to_proxy.enforce_http(false);
        let connected = match proxy.uri().scheme_str() {
            Some("socks5" | "socks5h") => {
                let mut socks = SocksV5::new(proxy.uri().clone(), to_proxy);
                if let Some((user, password)) = proxy.raw_auth() {
                    socks = socks.with_auth(user.to_owned(), password.to_owned());
                }
                // For it, an address without a port is one of TLS.
                let (host, port) = (url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or(80));
                let with_port = format!("{}://{host}:{port}/", url.scheme()).parse().unwrap_or_else(|_| uri.clone());
                call(&mut socks, with_port).await.map_err(|error| error.to_string())
            }
            _ if url.scheme() == "https" => {
                let mut tunnel = Tunnel::new(proxy.uri().clone(), to_proxy);
                if let Some(value) = proxy.basic_auth() {
                    tunnel = tunnel.with_auth(value.clone());
                }
                call(&mut tunnel, uri.clone()).await.map_err(|error| error.to_string())
            }
            _ => call(&mut to_proxy, proxy.uri().clone()).await.map_err(|error| failing::chain(&error)),
        };
        connected.map_err(|said| Failure::Proxy { proxy: proxy.uri().to_string(), said })
    }

    fn names_of(&self, url: &Url) -> Names {
        let port = url.port_or_known_default().unwrap_or(80);
        let host = url.host_str().unwrap_or_default();
        let pinned = self.pinned.iter().filter(|pinned| pinned.is_for(host, port));
        let pinned: Vec<IpAddr> = pinned.flat_map(|pinned| pinned.addresses.iter().copied()).collect();
        let local = || vec![IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
        let known = if pinned.is_empty() { is_localhost(host).then(local) } else { Some(pinned) };
        Names { known: known.map(|addresses| addresses.into_iter().map(|ip| SocketAddr::new(ip, port)).collect()) }
    }
}

/// A host, a port, and their addresses.
#[derive(Debug)]
struct Pinned {
    host: String,
    port: u16,
    addresses: Vec<IpAddr>,
}

impl Pinned {
    fn parse(text: &str) -> Result<Self, Mistake> {
        let parse = || {
            let (host, rest) = text.trim_start_matches('+').split_once(':')?;
            let (port, addresses) = rest.split_once(':')?;
            let address = |text: &str| text.trim_start_matches('[').trim_end_matches(']').parse().ok();
            let addresses = addresses.split(',').map(address).collect::<Option<Vec<_>>>()?;
            Some(Self { host: host.to_ascii_lowercase(), port: port.parse().ok()?, addresses })
        };
        parse()
            .ok_or_else(|| Mistake::new(format!("{text:?} is not HOST:PORT:ADDRESS, as api.example.com:443:127.0.0.1")))
    }

    fn is_for(&self, host: &str, port: u16) -> bool {
        (self.host == "*" || self.host == host) && self.port == port
    }
}

/// Browsers ask no name server for localhost, so every name below it works (Let 'localhost' be localhost).
pub(crate) fn is_localhost(host: &str) -> bool {
    let host = host.trim_end_matches('.');
    host == "localhost" || host.ends_with(".localhost")
}

/// Whether the address is on this machine, so that nobody can intercept it (<https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy>).
pub(crate) fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => is_localhost(name),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Asks the system for the addresses of a name, unless they are known.
#[derive(Clone, Debug)]
struct Names {
    known: Option<Vec<SocketAddr>>,
}

impl Service<Name> for Names {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = NotFound;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, NotFound>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), NotFound>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let known = self.known.clone();
        Box::pin(async move {
            if let Some(addresses) = known {
                return Ok(addresses.into_iter());
            }
            let found: Vec<SocketAddr> = match lookup_host((name.as_str(), 0)).await {
                Ok(found) => found.collect(),
                Err(_) => Vec::new(),
            };
            if found.is_empty() { Err(NotFound { host: name.as_str().to_owned() }) } else { Ok(found.into_iter()) }
        })
    }
}

async fn call<S>(connector: &mut S, uri: Uri) -> Result<TcpStream, S::Error>
where
    S: Service<Uri, Response = TokioIo<TcpStream>>,
{
    poll_fn(|context| connector.poll_ready(context)).await?;
    connector.call(uri).await.map(TokioIo::into_inner)
}
