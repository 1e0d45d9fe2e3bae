//! Servers whose answers are those of the pairs, byte for byte, and that keep what arrives.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::answers::{Answer, BODY};
use super::pair::Pair;
use super::render::{answer, place};
use super::seen::Arrived;
use super::site::{Site, Sites};
use crate::bytes;

/// The page and its frame: the same script.
const PAGE: &str = concat!("<!doctype html><meta charset=utf-8><script>\n", include_str!("page.js"), "</script>\n");

/// The servers of a run; they end with this value.
#[derive(Debug)]
pub struct Server {
    sites: Sites,
    kept: Arc<Mutex<HashMap<usize, Vec<Arrived>>>>,
    _tasks: JoinSet<()>,
}

/// What every connection needs.
#[derive(Clone)]
struct Shared {
    pairs: Arc<HashMap<usize, Pair>>,
    sites: Sites,
    kept: Arc<Mutex<HashMap<usize, Vec<Arrived>>>>,
    warming_up: Arc<Mutex<HashMap<(Site, String), usize>>>,
}

impl Server {
    /// Serves the answers of these pairs on free ports.
    ///
    /// # Errors
    ///
    /// There is no free port.
    pub async fn start(pairs: &[Pair]) -> io::Result<Self> {
        let (mut ports, mut listeners) = ([0; 5], Vec::new());
        for (site, port) in Site::ALL.into_iter().zip(&mut ports) {
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            *port = listener.local_addr()?.port();
            listeners.push((site, listener));
        }
        let pairs = pairs.iter().map(|pair| (pair.id.index, pair.clone())).collect();
        let shared =
            Shared { pairs: Arc::new(pairs), sites: Sites { ports }, kept: Arc::default(), warming_up: Arc::default() };
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
        Ok(Self { sites: shared.sites, kept: shared.kept, _tasks: tasks })
    }

    /// Where it listens.
    pub fn sites(&self) -> Sites {
        self.sites
    }

    /// What arrived for a pair; it is forgotten here.
    pub fn take(&self, index: usize) -> Vec<Arrived> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).remove(&index).unwrap_or_default()
    }
}

async fn serve(stream: TcpStream, site: Site, shared: &Shared) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    while let Some(request) = Incoming::read(&mut stream).await? {
        let preflights;
        let (answer, body) = match request.path.as_str() {
            "/page" => {
                let page = Answer::new(200).line("Content-Type", "text/html").line("Cache-Control", "no-store");
                (page.line("Set-Cookie", "visitor=7; Path=/").line("Content-Length", PAGE.len().to_string()), PAGE)
            }
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

fn keep(place: Option<(usize, usize)>, site: Site, request: &Incoming, shared: &Shared) -> Answer {
    let Some((pair, hop)) = place.and_then(|(index, hop)| Some((shared.pairs.get(&index)?, hop))) else {
        return Answer::new(404).complete();
    };
    let arrived = Arrived::new((hop, site), &request.method, |name| request.value(name));
    let answer = answer(pair, &shared.sites, hop, arrived.preflight, arrived.origin.as_deref());
    let mut kept = shared.kept.lock().unwrap_or_else(PoisonError::into_inner);
    kept.entry(pair.id.index).or_default().push(arrived);
    answer
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
            let line: String = line.trim_ascii_end().iter().copied().map(char::from).collect();
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
