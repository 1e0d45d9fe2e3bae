//! The three ports: taken before anything is served, so that every taken one is reported at once.

use cors_example_ports::{Bound, Unavailable, bind};

use crate::options::Options;

/// Listens on the page's, the other page's and the API's port, or says which of them cannot be had.
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
