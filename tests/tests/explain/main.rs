//! Explanations of what browsers block: what they say, what engines print, and whether the fixes work.

mod consoles;
mod fixes;
mod messages;
mod never_panics;
#[path = "../browser_model/random.rs"]
mod random;
mod scenes;
mod servers;
mod statements;
mod texts;
