//! What is compared.

use crate::{Case, Served, actix, tower_http};

/// A way to have CORS headers, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// actix-web alone, which for preflights is no comparison.
    Nothing,
    /// Middleware that answers everything by an empty 204: the least that a preflight takes.
    Empty,
    /// The same with `Vary`.
    EmptyButVary,
    /// The handler sets three headers by `insert`.
    ByHand,
    /// The handler sets three headers by `append`, which takes none away.
    ByHandAppend,
    /// Middleware that sets three headers by `insert` and looks at nothing.
    Floor,
    /// The same by `append`.
    FloorByAppend,
    /// The one by `insert`, and it takes away what the handler set of the headers that middleware owns.
    FloorThatClears,
    /// `cors_policy!`.
    InSource,
    /// `Cors::new`.
    AtRunTime,
    /// `cors_policy!` with three rules, the last of which is the one that matches.
    Rules,
    /// `Cors::replaceable`.
    Live,
    /// The crate `actix-cors`.
    ActixCors,
    /// A service of tower alone.
    TowerNothing,
    /// The crate `tower-http`.
    TowerHttp,
}

impl Subject {
    /// All, in the order of the tables.
    pub const ALL: [Self; 15] = [
        Self::Nothing,
        Self::Empty,
        Self::EmptyButVary,
        Self::ByHand,
        Self::ByHandAppend,
        Self::Floor,
        Self::FloorByAppend,
        Self::FloorThatClears,
        Self::InSource,
        Self::AtRunTime,
        Self::Rules,
        Self::Live,
        Self::ActixCors,
        Self::TowerNothing,
        Self::TowerHttp,
    ];

    /// How tables call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Empty => "empty 204",
            Self::EmptyButVary => "empty 204, Vary",
            Self::ByHand => "by hand",
            Self::ByHandAppend => "by hand, append",
            Self::Floor => "floor",
            Self::FloorByAppend => "floor, append",
            Self::FloorThatClears => "floor, clearing",
            Self::InSource => "cors_policy!",
            Self::AtRunTime => "Cors::new",
            Self::Rules => "three rules",
            Self::Live => "Cors::replaceable",
            Self::ActixCors => "actix-cors",
            Self::TowerNothing => "tower alone",
            Self::TowerHttp => "tower-http",
        }
    }

    /// The subject of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|subject| subject.name() == name)
    }

    /// The service for a case; none where the subject has no such thing.
    pub fn serve(self, case: &Case) -> Option<Box<dyn Served>> {
        match self {
            Self::Nothing | Self::TowerNothing if case.is_preflight() => None,
            Self::Empty | Self::EmptyButVary if !case.is_preflight() => None,
            // They look at no request, so there is but one that they answer rightly.
            Self::ByHand | Self::ByHandAppend | Self::Floor | Self::FloorByAppend | Self::FloorThatClears
                if *case != Case::allowed() =>
            {
                None
            }
            Self::TowerNothing | Self::TowerHttp => tower_http::serve(self, case),
            _ => actix::serve(self, case),
        }
    }
}
