//! Servers whose answers are those of the visits, byte for byte, and that keep what arrives, and when.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::answers::{Answer, BODY};
use super::bytes;
use super::render::{answer, place};
use super::seen::Arrived;
use super::site::{Site, Sites};
use super::visit::Visit;

/// Every page and frame: the same script.
const PAGE: &str =
    concat!("<!doctype html><meta charset=utf-8><body><script>\n", include_str!("page.js"), "</script>\n");

/// The servers of a run; they end with this value.
#[derive(Debug)]
pub(super) struct Server {
    sites: Sites,
    began: Duration,
    kept: Arc<Mutex<Kept>>,
    _tasks: JoinSet<()>,
}

/// What arrived for each visit, and when.
type Kept = HashMap<usize, Vec<(Arrived, Duration)>>;

/// What every connection needs.
#[derive(Clone)]
struct Shared {
    visits: Arc<HashMap<usize, Visit>>,
    sites: Sites,
    began: Duration,
    kept: Arc<Mutex<Kept>>,
    warming_up: Arc<Mutex<HashMap<(Site, String), usize>>>,
}

impl Server {
    /// Serves the answers of these visits on free ports.
    ///
    /// # Errors
    ///
    /// There is no free port.
    pub(super) async fn start(visits: &[&Visit]) -> io::Result<Self> {
        let (mut ports, mut listeners) = ([0; 5], Vec::new());
        for (site, port) in Site::ALL.into_iter().zip(&mut ports) {
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            *port = listener.local_addr()?.port();
            listeners.push((site, listener));
        }
        let visits = visits.iter().map(|visit| (visit.id.index, (*visit).clone())).collect();
        let shared = Shared {
            visits: Arc::new(visits),
            sites: Sites { ports, with_tls: false },
            began: since_epoch(),
            kept: Arc::default(),
            warming_up: Arc::default(),
        };
        let mut tasks = JoinSet::new();
        for (site, listener) in listeners {
            let shared = shared.clone();
            tasks.spawn(async move {
                let mut connections = JoinSet::new();
                while let Ok((stream, _)) = listener.accept().await {
                    // An engine may leave whenever it likes.
                    let shared = shared.clone();
                    connections.spawn(async move { drop(serve(stream, site, &shared).await) });
                    while connections.try_join_next().is_some() {}
                }
            });
        }
        Ok(Self { sites: shared.sites, began: shared.began, kept: shared.kept, _tasks: tasks })
    }

    /// Where it listens.
    pub(super) fn sites(&self) -> Sites {
        self.sites
    }

    /// When it began, by the clock that pages have too; times of arrivals are since then.
    pub(super) fn began(&self) -> Duration {
        self.began
    }

    /// What arrived for a visit; it is forgotten here.
    pub(super) fn take(&self, index: usize) -> Vec<(Arrived, Duration)> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).remove(&index).unwrap_or_default()
    }
}

async fn serve(stream: TcpStream, site: Site, shared: &Shared) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    while let Some(request) = Incoming::read(&mut stream).await? {
        let preflights;
        let (answer, body) = match request.path.as_str() {
            path if path == "/page" || path.starts_with("/page/") => (page(path.trim_start_matches("/page/")), PAGE),
            path if path.starts_with("/warm-up/") => {
                preflights = count_preflights(&request, site, shared).to_string();
                let origin = request.value("origin").unwrap_or_default();
                let answer = Answer::new(200).line("Access-Control-Allow-Origin", origin);
                let answer = answer.line("Access-Control-Allow-Credentials", "true");
                let answer = answer.line("Access-Control-Allow-Methods", "PUT").line("Cache-Control", "no-store");
                (answer.line("Content-Length", preflights.len().to_string()), preflights.as_str())
            }
            path => (keep(place(path), site, &request, shared), BODY),
        };
        let mut response = format!("HTTP/1.1 {} Dictated\r\n", answer.status).into_bytes();
        for (name, value) in &answer.lines {
            response.extend([name.as_bytes(), b": ", &bytes(value), b"\r\n"].concat());
        }
        response.extend(b"\r\n");
        if answer.has_body() && request.method != "HEAD" {
            response.extend(body.as_bytes());
        }
        stream.write_all(&response).await?;
    }
    Ok(())
}

/// Those that came for this path so far.
fn count_preflights(request: &Incoming, site: Site, shared: &Shared) -> usize {
    let mut counted = shared.warming_up.lock().unwrap_or_else(PoisonError::into_inner);
    let count = counted.entry((site, request.path.clone())).or_default();
    *count += usize::from(request.method == "OPTIONS");
    *count
}

/// A page, which may demand something of what it embeds.
fn page(embedder_policy: &str) -> Answer {
    let page = Answer::new(200).line("Content-Type", "text/html").line("Cache-Control", "no-store");
    let page = page.line("Set-Cookie", "visitor=7; Path=/").line("Content-Length", PAGE.len().to_string());
    match embedder_policy {
        "/page" => page,
        policy => page.line("Cross-Origin-Embedder-Policy", policy),
    }
}

fn keep(place: Option<(usize, usize, String)>, site: Site, request: &Incoming, shared: &Shared) -> Answer {
    let found = place.and_then(|(index, resource, query)| Some((shared.visits.get(&index)?, resource, query)));
    let Some((visit, resource, query)) = found else {
        return Answer::new(404).complete();
    };
    let arrived = Arrived::new((site, resource, query), &request.method, |name| request.value(name), visit, false);
    let now = since_epoch().saturating_sub(shared.began);
    let mut kept = shared.kept.lock().unwrap_or_else(PoisonError::into_inner);
    let kept = kept.entry(visit.id.index).or_default();
    let same =
        |(before, _): &&(Arrived, Duration)| before.resource == resource && before.preflight == arrived.preflight;
    let answer = answer(visit, &shared.sites, &arrived, kept.iter().filter(same).count());
    kept.push((arrived, now));
    answer
}

fn since_epoch() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// A request as it came.
struct Incoming {
    method: String,
    path: String,
    /// Names in lower case.
    headers: Vec<(String, String)>,
}

impl Incoming {
    /// None where the connection ends.
    async fn read(stream: &mut BufReader<TcpStream>) -> io::Result<Option<Self>> {
        let mut lines = Vec::new();
        loop {
            let mut line = Vec::new();
            if stream.read_until(b'\n', &mut line).await? == 0 {
                return Ok(None);
            }
            let line: String = line.iter().copied().filter(|byte| !b"\r\n".contains(byte)).map(char::from).collect();
            if line.is_empty() {
                break;
            }
            lines.push(line);
        }
        let mut words = lines.first().map(String::as_str).unwrap_or_default().split(' ');
        let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let header = |line: &String| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_ascii_lowercase(), value.trim_matches([' ', '\t']).to_owned()))
        };
        let headers = lines.iter().skip(1).filter_map(header).collect();
        let request = Self { method: method.to_owned(), path: path.to_owned(), headers };
        let length = request.value("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        stream.read_exact(&mut vec![0; length]).await?;
        Ok(Some(request))
    }

    fn value(&self, name: &str) -> Option<String> {
        let values: Vec<&str> =
            self.headers.iter().filter(|(found, _)| found == name).map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }
}
