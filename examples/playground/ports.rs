//! Opens the three ports before the program serves, so that all ports in use are reported at once.

use cors_example_ports::{Bound, Unavailable, bind};

use crate::options::Options;

/// Listens on the ports of the page, the other page and the API, or returns an error for each port that cannot be
/// opened.
pub(crate) fn bind_all(options: &Options) -> Result<[Bound; 3], Vec<String>> {
    let mut complaints = Vec::new();
    let bound = options
        .named()
        .map(|(option, port)| bind(option, port).map_err(|error| complaints.push(error.to_string())).ok());
    match bound {
        [Some(page), Some(other), Some(api)] => Ok([page, other, api]),
        _ => Err(complaints),
    }
}

/// Listens on any free port.
pub(crate) fn bind_free() -> Result<Bound, Unavailable> {
    bind("any port", 0)
}
