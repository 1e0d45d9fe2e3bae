//! What a policy costs: the same requests to the same service, under this project's middleware, under that of others, and under none.
//!
//! [`Subject`] names what is compared, [`Case`] what each is asked. `./bench` runs the programs of this package and writes
//! `docs/performance.md`.

mod actix;
mod case;
mod deciding;
mod lines;
mod served;
mod setting;
mod subject;
mod tower_http;
#[cfg(feature = "source")]
mod with_source;

pub use actix::by_hand::{append_to_allowed, append_to_preflight};
pub use case::{Case, Inner};
pub use deciding::{Question, Search, Structure, hostile};
pub use served::{Answer, Served};
pub use setting::Setting;
pub use subject::Subject;
#[cfg(feature = "source")]
pub use with_source::{WITH_SOURCE, with_source};
