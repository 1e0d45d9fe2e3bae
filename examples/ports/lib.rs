//! Opens the ports of the examples, on both addresses of `localhost`. If a port is in use, the error names the option
//! for another port.

use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};
use std::path::Path;
use std::{env, fmt, io};

/// Number of attempts to find a port that is free for both kinds of address.
const ATTEMPTS: usize = 16;

/// An open port of this machine.
#[derive(Debug)]
pub struct Bound {
    /// Never 0.
    pub port: u16,
    /// One for each kind of address that this machine has.
    pub listeners: Vec<TcpListener>,
}

impl Bound {
    /// Returns the origin of this port in a browser.
    pub fn origin(&self) -> String {
        match self.port {
            80 => "http://localhost".to_owned(),
            port => format!("http://localhost:{port}"),
        }
    }
}

/// Why a port cannot be opened, and what to write instead. A `main` that returns it prints this text.
#[derive(PartialEq, Eq)]
pub struct Unavailable {
    option: &'static str,
    port: u16,
    reason: String,
}

/// Listens on the port of `--port`, or on a free one for 0, and prints the address.
///
/// # Errors
///
/// Returns an error that names the option if the port cannot be opened.
pub fn listen(port: u16) -> Result<Vec<TcpListener>, Unavailable> {
    let bound = bind("--port", port)?;
    println!("http://127.0.0.1:{}", bound.port);
    Ok(bound.listeners)
}

/// Listens on the port of an option, or on a free one for 0.
///
/// # Errors
///
/// Returns an error that names the option if the port cannot be opened.
pub fn bind(option: &'static str, port: u16) -> Result<Bound, Unavailable> {
    let attempts = if port == 0 { ATTEMPTS } else { 1 };
    let mut result = bind_both(port);
    for _ in 1..attempts {
        match &result {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => result = bind_both(port),
            _ => break,
        }
    }
    result.map_err(|error| Unavailable { option, port, reason: reason(&error) })
}

/// Browsers resolve `localhost` to either kind of address, so this listens on both if the machine has both.
fn bind_both(port: u16) -> io::Result<Bound> {
    let four = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    let port = four.local_addr()?.port();
    let mut listeners = vec![four];
    match TcpListener::bind((Ipv6Addr::LOCALHOST, port)) {
        Ok(six) => listeners.push(six),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(error),
        // This machine has no IPv6.
        Err(_) => {}
    }
    Ok(Bound { port, listeners })
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AddrInUse => "is taken by another program".to_owned(),
        io::ErrorKind::PermissionDenied => "is not for ordinary users".to_owned(),
        _ => format!("cannot be had ({error})"),
    }
}

impl fmt::Display for Unavailable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { option, port, reason } = self;
        let program = env::args_os().next().unwrap_or_default();
        let program = Path::new(&program).file_stem().unwrap_or_default().to_string_lossy();
        write!(
            formatter,
            "port {port} {reason}; choose another with `{option} PORT`, or any free one with `{option} 0`: \
             cargo run --bin {program} -- {option} 0"
        )
    }
}

/// The same as [`Display`](fmt::Display), because a `main` that returns an error prints `Debug`.
impl fmt::Debug for Unavailable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl std::error::Error for Unavailable {}
