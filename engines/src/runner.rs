//! Runs visits in an engine and in the model.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::pin::{Pin, pin};
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::compare::{Difference, compare};
use super::document::Document;
use super::driver::{EngineName, Session};
use super::javascript;
use super::model::replay;
use super::seen::{Arrived, Outcome, Seen};
use super::server::Server;
use super::times::Times;
use super::visit::{Kind, Visit};

/// So many visits for one browser. What Chromium remembers of them fits in it: a thousand preflights.
const BATCH: usize = 250;

/// What came of a run.
#[derive(Debug, Default)]
pub struct Report {
    /// Of which the model says something else.
    pub differences: Vec<Difference>,
    /// How many were run.
    pub run: usize,
    /// How many of these are not judged, since something that is remembered ended about when a request was made.
    pub not_judged: usize,
    /// How many differed in Firefox among others, and were run once more alone.
    pub run_again: usize,
    /// What went wrong before all were run.
    pub error: Option<String>,
    /// How often the model gave each reason to block, and each outcome.
    pub counts: BTreeMap<String, usize>,
}

/// Runs the visits in an engine, until this future ends. What was run before something went wrong is in the report.
pub async fn run(engine: EngineName, visits: &[Visit], stopped: impl Future<Output = ()>) -> Report {
    let (mut report, mut stopped) = (Report::default(), pin!(stopped));
    // Firefox remembers a hundred preflights, so not many visits may wait at a time.
    let waiting = if engine == EngineName::Firefox { 25 } else { 100 };
    for (kind, workers) in [(Kind::Plain, 8), (Kind::Waits, waiting)] {
        let mut visits: Vec<&Visit> = visits.iter().filter(|visit| visit.kind == kind).collect();
        // Those that take equally long together.
        visits.sort_by_key(|visit| visit.asks.iter().map(|ask| ask.wait).sum::<Duration>());
        for batch in visits.chunks(BATCH) {
            let before = report.differences.len();
            let mut ran = run_batch(engine, batch, workers, stopped.as_mut(), &mut report).await;
            // When a hundred are remembered, Firefox drops what ended. Only a visit that runs alone never comes to that.
            let again = if engine == EngineName::Firefox { report.differences.split_off(before) } else { Vec::new() };
            for Difference { visit, .. } in again {
                (report.run, report.run_again) = (report.run - 1, report.run_again + 1);
                if ran.is_ok() {
                    ran = run_batch(engine, &[&visit], 1, stopped.as_mut(), &mut report).await;
                }
            }
            if let Err(error) = ran {
                report.error = Some(error.to_string());
                return report;
            }
        }
    }
    report
}

/// Runs visits in a browser of their own.
async fn run_batch(
    engine: EngineName,
    batch: &[&Visit],
    workers: usize,
    stopped: Pin<&mut impl Future<Output = ()>>,
    report: &mut Report,
) -> Result<(), Box<dyn Error>> {
    let server = Server::start(batch).await?;
    // Not stopped in the middle, or the driver would be ended and its browser not.
    let session = Session::open(engine).await?;
    let ran = tokio::select! {
        ran = in_browser(&session, &server, batch, workers) => ran,
        () = stopped => Err("it was stopped".into()),
    };
    let closed = session.close().await;
    let mut ran = ran?;
    for visit in batch {
        let ran = ran.remove(&visit.id.index).ok_or("the page left out a visit")?;
        judge(engine, visit, &server, ran, report);
    }
    closed
}

async fn in_browser(
    session: &Session,
    server: &Server,
    batch: &[&Visit],
    workers: usize,
) -> Result<HashMap<usize, Vec<RanAsk>>, Box<dyn Error>> {
    open_documents(session, server).await?;
    in_page(session, server, batch, workers).await
}

async fn open_documents(session: &Session, server: &Server) -> Result<(), Box<dyn Error>> {
    const SCRIPT: &str = "const done = arguments[1]; openDocuments(arguments[0]).then(() => done(null), (error) => done(String(error)));";
    let sites = server.sites();
    session.go_to(&javascript::address(Document::ALL[0], &sites)).await?;
    let documents: Vec<Value> = Document::ALL.iter().map(|document| javascript::document(*document, &sites)).collect();
    let opened = session.execute(SCRIPT, &[json!(documents)]).await?;
    opened.as_str().map_or(Ok(()), |error| Err(error.into()))
}

#[derive(Deserialize)]
struct Ran {
    index: usize,
    asks: Vec<RanAsk>,
}

#[derive(Deserialize)]
struct RanAsk {
    #[serde(flatten)]
    outcome: Outcome,
    begin: u64,
    end: u64,
}

async fn in_page(
    session: &Session,
    server: &Server,
    batch: &[&Visit],
    workers: usize,
) -> Result<HashMap<usize, Vec<RanAsk>>, Box<dyn Error>> {
    const SCRIPT: &str =
        "const done = arguments[2]; runVisits(arguments[0], arguments[1]).then(done, (error) => done(String(error)));";
    let visits: Vec<Value> = batch.iter().map(|visit| javascript::visit(visit, &server.sites())).collect();
    let found = session.execute(SCRIPT, &[Value::Array(visits), json!(workers)]).await?;
    if let Some(error) = found.as_str() {
        return Err(error.into());
    }
    let results: Vec<Ran> = serde_json::from_value(found)?;
    Ok(results.into_iter().map(|result| (result.index, result.asks)).collect())
}

fn judge(engine: EngineName, visit: &Visit, server: &Server, ran: Vec<RanAsk>, report: &mut Report) {
    let (arrived, arrivals): (Vec<Arrived>, Vec<Duration>) = server.take(visit.id.index).into_iter().unzip();
    let time = |since_epoch: u64| Duration::from_millis(since_epoch).saturating_sub(server.began());
    let times = Times { asks: ran.iter().map(|ask| (time(ask.begin), time(ask.end))).collect(), arrivals };
    let seen = Seen { outcomes: ran.into_iter().map(|ask| ask.outcome).collect(), arrived };
    let told = replay(visit, &server.sites(), Some(engine.engine()), &times);
    report.run += 1;
    if told.is_close {
        report.not_judged += 1;
        return;
    }
    for (code, statement) in &told.reasons {
        *report.counts.entry(format!("reason: {code} ({statement})")).or_default() += 1;
    }
    for outcome in &told.seen.outcomes {
        *report.counts.entry(format!("outcome: {}", outcome.name())).or_default() += 1;
    }
    report.differences.extend(compare(visit, told.seen, seen));
}
