//! The three ports: taken before anything is served, so that every taken one is reported at once.

use std::{
    io::{self, ErrorKind},
    net::{Ipv4Addr, Ipv6Addr, TcpListener},
};

use crate::options::Options;

/// How often a free port is looked for that is free for both kinds of address.
const ATTEMPTS: usize = 16;

/// A port of this machine, listened on.
pub(crate) struct Bound {
    pub(crate) port: u16,
    pub(crate) listeners: Vec<TcpListener>,
}

impl Bound {
    /// The origin that a browser gives to what this port serves.
    pub(crate) fn origin(&self) -> String {
        match self.port {
            80 => "http://localhost".to_owned(),
            port => format!("http://localhost:{port}"),
        }
    }
}

/// Listens on the page's, the other page's and the API's port, or says which of them cannot be had.
pub(crate) fn bind_all(options: &Options) -> Result<[Bound; 3], Vec<String>> {
    let mut complaints = Vec::new();
    let bound = options
        .named()
        .map(|(name, port)| bind(port).map_err(|error| complaints.push(complaint(name, port, &error))).ok());
    match bound {
        [Some(page), Some(other), Some(api)] => Ok([page, other, api]),
        _ => Err(complaints),
    }
}

/// Listens on any free port.
pub(crate) fn bind_free() -> io::Result<Bound> {
    bind(0)
}

fn complaint(name: &str, port: u16, error: &io::Error) -> String {
    let reason = match error.kind() {
        ErrorKind::AddrInUse => "is taken by another program".to_owned(),
        ErrorKind::PermissionDenied => "is not for ordinary users".to_owned(),
        _ => format!("cannot be had ({error})"),
    };
    format!("port {port} {reason}; choose another with `{name} PORT`, or any free one with `{name} 0`")
}

/// Browsers resolve `localhost` to either kind of address, so both are listened on where there are both.
fn bind(port: u16) -> io::Result<Bound> {
    let attempts = if port == 0 { ATTEMPTS } else { 1 };
    let mut result = Err(io::Error::from(ErrorKind::AddrInUse));
    for _ in 0..attempts {
        result = bind_both(port);
        match &result {
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            _ => break,
        }
    }
    result
}

fn bind_both(port: u16) -> io::Result<Bound> {
    let four = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    let port = four.local_addr()?.port();
    let mut listeners = vec![four];
    match TcpListener::bind((Ipv6Addr::LOCALHOST, port)) {
        Ok(six) => listeners.push(six),
        Err(error) if error.kind() == ErrorKind::AddrInUse => return Err(error),
        // This machine has no IPv6.
        Err(_) => {}
    }
    Ok(Bound { port, listeners })
}
