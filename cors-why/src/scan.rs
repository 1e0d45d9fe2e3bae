//! Asks many addresses from other origins, and lists those that allow too much.

use std::process::ExitCode;

use cors_browser::{HeaderLine, OutgoingRequest, Response};
use serde::Serialize;
use url::Url;

use crate::arguments::Arguments;
use crate::client::Network;
use crate::mistake::Mistake;
use crate::not_cors::NotCors;
use crate::reading::text_in;
use crate::script::Script;
use crate::table::{self, plain};
use crate::warning::{Strangers, Warning, ask_as_strangers};

/// Maximum number of addresses.
const MOST: usize = 1000;

/// The results of a list of addresses.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Scan {
    addresses: Vec<Row>,
    /// Number of requests. Each was a GET without body, cookies and tokens.
    sent: usize,
}

/// What one address allows.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Row {
    url: String,
    /// The origin of the first request.
    origin: String,
    status: Option<u16>,
    /// What this origin is allowed.
    allow_origin: Option<String>,
    credentials: bool,
    warnings: Vec<Warning>,
    /// Why it could not be asked.
    error: Option<String>,
}

pub(crate) fn scan(arguments: &Arguments, file: &str) -> Result<Scan, Mistake> {
    let text = text_in(file)?;
    let mut addresses: Vec<&str> =
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let mut seen = std::collections::HashSet::new();
    addresses.retain(|address| seen.insert(*address));
    match addresses.len() {
        0 => return Err(Mistake::new("the list has no address; write one a line, such as https://api.example.com/x")),
        MOST.. if addresses.len() > MOST => {
            return Err(Mistake::new(format!("the list has {} addresses, and the maximum is {MOST}", addresses.len())));
        }
        _ => {}
    }
    let mut scan = Scan { addresses: Vec::new(), sent: 0 };
    for address in addresses {
        let (row, sent) = ask(arguments, address);
        scan.addresses.push(row);
        scan.sent += sent;
    }
    Ok(scan)
}

fn ask(arguments: &Arguments, address: &str) -> (Row, usize) {
    let url = without_user_info(address);
    let mut row = Row {
        url: url.clone(),
        origin: String::new(),
        status: None,
        allow_origin: None,
        credentials: false,
        warnings: Vec::new(),
        error: None,
    };
    let script = match Script::of_address(&url, arguments) {
        Ok(script) => script,
        Err(mistake) => return (Row { error: Some(mistake.on_one_line()), ..row }, 0),
    };
    row.origin = script.page.origin().to_owned();
    let network = match Network::new(arguments, &script) {
        Ok(network) => network,
        Err(mistake) => return (Row { error: Some(mistake.on_one_line()), ..row }, 0),
    };
    let origin = HeaderLine::new("Origin", row.origin.as_str());
    let request = OutgoingRequest::by_hand("GET", url, vec![HeaderLine::new("Accept", "*/*"), origin]);
    let answer = match network.send(&request) {
        Ok(answer) => answer.response,
        Err(failure) => {
            let error = NotCors::of_failure(&failure, &row.url).text;
            return (Row { error: Some(error), ..row }, 1);
        }
    };
    row.status = Some(answer.status);
    row.allow_origin = text(&answer, "access-control-allow-origin");
    row.credentials = text(&answer, "access-control-allow-credentials").as_deref() == Some("true");
    // Every site may read it, on purpose.
    if row.allow_origin.as_deref() == Some("*") {
        return (row, 1);
    }
    let Strangers { warnings, probes } = ask_as_strangers(&row.origin, &request, &network);
    row.warnings = warnings;
    (row, 1 + probes.len())
}

fn without_user_info(address: &str) -> String {
    let Ok(mut url) = Url::parse(address) else { return address.to_owned() };
    // An address without a host has no origin.
    let _ = url.set_username("").and_then(|()| url.set_password(None));
    url.set_fragment(None);
    url.into()
}

fn text(response: &Response, name: &str) -> Option<String> {
    let values: Vec<_> = response.values(name).map(String::from_utf8_lossy).collect();
    (!values.is_empty()).then(|| values.join(", "))
}

impl Scan {
    /// 0 if no address allows too much, 1 if one does, 3 if one could not be asked.
    pub(crate) fn status(&self) -> ExitCode {
        let has_hole = self.addresses.iter().any(|row| !row.warnings.is_empty());
        let has_error = self.addresses.iter().any(|row| row.error.is_some());
        ExitCode::from(if has_hole {
            1
        } else if has_error {
            3
        } else {
            0
        })
    }

    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("texts and numbers can be written")
    }

    pub(crate) fn to_text(&self) -> String {
        let head = ["address", "status", "allows", "credentials", "holes"].map(str::to_owned);
        let rows: Vec<[String; 5]> = std::iter::once(head).chain(self.addresses.iter().map(Row::cells)).collect();
        let mut lines = table::lines(&rows);
        for row in &self.addresses {
            lines.extend(
                row.warnings.iter().map(|warning| format!("\n{}\nwarning: {}", plain(&row.url), plain(&warning.text))),
            );
        }
        lines.push(format!("\nsent: {} requests, each a GET without body, cookies and tokens", self.sent));
        lines.join("\n")
    }
}

impl Row {
    fn cells(&self) -> [String; 5] {
        let holes: Vec<&str> = self.warnings.iter().map(|warning| warning.code).collect();
        let holes = match &self.error {
            Some(error) => format!("not asked: {error}"),
            None if holes.is_empty() => "none found".to_owned(),
            None => holes.join(", "),
        };
        let status = self.status.map_or("-".to_owned(), |status| status.to_string());
        let allows = self.allow_origin.clone().unwrap_or_else(|| "-".to_owned());
        [self.url.clone(), status, allows, if self.credentials { "yes" } else { "no" }.to_owned(), holes]
            .map(|cell| plain(&cell))
    }
}
