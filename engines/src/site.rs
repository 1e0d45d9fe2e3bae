//! The origins of a run: five servers on free ports, by three names of this machine.

/// A server, which serves a page, an API, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Site {
    /// `localhost`.
    PageByName,
    /// `127.0.0.1`.
    PageByNumber,
    /// `localhost`: of one site with the first page.
    ApiByName,
    /// `127.0.0.1`: of one site with the second page.
    ApiByNumber,
    /// `api.localhost`: of a site of its own.
    ApiBelow,
}

impl Site {
    pub(super) const ALL: [Self; 5] =
        [Self::PageByName, Self::PageByNumber, Self::ApiByName, Self::ApiByNumber, Self::ApiBelow];

    /// The name of the host; cookies are kept for it, whatever the port.
    pub(super) fn host(self) -> &'static str {
        match self {
            Self::PageByName | Self::ApiByName => "localhost",
            Self::PageByNumber | Self::ApiByNumber => "127.0.0.1",
            Self::ApiBelow => "api.localhost",
        }
    }
}

/// Where the servers listen.
#[derive(Clone, Copy, Debug)]
pub struct Sites {
    /// In the order of [`Site::ALL`].
    pub(super) ports: [u16; 5],
    /// Whether only the model is asked, and some servers have TLS.
    pub(super) with_tls: bool,
}

impl Sites {
    /// Ports for a run without servers, where only the model is asked.
    ///
    /// ```
    /// assert!(format!("{:?}", cors_engines::Sites::imagined()).contains("18090"));
    /// ```
    pub fn imagined() -> Self {
        Self { ports: [18080, 18081, 18090, 18091, 18092], with_tls: false }
    }

    /// The same with TLS, but for one server. No engine is asked, so all values of headers are compared.
    pub fn imagined_with_tls() -> Self {
        Self { with_tls: true, ..Self::imagined() }
    }

    pub(super) fn scheme(&self, site: Site) -> &'static str {
        if self.with_tls && site != Site::ApiByNumber { "https" } else { "http" }
    }

    pub(super) fn authority(&self, site: Site) -> String {
        format!("{}:{}", site.host(), self.ports[site as usize])
    }

    pub(super) fn origin(&self, site: Site) -> String {
        format!("{}://{}", self.scheme(site), self.authority(site))
    }
}
